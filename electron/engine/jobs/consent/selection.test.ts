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

test('one that would explode on a title by trying every way finds what it finds', async () => {
  const titles = ['aaa', `${'a'.repeat(60_000)}!`];
  expect([...((await selectByRules(indexOf(titles), { only: ['title~^(a+)+$'] }, [])) ?? [])]).toEqual([0]);
});

test('long texts are looked at in portions of their own, and none is passed over', async () => {
  const titles = Array.from({ length: 9 }, (_, at) => `${'x'.repeat(1_000_000)}${at % 4 === 0 ? ' yoga' : ''}`);
  expect([...((await selectByRules(indexOf(titles), { only: ['text~yoga'] }, [])) ?? [])]).toEqual([0, 4, 8]);
});
