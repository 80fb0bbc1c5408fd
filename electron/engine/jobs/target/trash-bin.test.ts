import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CONFLICT_POLICIES } from '../../../../shared/model/plan.ts';
import type { PreparedJob } from '../../types.ts';
import { binned, inBin, plain } from '../testing/past-the-engine.ts';
import { event, GUESTS, itemsOf, openWorld, runAll, type World } from '../testing/world.ts';
import { actionsOf, rowsOf, three } from './testing/three.ts';

/* What lies in the trash bin under the UID of an event: what becomes of it, and of the event. */

let world: World;
afterEach(async () => {
  await world.close();
});

describe('a UID that lies in the trash bin', () => {
  async function open(personality: string, status?: number): Promise<void> {
    world = await openWorld({ personality });
    for (const name of ['there', 'other']) {
      await plain(world, 'PUT', `${name}.ics`, event(name, [`SUMMARY:deleted ${name}`]));
      expect((await plain(world, 'DELETE', `${name}.ics`)).status).toBe(204);
    }
    await plain(world, 'PUT', 'here.ics', event('here', ['SUMMARY:newer', 'SEQUENCE:5']));
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
    expect(detail).toMatchObject({ against: 'trash', choices: ['backup', 'server', 'copy', 'trash'] });
    expect(detail.difference).toContainEqual(expect.objectContaining({ server: 'deleted there', backup: 'there' }));
    expect(job.summary.notes?.join(' ')).toMatch(/One deleted event lies in the trash bin/);
    const run = await runAll(job);
    expect(itemsOf(run).find(({ title }) => title === 'there')).toMatchObject({ outcome: 'created', action: 'create' });
    expect(run.settled.totals).toMatchObject({ failed: 0 });
    expect(await inBin(world)).toHaveLength(1);
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
    expect(await inBin(world)).toHaveLength(2);
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
    expect(await inBin(world)).toHaveLength(2);
  });

  it('is stored when the deleted one went meanwhile', async () => {
    await open('nextcloud-31-like');
    const job = await plan();
    for (const href of await inBin(world)) await plain(world, 'DELETE', href);
    expect((await runAll(job)).settled.totals).toMatchObject({ created: 2, failed: 0 });
  });

  it.each(['nextcloud-31-like', 'nextcloud-33-like'])(
    'is undone: the new event goes, and what lay in the trash bin lies there again (%s)',
    async (personality) => {
      await open(personality);
      const run = await runAll(await plan());
      const undo = await world.engine.prepareUndo(run.runId, world.connection);
      expect(undo.summary.counts).toMatchObject({ delete: 2, create: 1, conflict: 0 });
      const rows = await rowsOf(undo);
      const refill = rows.find(({ bin }) => bin === 'refill');
      expect(refill).toMatchObject({ title: 'deleted there' });
      const deleted = rows.filter(({ action }) => action === 'delete').map(({ href }) => href);
      expect(deleted, 'an address that is read back meanwhile').not.toContain(refill?.href);
      const back = await runAll(undo);
      expect(back.settled).toMatchObject({
        status: 'complete',
        totals: { deleted: 2, created: 1 },
        verified: 3,
      });
      expect((await world.objects()).size).toBe(1);
      expect(await binned(world)).toEqual(expect.arrayContaining(['deleted there', 'deleted other']));
      // What the undo took out in turn had not been there before: it is not in the trash bin.
      expect(await binned(world)).not.toContain('there');
    },
  );

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
    expect(await inBin(world)).toHaveLength(2);
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
    expect(await inBin(world)).toHaveLength(onConflict === 'replace' ? 1 : 2);
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
    expect(await inBin(world)).toHaveLength(2);
  });

  /** A meeting that was deleted without a word, and its restore. */
  async function deletedMeeting(mode: 'none' | 'all'): Promise<PreparedJob> {
    world = await openWorld({ personality: 'nextcloud-33-like' });
    const lines = (summary: string): string => event('m', [`SUMMARY:${summary}`, ...GUESTS]);
    await plain(world, 'PUT', 'm.ics', lines('deleted'), { 'schedule-reply': 'F' });
    await plain(world, 'DELETE', 'm.ics', undefined, { 'schedule-reply': 'F' });
    expect(await inBin(world)).toHaveLength(1);
    expect(world.server.messages()).toEqual([]);
    const sources = [await world.source('m.ics', lines('restored'))];
    return world.engine.prepareRestore(world.spec({ sources, mode }), world.connection);
  }

  it.each([
    ['none', []],
    ['all', ['REQUEST', 'REQUEST']],
  ] as const)('is taken out first where the server would fail, and nobody hears of that (%s)', async (mode, heard) => {
    const job = await deletedMeeting(mode);
    const [row, removal] = await rowsOf(job);
    expect(row).toMatchObject({
      action: 'create',
      reason: expect.stringContaining('taken out of there for good first'),
    });
    expect(removal).toMatchObject({ action: 'delete', bin: 'remove', notified: 0, href: (await inBin(world))[0] });
    expect(job.summary.counts).toMatchObject({ create: 1, delete: 1 });
    expect(job.summary.notes?.join(' ')).toContain('nobody is notified of that');
    const run = await runAll(job);
    expect(run.settled).toMatchObject({ status: 'complete', verified: 2, totals: { created: 1, deleted: 1 } });
    expect(run.events.flatMap((one) => (one.kind === 'item' ? [one.outcome] : []))).toEqual(['deleted', 'created']);
    expect(await inBin(world)).toEqual([]);
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
    expect([await inBin(world), world.server.messages()]).toEqual([[expect.any(String)], []]);
  });

  it('is not sent where its row is left out, and neither is left out alone', async () => {
    const job = await deletedMeeting('none');
    const { hash } = job.summary;
    await job.select([1], false);
    expect((await rowsOf(job)).map(({ excluded }) => excluded)).toEqual([true, true]);
    await job.select([0], true);
    expect([job.summary.hash, (await rowsOf(job)).map(({ excluded }) => excluded)]).toEqual([hash, [false, false]]);
    await job.resolve([0], 'copy');
    expect((await rowsOf(job)).map(({ action }) => action)).toEqual(['create']);
    await job.resolve([0], 'undecided');
    expect(job.summary.hash).toBe(hash);
    expect((await job.row(1)).raw).toContain('SUMMARY:deleted');
    await job.discard();
  });

  it('is taken out once where its answer is lost, and the event is stored then', async () => {
    const job = await deletedMeeting('none');
    world.server.setFaults([{ method: 'DELETE', path: '/dav/calendars/alice/trashbin/', cut: 'after' }]);
    const run = await runAll(job);
    expect(run.settled).toMatchObject({ status: 'complete', verified: 2, totals: { created: 1, deleted: 1 } });
    expect([await inBin(world), world.server.messages()]).toEqual([[], []]);
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

describe('what lies in the trash bin as it is wanted', () => {
  const wanted = event('m', ['SUMMARY:wanted', ...GUESTS]);
  const BINS = '/dav/calendars/alice/trashbin/';

  async function open(personality: string, mode: 'none' | 'all', text = wanted): Promise<PreparedJob> {
    world = await openWorld({ personality });
    await plain(world, 'PUT', 'old-name.ics', text, { 'schedule-reply': 'F' });
    await plain(world, 'DELETE', 'old-name.ics', undefined, { 'schedule-reply': 'F' });
    const sources = [await world.source('m.ics', wanted)];
    return world.engine.prepareRestore(world.spec({ sources, mode }), world.connection);
  }

  it.each(['nextcloud-31-like', 'nextcloud-33-like'])('is taken back out, under its old name (%s)', async (name) => {
    const job = await open(name, 'none');
    expect(await rowsOf(job)).toMatchObject([{ action: 'create', bin: 'restore', notified: 0 }]);
    expect(job.summary.bin).toEqual({ remove: 0, restore: 1, refill: 0 });
    expect(job.summary.notes?.join(' ')).toContain('would cancel it for all guests once more');
    const run = await runAll(job);
    expect(itemsOf(run)).toMatchObject([
      { outcome: 'created', bin: 'restore', href: '/dav/calendars/alice/default/old-name.ics' },
    ]);
    expect(run.settled).toMatchObject({ status: 'complete', verified: 1 });
    expect([await inBin(world), world.server.messages()]).toEqual([[], []]);
  });

  it('is stored anew where people are to be notified, unless a person chooses the trash bin', async () => {
    const job = await open('nextcloud-33-like', 'all');
    expect((await rowsOf(job)).map(({ bin }) => bin)).toEqual([undefined, 'remove']);
    await job.resolve([0], 'trash');
    expect(await rowsOf(job)).toMatchObject([{ bin: 'restore', notified: 0, decided: 'trash' }]);
    expect((await runAll(job)).settled).toMatchObject({ status: 'complete', totals: { created: 1, deleted: 0 } });
    expect([await inBin(world), world.server.messages()]).toEqual([[], []]);
  });

  it('is what comes back where a person chooses it, although the backup says otherwise', async () => {
    const job = await open('nextcloud-33-like', 'none', event('m', ['SUMMARY:deleted', ...GUESTS]));
    expect((await rowsOf(job)).map(({ bin }) => bin)).toEqual([undefined, 'remove']);
    await job.resolve([0], 'trash');
    expect((await runAll(job)).settled).toMatchObject({ status: 'complete', verified: 1 });
    expect([...(await world.objects()).values()].join('')).toContain('SUMMARY:deleted');
  });

  it.each([
    ['before', 1],
    ['after', 1],
  ] as const)('is taken back out once where the answer is lost (%s)', async (cut, created) => {
    const job = await open('nextcloud-33-like', 'none');
    world.server.setFaults([{ method: 'MOVE', path: BINS, cut }]);
    const run = await runAll(job);
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created } });
    expect([await inBin(world), world.server.messages()]).toEqual([[], []]);
  });

  it.each([
    [404, 'conflict'],
    [403, 'failed'],
  ] as const)('is named where the server refuses to (%s)', async (status, outcome) => {
    const job = await open('nextcloud-33-like', 'none');
    world.server.setFaults([{ method: 'MOVE', path: BINS, status }]);
    expect(itemsOf(await runAll(job))[0]?.outcome).toBe(outcome);
    expect((await world.objects()).size).toBe(0);
  });

  it.each(['nextcloud-25-like', 'nextcloud-29-like'])(
    'is no choice on a version of which nobody knows whether it keeps quiet (%s)',
    async (name) => {
      const job = await open(name, 'all');
      expect((await job.row(0)).choices).not.toContain('trash');
      await job.discard();
    },
  );

  it('is rehearsed as an event that is stored', async () => {
    const job = await open('nextcloud-33-like', 'none', event('m', ['SUMMARY:deleted', ...GUESTS]));
    const copy = await job.copyTarget();
    expect(copy.objects).toEqual([]);
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
    expect(await inBin(world)).toHaveLength(3);
    return world.engine.prepareUndo(undo.runId, world.connection);
  }

  it.each([
    ['nextcloud-31-like', 0],
    ['nextcloud-33-like', 3],
  ])('takes them out of the trash bin (%s), and can be undone', async (name, rows) => {
    const job = await undone(name);
    expect(job.summary.counts).toMatchObject({ create: 3, delete: rows });
    const run = await runAll(job);
    expect(run.settled).toMatchObject({
      status: 'complete',
      verified: 3 + rows,
      totals: { created: 3, deleted: rows },
    });
    expect(await inBin(world)).toEqual([]);
    const back = await world.engine.prepareUndo(run.runId, world.connection);
    expect(back.summary.counts).toMatchObject({ delete: 3 });
    await back.discard();
  });

  it.each(['nextcloud-31-like', 'nextcloud-33-like'])(
    'takes them back out of the trash bin as they were where nobody is to be notified (%s)',
    async (name) => {
      world = await openWorld({ personality: name });
      const sources = [await world.source('m.ics', event('m', ['SUMMARY:m', ...GUESTS]))];
      const run = await world.restore({ sources });
      const undo = await runAll(await world.engine.prepareUndo(run.runId, world.connection));
      const before = world.server.messages();
      const job = await world.engine.prepareUndo(undo.runId, world.connection);
      expect(await rowsOf(job)).toMatchObject([{ action: 'create', bin: 'restore', notified: 0 }]);
      const back = await runAll(job);
      expect(back.settled).toMatchObject({ status: 'complete', verified: 1, totals: { created: 1 } });
      expect([await inBin(world), world.server.messages()]).toEqual([[], before]);
      // And once more: what was taken out goes where it lay.
      const again = await world.engine.prepareUndo(back.runId, world.connection);
      expect((await runAll(again)).settled).toMatchObject({ status: 'complete', totals: { deleted: 1 } });
      expect(await binned(world)).toEqual(['m']);
    },
  );

  it('says where they are put back, on a version that refuses them', async () => {
    const job = await undone('nextcloud-25-like');
    expect(job.summary.counts).toMatchObject({ create: 0, conflict: 3 });
    for (const { reason } of await rowsOf(job)) expect(reason).toMatch(/Put it back there\.$/);
    await job.discard();
  });
});
