import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import ts from 'typescript';
import { classNames, cssModules, declarationOf } from './lib/css-modules.mjs';
import { projectFiles } from './lib/project-files.mjs';
import { inRoot } from './lib/root.mjs';

/* The style sheets of the window: what they may say, and that the screens use what they say. */

const TOKENS = 'renderer/styles/tokens.css';

function sources(ending: RegExp): readonly { readonly file: string; readonly text: string }[] {
  return projectFiles('renderer')
    .filter((file) => ending.test(file) && !file.includes('.test.'))
    .map((file) => ({ file, text: readFileSync(inRoot(file), 'utf8') }));
}

const styles = sources(/\.css$/);
const components = sources(/(?<!\.d)\.tsx?$/);

/** The lines of a sheet without its comments, numbered as in the file. */
function linesOf(text: string): readonly string[] {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).split('\n');
}

describe('style sheets', () => {
  it('know five sizes of text, all in the tokens', () => {
    const sizes = linesOf(readFileSync(inRoot(TOKENS), 'utf8')).filter((line) => /--text-[a-z]+: \d+px;/.test(line));
    expect(sizes).toHaveLength(5);
    const others = styles.flatMap(({ file, text }) =>
      linesOf(text).flatMap((line, at) =>
        /font(?:-size)?:\s*[^;]*\d/.test(line) && !/var\(--text-[a-z]+\)/.test(line)
          ? [`${file}:${at + 1}: ${line.trim()}`]
          : [],
      ),
    );
    expect(others).toEqual([]);
    const inCode = components.filter(({ text }) => /fontSize\b|\bfz=/.test(text)).map(({ file }) => file);
    expect(inCode).toEqual([]);
  });

  it('name no colour outside the tokens', () => {
    const colours = styles
      .filter(({ file }) => file !== TOKENS)
      .flatMap(({ file, text }) =>
        linesOf(text).flatMap((line, at) =>
          /#[\da-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/i.test(line) && !line.includes('{') ? [`${file}:${at + 1}`] : [],
        ),
      );
    expect(colours).toEqual([]);
  });
});

/** The words of all texts in what a component gives as class names, wherever it makes them up. */
function namedIn(file: string, text: string): ReadonlySet<string> {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const names = new Set<string>();
  const take = (node: ts.Node): void => {
    // What is compared or looked up in there is no name.
    if (ts.isBinaryExpression(node) && /^[!=]==$/.test(node.operatorToken.getText())) return;
    if (
      ts.isCallExpression(node) &&
      node.expression.getText() !== 'classes' &&
      !node.expression.getText().endsWith('].join')
    )
      return;
    if (ts.isElementAccessExpression(node)) return;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
      for (const name of node.text.split(/\s+/)) if (name !== '') names.add(name);
    if (ts.isTemplateExpression(node)) {
      // A name that is glued to a part that is not known here is none yet: `fill-${tone}`.
      const parts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('\u0000');
      for (const name of parts.split(/\s+/)) if (name !== '' && !name.includes('\u0000')) names.add(name);
    }
    ts.forEachChild(node, take);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxAttribute(node) && node.name.getText() === 'className' && node.initializer !== undefined)
      take(node.initializer);
    else ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind));
  return names;
}

describe('class names', () => {
  it('are global only in the sheets of the elements, the tokens and the kit', () => {
    const others = styles.map(({ file }) => file).filter((file) => !file.endsWith('.module.css'));
    expect(others).toEqual(['renderer/styles/base.css', 'renderer/styles/kit.css', TOKENS]);
    const kit = styles.find(({ file }) => file.endsWith('/kit.css'))?.text ?? '';
    const given = readFileSync(inRoot('renderer/theme.ts'), 'utf8');
    const own = classNames(kit).filter((name) => !name.startsWith('mantine-') && name !== 'danger');
    expect(own.filter((name) => !given.includes(`'${name}'`))).toEqual([]);
  });

  const global = new Set(
    styles.filter(({ file }) => !file.endsWith('.module.css')).flatMap(({ text }) => classNames(text)),
  );
  const modules = cssModules().map((file) => ({ file, text: readFileSync(inRoot(file), 'utf8') }));
  const mentioned = new Set(
    modules.flatMap(({ text }) => [...text.matchAll(/:global\(\.([\w-]+)\)/g)].map(([, name = '']) => name)),
  );

  it('in a component are those of a rule, and nothing is named that no rule has', () => {
    const unknown = components.flatMap(({ file, text }) =>
      [...namedIn(file, text)].filter((name) => !global.has(name)).map((name) => `${file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('of a module are declared, and each of them is used (`node build/css-modules.mjs` declares them anew)', () => {
    const plain = (text: string): string => text.replace(/\s+/g, ' ');
    for (const { file, text } of modules)
      expect(plain(readFileSync(inRoot(`${file}.d.ts`), 'utf8')), file).toBe(plain(declarationOf(text)));
    expect(modules.length).toBeGreaterThan(2);
    const unused = modules.flatMap(({ file, text }) => {
      const users = components.filter((one) => one.text.includes(`/${basename(file)}'`));
      // Looked up by a name that is a type.
      const looked = users.some((one) => /\bstyles\[/.test(one.text));
      const isUsed = (name: string): boolean => users.some((one) => new RegExp(`\\.${name}\\b`).test(one.text));
      return looked ? [] : classNames(text).flatMap((name) => (isUsed(name) ? [] : [`${file}: ${name}`]));
    });
    expect(unused).toEqual([]);
    expect([...mentioned].filter((name) => !global.has(name))).toEqual([]);
  });

  it('are seen in texts, choices and templates', () => {
    const source = 'const a = <p className={open ? "b c" : `d ${x} e-${y}`} title="no"><i className="f" /></p>;';
    expect([...namedIn('a.tsx', source)]).toEqual(['b', 'c', 'd', 'f']);
    expect(classNames('.a .b:global(.c):hover { color: red } @media (x) { .d { margin: 0.5px } }')).toEqual([
      'a',
      'b',
      'd',
    ]);
  });
});
