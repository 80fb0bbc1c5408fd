import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { replaceDurably } from './durably.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hushcal-durably-'));
});

test('a file is made and replaced, its owner only may read it, and nothing is left beside it', async () => {
  const path = join(folder, 'a.json');
  await replaceDurably(path, 'a long first text');
  await replaceDurably(path, 'second');
  expect(await readFile(path, 'utf8')).toBe('second');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['a.json']);
});

test('writers at the same time leave one whole text', async () => {
  const path = join(folder, 'a.json');
  const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(50_000));
  await Promise.all(texts.map((text) => replaceDurably(path, text)));
  expect(texts).toContain(await readFile(path, 'utf8'));
  expect(await readdir(folder)).toEqual(['a.json']);
});

test('where it cannot take its place, what was there stays and nothing is left beside it', async () => {
  const path = join(folder, 'a.json');
  await mkdir(path);
  await writeFile(join(path, 'kept'), 'kept');
  await expect(replaceDurably(path, 'new')).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['a.json']);
  expect(await readFile(join(path, 'kept'), 'utf8')).toBe('kept');
});

test('a folder that is not there is an error, and is not made', async () => {
  await expect(replaceDurably(join(folder, 'none', 'a.json'), 'new')).rejects.toThrow('ENOENT');
  expect(await readdir(folder)).toEqual([]);
});
