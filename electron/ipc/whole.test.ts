import { createServer } from 'node:http';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RouteInput, RouteName, RouteOutput } from '../../shared/ipc/contract.ts';
import type { JobEvent } from '../../shared/model/job.ts';
import { EMPTY_SNAPSHOT, foldEvents } from '../../shared/model/snapshot.ts';
import { openRecents } from '../app/recents.ts';
import { openSecrets } from '../app/secrets.ts';
import { openSettings, preferencesOf } from '../app/settings.ts';
import { openServerBook } from './servers/server-book.ts';
import { createEngine, openNetwork, type FindSession } from '../engine/engine.ts';
import { startPractice, type PracticeServer } from '../practice/server.ts';
import { ActiveBatches } from './runs/active-batches.ts';
import { ActiveRuns } from './runs/active-runs.ts';
import { dispatch } from './dispatch.ts';
import { DroppedPaths } from './dropped-paths.ts';
import { createHandlers } from './handlers.ts';
import { servePractice } from '../practice/apart.ts';
import { childHere } from '../processes/testing/pair.ts';
import { openPractice, type PracticeRoom } from './practice.ts';
import { PRACTICE_SAMPLES } from './samples.ts';
import type { Desktop } from './ports.ts';
import type { Handlers, Push } from './types.ts';
import { NO_FILTER } from '../../shared/model/plan.ts';

// The main process without its window: real engine, real practice server as the window's own, and a second one as the
// server that a person adds.

const CANARY = 'cAnArY-pass-word-7';
const PAGE = { url: 'app://hushcal/index.html', isTopFrame: true, isOurWindow: true };
const NO_KEYRING = {
  isEncryptionAvailable: () => false,
  encryptString: () => Buffer.alloc(0),
  decryptString: () => '',
};

let folder = '';
let room: PracticeRoom;
let elsewhere: PracticeServer;
let handlers: Handlers;
let runs: ActiveRuns;
let batches: ActiveBatches;
/** Everything that left the main process. */
let sent: unknown[] = [];
let chosenTarget: string | null = null;
let chosenPaths: readonly string[] | null = null;
let drops: DroppedPaths;
/** The window lets go of a search at the second one after it; the last ones go with the process. */
let searches: FindSession[] = [];

const desktop: Desktop = {
  info: () => Promise.reject(new Error('not asked here')),
  noteIntroduced: () => Promise.resolve(),
  setTheme: () => Promise.resolve(),
  choosePaths: () => Promise.resolve(chosenPaths),
  chooseTarget: () => Promise.resolve(chosenTarget),
  printPdf: () => Promise.reject(new Error('nothing is printed here')),
  showInFolder: () => undefined,
  mayWrite: () => Promise.resolve(true),
};

beforeEach(async () => {
  sent = [];
  chosenTarget = null;
  chosenPaths = null;
  drops = new DroppedPaths();
  searches = [];
  folder = await mkdtemp(join(tmpdir(), 'hushcal-ipc-'));
  const push: Push = (name, data) => {
    sent.push([name, data]);
  };
  const dataDir = join(folder, 'practice');
  room = openPractice({
    dataDir,
    port: null,
    password: undefined,
    token: undefined,
    fork: () => childHere(servePractice),
    changed: () => undefined,
    listens: () => Promise.resolve(),
  });
  await room.start();
  elsewhere = await startPractice({ password: CANARY });
  runs = new ActiveRuns(push, { progressed: () => undefined, ended: () => undefined });
  const tempDir = join(folder, 'temp');
  const engine = createEngine({ runsDir: join(folder, 'runs'), tempDir, now: () => new Date() });
  const ports = {
    engine: {
      ...engine,
      find: async (...asked: Parameters<typeof engine.find>) => {
        const found = await engine.find(...asked);
        searches.push(found);
        return found;
      },
    },
    preferences: preferencesOf(await openSettings(folder), join(folder, 'runs')),
    recents: await openRecents(folder),
    desktop,
    secrets: await openSecrets(folder, NO_KEYRING),
    book: await openServerBook(folder),
    practice: { ...room.practice, ...PRACTICE_SAMPLES },
    openNetwork,
    opened: () => Promise.resolve([]),
    tempDir,
    userData: folder,
    drops,
  };
  batches = new ActiveBatches(push, { progressed: () => undefined, ended: () => undefined });
  handlers = createHandlers(ports, runs, push, batches);
});

afterEach(async () => {
  await runs.stopAll();
  await batches.stopAll();
  await Promise.all(searches.map((search) => search.close()));
  await room.close();
  await elsewhere.close();
  await rm(folder, { recursive: true, force: true });
});

async function request(route: RouteName, input: unknown) {
  const envelope = await dispatch(handlers, PAGE, route, input);
  sent.push(envelope);
  return envelope;
}

async function ask<R extends RouteName>(route: R, input: RouteInput<R>): Promise<RouteOutput<R>> {
  const envelope = await request(route, input);
  if (!envelope.ok) throw new Error(`${route}: ${envelope.failure.code}: ${envelope.failure.message}`);
  // It was parsed by the schema of this route.
  return envelope.value as RouteOutput<R>;
}

const addElsewhere = () =>
  ask('server.add', { name: '', url: elsewhere.info.base_url, user: 'alice', password: CANARY, remember: true });

async function planInto(serverId: string) {
  const { sourceId } = await ask('source.sample', {});
  const calendarUrl = (await ask('server.open', { id: serverId })).calendars[0]?.url ?? '';
  const choices = { mode: 'none', identity: { kind: 'match' }, onConflict: 'skip', only: [] } as const;
  return ask('restore.plan', { sourceId, serverId, calendarUrl, ...choices });
}

async function runToEnd(runId: string) {
  for (;;) {
    const { snapshot } = await ask('run.snapshot', { runId });
    if (snapshot.status !== null) return snapshot;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a restore, as the window asks for it', () => {
  test('goes from the sample backup to a report, and the events add up to the snapshot', async () => {
    const { planId, summary } = await planInto('practice');
    const filter = NO_FILTER;
    const page = await ask('plan.rows', { planId, filter, offset: 0, limit: 500 });
    expect(page.matching).toBe(page.rows.length);
    expect((await ask('plan.row', { planId, row: 0 })).raw).toContain('BEGIN:VEVENT');
    const { runId } = await ask('run.start', { planId, hash: summary.hash, typedMessages: null });
    const snapshot = await runToEnd(runId);
    expect(snapshot.totals.created).toBe(summary.counts.create);
    const batches = sent.filter((entry): entry is [string, { seq: number; events: JobEvent[] }] => {
      return Array.isArray(entry) && entry[0] === 'run.events';
    });
    const events = batches.flatMap(([, batch]) => batch.events);
    expect(batches.at(-1)?.[1].seq).toBe(events.length);
    expect(foldEvents(EMPTY_SNAPSHOT, events)).toEqual(snapshot);
    const [entry] = await ask('history.list', {});
    expect(entry).toMatchObject({ runId, calendarUrl: expect.stringContaining('/alice/') as string });
    expect((await ask('practice.state', {})).messages).toEqual([]);
    expect(await request('plan.rows', { planId, filter, offset: 0, limit: 1 })).toMatchObject({ ok: false });
  });

  test('unticked rows are not written, and the old hash is no consent any more', async () => {
    const { planId, summary } = await planInto('practice');
    const creates = { search: '', actions: ['create'], attention: 'any', months: null } as const;
    const none = await ask('plan.select', { planId, rows: creates, include: false });
    expect(none.summary.hash).not.toBe(summary.hash);
    expect(await request('run.start', { planId, hash: summary.hash, typedMessages: null })).toMatchObject({
      ok: false,
    });
    const { runId } = await ask('run.start', { planId, hash: none.summary.hash, typedMessages: null });
    expect((await runToEnd(runId)).totals.created).toBe(0);
  });

  test('is taken back, and its report exported', async () => {
    const { planId, summary } = await planInto('practice');
    const { runId } = await ask('run.start', { planId, hash: summary.hash, typedMessages: null });
    const { totals } = await runToEnd(runId);
    const undo = await ask('history.undo', { runId });
    expect(undo.summary.counts.delete).toBe(totals.created);
    await ask('plan.discard', { planId: undo.planId });
    chosenTarget = join(folder, 'report.html');
    expect(await ask('history.export', { runId, format: 'html' })).toEqual({ path: chosenTarget });
    expect(await readFile(chosenTarget, 'utf8')).toContain('<html');
    chosenTarget = null;
    expect(await ask('history.export', { runId, format: 'csv' })).toEqual({ path: null });
  });
});

describe('an event looked for in several backups', () => {
  test('becomes the source of a restore of this event only, in the version that was chosen', async () => {
    const { findId, backups } = await ask('find.sample', {});
    expect(backups).toHaveLength(7);
    const spec = { words: 'kick-off', rules: [], any: false };
    const found = await ask('find.search', { findId, spec });
    expect(found?.result.events.map(({ state }) => state)).toEqual(['lost']);
    const searchId = found?.searchId ?? '';
    const versions = await ask('find.versions', { searchId, event: 0 });
    expect(versions.map(({ range }) => range)).toEqual([1, 2, 3]);
    const { source, only } = await ask('find.restore', { searchId, event: 0, range: 3 });
    expect(source.names).toEqual([backups[5]?.name]);
    const calendarUrl = (await ask('server.open', { id: 'practice' })).calendars[0]?.url ?? '';
    const choices = { mode: 'none', identity: { kind: 'match' }, onConflict: 'replace' } as const;
    const { sourceId } = source;
    const { planId, summary } = await ask('restore.plan', {
      sourceId,
      serverId: 'practice',
      calendarUrl,
      only,
      ...choices,
    });
    expect(summary.counts).toMatchObject({ create: 1, update: 0 });
    const filter = { search: '', actions: ['create'], attention: 'any', months: null } as const;
    expect((await ask('plan.rows', { planId, filter, offset: 0, limit: 5 })).rows.map(({ title }) => title)).toEqual([
      'Kick-off',
    ]);
  });

  test.each(['source.drop', 'find.drop', 'mapping.drop'] as const)('%s opens only what was dropped', async (route) => {
    const path = join(folder, 'dropped.ics');
    await writeFile(path, PRACTICE_SAMPLES.sampleBackup().text);
    const more = {
      'source.drop': {},
      'find.drop': { findId: null },
      'mapping.drop': { mappingId: (await ask('mapping.begin', {})).mappingId },
    }[route];
    const refused = { ok: false, failure: { code: 'SOURCE_NO_PATH' } };
    expect(await request(route, { ...more, paths: [path] })).toMatchObject(refused);
    drops.hear(PAGE, [path]);
    expect(await request(route, { ...more, paths: [path, '/etc/passwd'] })).toMatchObject(refused);
    expect(await request(route, { ...more, paths: [path] })).toMatchObject({ ok: true });
  });

  test('is not looked for in paths that are none, nor in a list that is not known', async () => {
    const spec = { words: 'x', rules: [], any: false };
    for (const [route, input] of [
      ['find.drop', { findId: null, paths: ['relative.ics'] }],
      ['find.search', { findId: 'nobody', spec }],
      ['find.versions', { searchId: 'nobody', event: 0 }],
      ['find.restore', { searchId: 'nobody', event: 0, range: -1 }],
    ] as const)
      expect(await request(route, input), route).toMatchObject({ ok: false });
    const { findId } = await ask('find.sample', {});
    const rest = await ask('find.remove', { findId, backup: 0 });
    expect(rest.backups).toHaveLength(6);
  });
});

describe('a password goes to its own server only', () => {
  const choices = { mode: 'none', identity: { kind: 'server' }, onConflict: 'skip', only: [] } as const;

  test.each(['an added server', 'the practice server'])('of %s, whatever calendar the page names', async (which) => {
    const seen: (string | undefined)[] = [];
    const trap = createServer((request_, response) => {
      seen.push(request_.headers.authorization);
      response.writeHead(404).end();
    });
    await new Promise<void>((listening) => trap.listen(0, '127.0.0.1', listening));
    try {
      const address = trap.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const serverId = which === 'an added server' ? (await addElsewhere()).server.id : 'practice';
      const { sourceId } = await ask('source.sample', {});
      const calendarUrl = `http://127.0.0.1:${String(port)}/calendars/alice/work/`;
      const answer = await request('restore.plan', { sourceId, serverId, calendarUrl, ...choices });
      expect(answer).toMatchObject({ ok: false, failure: { code: 'CALENDAR_ELSEWHERE' } });
      const { placesId, places } = await ask('several.places', { sourceId, serverId });
      expect(places).toHaveLength(1);
      const members = [{ place: 0, calendarUrl, calendarName: 'work', makes: false }];
      const order = { placesId, members, mode: 'none', onConflict: 'skip', rewrites: {} } as const;
      const several = await request('several.plan', order);
      expect(several).toMatchObject({ ok: false, failure: { code: 'CALENDAR_ELSEWHERE' } });
      expect(JSON.stringify(places)).not.toContain(folder);
      expect(seen).toEqual([]);
    } finally {
      trap.close();
    }
  });
});

describe('servers', () => {
  test('the practice server is first and stays', async () => {
    expect(await ask('server.list', {})).toMatchObject([{ id: 'practice', practice: true, user: 'alice' }]);
    expect(await request('server.remove', { id: 'practice' })).toMatchObject({ ok: false });
  });

  test('an added one is logged into, kept, renewed and removed', async () => {
    const { server, calendars } = await addElsewhere();
    expect(server).toMatchObject({ practice: false, password: 'session', name: new URL(server.url).host });
    expect(calendars.length).toBeGreaterThan(0);
    expect((await addElsewhere()).server.id).toBe(server.id);
    expect((await ask('server.list', {})).map((entry) => entry.id)).toEqual(['practice', server.id]);
    expect(await ask('server.set_assumption', { id: server.id, noMailHook: true })).toMatchObject({
      assumeNoMailHook: true,
    });
    await ask('server.remove', { id: server.id });
    expect(await request('server.open', { id: server.id })).toMatchObject({ failure: { code: 'SERVER_UNKNOWN' } });
  });

  test('a wrong password is refused, and neither it nor the server is kept', async () => {
    const { id } = (await addElsewhere()).server;
    expect(await request('server.set_password', { id, password: 'wrong', remember: false })).toMatchObject({
      ok: false,
    });
    expect(await ask('server.open', { id })).toMatchObject({ server: { password: 'session' } });
    const bad = { name: '', url: elsewhere.info.base_url, user: 'bob', password: 'wrong', remember: false };
    expect(await request('server.add', bad)).toMatchObject({ ok: false });
    expect(await ask('server.list', {})).toHaveLength(2);
  });

  test.each(['http://alice:pw@127.0.0.1/', 'ftp://host/', 'http://', 'not an address'])(
    '%s is refused',
    async (url) => {
      const answer = await request('server.add', { name: '', url, user: 'alice', password: 'x', remember: false });
      expect(answer).toMatchObject({ ok: false, failure: { code: 'SERVER_BAD_ADDRESS' } });
    },
  );
});

test('no answer, no push and no file holds a password', async () => {
  const { server } = await addElsewhere();
  const { planId, summary } = await planInto(server.id);
  const { runId } = await ask('run.start', { planId, hash: summary.hash, typedMessages: null });
  await runToEnd(runId);
  await ask('history.report', { runId });
  await request('server.set_password', { id: server.id, password: `${CANARY}-2`, remember: true });
  const ours = room.practice.connection().password;
  const left = JSON.stringify(sent);
  const basic = Buffer.from(`alice:${CANARY}`).toString('base64');
  for (const secret of [CANARY, basic, ours]) expect(left).not.toContain(secret);
  for (const path of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!path.isFile()) continue;
    const text = await readFile(join(path.parentPath, path.name), 'utf8');
    for (const secret of [CANARY, basic]) expect(text, path.name).not.toContain(secret);
  }
});
