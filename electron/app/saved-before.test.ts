import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openServerBook } from '../ipc/servers/server-book.ts';
import { openSettings } from './settings.ts';

/** Servers and settings as the first format kept them. */
const KEPT = new URL('fixtures/format-1', import.meta.url).pathname;

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hushcal-saved-'));
  await cp(KEPT, dir, { recursive: true });
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('what was saved before', () => {
  it('is read: servers and settings', async () => {
    const book = await openServerBook(dir);
    expect(book.list()).toMatchObject([
      { id: 's1', url: 'https://cal.example.org/dav/', user: 'anna', assumeNoMailHook: false },
      {
        id: 's2',
        admin: { way: 'authorize-as' },
        users: [{ user: 'anna' }],
        credential: 'token',
        assumeNoMailHook: true,
      },
    ]);
    expect((await openSettings(dir)).value).toEqual({
      theme: 'dark',
      bounds: { x: 10, y: 20, width: 1200, height: 800 },
      introduced: false,
      connections: 8,
      notifications: true,
      runsDir: null,
      practicePort: 18931,
    });
    expect((await readdir(dir)).filter((name) => name.includes('unreadable'))).toEqual([]);
  });

  it('keeps what a newer version added, and every server with it', async () => {
    const path = join(dir, 'servers.json');
    const servers = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>[];
    await writeFile(path, JSON.stringify(servers.map((server) => ({ ...server, color: 'green' }))));
    const book = await openServerBook(dir);
    expect(book.list()).toHaveLength(2);
    await book.remove('s1');
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject([{ id: 's2', color: 'green' }]);
  });
});
