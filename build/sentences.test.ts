import { readFile } from 'node:fs/promises';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { execFileSync } from 'node:child_process';
import { inRoot } from './lib/root.mjs';

/*
 * The engine speaks to people in a window, too: what it says names no option of the command line. The command line adds
 * its own words (cli/output).
 */

/** Not said on a screen: style sheets, the page about servers, and the one way out that only the command line has. */
const APART = [
  'electron/engine/report/html-style.ts',
  'electron/engine/scheduling/profiles/page.ts',
  'electron/engine/jobs/stored/history.ts',
  'renderer/theme.ts',
];
const OPTION = /["'`( ]--[a-z][a-z-]+/;
const COMMENT = /^\s*(?:\/\/|\/?\*)/;

const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'electron', 'shared', 'renderer'], {
  cwd: inRoot('.'),
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.includes('/testing/'));
const files = sources.filter((file) => !/^electron\/(?:cli|practice|main)\b/.test(file) && !APART.includes(file));

/*
 * One thing, one word: what is not said on screen, in reports or on the command line any more, and what is said instead.
 * The practice server speaks to programs; style sheets speak to nobody.
 */
const NOT_SAID: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:is|are|was|were|be|been|has|have|had|will be|nobody|people) told\b|\btold (?:about|nobody|everybody|people)\b/i,
    'notified',
  ],
  [/\btells? (?:nobody|everybody|anybody|people)\b|\btelling anybody\b/i, 'notify'],
  [
    /\b(?:who|nobody|somebody|everybody|outside|would|shall|will) hears?\b|\bhears? (?:of|about)\b|\bheard\b/i,
    'notified',
  ],
  [/^Told$|\bTold,/, 'Notified'],
  [/\b(?:Nobody|Everybody) is told\b|\bOnly calendars here\b|\bOnly guests outside\b/i, 'the name of the mode'],
  [/\bConsequences\b/, 'What will happen'],
  [/\bAsked for\b/, 'You chose'],
  [/\bActing as\b|\bmatched per event\b/i, 'On behalf of; address from each event'],
  [/^Over$/, 'Past'],
  [/\bWhat this rests on\b/i, 'How we know'],
  [/\bHow far back\b/i, 'Date range'],
  [/\bLeave it as it is\b/i, "Keep the server's version"],
  [/\bneeds? (?:you|a look)\b|\bin need of you\b/i, 'needs attention'],
  [/\bre-?wr(?:ote|itten) by the server\b|\bre-(?:wrote|written)\b/i, 'adjusted by the server'],
  [/\bact (?:one|two)\b/i, 'Step 1, Step 2'],
  [/\b(?:guests?|people) outside\b/i, 'external guests'],
  [/\bheaps?\b/i, 'group'],
  [/\bput(?:s|ting)? back\b(?! together)/i, 'restore'],
  [/\b(?:go|goes|going|went) on\b(?! (?:without|the|behalf))/i, 'resume, continue, in progress'],
  [/\btak(?:e|es|en|ing) (?:it |this |them )?back\b|\btook (?:it )?back\b/i, 'undo'],
  [/\bWords and help\b/i, 'Help and glossary'],
  [/^a real server\b|, a real server\b/i, 'LIVE'],
  [/\bticked\b/i, 'selected'],
  [/\bsilently\b/i, 'without messages'],
];

/** The text of string literals, templates and JSX in a source: what could be shown. Identifiers and class names are not. */
function said(file: string, source: string): readonly { readonly line: number; readonly text: string }[] {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, kind);
  const found: { line: number; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isJsxAttribute(node) && ['className', 'data-testid'].includes(node.name.getText())) return;
    const text =
      ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isJsxText(node)
        ? node.text
        : ts.isTemplateExpression(node)
          ? [node.head, ...node.templateSpans.map(({ literal }) => literal)].map((part) => part.text).join('…')
          : '';
    const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (/[A-Z\s…]/.test(text.trim())) found.push({ line, text: text.replaceAll(/class="[^"]*"|\s+/g, ' ').trim() });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

describe('what a screen may say', () => {
  it('names no option of the command line', async () => {
    const said = await Promise.all(
      files.map(async (file) => {
        const lines = (await readFile(inRoot(file), 'utf8').catch(() => '')).split('\n');
        return lines.flatMap((line, at) =>
          OPTION.test(line) && !COMMENT.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [],
        );
      }),
    );
    expect(said.flat()).toEqual([]);
    expect(files.length).toBeGreaterThan(300);
  });

  it('calls each thing by its one word', async () => {
    const shown = sources.filter((file) => !/^electron\/practice\b|html-style/.test(file));
    const all = await Promise.all(
      shown.map(async (file) => {
        const texts = said(file, await readFile(inRoot(file), 'utf8').catch(() => ''));
        return texts.flatMap(({ line, text }) =>
          NOT_SAID.filter(([not]) => not.test(text)).map(([, word]) => `${file}:${line} say “${word}”: ${text}`),
        );
      }),
    );
    expect(all.flat()).toEqual([]);
    expect(shown.length).toBeGreaterThan(400);
  });

  it('sees what is written in JSX, in templates and in strings', () => {
    const source = 'const a = <p className="told">Who hears of {x}</p>; const b = `${a} go on`; const c = "told";';
    expect(said('a.tsx', source).map(({ text }) => text)).toEqual(['Who hears of', '… go on']);
  });
});
