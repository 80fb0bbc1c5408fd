import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RestoreSpec } from '../../shared/model/job.ts';
import type { Rehearsal } from '../../shared/model/rehearsal.ts';
import { calendar, GUESTS, openWorld, runAll, type World } from '../engine/jobs/testing/world.ts';
import { rehearse } from './rehearse.ts';

let world: World;

beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const BACKUP = calendar([
  ['UID:new', ...GUESTS],
  ['UID:changed', 'SUMMARY:After', ...GUESTS, 'SEQUENCE:2'],
  ['UID:alone', 'SUMMARY:Dentist'],
]);

async function rehearsed(over: Partial<RestoreSpec>): Promise<Rehearsal> {
  await world.put('changed.ics', calendar([['UID:changed', 'SUMMARY:Before', ...GUESTS]]));
  const sources = [await world.source('backup.ics', BACKUP)];
  const job = await world.engine.prepareRestore(world.spec({ sources, ...over }), world.connection);
  try {
    return await rehearse(job, { tempDir: world.dir });
  } finally {
    await job.discard();
  }
}

describe('a rehearsal', () => {
  it('runs the plan on a copy: the real calendar stays as it is, and nobody real hears', async () => {
    const result = await rehearsed({ mode: 'all' });
    expect(result).toMatchObject({ status: 'complete', totals: { created: 2, updated: 1 }, verified: 3, problems: [] });
    expect([...(await world.objects()).keys()].map((path) => path.split('/').at(-1))).toEqual(['changed.ics']);
    expect(world.server.messages()).toEqual([]);
  });

  it('catches what would have gone out: an inbox item for bob and mail to the guest outside, per meeting', async () => {
    const { messages, calendars } = await rehearsed({ mode: 'all' });
    const sent = messages.map(({ to, kind, uid }) => `${uid} ${kind} ${to}`).sort();
    expect(sent).toEqual([
      'changed imip ext@other.test',
      'changed inbox bob@example.com',
      'new imip ext@other.test',
      'new inbox bob@example.com',
    ]);
    expect(calendars).toEqual([{ user: 'bob@example.com', events: 2 }]);
  });

  it('catches nothing in mode none, and only mail to outsiders in mode external-only', async () => {
    expect(await rehearsed({ mode: 'none' })).toMatchObject({ messages: [], calendars: [] });
    const { messages, calendars } = await rehearsed({ mode: 'external-only' });
    expect(messages.map(({ to }) => to)).toEqual(['ext@other.test', 'ext@other.test']);
    expect(calendars).toEqual([]);
  });

  it('leaves the plan as it was: it can be run afterwards, and History knows of no rehearsal', async () => {
    const sources = [await world.source('backup.ics', BACKUP)];
    const job = await world.engine.prepareRestore(world.spec({ sources }), world.connection);
    const { hash } = job.summary;
    await rehearse(job, { tempDir: world.dir });
    expect(job.summary.hash).toBe(hash);
    expect(await world.engine.runs()).toEqual([]);
    const { settled } = await runAll(job);
    expect(settled).toMatchObject({ status: 'complete', totals: { created: 3 } });
  });

  it('rehearses an undo as well: what the run created goes from the copy only', async () => {
    const sources = [await world.source('backup.ics', BACKUP)];
    const { runId } = await world.restore({ sources });
    const undo = await world.engine.prepareUndo(runId, world.connection, { mode: 'all' });
    const result = await rehearse(undo, { tempDir: world.dir });
    await undo.discard();
    expect(result.totals.deleted).toBe(3);
    expect(result.messages.map(({ method, to }) => `${method} ${to}`).sort()).toContain('CANCEL ext@other.test');
    expect((await world.objects()).size).toBe(3);
  });

  it.each(['all', 'internal-only', 'external-only', 'none'] as const)(
    'changes as many calendars in mode %s as the plan says: several meetings with one colleague are one',
    async (mode) => {
      const sources = [await world.source('backup.ics', BACKUP)];
      const job = await world.engine.prepareRestore(world.spec({ sources, mode }), world.connection);
      const { notified } = job.summary;
      expect(notified.all).toMatchObject({ inside: 1, messages: 4, calendars: 1 });
      const { calendars } = await rehearse(job, { tempDir: world.dir });
      await job.discard();
      expect(calendars).toHaveLength(notified[mode].calendars);
    },
  );

  it('changes as many calendars as the plan says where the meetings are taken back', async () => {
    const sources = [await world.source('backup.ics', BACKUP)];
    const { runId } = await world.restore({ sources });
    const undo = await world.engine.prepareUndo(runId, world.connection, { mode: 'all' });
    const { calendars } = await rehearse(undo, { tempDir: world.dir });
    await undo.discard();
    expect([undo.summary.notified.all.calendars, calendars]).toEqual([1, [{ user: 'bob@example.com', events: 0 }]]);
  });

  it('names what has vanished from the calendar since the plan was made', async () => {
    await world.put('changed.ics', calendar([['UID:changed', 'SUMMARY:Before', ...GUESTS]]));
    const sources = [await world.source('backup.ics', BACKUP)];
    const job = await world.engine.prepareRestore(world.spec({ sources }), world.connection);
    world.server.reset();
    await expect(rehearse(job, { tempDir: world.dir })).rejects.toMatchObject({ failure: { code: 'PLAN_EXPIRED' } });
    await job.discard();
  });
});
