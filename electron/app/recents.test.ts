import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRecents } from './recents.ts';

let folder = '';
const open = () => openRecents(folder);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hushcal-recents-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('what is opened comes first, once, and is there at the next start', async () => {
  const recents = await open();
  await recents.noteBackup(['/srv/a.zip']);
  await recents.noteBackup(['/srv/b.ics', '/srv/c.ics', '/srv/d.ics']);
  await recents.noteBackup(['/srv/a.zip']);
  const again = await open();
  expect((await again.backups()).map(({ names }) => names)).toEqual([['a.zip'], ['b.ics', 'c.ics', 'd.ics']]);
  expect(await again.pathsOf((await again.backups())[1]?.id ?? '')).toEqual(['/srv/b.ics', '/srv/c.ics', '/srv/d.ics']);
  expect(again.items().map(({ label }) => label)).toEqual(['a.zip (/srv)', 'b.ics and 2 more (/srv)']);
});

test('six backups and three servers are kept; a server that was removed goes', async () => {
  const recents = await open();
  for (let at = 0; at < 9; at += 1) await recents.noteBackup([`/srv/${String(at)}.zip`]);
  for (const id of ['s4', 's3', 's1', 's2', 's1']) await recents.noteServer(id, `${id} (admin)`);
  await recents.forgetServer('s2');
  expect(await recents.backups()).toHaveLength(6);
  expect(recents.items().filter(({ kind }) => kind === 'server')).toEqual([
    { kind: 'server', id: 's1', label: 's1 (admin)' },
    { kind: 'server', id: 's3', label: 's3 (admin)' },
  ]);
});

test('cleared on request, from the disk, too; the menu hears of every change', async () => {
  const recents = await open();
  let changes = 0;
  recents.onChange(() => (changes += 1));
  await recents.noteBackup(['/srv/secret-name.zip']);
  await recents.noteServer('s1', 'Office');
  await recents.noteServer('s1', 'Office');
  await recents.clear();
  expect(changes).toBe(3);
  expect(recents.items()).toEqual([]);
  expect(await readFile(join(folder, 'recent.json'), 'utf8')).not.toContain('secret-name');
});
