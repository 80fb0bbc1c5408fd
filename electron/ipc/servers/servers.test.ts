import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HushError } from '../../../shared/model/failure.ts';
import { openServerBook } from './server-book.ts';
import { createEngine, openNetwork } from '../../engine/engine.ts';
import type { Ports, StoredServer } from '../ports.ts';
import { Servers } from './servers.ts';

const stored = (id: string, url: string, user: string, calendarOrigins: string[]): StoredServer => ({
  id,
  name: id,
  url,
  user,
  assumeNoMailHook: false,
  calendarOrigins,
});

/** Only what the search for a server looks at. */
function serversWith(...book: StoredServer[]): Servers {
  return serversIn({ list: () => book, save: () => Promise.resolve(), remove: () => Promise.resolve() });
}

function serversIn(book: Ports['book']): Servers {
  const ports: Pick<Ports, 'book' | 'practice' | 'secrets'> = {
    book,
    practice: {
      connection: () => ({ url: 'http://127.0.0.1:4000/', user: 'alice', password: 'x' }),
      state: () => Promise.reject(new Error('not asked here')),
      trouble: () => null,
      startAgain: () => Promise.resolve(),
      clearMessages: () => Promise.resolve(),
      reset: () => Promise.resolve(),
      sampleMailboxes: () => [],
      sampleBackup: () => ({ name: '', text: '' }),
      sampleNights: () => [],
    },
    secrets: {
      store: 'session',
      reason: '',
      places: () => new Map(),
      where: () => 'missing',
      keep: () => Promise.resolve(),
      read: () => Promise.resolve(null),
      forget: () => Promise.resolve(),
    },
  };
  const engine = createEngine({ runsDir: '', tempDir: '', now: () => new Date(0) });
  return new Servers({ ...ports, engine, openNetwork });
}

const run = (calendarUrl: string, user: string) => ({ calendarUrl, user, server: 'somewhere' });

describe('the server of a run', () => {
  const servers = serversWith(
    stored('a', 'example.org', 'admin', ['https://dav.example.org']),
    stored('b', 'http://127.0.0.1:4001/dav', 'admin', []),
  );

  test.each([
    ['https://example.org/cal/', 'admin', 'a'],
    ['https://dav.example.org:443/cal/', 'admin', 'a'],
    ['http://127.0.0.1:4001/cal/', 'admin', 'b'],
    ['http://127.0.0.1:4000/dav/calendars/alice/default/', 'alice', 'practice'],
  ])('%s of %s is %s', (url, user, id) => {
    expect(servers.ofRun(run(url, user))).toBe(id);
  });

  test.each([
    ['another user', 'https://example.org/cal/', 'alice'],
    ['another host', 'https://evil.example.org/cal/', 'admin'],
    ['another port', 'http://127.0.0.1:4002/cal/', 'admin'],
    ['no TLS', 'http://example.org/cal/', 'admin'],
    ['another user of the practice server', 'http://127.0.0.1:4000/cal/', 'bob'],
  ])('no password goes to %s', (_what, url, user) => {
    expect(() => servers.ofRun(run(url, user))).toThrow(HushError);
  });
});

test('what a server answers beside its calendars is kept with it, on the disk, and shown to nobody', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'hushcal-book-'));
  try {
    const book = await openServerBook(dir);
    await book.save(stored('a', 'https://a.test', 'admin', []));
    await book.save(stored('b', 'https://b.test', 'admin', []));
    const servers = serversIn(book);
    const statusPage = { product: 'Nextcloud', version: '33.0.3' };
    const answers = { face: 'f', at: '2026-11-29T00:00:00.000Z', statusPage, realm: null };
    servers.connect('a').probes?.keep('https://a.test/cloud', answers);
    await book.save({ ...servers.stored('b'), name: 'Another name' });
    const again = serversIn(await openServerBook(dir));
    expect(again.connect('a').probes?.recall('https://a.test/cloud')).toEqual(answers);
    expect(again.connect('a').probes?.recall('https://a.test')).toBeNull();
    expect(again.connect('b').probes?.recall('https://a.test/cloud')).toBeNull();
    expect(JSON.stringify(again.list())).not.toContain('Nextcloud');
    // What cannot be read costs the answers, and no server.
    const text = await readFile(join(dir, 'servers.json'), 'utf8');
    await writeFile(join(dir, 'servers.json'), text.replace('"statusPage"', '"page"'));
    const bent = serversIn(await openServerBook(dir));
    expect(bent.list().map(({ id }) => id)).toEqual(['practice', 'a', 'b']);
    expect(bent.connect('a').probes?.recall('https://a.test/cloud')).toBeNull();
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});

test('a missing password is asked for in a sentence', async () => {
  const servers = serversWith(stored('a', 'example.org', 'admin', []));
  await expect(servers.connect('a').password()).rejects.toMatchObject({ failure: { code: 'SERVER_PASSWORD_MISSING' } });
});

describe('an administrator on behalf of others', () => {
  const admin = { way: 'authorize-as' } as const;
  const behalf = { user: 'bob', ...admin } as const;
  const servers = serversWith(stored('own', 'https://example.org', 'admin', []), {
    ...stored('for-all', 'https://example.org', 'admin', []),
    admin,
    users: [{ user: 'bob' }, { user: 'carol' }],
  });

  test('logs in as itself, and says for whom', () => {
    expect(servers.connect('for-all')).toMatchObject({ user: 'admin', authorizeAs: 'bob' });
    expect(servers.connect('for-all', 'carol')).toMatchObject({ user: 'admin', authorizeAs: 'carol' });
    expect(servers.connect('own').authorizeAs).toBeUndefined();
    expect(servers.behalf('for-all', 'carol')).toEqual({ user: 'carol', way: 'authorize-as' });
    expect(servers.behalf('own')).toBeUndefined();
  });

  test('takes up the runs that were made by the same login and way, each for its user', () => {
    const made = run('https://example.org/bob/cal/', 'admin');
    expect(servers.ofRun({ ...made, behalf })).toBe('for-all');
    expect(servers.ofRun(made)).toBe('own');
    expect(servers.connectRun({ ...made, behalf: { ...behalf, user: 'dave' } })).toMatchObject({ authorizeAs: 'dave' });
    expect(() => servers.ofRun({ ...made, behalf: { user: 'bob', way: 'direct' } })).toThrow(HushError);
  });

  test('finds the calendars of each where a search or the address says they are', () => {
    const direct = {
      admin: { way: 'direct' },
      users: [{ user: 'bob', home: 'https://example.org/dav/bob/' }],
    } as const;
    const plain = serversWith({
      ...stored('searched', 'https://example.org', 'admin', []),
      admin: direct.admin,
      users: [...direct.users, { user: 'carol' }],
    });
    expect(plain.connect('searched', 'bob')).toMatchObject({ url: 'https://example.org/dav/bob/', user: 'admin' });
    expect(() => plain.connect('searched', 'carol')).toThrow('where the calendars of carol are');
    const placed = serversWith({
      ...stored('placed', 'https://example.org/{user}/cal', 'admin', []),
      admin: direct.admin,
    });
    expect(placed.connect('placed', 'dave smith')).toMatchObject({ url: 'https://example.org/dave%20smith/cal' });
  });

  test('by a way that is not offered any more is shown, and refused in a sentence where it would log in', () => {
    const former = serversWith({
      ...stored('old', 'https://example.org', 'admin', []),
      admin: { way: 'grant' },
      users: [{ user: 'bob' }],
    });
    expect(former.list().map(({ id }) => id)).toEqual(['practice', 'old']);
    expect(() => former.connect('old')).toThrow('An administrator cannot give itself rights over CalDAV');
  });
});
