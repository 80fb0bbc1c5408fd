import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { closureHashes } from './lib/closures.mjs';

let dir = '';
const file = (name: string): string => path.join(dir, name);
const write = (name: string, text: string): void => {
  writeFileSync(file(name), text);
};
const hashOf = (name: string): string => closureHashes([file(name)]).get(file(name)) ?? '';

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'hushcal-closures-'));
  write('a.ts', "import { b } from './b.ts';\nimport x from 'x';\nexport const a = [b, x];\n");
  write('b.ts', "export type { C } from './c.ts';\nimport './a.ts';\nexport const b = 1;\n");
  write('c.ts', 'export type C = string;\n');
  write('d.ts', "import { lib } from './lib.mjs';\nexport const d = lib;\n");
  write('lib.mjs', 'export const lib = 1;\n');
  write('lib.d.mts', 'export declare const lib: number;\n');
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

it('is the same while nothing changes, circles included', () => {
  const before = hashOf('a.ts');
  write('b.ts', "export type { C } from './c.ts';\nimport './a.ts';\nexport const b = 1;\n");
  expect(hashOf('a.ts')).toBe(before);
});

it.each(['a.ts', 'b.ts', 'c.ts'])('changes with %s, which is imported at some distance', (name) => {
  const before = [hashOf('a.ts'), hashOf('d.ts')];
  write(name, '// another text\n');
  expect(hashOf('a.ts')).not.toBe(before[0]);
  expect(hashOf('d.ts')).toBe(before[1]);
});

it.each(['lib.mjs', 'lib.d.mts'])('changes with %s: a script and its declarations', (name) => {
  const before = hashOf('d.ts');
  write(name, 'export declare const lib: string;\n');
  expect(hashOf('d.ts')).not.toBe(before);
});

it('sees an import that runs later', () => {
  write('e.ts', "export const e = () => import('./c.ts');\n");
  const before = hashOf('e.ts');
  write('c.ts', 'export type C = number;\n');
  expect(hashOf('e.ts')).not.toBe(before);
});
