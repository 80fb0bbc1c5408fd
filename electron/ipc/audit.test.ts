import { OWN_ORDER } from '../../shared/model/found/list-order.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditLine } from '../../shared/model/kept/audit.ts';
import type { RouteOutput } from '../../shared/ipc/contract.ts';
import { openMainProcess, type MainProcess } from './testing/main-process.ts';

const SECRET = 'Qu4gga-secret';
/** Titles of the samples; none of them may stand in the audit. */
const TITLES = ['Kick-off', 'Retro', 'Team', 'Dentist', 'Lunch', 'Budget'];

let main: MainProcess;
let runId = '';
beforeEach(async () => {
  main = await openMainProcess(SECRET);
});
afterEach(() => main.close());

const CHOICES = { mode: 'none', identity: { kind: 'match' }, onConflict: 'skip', only: [] } as const;

async function plan(serverId = 'practice', forUser?: string): Promise<RouteOutput<'restore.plan'>> {
  const { sourceId } = await main.ask('source.sample', {});
  const { calendars } = await main.ask('server.open', { id: serverId, forUser });
  return main.ask('restore.plan', { sourceId, serverId, forUser, calendarUrl: calendars[0]?.url ?? '', ...CHOICES });
}

async function start({ planId, summary }: RouteOutput<'restore.plan'>): Promise<void> {
  const jobNote = { ticket: 'INC-1', note: 'A note of the helpdesk' };
  ({ runId } = await main.ask('run.start', { planId, hash: summary.hash, typedMessages: null, jobNote }));
  await main.settled();
}

async function startBatch({ planId, summary, members }: RouteOutput<'batch.announce'>): Promise<string> {
  const { kind, notified } = summary;
  expect(members.length).toBeGreaterThan(0);
  const typedMessages = kind === 'announce' ? notified['external-only'].messages : null;
  const { batchId } = await main.ask('batch.start', { planId, hash: summary.hash, typedMessages });
  await main.settled();
  return batchId;
}

async function migrate(): Promise<string> {
  const { mappingId } = await main.ask('mapping.sample', {});
  await main.ask('mapping.check', { mappingId });
  return startBatch(await main.ask('migrate.plan', { mappingId, after: null, deleteGone: false }));
}

const add = (more: object = {}): Promise<RouteOutput<'server.add'>> =>
  main.ask('server.add', {
    name: '',
    url: main.elsewhere.info.base_url,
    user: 'alice',
    password: SECRET,
    remember: true,
    ...more,
  });

/** The lines in short, those of single calendars of a batch left out. */
const short = (lines: readonly AuditLine[]): readonly string[] =>
  lines
    .filter((line) => !('batch' in line) || line.batch === undefined)
    .map((line) => ['job' in line ? line.job : '', line.what].filter((word) => word !== '').join(' '));

const whole = (job: string): readonly string[] => [`${job} consent`, `${job} start`, `${job} end`];

/** Each job of the window, and what it must leave in the audit. */
const JOBS: Readonly<Record<string, readonly [work: () => Promise<unknown>, lines: readonly string[]]>> = {
  'a plan, and its dry run on a copy': [async () => main.ask('plan.rehearse', { planId: (await plan()).planId }), []],
  restore: [async () => start(await plan()), whole('restore')],
  'restore, undo, and a retry of nothing': [
    async () => {
      await start(await plan());
      await start(await main.ask('history.undo', { runId }));
      await expect(main.ask('history.retry', { runId })).rejects.toThrow();
    },
    [...whole('restore'), ...whole('undo')],
  ],
  'a stop, and the resume': [
    async () => {
      const { server } = await add();
      const { planId, summary } = await plan(server.id);
      // However slow this computer is, its stop comes while the first requests are under way.
      main.elsewhere.setFaults([{ method: 'PUT', delayMs: 300, count: 0 }]);
      ({ runId } = await main.ask('run.start', { planId, hash: summary.hash, typedMessages: null }));
      await main.ask('run.stop', { runId });
      main.elsewhere.setFaults([]);
      await main.settled();
      await main.ask('run.resume', { runId, typedMessages: null });
      await main.settled();
    },
    ['restore consent', 'restore start', 'restore stop', 'restore end', ...whole('restore')],
  ],
  'restore of several calendars': [
    async () => {
      const { sourceId } = await main.ask('source.sample', {});
      const { placesId, places } = await main.ask('several.places', { sourceId, serverId: 'practice' });
      const members = places.map((place, at) => ({
        place: at,
        calendarUrl: place.calendarUrl,
        calendarName: place.calendarName,
        makes: place.placedBy === 'new',
      }));
      const order = { placesId, members, mode: 'none', onConflict: 'skip', rewrites: {} } as const;
      await startBatch(await main.ask('several.plan', order));
    },
    whole('restore'),
  ],
  'migrate, announce, undo': [
    async () => {
      const batchId = await migrate();
      await startBatch(await main.ask('batch.announce', { batchId }));
      await startBatch(await main.ask('batch.undo', { batchId, members: null, only: [] }));
    },
    [...whole('migrate'), ...whole('announce'), ...whole('undo')],
  ],
  cleanup: [
    async () => {
      const way = { serverId: 'practice', way: 'own', template: '' } as const;
      const { placesId, places } = await main.ask('cleanup.places', { way, users: ['alice'] });
      const rules = ['title~.'];
      const all = places.map((_place, at) => at);
      const { searchId, result } = await main.ask('cleanup.search', { placesId, places: all, rules, any: false });
      expect(result.matches).toBeGreaterThan(0);
      const list = { searchId, by: 'organizer', key: null, order: OWN_ORDER, offset: 0, limit: 500 } as const;
      const { rows } = await main.ask('cleanup.matches', list);
      await main.ask('cleanup.keep', { searchId, which: rows.map(({ id }) => id), keep: false });
      const limits = { members: 2, perOrigin: 4, stopAfter: null, hours: null };
      const how = { mode: 'none', includeOwn: true, maxShare: 1, limits } as const;
      await startBatch(await main.ask('cleanup.plan', { searchId, ...how }));
    },
    whole('cleanup'),
  ],
  'a test event': [
    async () => {
      const { calendars } = await main.ask('server.open', { id: 'practice' });
      await main.ask('server.canary', { id: 'practice', calendarUrl: calendars[0]?.url ?? '' });
    },
    ['canary', 'canary-end'],
  ],
  'deleting runs': [
    async () => {
      await start(await plan());
      await main.ask('history.purge', { ids: [runId], resumable: false });
    },
    [...whole('restore'), 'delete'],
  ],
  'a login for somebody else': [
    async () => {
      const admin = { way: 'authorize-as' } as const;
      const users = [{ user: 'alice' }];
      const { server } = await add({ user: 'admin', admin, users });
      await start(await plan(server.id, 'alice'));
    },
    ['login', ...whole('restore')],
  ],
  'a trusted certificate': [
    async () => {
      const { server } = await add();
      const fingerprints = [{ host: null, sha256: Array.from({ length: 32 }, () => 'AB').join(':') }];
      const network = { spec: { fingerprints }, proxyPassword: null, keyPassword: null };
      await main.ask('server.set_network', { id: server.id, network });
      // The same once more is trusted already.
      await main.ask('server.set_network', { id: server.id, network });
    },
    ['trust'],
  ],
};

describe('the audit of the window', () => {
  it.each(Object.entries(JOBS))(
    'of %s is in order, and holds neither title nor secret',
    async (_name, [work, lines]) => {
      await work();
      const page = await main.ask('history.audit', {});
      expect(short([...page.lines].reverse())).toEqual(lines);
      expect(page.verdict).toMatchObject({ sound: true });
      for (const { by } of page.lines) {
        expect(by).toEqual({ user: 'tester', uid: 1000, host: 'desk', tool: 'window', version: '1.2.3' });
      }
      if (lines.length === 0) return;
      const text = await readFile(join(main.runsDir, 'audit.jsonl'), 'utf8');
      for (const word of [SECRET, Buffer.from(`alice:${SECRET}`).toString('base64'), 'A note of', ...TITLES])
        expect(text).not.toContain(word);
    },
  );
});
