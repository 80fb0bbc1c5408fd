import { ESLint } from 'eslint';
import { beforeAll, describe, expect, test } from 'vitest';
import { inRoot, root } from './lib/root.mjs';

/** Each row: the rule, a file that is linted, and a text of it that breaks the rule. */
const BROKEN: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['no-restricted-syntax', 'shared/model/failure.ts', 'export default 1;'],
  ['no-restricted-syntax', 'shared/model/failure.ts', 'export enum Colour { Red }'],
  ['no-restricted-syntax', 'shared/model/failure.ts', 'export class A { constructor(readonly b: string) {} }'],
  ['no-restricted-syntax', 'shared/model/failure.ts', 'export class A { private b = 1; c = () => this.b; }'],
  ['max-lines-per-function', 'shared/model/failure.ts', `export function f() {\n${'f();\n'.repeat(80)}}`],
  ['@typescript-eslint/no-explicit-any', 'shared/model/failure.ts', 'export const a = (b: any) => [b];'],
  ['@typescript-eslint/no-non-null-assertion', 'shared/model/failure.ts', 'export const a = (b: string | null) => b!;'],
  ['@typescript-eslint/no-floating-promises', 'electron/paths.ts', 'Promise.resolve(1);'],
  ['@typescript-eslint/ban-ts-comment', 'shared/model/failure.ts', '// @ts-ignore\nexport const a = 1;'],
  ['no-restricted-imports', 'electron/engine/types.ts', "import { app } from 'electron';\nexport const a = app;"],
  [
    'no-restricted-imports',
    'electron/page-origin.ts',
    "import { createDAVClient } from 'tsdav';\nexport const a = createDAVClient;",
  ],
  ['no-restricted-imports', 'electron/page-origin.ts', "import ICAL from 'ical.js';\nexport const a = ICAL;"],
  ['no-console', 'electron/paths.ts', "console.log('x');"],
];

let eslint: ESLint;

beforeAll(() => {
  eslint = new ESLint({
    cwd: root,
    overrideConfigFile: inRoot('build/eslint.config.js'),
    overrideConfig: {
      languageOptions: {
        parserOptions: {
          // With CI=true typescript-eslint would read the file from the disk and not the text it is given.
          disallowAutomaticSingleRunInference: true,
          // All files that are named above belong to it: types are read once.
          project: ['build/tsconfig.node.json'],
        },
      },
    },
  });
});

// The first file makes the linter read the types of the whole house.
describe('lint', { timeout: 300_000 }, () => {
  test.each(BROKEN)('%s is found in %s: %s', async (rule, file, text) => {
    const [result] = await eslint.lintText(text, { filePath: inRoot(file) });
    expect(result?.messages.map((message) => message.ruleId)).toContain(rule);
  });

  test('an exemption in a comment does not count', async () => {
    const text = '/* eslint-disable */\nexport default 1;\n';
    const [result] = await eslint.lintText(text, { filePath: inRoot('shared/model/failure.ts') });
    expect(result?.messages.map((message) => message.ruleId)).toContain('no-restricted-syntax');
  });
});
