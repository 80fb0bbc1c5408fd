import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CONFLICT_POLICIES } from '../../../../shared/model/plan.ts';
import type { PreparedJob } from '../../types.ts';
import { calendar, event, GUESTS, itemsOf, openWorld, runAll, type World } from '../testing/world.ts';

/* What stands in the way of new events outside their calendar, against practice servers that have it. */

let world: World;
afterEach(async () => {
  await world.close();
});

const EVERYTHING = { search: '', actions: [], attention: 'any', months: null } as const;
const rowsOf = async (job: PreparedJob) => (await job.rows(EVERYTHING, 0, 100)).rows;
const actionsOf = async (job: PreparedJob): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries((await rowsOf(job)).map(({ title, action }) => [title, action]));

/** A request as alice, past the engine. */
async function plain(
  method: string,
  path: string,
  body?: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const { password } = world.server.info.users.find(({ user }) => user === 'alice') ?? { password: '' };
  const authorization = `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'text/calendar', 'scheduling-enabled': 'F', depth: '1', ...more };
  return fetch(new URL(path, world.calendarUrl), { method, headers, ...(body === undefined ? {} : { body }) });
}

const BIN = '../trashbin/objects/';

async function inBin(): Promise<readonly string[]> {
  const query =
    '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/></D:prop>' +
    '<C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>';
  const text = await (await plain('REPORT', BIN, query)).text();
  return [...text.matchAll(/<D:response><D:href>([^<]*)/g)].map((found) => found[1] ?? '');
}

const three = calendar([
  ['UID:here', 'SUMMARY:here', 'SEQUENCE:1'],
  ['UID:there', 'SUMMARY:there', 'DESCRIPTION:from the backup'],
  ['UID:new', 'SUMMARY:new'],
]);

describe('a UID that another calendar of the user holds', () => {
  async function open(personality = 'cyrus-like'): Promise<void> {
    world = await openWorld({ personality });
    await plain('MKCALENDAR', '../work/');
    expect((await plain('PUT', '../work/x.ics', event('there', ['SUMMARY:moved']))).status).toBe(201);
    await plain('PUT', 'here.ics', event('here', ['SUMMARY:newer', 'SEQUENCE:5']));
  }

  it.each([
    ['skip', 'skip', 'conflict'],
    ['replace', 'update', 'conflict'],
    ['newer', 'conflict', 'conflict'],
    ['copy', 'create', 'create'],
  ] as const)('%s: it is seen in the plan, with the name of that calendar', async (onConflict, here, there) => {
    await open();
    const spec = world.spec({ sources: [await world.source('three.ics', three)], onConflict });
    const job = await world.engine.prepareRestore(spec, world.connection);
    expect(await actionsOf(job)).toEqual({ here, there, new: 'create' });
    const row = (await rowsOf(job)).find(({ title }) => title === 'there');
    expect(row?.reason).toMatch(/another calendar of this user.*It is in "work"\./i);
    expect(await job.row(row?.id ?? -1)).toMatchObject({
      against: 'elsewhere',
      choices: ['server', 'copy'],
      difference: null,
    });
    const run = await runAll(job);
    const outcome = itemsOf(run).find(({ title }) => title === 'there')?.outcome;
    expect(outcome).toBe(there === 'create' ? 'created' : 'conflict');
    expect(run.settled.totals).toMatchObject({ failed: 0, unknown: 0 });
    expect(await (await plain('GET', '../work/x.ics')).text()).toContain('SUMMARY:moved');
    expect(run.settled.verified).toBe(run.settled.totals.created + run.settled.totals.updated);
  });

  it('is settled by a person: kept there, or added here as a copy', async () => {
    await open();
    const spec = world.spec({ sources: [await world.source('one.ics', event('there', ['SUMMARY:there']))] });
    const job = await world.engine.prepareRestore(spec, world.connection);
    const { hash } = job.summary;
    await expect(job.resolve([0], 'backup')).rejects.toThrow(/replaced safely/);
    await job.resolve([0], 'server');
    expect((await rowsOf(job))[0]).toMatchObject({
      action: 'skip',
      reason: 'The event in the other calendar is kept, as you chose.',
    });
    await job.resolve([0], 'undecided');
    expect(job.summary.hash).toBe(hash);
    await job.resolve([0], 'copy');
    const run = await runAll(job);
    expect(run.settled).toMatchObject({ status: 'complete', verified: 1, totals: { created: 1 } });
    expect(await (await plain('GET', '../work/x.ics')).text()).toContain('SUMMARY:moved');
  });

  it('is seen for a calendar that is yet to be made, too', async () => {
    await open();
    const calendarUrl = new URL('../fresh/', world.calendarUrl).href;
    const sources = [await world.source('three.ics', three)];
    const spec = world.spec({ sources, calendarUrl, makeCalendar: { name: 'Fresh', color: null } });
    const job = await world.engine.prepareRestore(spec, { ...world.connection, url: calendarUrl });
    expect(await actionsOf(job)).toEqual({ here: 'conflict', there: 'conflict', new: 'create' });
    await job.discard();
  });

  it('is found out by the write where nobody knows the server, and said plainly', async () => {
    await open('one-uid-per-user');
    const run = await world.restore({ sources: [await world.source('three.ics', three)] });
    const item = itemsOf(run).find(({ title }) => title === 'there');
    expect(item?.outcome).toBe('conflict');
    expect(item?.reason).toMatch(/takes a UID only once per user.*It is at \/dav\/calendars\/alice\/work\/x\.ics\./);
  });

  it('costs a note, not the restore, when the other calendars cannot be read', async () => {
    await open();
    world.server.setFaults([{ method: 'PROPFIND', path: '/alice/$', status: 403, count: 0 }]);
    const spec = world.spec({ sources: [await world.source('one.ics', event('new', ['SUMMARY:new']))] });
    const job = await world.engine.prepareRestore(spec, world.connection);
    expect(await actionsOf(job)).toEqual({ new: 'create' });
    expect(job.summary.notes?.join(' ')).toMatch(/could not be looked at.*not allowed to read/);
    world.server.setFaults([]);
    expect((await runAll(job)).settled.totals).toMatchObject({ created: 1 });
  });

  it('is looked for again by a retry', async () => {
    await open();
    world.server.setFaults([{ method: 'PUT', status: 403, count: 0 }]);
    const first = await world.restore({ sources: [await world.source('one.ics', event('late', ['SUMMARY:late']))] });
    expect(first.settled.totals).toMatchObject({ failed: 1 });
    world.server.setFaults([]);
    expect((await plain('PUT', '../work/late.ics', event('late'))).status).toBe(201);
    const job = await world.engine.prepareRetry(first.runId, world.connection);
    expect(await actionsOf(job)).toEqual({ late: 'conflict' });
    await job.discard();
  });
});

describe('a UID that lies in the trash bin', () => {
  async function open(personality: string, status?: number): Promise<void> {
    world = await openWorld({ personality });
    for (const name of ['there', 'other']) {
      await plain('PUT', `${name}.ics`, event(name, [`SUMMARY:deleted ${name}`]));
      expect((await plain('DELETE', `${name}.ics`)).status).toBe(204);
    }
    await plain('PUT', 'here.ics', event('here', ['SUMMARY:newer', 'SEQUENCE:5']));
    if (status !== undefined) world.server.setFaults([{ method: 'GET', path: '/status.php', status, count: 0 }]);
  }
  /** Nobody knows whether Nextcloud keeps quiet in a version that it does not tell; the events have no guests. */
  const plan = async (over: Parameters<World['spec']>[0] = {}): Promise<PreparedJob> => {
    const spec = world.spec({ sources: [await world.source('three.ics', three)], mode: 'all', ...over });
    return world.engine.prepareRestore(spec, world.connection);
  };

  it.each(CONFLICT_POLICIES)('goes when the event is stored, and its text is saved first (%s)', async (onConflict) => {
    await open('nextcloud-31-like');
    const job = await plan({ onConflict });
    expect(await actionsOf(job)).toMatchObject({ there: 'create', new: 'create' });
    const row = (await rowsOf(job)).find(({ title }) => title === 'there');
    expect(row?.reason).toMatch(/trash bin.*text is saved with the run first\. It was deleted on \d{4}-\d\d-\d\d\./);
    const detail = await job.row(row?.id ?? -1);
    expect(detail).toMatchObject({ against: 'trash', choices: ['backup', 'server', 'copy'] });
    expect(detail.difference).toContainEqual(expect.objectContaining({ server: 'deleted there', backup: 'there' }));
    expect(job.summary.notes?.join(' ')).toMatch(/One deleted event lies in the trash bin/);
    const run = await runAll(job);
    expect(itemsOf(run).find(({ title }) => title === 'there')).toMatchObject({ outcome: 'created', action: 'create' });
    expect(run.settled.totals).toMatchObject({ failed: 0 });
    expect(await inBin()).toHaveLength(1);
    const originals = await readFile(join(world.runsDir, run.runId, 'originals.pack'), 'utf8');
    expect(originals).toContain('SUMMARY:deleted there');
    expect(originals).not.toContain('SUMMARY:deleted other');
  });

  it('takes nothing from the trash bin when the copy is chosen', async () => {
    await open('nextcloud-31-like');
    const job = await plan();
    await job.resolve(
      (await rowsOf(job)).flatMap(({ id, title }) => (title === 'there' ? [id] : [])),
      'copy',
    );
    const run = await runAll(job);
    expect(run.settled.totals).toMatchObject({ created: 2, conflict: 1, failed: 0 });
    expect(await inBin()).toHaveLength(2);
  });

  it('is not sent when the deleted one cannot be saved', async () => {
    await open('nextcloud-31-like');
    const job = await plan();
    world.server.setFaults([{ method: 'GET', path: '/dav/calendars/alice/trashbin/', status: 403, count: 0 }]);
    const run = await runAll(job);
    expect(itemsOf(run).find(({ title }) => title === 'there')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('could not be saved'),
    });
    world.server.setFaults([]);
    expect(await inBin()).toHaveLength(2);
  });

  it('is stored when the deleted one went meanwhile', async () => {
    await open('nextcloud-31-like');
    const job = await plan();
    for (const href of await inBin()) await plain('DELETE', href);
    expect((await runAll(job)).settled.totals).toMatchObject({ created: 2, failed: 0 });
  });

  it('is undone: the new event goes, what was saved stays with the run', async () => {
    await open('nextcloud-31-like');
    const run = await runAll(await plan());
    const undo = await world.engine.prepareUndo(run.runId, world.connection);
    expect(undo.summary.counts).toMatchObject({ delete: 2, conflict: 0 });
    expect((await runAll(undo)).settled.totals).toMatchObject({ deleted: 2 });
  });

  it.each([
    ['skip', 'conflict'],
    ['replace', 'conflict'],
    ['newer', 'conflict'],
    ['copy', 'create'],
  ] as const)('%s: is a conflict on a version that refuses it, unless it is copied', async (onConflict, there) => {
    await open('nextcloud-25-like');
    const job = await plan({ onConflict });
    expect(await actionsOf(job)).toMatchObject({ there, new: 'create' });
    const row = (await rowsOf(job)).find(({ title }) => title === 'there');
    if (there === 'conflict') expect(row?.reason).toMatch(/Put it back there or delete it there for good/);
    expect((await job.row(row?.id ?? -1)).choices).toEqual(['server', 'copy']);
    const run = await runAll(job);
    expect(itemsOf(run).find(({ title }) => title === 'there')?.outcome).toBe(
      there === 'create' ? 'created' : 'conflict',
    );
    expect(run.settled.totals).toMatchObject({ failed: 0, unknown: 0 });
    expect(await inBin()).toHaveLength(2);
  });

  it.each([
    ['skip', 'conflict', 'conflict'],
    ['replace', 'create', 'created'],
    ['newer', 'conflict', 'conflict'],
    ['copy', 'create', 'created'],
  ] as const)('%s: is decided by a person where the version is not told', async (onConflict, there, outcome) => {
    await open('nextcloud-31-like', 404);
    const job = await plan({ onConflict });
    expect(await actionsOf(job)).toMatchObject({ there, new: 'create' });
    const run = await runAll(job);
    expect(itemsOf(run).find(({ title }) => title === 'there')?.outcome).toBe(outcome);
    expect(await inBin()).toHaveLength(onConflict === 'replace' ? 1 : 2);
  });

  it('is stored all the same when a person says so, and the refusal is a clear conflict', async () => {
    await open('nextcloud-25-like', 404);
    const job = await plan();
    await job.resolve(
      (await rowsOf(job)).flatMap(({ id, title }) => (title === 'there' ? [id] : [])),
      'backup',
    );
    const item = itemsOf(await runAll(job)).find(({ title }) => title === 'there');
    expect(item?.outcome).toBe('conflict');
    expect(item?.reason).toMatch(/lies in the trash bin.*Put it back there or delete it there for good/);
    expect(await inBin()).toHaveLength(2);
  });

  /** A meeting that was deleted without a word, and its restore. */
  async function deletedMeeting(mode: 'none' | 'all'): Promise<PreparedJob> {
    world = await openWorld({ personality: 'nextcloud-33-like' });
    const lines = (summary: string): string => event('m', [`SUMMARY:${summary}`, ...GUESTS]);
    await plain('PUT', 'm.ics', lines('deleted'), { 'schedule-reply': 'F' });
    await plain('DELETE', 'm.ics', undefined, { 'schedule-reply': 'F' });
    expect(await inBin()).toHaveLength(1);
    expect(world.server.messages()).toEqual([]);
    const sources = [await world.source('m.ics', lines('restored'))];
    return world.engine.prepareRestore(world.spec({ sources, mode }), world.connection);
  }

  it.each([
    ['none', []],
    ['all', ['REQUEST', 'REQUEST']],
  ] as const)('is taken out first where the server would fail, and nobody hears of that (%s)', async (mode, heard) => {
    const job = await deletedMeeting(mode);
    const [row] = await rowsOf(job);
    expect(row).toMatchObject({
      action: 'create',
      reason: expect.stringContaining('taken out of there for good first'),
    });
    expect(job.summary.notes?.join(' ')).toContain('nobody is notified of that');
    const run = await runAll(job);
    expect(run.settled).toMatchObject({ status: 'complete', verified: 1, totals: { created: 1 } });
    expect(await inBin()).toEqual([]);
    expect(world.server.messages().map(({ method }) => method)).toEqual(heard);
    const originals = await readFile(join(world.runsDir, run.runId, 'originals.pack'), 'utf8');
    expect(originals).toContain('SUMMARY:deleted');
  });

  it('is not sent where the deleted one cannot be taken out, so nobody hears of a write that fails', async () => {
    const job = await deletedMeeting('all');
    world.server.setFaults([{ method: 'DELETE', path: '/dav/calendars/alice/trashbin/', status: 403, count: 0 }]);
    const run = await runAll(job);
    expect(itemsOf(run)[0]).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('could not be taken out of the trash bin'),
    });
    world.server.setFaults([]);
    expect([await inBin(), world.server.messages()]).toEqual([[expect.any(String)], []]);
  });

  it('costs a note, not the restore, when the trash bin cannot be read', async () => {
    await open('nextcloud-31-like');
    world.server.setFaults([{ method: 'REPORT', path: '/dav/calendars/alice/trashbin/', status: 500, count: 0 }]);
    const job = await plan();
    expect(await actionsOf(job)).toMatchObject({ there: 'create' });
    expect(job.summary.notes?.join(' ')).toMatch(/trash bin, which could not be looked at/);
    await job.discard();
  });
});

describe('an undo that puts back what was deleted', () => {
  /** A run that creates, and its undo, which deletes: the events lie in the trash bin then, and are to come back. */
  async function undone(personality: string): Promise<PreparedJob> {
    world = await openWorld({ personality });
    const sources = [await world.source('three.ics', three)];
    const run = await world.restore({ sources, mode: 'all' });
    const undo = await runAll(await world.engine.prepareUndo(run.runId, world.connection));
    expect([run.settled.totals.created, undo.settled.totals.deleted]).toEqual([3, 3]);
    expect(await inBin()).toHaveLength(3);
    return world.engine.prepareUndo(undo.runId, world.connection);
  }

  it.each(['nextcloud-31-like', 'nextcloud-33-like'])(
    'takes them out of the trash bin (%s), and can be undone',
    async (name) => {
      const job = await undone(name);
      expect(job.summary.counts).toMatchObject({ create: 3 });
      const run = await runAll(job);
      expect(run.settled).toMatchObject({ status: 'complete', verified: 3, totals: { created: 3 } });
      expect(await inBin()).toEqual([]);
      const back = await world.engine.prepareUndo(run.runId, world.connection);
      expect(back.summary.counts).toMatchObject({ delete: 3 });
      await back.discard();
    },
  );

  it('says where they are put back, on a version that refuses them', async () => {
    const job = await undone('nextcloud-25-like');
    expect(job.summary.counts).toMatchObject({ create: 0, conflict: 3 });
    for (const { reason } of await rowsOf(job)) expect(reason).toMatch(/Put it back there\.$/);
    await job.discard();
  });
});

describe('how much is asked', () => {
  async function asked(personality: string, text: string): Promise<readonly string[]> {
    world = await openWorld({ personality });
    await plain('MKCALENDAR', '../work/');
    await plain('PUT', 'here.ics', event('here', ['SUMMARY:here']));
    const phases: string[] = [];
    const spec = world.spec({ sources: [await world.source('some.ics', text)], mode: 'all' });
    const job = await world.engine.prepareRestore(spec, world.connection, (phase) => phases.push(phase));
    await job.discard();
    return phases.slice(phases.indexOf('planning') + 1);
  }

  it.each(['default', 'sabre-like', 'noScheduling'])(
    'nothing on a server that needs no look: %s',
    async (personality) => {
      expect(await asked(personality, three)).toEqual([]);
    },
  );

  it('nothing where nothing is new', async () => {
    expect(await asked('cyrus-like', event('here', ['SUMMARY:here']))).toEqual([]);
  });

  it('says how far it is where it does look', async () => {
    expect(await asked('cyrus-like', three)).toContain('listing');
  });

  it('stops when told to', async () => {
    world = await openWorld({ personality: 'cyrus-like' });
    const over = new AbortController();
    const spec = world.spec({ sources: [await world.source('three.ics', three)] });
    let planned = false;
    const preparing = world.engine.prepareRestore(
      spec,
      world.connection,
      (phase) => {
        planned ||= phase === 'planning';
        if (planned && phase === 'listing') over.abort();
      },
      over.signal,
    );
    await expect(preparing).rejects.toThrow(/stop|abort/i);
  });
});
