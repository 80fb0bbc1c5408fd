import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isAllSeen, isAnyGone, type MissingEntry, type MissingSpec } from '../../../../shared/model/found/missing.ts';
import type { PracticeOptions } from '../../../practice/server.ts';
import { ArchiveReader } from '../../backup/archive-reader.ts';
import { calendar, event, itemsOf, openWorld, type World } from '../testing/world.ts';
import type { MissingSession } from './missing.ts';

/* Nightly backups against a calendar as it is now, on a practice server. */

let world: World;
let session: MissingSession | null = null;
afterEach(async () => {
  await session?.close();
  session = null;
  await world.close();
});

async function plain(method: string, path: string, body?: string): Promise<Response> {
  const { password } = world.server.info.users.find(({ user }) => user === 'alice') ?? { password: '' };
  const authorization = `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'text/calendar', scheduling: 'none', 'scheduling-enabled': 'F' };
  const answer = await fetch(new URL(path, world.calendarUrl), {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  expect(answer.ok).toBe(true);
  return answer;
}

const named = (uid: string, title = uid): readonly string[] => [`UID:${uid}`, `SUMMARY:${title}`];

/** One file a night, from the 23rd of November on; the calendar holds what is given last. */
async function open(
  nights: readonly (readonly (readonly string[])[])[],
  now: readonly (readonly string[])[],
  options: PracticeOptions = {},
): Promise<readonly string[]> {
  world = await openWorld(options);
  for (const [at, lines] of now.entries()) await world.put(`e${String(at)}.ics`, calendar([lines]));
  return Promise.all(nights.map((events, at) => world.source(`anna-2026-11-${String(23 + at)}.ics`, calendar(events))));
}

async function missing(sources: readonly string[], spec: Partial<MissingSpec> = {}): Promise<MissingSession> {
  await session?.close();
  session = await world.engine.missing(sources, { calendarUrl: world.calendarUrl, ...spec }, world.connection);
  return session;
}

/** `gone lunch 2026-11-25: 1 → 0`: in backup 1, not in backup 0. */
const drawn = ({ state, title, day, before, after }: MissingEntry): string =>
  `${state} ${title} ${day ?? '?'}: ${String(before)} → ${String(after)}`;

describe('nightly backups against the calendar', () => {
  const [a, b, c] = [named('a'), named('b'), named('c')];

  it('says what is gone and since which backup, newest day first, and counts what is as it was', async () => {
    const sources = await open([[a, b, c], [a, b, c], [a, b], [a]], [a]);
    const { result } = await missing(sources);
    expect(result.backups.map(({ name }) => name)[0]).toBe('anna-2026-11-26.ics');
    expect(result.entries.map(drawn)).toEqual(['gone b 2026-11-26: 1 → 0', 'gone c 2026-11-25: 2 → 1']);
    expect([result.same, result.more, result.unseen, result.calendar.entries]).toEqual([1, 0, [], 1]);
    expect(isAnyGone(result)).toBe(true);
  });

  it('shows on their days what is gone, among what is still there', async () => {
    const sources = await open([[a, b], [a]], [a]);
    const found = await missing(sources);
    const start = found.result.entries[0]?.start?.slice(0, 10) ?? '';
    const { occurrences } = await found.occurrences({ from: start, to: start });
    const shown = occurrences.map(({ row, title, state, on }) => `${String(row)} ${title} ${state} ${on}`);
    expect(shown.sort()).toEqual(['0 b removed before', 'null a other both']);
  });

  it('has nothing to say where everything is as it was, however the server writes it', async () => {
    const sources = await open(
      [
        [a, b],
        [b, a],
      ],
      [a, b],
      { personality: 'rewrites-bodies' },
    );
    const { result } = await missing(sources);
    expect([result.entries, result.same, result.unseen, isAnyGone(result)]).toEqual([[], 2, [], false]);
  });

  it('of what is gone since the newest backup the day is today', async () => {
    const { result } = await missing(await open([[a, b]], [a]));
    expect(result.entries).toMatchObject([{ title: 'b', before: 0, after: null }]);
    const today = new Date(result.at);
    expect(result.entries[0]?.day).toBe(
      [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((n) => String(n).padStart(2, '0')).join('-'),
    );
  });

  it('names what was changed, and since when, also where an equal one was away in between', async () => {
    const old = named('a', 'before');
    const sources = await open([[old], [old, b], [b], [a, b]], [a, b]);
    const { result } = await missing(sources);
    // Away on the 25th, as it is now since the 26th: that it is not what it was is seen on the 25th first.
    expect(result.entries.map(drawn)).toEqual(['changed before 2026-11-25: 2 → 1']);
    expect([result.same, isAnyGone(result)]).toEqual([2, false]);
  });

  it('of a changed one it keeps the newest version that differs', async () => {
    const [v1, v2] = [named('a', 'v1'), named('a', 'v2')];
    const { result } = await missing(await open([[v1], [v2], [a]], [a]));
    expect(result.entries.map(drawn)).toEqual(['changed v2 2026-11-25: 1 → 0']);
  });

  it('leaves out what was lost before a day, and reads no more backups than that takes', async () => {
    const sources = await open([[a, b, c], [a, b, c], [a, b], [a]], [a]);
    const { result } = await missing(sources, { since: '2026-11-26' });
    expect(result.entries.map(drawn)).toEqual(['gone b 2026-11-26: 1 → 0']);
    expect(result.backups.map(({ name }) => name)).toEqual(['anna-2026-11-26.ics', 'anna-2026-11-25.ics']);
  });

  it('gives the text of each in the version that is listed, as a source of a restore', async () => {
    const sources = await open([[a, named('b', 'old'), c], [a, named('b', 'new'), c], [a]], [a]);
    const found = await missing(sources);
    const out = join(world.dir, 'missing.ics');
    await found.save(
      found.result.entries.map(({ id }) => id),
      out,
    );
    expect(await readFile(out, 'utf8')).toContain('SUMMARY:new');
    const run = await world.restore({ sources: [out] });
    expect(new Map(itemsOf(run).map(({ title, outcome }) => [title, outcome]))).toEqual(
      new Map([
        ['c', 'created'],
        ['new', 'created'],
      ]),
    );
    expect((await missing(sources)).result.entries.filter(({ state }) => state === 'gone')).toEqual([]);
    await expect(found.save([0], out)).rejects.toThrow(/cannot be written/);
    await expect(found.save([99], join(world.dir, 'other.ics'))).rejects.toThrow(/Compare again/);
  });
});

describe('outside of the calendar', () => {
  it('what another calendar of the user holds was moved there', async () => {
    const sources = await open([[named('a'), named('b')]], [named('a')]);
    await plain('MKCALENDAR', '../work/');
    await plain('PUT', '../work/b.ics', event('b', ['SUMMARY:b']));
    const { result } = await missing(sources);
    expect(result.entries).toMatchObject([{ state: 'moved', title: 'b', elsewhere: { calendar: 'work' } }]);
    expect(isAnyGone(result)).toBe(false);
  });

  it('the trash bin says when it was deleted, and has what no backup has', async () => {
    const sources = await open([[named('a'), named('b')]], [named('a'), named('b'), named('young')], {
      personality: 'nextcloud-33-like',
    });
    await plain('DELETE', 'e1.ics');
    await plain('DELETE', 'e2.ics');
    const found = await missing(sources);
    expect(found.result.entries.map(({ title, state, before }) => [title, state, before])).toEqual([
      ['b', 'gone', 0],
      ['young', 'gone', null],
    ]);
    for (const { trash, day } of found.result.entries) {
      expect(Math.abs(Date.parse(trash?.deletedAt ?? '') - Date.parse(found.result.at))).toBeLessThan(60_000);
      expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
    // Both lie there as they would be restored, and the server is known to give them back silently.
    expect(found.result.entries.map(({ trash }) => trash?.back)).toEqual([true, true]);
    expect(found.result.notes.join(' ')).toContain('Do not delete a meeting from the trash bin');
    const out = join(world.dir, 'missing.ics');
    await found.save([1], out);
    expect(await readFile(out, 'utf8')).toContain('SUMMARY:young');
  });
});

it.each([
  ['nextcloud-33-like', 'b', undefined],
  ['nextcloud-25-like', 'a', undefined],
  ['nextcloud-33-like', 'a', true],
] as const)('the trash bin gives back what means the same, silently (%s, %s)', async (personality, title, back) => {
  const changed = named('a').map((line) => line.replace('SUMMARY:a', `SUMMARY:${title}`));
  const sources = await open([[named('a')]], [changed], { personality });
  await plain('DELETE', 'e0.ics');
  const { result } = await missing(sources);
  expect(result.entries.map(({ state, trash }) => [state, trash?.back])).toEqual([['gone', back]]);
});

describe('what could not be seen is named', () => {
  const [a, b] = [named('a'), named('b')];

  it('a backup that cannot be read, and parts of one', async () => {
    const [first = ''] = await open([[a, b]], [a]);
    const torn = await world.source(
      'anna-2026-11-24.ics',
      `${calendar([a])}BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\n`,
    );
    const { result } = await missing([first, torn, join(world.dir, 'gone.ics')]);
    expect(result.backups.map(({ name, problem, rejected }) => [name, problem !== null, rejected])).toEqual([
      ['anna-2026-11-24.ics', false, 1],
      ['anna-2026-11-23.ics', false, 0],
      ['gone.ics', true, 1],
    ]);
    expect(result.entries.map(drawn)).toEqual(['gone b 2026-11-24: 1 → 0']);
  });

  it('an object that the server lists and does not give: it is not gone', async () => {
    const sources = await open([[a, b]], [a, b]);
    world.server.setFaults([
      { request: 'multiget', bend: 'status-500', count: 0, object: 'e1' },
      { request: 'get', bend: 'answer-500', count: 0, object: 'e1' },
    ]);
    const { result } = await missing(sources);
    expect(result.entries.map(({ title, state }) => [title, state])).toEqual([['b', 'unreadable']]);
    expect(result.unseen).toEqual([expect.stringMatching(/^In the calendar: .*e1\.ics\. /)]);
    expect([isAllSeen(result), isAnyGone(result)]).toEqual([false, false]);
  });

  it.each(['members-left-out', 'missing', 'status-404'])(
    'a list that lacks what another one has (%s): nothing of it is gone',
    async (bend) => {
      const sources = await open([[a, b]], [a, b]);
      world.server.setFaults([{ request: 'list', bend, count: 0 }]);
      const { result } = await missing(sources);
      expect([result.entries.filter(({ state }) => state === 'gone'), isAllSeen(result)]).toEqual([[], false]);
    },
  );

  it('a list that is cut short is no list', async () => {
    const sources = await open([[a, b]], [a, b]);
    world.server.setFaults([{ request: 'list', bend: 'truncated', count: 0 }]);
    await expect(missing(sources)).rejects.toThrow(/calendar/i);
  });

  it('the other calendars, and the trash bin', async () => {
    const sources = await open([[a, b]], [a], { personality: 'nextcloud-33-like' });
    world.server.setFaults([
      { request: 'home', status: 500, count: 0 },
      { path: 'trashbin', status: 500, count: 0 },
    ]);
    const { result } = await missing(sources);
    expect(result.entries.map(drawn)).toHaveLength(1);
    expect(result.unseen).toEqual([
      expect.stringMatching(/^The trash bin could not be looked at\. /),
      expect.stringMatching(/^Whether something was moved/),
    ]);
  });
});

describe('a backup of several calendars', () => {
  /** A backup of "Calendar", which holds a and b, and of "Choir", which holds b and c. */
  async function both(): Promise<string> {
    world = await openWorld();
    for (const uid of ['a', 'b']) await world.put(`${uid}.ics`, event(uid, [`SUMMARY:${uid}`]));
    await plain('MKCALENDAR', '../choir/');
    for (const uid of ['b', 'c']) await plain('PUT', `../choir/${uid}.ics`, event(uid, [`SUMMARY:${uid} sung`]));
    const out = join(world.dir, 'all.zip');
    const login = {
      url: world.calendarUrl,
      user: 'alice',
      way: 'own',
      actor: 'alice',
      credential: 'password',
      secret: 'PW',
    } as const;
    await world.engine.backup([{ login, calendarUrl: null }], () => world.connection, out);
    await plain('DELETE', 'b.ics');
    return out;
  }

  async function unpacked(archive: string): Promise<string> {
    const folder = join(world.dir, 'unpacked');
    const reader = await ArchiveReader.open(archive);
    for (const name of [...reader.names, 'manifest.json']) {
      const bytes = await reader.read(name);
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), bytes ?? '');
    }
    reader.close();
    return folder;
  }

  it.each([false, true])('only the calendar of the same address counts (unpacked: %s)', async (isUnpacked) => {
    const archive = await both();
    const { result } = await missing([isUnpacked ? await unpacked(archive) : archive]);
    expect(result.backups).toMatchObject([{ events: 2, rejected: 0, problem: null }]);
    // The other calendar holds another event of the same UID.
    expect(result.entries.map(({ title, state }) => [title, state])).toEqual([['b', 'moved']]);
    expect(result.same).toBe(1);
  });

  it('by name where the address is another one; where neither fits it is not compared', async () => {
    const archive = await both();
    await plain('MKCALENDAR', '../other/');
    const at = (calendarUrl: string) => missing([archive], { calendarUrl });
    const other = new URL('../other/', world.calendarUrl).href;
    const { result } = await at(other);
    expect(result.backups).toMatchObject([{ problem: expect.stringMatching(/none is called "other"/) }]);
    expect([result.entries, isAllSeen(result)]).toEqual([[], false]);
  });

  it.each([false, true])('one of them is a source by itself (unpacked: %s)', async (isUnpacked) => {
    const archive = await both();
    const root = isUnpacked ? await unpacked(archive) : archive;
    const { calendars } = (await ArchiveReader.open(archive)).manifest;
    const folder = calendars.find(({ url }) => url.includes('choir'))?.folder ?? '';
    const found = await world.engine.inspect([`${root}#${folder}`]);
    expect([found.resources, found.rejected.length]).toEqual([2, 0]);
    expect((await world.engine.inspect([`${root}#nothing`])).rejected).toMatchObject([
      { reason: expect.stringMatching(/no such calendar/) },
    ]);
  });
});
