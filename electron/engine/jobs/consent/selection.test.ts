import { expect, test } from 'vitest';
import { resource } from '../../plan/testing/resources.ts';
import { selectByRules } from './selection.ts';

function indexOf(titles: readonly string[]): Parameters<typeof selectByRules>[0] {
  return {
    size: titles.length,
    summary: (ordinal) => resource({ title: titles[ordinal] ?? '' }),
    text: (ordinal) => Promise.resolve(Buffer.from(`SUMMARY:${titles[ordinal] ?? ''}\r\n`)),
  };
}

test('a regular expression finds its events among many portions of them', async () => {
  const titles = Array.from({ length: 2_000 }, (_, at) => (at % 500 === 3 ? `Yoga ${String(at)}` : 'Work'));
  expect([...((await selectByRules(indexOf(titles), { only: ['title~^yoga', 'text~yoga'] }, [])) ?? [])]).toEqual([
    3, 503, 1003, 1503,
  ]);
});

test('one that explodes on a title is ended, and the sentence says which', async () => {
  const exploding = selectByRules(indexOf(['ok', `${'a'.repeat(60)}!`]), { only: ['title~^(a+)+$'] }, []);
  await expect(exploding).rejects.toThrow(/title~\^\(a\+\)\+\$ takes far too long/);
});
