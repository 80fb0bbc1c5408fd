import { expect, test } from 'vitest';
import { wildcard } from './wildcard.ts';

test.each([
  ['*', '', true],
  ['*', 'anything\nat all', true],
  ['', '', true],
  ['', 'x', false],
  ['*@spam.test', 'a@spam.test', true],
  ['*@spam.test', 'a@spam.test.example', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['*.ab', 'x.ab.ab', true],
  ['a|b', 'a', false],
  ['a|b', 'a|b', true],
  ['ÄRGER*', 'ärger im Büro', true],
  ['win**!', 'WIN a prize!', true],
])('%s on "%s": %s', (pattern, text, matches) => {
  expect(wildcard(pattern, 'iu').test(text)).toBe(matches);
  // Nothing is left over from one look to the next.
  expect(wildcard(pattern, 'iu').test(text)).toBe(matches);
});

test('case counts where it is asked to', () => {
  expect([wildcard('A*', 'u').test('ab'), wildcard('A*', 'u').test('Ab')]).toEqual([false, true]);
});

test('many stars are looked for once each, in a text that almost fits', () => {
  // By backtracking this takes longer than the universe is old.
  expect(wildcard(`${'a*'.repeat(60)}b`, 'iu').test('a'.repeat(20_000))).toBe(false);
});
