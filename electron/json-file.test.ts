import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { JsonFile } from './json-file.ts';

const schema = z.strictObject({ count: z.int() });
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hushcal-json-'));
});

test('what is set is there after a new start, readable by its owner only', async () => {
  const path = join(folder, 'deep', 'a.json');
  const file = await JsonFile.open(path, schema, { count: 0 });
  expect(file.value).toEqual({ count: 0 });
  await Promise.all([1, 2, 3].map((count) => file.set({ count })));
  expect((await JsonFile.open(path, schema, { count: 0 })).value).toEqual({ count: 3 });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, 'deep'))).toEqual(['a.json']);
});

test('an unreadable file is kept, not overwritten', async () => {
  const path = join(folder, 'a.json');
  for (const text of ['{"count":', '{"count":"many"}', '{"count":1,"more":2}']) {
    await writeFile(path, text);
    const file = await JsonFile.open(path, schema, { count: 7 });
    expect(file.value).toEqual({ count: 7 });
    await file.set({ count: 8 });
    const kept = (await readdir(folder)).filter((name) => name.includes('unreadable'));
    const texts = await Promise.all(kept.map((name) => readFile(join(folder, name), 'utf8')));
    expect(texts).toContain(text);
  }
});

test('what cannot be read at all is kept too, not taken for missing', async () => {
  const path = join(folder, 'a.json');
  // A folder in its place: readable by nobody as a file, whoever runs the test.
  await mkdir(path);
  const file = await JsonFile.open(path, schema, { count: 7 });
  await file.set({ count: 8 });
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ count: 8 });
  expect((await readdir(folder)).filter((name) => name.includes('unreadable'))).toHaveLength(1);
});
