import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runPracticeCommand } from './command.ts';
import { sampleBackup } from './samples/backup.ts';
import { startPractice, type PracticeOptions } from './server.ts';
import { Harness } from './testing/harness.ts';
import { meeting } from './testing/events.ts';

/* The server as a whole: personalities, faults, what survives a restart, samples, the command. */

const open: Harness[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((h) => h.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function start(options: PracticeOptions = {}): Promise<Harness> {
  const h = await Harness.start(options);
  open.push(h);
  return h;
}

const invitation = (uid = 'm'): string =>
  meeting({ uid, organizer: 'alice@example.com', guests: ['bob@example.com', 'eve@elsewhere.test'] });
const NOTIFIED = ['REQUEST imip eve@elsewhere.test', 'REQUEST inbox bob@example.com'];
const advertises = async (h: Harness): Promise<boolean> =>
  String((await h.send('alice', 'OPTIONS', h.calendar('alice'))).headers['dav']).includes('scheduling-controls');

describe('personalities', () => {
  it.each([
    ['default', true, []],
    ['ignores-header', false, NOTIFIED],
    ['advertises-but-ignores', true, NOTIFIED],
    ['noScheduling', false, []],
  ] as const)('%s: what becomes of Scheduling: none', async (personality, token, notified) => {
    const h = await start({ personality });
    expect(await advertises(h)).toBe(token);
    expect((await h.put('alice', 'm.ics', invitation(), { scheduling: 'none' })).status).toBe(201);
    expect(h.notified()).toEqual(notified);
  });
  it.each([
    ['cyrus-like', 'PUT', { 'scheduling-enabled': 'f' }, true],
    ['cyrus-like', 'PUT', { 'schedule-reply': 'F' }, false],
    ['sabre-like', 'PUT', { 'schedule-reply': 'F' }, true],
    ['sabre-like', 'PUT', { 'schedule-reply': 'f' }, false],
    ['sabre-like', 'DELETE', { 'schedule-reply': 'F' }, true],
    ['nextcloud-31-like', 'PUT', { 'x-nc-scheduling': 'false' }, true],
    ['nextcloud-31-like', 'DELETE', { 'x-nc-scheduling': 'false' }, false],
    ['nextcloud-31-like', 'DELETE', { 'schedule-reply': 'F' }, true],
  ] as const)('%s on %s with %o: silent is %s', async (personality, method, headers, silent) => {
    const h = await start({ personality });
    if (method === 'DELETE') await h.put('alice', 'm.ics', invitation());
    h.clear();
    if (method === 'DELETE') await h.delete('alice', 'm.ics', headers);
    else await h.put('alice', 'm.ics', invitation(), headers);
    expect(h.notified().length === 0).toBe(silent);
  });
  it('cyrus-like: acts as an address that is not checked', async () => {
    const h = await start({ personality: 'cyrus-like' });
    const foreign = meeting({ organizer: 'olga@elsewhere.test', guests: ['bob@example.com'] });
    await h.put('alice', 'm.ics', foreign, { 'schedule-address': 'olga@elsewhere.test' });
    expect(h.notified()).toEqual(['REQUEST inbox bob@example.com']);
  });
  it('cyrus-like: a property of the calendar switches scheduling off there, until it is taken away', async () => {
    const h = await start({ personality: 'cyrus-like' });
    const patch = (step: string) =>
      h.send(
        'alice',
        'PROPPATCH',
        h.calendar('alice'),
        `<D:propertyupdate xmlns:D="DAV:" xmlns:Y="http://cyrusimap.org/ns/">${step}</D:propertyupdate>`,
      );
    await patch('<D:set><D:prop><Y:scheduling-enabled>F</Y:scheduling-enabled></D:prop></D:set>');
    await h.put('alice', 'm.ics', invitation());
    await h.delete('alice', 'm.ics');
    expect(h.notified()).toEqual([]);
    await patch('<D:remove><D:prop><Y:scheduling-enabled/></D:prop></D:remove>');
    await h.put('alice', 'm.ics', invitation());
    expect(h.notified()).toEqual(NOTIFIED);
  });
  it.each([
    ['default', { dav: /scheduling-controls/ }, { server: true, 'x-sabre-version': true }],
    [
      'cyrus-like',
      { server: /^Cyrus-HTTP\/3\.6\.1/, dav: /calendar-managed-attachments/ },
      { 'x-sabre-version': true },
    ],
    ['sabre-like', { 'x-sabre-version': /^\d/, dav: /calendar-proxy/ }, { server: true }],
    ['nextcloud-31-like', { dav: /nc-calendar-trashbin/ }, { 'x-sabre-version': true, server: true }],
  ] as const)('%s: looks like that server in OPTIONS', async (personality, shown, hidden) => {
    const h = await start({ personality });
    const { headers } = await h.send('alice', 'OPTIONS', h.calendar('alice'));
    for (const [name, pattern] of Object.entries(shown)) expect(headers[name]).toMatch(pattern);
    for (const name of Object.keys(hidden)) expect(headers[name]).toBeUndefined();
    if (personality !== 'default') expect(headers['dav']).not.toContain('scheduling-controls');
  });
  it.each([
    ['cyrus-like', ['CANCEL imip eve@elsewhere.test', 'CANCEL inbox bob@example.com']],
    ['sabre-like', []],
    ['nextcloud-31-like', []],
  ] as const)('%s: DELETE of a calendar with a meeting', async (personality, notified) => {
    const h = await start({ personality });
    const path = `${h.home('alice')}old/`;
    await h.send('alice', 'MKCALENDAR', path);
    await h.send('alice', 'PUT', `${path}m.ics`, invitation(), { 'content-type': 'text/calendar' });
    h.clear();
    expect((await h.send('alice', 'DELETE', path)).status).toBe(204);
    expect(h.notified()).toEqual(notified);
  });
  it('no-scheduling: neither advertises nor tells, in no mode', async () => {
    const h = await start({ personality: 'noScheduling' });
    const { headers } = await h.send('alice', 'OPTIONS', h.calendar('alice'));
    expect(String(headers['dav'])).not.toContain('schedul');
    await h.put('alice', 'm.ics', invitation());
    expect([h.notified(), await h.members('bob')]).toEqual([[], []]);
  });
  it('rewrites-bodies: other bytes, the same meaning, still an ETag', async () => {
    const h = await start({ personality: 'rewrites-bodies' });
    const text = meeting({ summary: 'A' });
    expect((await h.put('alice', 'm.ics', text)).headers['etag']).toBeDefined();
    const stored = (await h.get('alice', 'm.ics')).text;
    expect(stored).not.toBe(text);
    expect(stored.split('\r\n').sort()).toEqual(text.split('\r\n').sort());
  });
  it('omits-properties: stored without GEO and EXDATE', async () => {
    const h = await start({ personality: 'omits-properties' });
    const text = meeting({ summary: 'A' }).replace('SUMMARY:', 'GEO:48.2;16.4\r\nSUMMARY:');
    expect((await h.put('alice', 'm.ics', text)).status).toBe(201);
    const stored = (await h.get('alice', 'm.ics')).text;
    expect(stored).toContain('SUMMARY:A');
    expect(stored).not.toContain('GEO');
  });
  it('weak-etag and no-etag', async () => {
    const weak = await start({ personality: 'weak-etag' });
    const { headers } = await weak.put('alice', 'm.ics', meeting());
    expect(headers['etag']).toMatch(/^W\//);
    expect((await weak.put('alice', 'm.ics', meeting(), { 'if-match': String(headers['etag']) })).status).toBe(412);
    const none = await start({ personality: 'no-etag' });
    expect((await none.put('alice', 'm.ics', meeting())).headers['etag']).toBeUndefined();
    expect((await none.get('alice', 'm.ics')).headers['etag']).toBeUndefined();
  });
  it('small-max-size, read-only, html, one-uid-per-user, renames-resources', async () => {
    const small = await start({ personality: 'small-max-size' });
    const big = await small.put('alice', 'm.ics', meeting({ summary: 'x'.repeat(1000) }));
    expect(big.text).toContain('max-resource-size');
    const closed = await start({ personality: 'read-only' });
    expect((await closed.put('alice', 'm.ics', meeting())).text).toContain('need-privileges');
    const page = await start({ personality: 'html' });
    const answer = await page.send('alice', 'PROPFIND', '/dav/');
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const unique = await start({ personality: 'one-uid-per-user' });
    await unique.put('alice', 'm.ics', meeting());
    await unique.send('alice', 'MKCALENDAR', `${unique.home('alice')}b/`);
    const twice = await unique.send('alice', 'PUT', `${unique.home('alice')}b/m.ics`, meeting());
    expect(twice.text).toContain('unique-scheduling-object-resource');
    const renaming = await start({ personality: 'renames-resources' });
    const { headers } = await renaming.put('alice', 'm.ics', meeting());
    expect(headers['location']).not.toContain('m.ics');
    expect((await renaming.get('alice', 'm.ics')).status).toBe(404);
    expect((await renaming.send('alice', 'GET', String(headers['location']))).text).toBe(meeting());
  });
});

describe('faults', () => {
  it('answers with a status and Retry-After, for so many requests, then works', async () => {
    const h = await start();
    h.server.setFaults([{ method: 'PUT', path: 'm\\.ics$', status: 503, retryAfter: 2, count: 2 }]);
    const first = await h.put('alice', 'm.ics', meeting());
    expect([first.status, first.headers['retry-after']]).toEqual([503, '2']);
    expect((await h.put('alice', 'other.ics', meeting({ uid: 'other' }))).status).toBe(201);
    expect((await h.put('alice', 'm.ics', meeting())).status).toBe(503);
    expect((await h.put('alice', 'm.ics', meeting())).status).toBe(201);
  });
  it('cuts before applying, after applying, and in the middle of a body', async () => {
    const h = await start({ faults: [{ method: 'PUT', cut: 'before' }] });
    await expect(h.put('alice', 'm.ics', meeting())).rejects.toThrow();
    expect((await h.get('alice', 'm.ics')).status).toBe(404);
    h.server.setFaults([{ method: 'PUT', cut: 'after' }]);
    await expect(h.put('alice', 'm.ics', meeting())).rejects.toThrow();
    expect((await h.get('alice', 'm.ics')).status).toBe(200);
    h.server.setFaults([{ method: 'GET', cut: 'body', after: 1 }]);
    expect((await h.get('alice', 'm.ics')).status).toBe(200);
    await expect(h.get('alice', 'm.ics')).rejects.toThrow();
    expect((await h.get('alice', 'm.ics')).text).toBe(meeting());
  });
  it('is set over HTTP by programs on this computer, not by web pages', async () => {
    const h = await start();
    const faults = JSON.stringify([{ method: 'GET', status: 500 }]);
    const at = h.control('faults');
    expect((await h.send(null, 'POST', at, faults, { origin: 'http://evil.test' })).status).toBe(403);
    expect((await h.send(null, 'POST', at, faults, { host: 'evil.test' })).status).toBe(403);
    const framed = { 'sec-fetch-site': 'cross-site' };
    expect((await h.send(null, 'GET', h.control('messages'), undefined, framed)).status).toBe(403);
    expect((await h.send(null, 'POST', at, faults)).status).toBe(204);
    expect((await h.get('alice', 'm.ics')).status).toBe(500);
  });
});

describe('messages', () => {
  it('are given as JSON and cleared by DELETE', async () => {
    const h = await start();
    await h.put('alice', 'm.ics', invitation());
    const url = h.server.info.messages_url;
    const listed: unknown = await (await fetch(url)).json();
    expect(listed).toEqual([
      {
        at: expect.any(String),
        method: 'REQUEST',
        from: 'alice@example.com',
        to: 'bob@example.com',
        uid: 'm',
        summary: 'Meeting',
        kind: 'inbox',
      },
      {
        at: expect.any(String),
        method: 'REQUEST',
        from: 'alice@example.com',
        to: 'eve@elsewhere.test',
        uid: 'm',
        summary: 'Meeting',
        kind: 'imip',
      },
    ]);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
    expect(h.server.messages()).toEqual([]);
  });
  it('are announced to listeners', async () => {
    const h = await start();
    let changes = 0;
    const stop = h.server.onChange(() => changes++);
    await h.put('alice', 'm.ics', invitation());
    expect(changes).toBe(1);
    stop();
    await h.delete('alice', 'm.ics');
    expect(changes).toBe(1);
  });
});

describe('a data folder', () => {
  it('keeps calendars, properties, tags and messages over a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'practice-'));
    folders.push(dataDir);
    const name = 'odd *.name é.ics';
    const path = (h: Harness): string => h.calendar('alice') + encodeURIComponent(name);
    const first = await Harness.start({ dataDir, password: 'secret' });
    await first.send('alice', 'PUT', path(first), invitation());
    const long = `${'x'.repeat(300)}.ics`;
    await first.put('alice', long, meeting({ uid: 'long' }));
    await first.put('alice', 'gone.ics', meeting({ uid: 'gone' }));
    await first.delete('alice', 'gone.ics');
    await first.send('alice', 'MKCALENDAR', `${first.home('alice')}work/`);
    const before = await first.send('alice', 'GET', path(first));
    const messages = first.server.messages();
    await first.close();
    const second = await start({ dataDir, password: 'secret' });
    const after = await second.send('alice', 'GET', path(second));
    expect([after.text, after.headers['etag'], after.headers['schedule-tag']]).toEqual([
      before.text,
      before.headers['etag'],
      before.headers['schedule-tag'],
    ]);
    expect((await second.members('alice')).sort()).toEqual([name, long].sort());
    expect(await second.copies('bob', 'm')).toHaveLength(1);
    expect(second.server.messages()).toEqual(messages);
    expect(second.server.state().users[0]?.calendars.map((c) => c.name)).toEqual(
      expect.arrayContaining(['Calendar', 'work']),
    );
    expect((await second.put('alice', 'twice.ics', invitation())).text).toContain('no-uid-conflict');
  });
});

describe('samples', () => {
  const now = (): Date => new Date('2027-03-03T12:00:00Z');
  it('are valid, are told to nobody, and come back with reset', async () => {
    const h = await start({ samples: true, now });
    const count = (): number[] => h.server.state().users.flatMap((u) => u.calendars.map((c) => c.objects));
    const before = count();
    expect(Math.min(...before)).toBeGreaterThan(4);
    expect(h.notified()).toEqual([]);
    for (const user of ['alice', 'bob', 'carol']) {
      for (const name of await h.members(user)) {
        const { text } = await h.get(user, name);
        expect((await h.put(user, name, text)).status).toBe(204);
      }
    }
    expect(h.notified()).toEqual([]);
    const [first = ''] = await h.members('alice');
    await h.delete('alice', first);
    h.server.reset();
    expect(count()).toEqual(before);
    expect(h.notified()).toEqual([]);
  });
  it('have a backup with new, same, changed and broken events', async () => {
    const h = await start({ samples: true, now });
    const { name, text } = sampleBackup(now());
    expect(name).toBe('alice-2027-03-03.ics');
    expect(text).toContain('METHOD:PUBLISH');
    const uids = new Set([...text.replace(/\r\n /g, '').matchAll(/^UID:(.*)$/gm)].map((m) => m[1]));
    expect(uids.size).toBeGreaterThan(35);
    const there = new Set<string>();
    for (const object of await h.members('alice')) there.add(`${object.replace(/\.ics$/, '')}@samples.hushcal.example`);
    const both = [...uids].filter((uid) => there.has(uid ?? ''));
    expect(both.length).toBeGreaterThan(4);
    expect(text.split('BEGIN:VEVENT').length).toBe(text.split('END:VEVENT').length + 1);
  });
});

describe('the command', () => {
  it('prints one line, answers, and stops when told', async () => {
    const lines: string[] = [];
    let stop = (): void => undefined;
    const io = {
      out: (line: string) => lines.push(line),
      error: (line: string) => lines.push(line),
      onStop: (f: () => void) => (stop = f),
    };
    const ended = runPracticeCommand(['--users', 'dora', '--personality', 'ignores-header'], io);
    while (lines.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const info: {
      base_url: string;
      messages_url: string;
      users: { user: string; password: string; calendar: string }[];
    } = JSON.parse(lines[0] ?? '');
    expect(info.users.map((u) => u.user)).toEqual(['dora']);
    expect((await fetch(info.messages_url)).status).toBe(200);
    stop();
    expect(await ended).toBe(0);
    expect(lines).toHaveLength(1);
  });
  it.each([
    [['--port', 'x'], '--port must be'],
    [['--users', 'a,,b'], '--users must be'],
    [['--personality', 'nice'], '--personality must be one of default'],
    [['--nonsense'], '--nonsense'],
    [['extra'], 'extra'],
  ])('refuses %j with exit code 2 and a sentence', async (args, sentence) => {
    const out: string[] = [];
    const errors: string[] = [];
    const code = await runPracticeCommand(args, {
      out: (l) => out.push(l),
      error: (l) => errors.push(l),
      onStop: () => undefined,
    });
    expect([code, out, errors.join('\n').includes(sentence)]).toEqual([2, [], true]);
    expect(errors.join('\n')).not.toMatch(/\n\s+at /);
  });
  it('names a port that is in use', async () => {
    const h = await start();
    const port = new URL(h.server.info.base_url).port;
    const errors: string[] = [];
    const code = await runPracticeCommand(['--port', port], {
      out: () => undefined,
      error: (l) => errors.push(l),
      onStop: () => undefined,
    });
    expect([code, errors.join('').includes('in use')]).toEqual([2, true]);
  });
  it('rejects an unknown personality when started from a program', async () => {
    await expect(startPractice({ personality: 'nice' })).rejects.toThrow('There is no personality "nice"');
  });
});
