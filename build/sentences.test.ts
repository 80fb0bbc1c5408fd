import { readFile } from 'node:fs/promises';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { projectFiles } from './lib/project-files.mjs';
import { inRoot } from './lib/root.mjs';

/*
 * The engine speaks to people in a window, too: what it says names no command and no option of the command line, and no
 * run by its id. The command line adds its own words (cli/explain.ts, cli/output).
 */

/** Not said on a screen: style sheets and the pages about servers. */
const APART = [
  'electron/engine/report/html-style.ts',
  'electron/engine/scheduling/profiles/page.ts',
  'electron/engine/scheduling/profiles/silence.ts',
  'renderer/theme.ts',
];
const OPTION = /["'`( ]--[a-z][a-z-]+/;
const COMMAND = /\bhushcal [a-z]/;
/** The end of an expression that is the id of a run. */
const RUN_ID = /^(?!(?:momentOf|formatMoment)).*\b(?:runId|batchId|runIds|parent)\)?$/s;
/** Two words, of which the id is a part; what is `run …` alone, as at the foot of a report, is there to be copied. */
const SENTENCE = /[A-Za-z]{2,}[,:]? [a-z]{2,}/;
/** A custom property of a style is none. */
const STYLE = /\bstyle=\{\{ '--/;
const COMMENT = /^\s*(?:\/\/|\/?\*)/;

const sources = ['electron', 'shared', 'renderer']
  .flatMap((folder) => projectFiles(folder))
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
  [/\b(?:un)?tick (?:what|all|those|it|the)\b|\bthe tick\b/i, 'select, deselect'],
  [/^Clusters?$/, 'Groups'],
  [/^Answers$/, 'Replies'],
  [/^Look again$/, 'Refresh, Check again'],
  [/^Lost$|\blost between\b/, 'deleted'],
  [/\b(?:old|new) side\b/i, 'source, target'],
  [/(?<!--)\brehears(?:e|ed|al)\b(?!\.md|\.ts)/i, 'dry run'],
  [/\brequest to stay quiet\b/i, 'the “no messages” request'],
  [/\bAnswer not given\b|\bnever given\b/i, 'not answered'],
  [/\b(?:no Hushcal|Hushcal) (?:closes|ends)\b/i, 'you quit'],
  [/\btaken out again\b/i, 'removed again'],
];

const trees = new Map<string, ts.SourceFile>();

/** Each source is parsed once. */
function treeOf(file: string, source: string): ts.SourceFile {
  const known = trees.get(source);
  if (known !== undefined) return known;
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, kind);
  trees.set(source, tree);
  return tree;
}

/** Asked only of what was found: a node reads its source again to say where it begins. */
function lineOf(node: ts.Node, tree: ts.SourceFile): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

/** The text of string literals, templates and JSX in a source: what could be shown. Identifiers and class names are not. */
function said(file: string, source: string): readonly { readonly line: number; readonly text: string }[] {
  const tree = treeOf(file, source);
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
    if (/[A-Z\s…]/.test(text.trim())) {
      found.push({ line: lineOf(node, tree), text: text.replaceAll(/class="[^"]*"|\s+/g, ' ').trim() });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The sentences, of templates and of JSX, with the id of a run in them. */
function withRunId(file: string, source: string): readonly { readonly line: number; readonly text: string }[] {
  const tree = treeOf(file, source);
  const found: { line: number; text: string }[] = [];
  const isId = (node: ts.Node | undefined): boolean => RUN_ID.test(node?.getText().replaceAll(/ \?\? ''/g, '') ?? '');
  const visit = (node: ts.Node): void => {
    const own = ts.isTemplateExpression(node)
      ? node.templateSpans.some(({ expression }) => isId(expression)) && !/^`\s*</.test(node.getText())
      : ts.isJsxElement(node) && node.children.some((child) => ts.isJsxExpression(child) && isId(child.expression));
    const parts = ts.isTemplateExpression(node)
      ? [node.head, ...node.templateSpans.map(({ literal }) => literal)]
      : ts.isJsxElement(node)
        ? node.children.filter((child) => ts.isJsxText(child))
        : [];
    const text = parts.map((part) => part.text).join('…');
    if (own && SENTENCE.test(text)) found.push({ line: lineOf(node, tree), text: text.replaceAll(/\s+/g, ' ').trim() });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** How many there are of something, as an expression writes it. */
const COUNT =
  /(?:\.(?:length|size)|\b(?:count|unread|verified)|[cC]ounts?\[\w+\]|[tT]otals\[\w+\])(?: [-+] [\w.]+)?\)?$/;

/** Templates that say how many there are of something without the separators of the reader's language. */
function bareCounts(file: string, source: string): readonly { readonly line: number; readonly text: string }[] {
  const tree = treeOf(file, source);
  const found: { line: number; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateExpression(node)) {
      const before = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
      for (const [at, { expression, literal }] of node.templateSpans.entries()) {
        const said = expression.getText().replaceAll(/\s+/g, ' ');
        const isProse = /^ [a-z]/.test(literal.text) || /[a-z] $/.test(before[at] ?? '');
        if (!isProse || !/^(?:String\()?[\w.#?[\]]+(?: [-+] [\w.]+)?\)?$/.test(said) || !COUNT.test(said)) continue;
        found.push({ line: lineOf(expression, tree), text: `\${${said}}${literal.text}`.slice(0, 60) });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The prose of a page, line by line: code speaks to programs. */
function proseOf(page: string): readonly string[] {
  const blank = (code: string): string => code.replace(/[^\n]/g, '');
  return page
    .replace(/```[\s\S]*?```/g, blank)
    .replace(/`[^`\n]*`/g, '`')
    .replace(/\]\([^)\n]*\)/g, ']')
    .split('\n');
}

describe('what a screen may say', () => {
  it('names no option of the command line', async () => {
    const said = await Promise.all(
      files.map(async (file) => {
        const lines = (await readFile(inRoot(file), 'utf8').catch(() => '')).split('\n');
        return lines.flatMap((line, at) =>
          OPTION.test(line) && !COMMENT.test(line) && !STYLE.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [],
        );
      }),
    );
    expect(said.flat()).toEqual([]);
    expect(files.length).toBeGreaterThan(300);
  });

  it('names no command, and no run by its id', async () => {
    const all = await Promise.all(
      files.map(async (file) => {
        const source = await readFile(inRoot(file), 'utf8').catch(() => '');
        const commands = COMMAND.test(source) ? said(file, source).filter(({ text }) => COMMAND.test(text)) : [];
        const named = /\b(?:runIds?|batchId|parent)\b/.test(source) ? withRunId(file, source) : [];
        return [...commands, ...named].map(({ line, text }) => `${file}:${line} ${text}`);
      }),
    );
    expect(all.flat()).toEqual([]);
  });

  it('sees a command and the id of a run where they are', () => {
    const source =
      'const a = `There is no run "${runId}" here.`; const b = `Undid the run of ${momentOf(runId)}.`; ' +
      'const c = <p>This is run {batch.batchId} of today</p>; const d = `run ${id}`; const e = `${dir}/${runId}`;';
    expect(withRunId('a.tsx', source).map(({ text }) => text)).toEqual([
      'There is no run "…" here.',
      'This is run … of today',
    ]);
    expect(COMMAND.test('"hushcal verify RUN" writes it out.')).toBe(true);
    expect(COMMAND.test('A Hushcal test event')).toBe(false);
  });

  it('writes numbers as the reader does', async () => {
    const all = await Promise.all(
      files.map(async (file) => {
        const source = await readFile(inRoot(file), 'utf8').catch(() => '');
        return bareCounts(file, source).map(({ line, text }) => `${file}:${line} ${text}`);
      }),
    );
    expect(all.flat()).toEqual([]);
    const bare =
      'const a = `${all.length} events`, b = `and ${String(all.length - 3)} more`, c = `${formatNumber(count)} of`;';
    expect(bareCounts('a.ts', bare)).toHaveLength(2);
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

  it('calls each thing so in the manual, too', async () => {
    const pages = ['README.md', ...projectFiles('docs').filter((file) => file.endsWith('.md'))]
      // How the house is built is said to those who build it.
      .filter((file) => !/^docs\/(?:architecture|how-to\/)/.test(file));
    const all = await Promise.all(
      pages.map(async (file) =>
        proseOf(await readFile(inRoot(file), 'utf8')).flatMap((line, at) =>
          NOT_SAID.filter(([not]) => not.test(line)).map(([, word]) => `${file}:${at + 1} say “${word}”: ${line}`),
        ),
      ),
    );
    expect(all.flat()).toEqual([]);
    expect(pages.length).toBeGreaterThan(20);
    expect(proseOf('Who hears `told` of it\n```\ngo on\n```')).toEqual(['Who hears ` of it', '', '', '']);
  });

  it('sees what is written in JSX, in templates and in strings', () => {
    const source = 'const a = <p className="told">Who hears of {x}</p>; const b = `${a} go on`; const c = "told";';
    expect(said('a.tsx', source).map(({ text }) => text)).toEqual(['Who hears of', '… go on']);
  });
});
