import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { projectFiles } from './lib/project-files.mjs';
import { inRoot } from './lib/root.mjs';

/** Each row: the rule, a folder in which a file is linted, and a text that breaks the rule there. */
const BROKEN: readonly (readonly [rule: string, folder: string, text: string])[] = [
  ['house(export-by-name)', 'shared/model', 'export default 1;'],
  ['house(export-by-name)', 'shared/model', 'const a = 1;\nexport { a as default };'],
  ['house(no-enum)', 'shared/model', 'export enum Colour { Red }'],
  ['house(no-parameter-property)', 'shared/model', 'export class A { constructor(readonly b: string) {} }'],
  ['house(private-name)', 'shared/model', 'export class A { private b = 1; c = () => this.b; }'],
  ['house(export-by-name)', 'shared/model', '/* eslint-disable-next-line no-console */\nexport default 1;'],
  ['house(no-module-mock)', 'electron', "import { vi } from 'vitest';\nvi.mock('node:fs');"],
  ['house(tick-and-wait)', 'e2e', 'export const a = (b: { check(): Promise<void> }) => b.check();'],
  ['eslint(max-lines-per-function)', 'shared/model', `export function f() {\n${'f();\n'.repeat(80)}}`],
  ['eslint(max-lines)', 'electron', `export const a = [\n${'1,\n'.repeat(400)}].length;`],
  ['eslint(no-console)', 'electron', "console.log('x');"],
  ['eslint(eqeqeq)', 'electron', 'export const a = (b: string) => b == null;'],
  ['eslint(no-undef)', 'build', 'export const a = nowhere;'],
  ['typescript(no-explicit-any)', 'shared/model', 'export const a = (b: any) => [b];'],
  ['typescript(no-non-null-assertion)', 'shared/model', 'export const a = (b: string | null) => b!;'],
  ['typescript(ban-ts-comment)', 'shared/model', '// @ts-ignore\nexport const a = 1;'],
  ['typescript(no-floating-promises)', 'electron', 'Promise.resolve(1);'],
  ['typescript(no-misused-promises)', 'electron', 'export const a = () => [1].forEach(async () => Promise.resolve());'],
  ['typescript(no-unnecessary-condition)', 'electron', 'export const a = (b: string) => b ?? 1;'],
  ['typescript(no-unsafe-return)', 'electron', "export const a = (): string => JSON.parse('1');"],
  [
    'typescript(switch-exhaustiveness-check)',
    'electron',
    'export function a(b: 1 | 2) { switch (b) { case 1: a(b); } }',
  ],
  ['typescript(consistent-type-imports)', 'electron', "import { Stats } from 'node:fs';\nexport type A = Stats;"],
  ['regexp(no-super-linear-backtracking)', 'electron', 'export const a = /^(?:a+)+$/;'],
  ['regexp(no-super-linear-move)', 'renderer', 'export const a = /\\s+$/;'],
  ['react-hooks(rules-of-hooks)', 'renderer', HOOK("if (a) useState('')")],
  ['react-hooks(exhaustive-deps)', 'renderer', HOOK('useEffect(() => { if (a) document.title = a; }, [])')],
  ['eslint(no-restricted-imports)', 'electron/engine', "import { app } from 'electron';\nexport const a = app;"],
  ['eslint(no-restricted-imports)', 'electron/app', "import tsdav from 'tsdav';\nexport const a = tsdav;"],
  ['eslint(no-restricted-imports)', 'electron/engine/caldav', "import ICAL from 'ical.js';\nexport const a = ICAL;"],
];

/** What is allowed in one place and nowhere else. */
const ALLOWED: readonly (readonly [folder: string, text: string])[] = [
  ['electron/app', "import { app } from 'electron';\nexport const a = app;"],
  ['electron/engine/caldav', "import tsdav from 'tsdav';\nexport const a = tsdav;"],
  ['electron/engine/icalendar', "import ICAL from 'ical.js';\nexport const a = ICAL;"],
  ['electron/cli', "console.log('x');"],
];

function HOOK(statement: string): string {
  return `import { useEffect, useState } from 'react';\nexport function A({ a }: { a: string }) { ${statement}; return useState(useEffect); }`;
}

const Found = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

let dir: string;
let found: z.infer<typeof Found>['diagnostics'];

const nameOf = (kind: string, index: number, folder: string) =>
  `${folder}/${kind}-${index}.${folder === 'build' ? 'mjs' : folder === 'renderer' ? 'tsx' : 'ts'}`;

// All texts are linted at once, in a tree of their own that has our rules, our types and our packages.
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'hushcal-lint-'));
  symlinkSync(inRoot('node_modules'), join(dir, 'node_modules'), 'junction');
  const rules = readFileSync(inRoot('.oxlintrc.json'), 'utf8');
  write('.oxlintrc.json', rules.replace('./build/', `${inRoot('build').replaceAll('\\', '/')}/`));
  const compilerOptions = { jsx: 'react-jsx', types: ['node'], lib: ['ES2023', 'DOM'] };
  write('tsconfig.json', JSON.stringify({ extends: inRoot('build/tsconfig.base.json'), compilerOptions }));
  for (const [index, [, folder, text]] of BROKEN.entries()) write(nameOf('broken', index, folder), text);
  for (const [index, [folder, text]] of ALLOWED.entries()) write(nameOf('allowed', index, folder), text);
  const oxlint = inRoot('node_modules/oxlint/bin/oxlint');
  const { stdout, stderr } = spawnSync(process.execPath, [oxlint, '-f', 'json'], { cwd: dir, encoding: 'utf8' });
  if (!stdout.startsWith('{')) throw new Error(stdout + stderr);
  found = Found.parse(JSON.parse(stdout)).diagnostics;
});

afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(join(dir, dirname(path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

function rulesBrokenIn(file: string): string[] {
  return found.filter(({ filename }) => filename.replaceAll('\\', '/').endsWith(file)).map(({ code }) => code);
}

describe('lint', () => {
  test.each(BROKEN.map((row, index) => [...row, index] as const))('%s is found in %s: %s', (rule, folder, _, index) => {
    expect(rulesBrokenIn(nameOf('broken', index, folder))).toContain(rule);
  });

  test.each(ALLOWED.map((row, index) => [...row, index] as const))('allowed in %s: %s', (folder, _, index) => {
    expect(rulesBrokenIn(nameOf('allowed', index, folder)).filter((rule) => /import|console/.test(rule))).toEqual([]);
  });

  test('no file exempts itself in a comment', () => {
    const sources = projectFiles().filter((file) => /\.(?:tsx?|[cm]?js)$/.test(file));
    const exempt = sources.filter((file) => /(?:eslint|oxlint)-disable/.test(readFileSync(inRoot(file), 'utf8')));
    expect(exempt).toEqual(['build/lint.test.ts']);
  });
});
