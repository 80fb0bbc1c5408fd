import { describe, expect, it } from 'vitest';
import { deadExports, findDeadExports } from './lib/exports.mjs';

/** What only tests set from outside, where the product takes it from the platform, or hold their own clock against. */
const FOR_TESTS = ['shared/words/here.ts: setHere', 'electron/engine/run/kept/journal.ts: LINGER'];

describe('exports that nobody needs', () => {
  it('are not there', () => {
    expect(deadExports().filter((name) => !FOR_TESTS.includes(name))).toEqual([]);
  });

  it.each<readonly [name: string, user: string, text: string]>([
    ['no other file imports', 'electron/b.ts', ''],
    ['only stands in a comment of', 'electron/b.ts', `import * as a from './a.ts'; /* one */ a.two();`],
    ['only tests have a use for', 'electron/a.test.ts', `import { one } from './a.ts';`],
    ['a neighbour of that name is taken for', 'electron/b.ts', `import { one } from './c/a.ts';`],
  ])('are found: what %s', (_, user, text) => {
    const own = ['electron/a.ts', 'export function one(): void {}'] as const;
    expect(findDeadExports([own, [user, text]])).toEqual(['electron/a.ts: one']);
  });

  it.each<readonly [name: string, user: string, text: string]>([
    ['imports it', 'electron/b.ts', `import { one as first } from './a.ts';`],
    ['imports its type', 'electron/b.tsx', `import type { one } from './a.ts'; export default <p>one</p>;`],
    ['passes it on', 'electron/b/c.ts', `export { one } from '../a.ts'; import { one } from './c.ts';`],
    ['takes all', 'electron/b.ts', `import * as a from './a.ts'; a.one();`],
    ['loads it later', 'electron/b.ts', `void import('./a.ts').then((a) => a.one());`],
    ['bundles it', 'build/b.mjs', `const { one } = await load('electron/a.ts');`],
  ])('are none when a file %s', (_, user, text) => {
    expect(
      findDeadExports([
        ['electron/a.ts', 'export const one = 1;'],
        [user, text],
      ]),
    ).toEqual([]);
  });

  it('are none when a test looks at what its own file uses', () => {
    const own = ['electron/a.ts', 'export const one = 1; export const two = one;'] as const;
    const test = ['electron/a.test.ts', `import { one } from './a.ts';`] as const;
    expect(findDeadExports([own, test])).toEqual(['electron/a.ts: two']);
  });
});
