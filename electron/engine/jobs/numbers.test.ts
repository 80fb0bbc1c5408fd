import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countAttention, countWritten } from '../../../shared/model/outcome.ts';
import type { Fault } from '../../practice/index.ts';
import { calendar, event, follow, openWorld, runAll, type Finished, type World } from './testing/world.ts';
import { consentTo } from './testing/consent.ts';

/*
 * The numbers of a result are those of the calendar and of the undo: whatever failed meanwhile, what counts as stored is
 * there, and is what an undo takes out; and every place that counts what needs attention counts the same.
 */

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ method: fc.constant('PUT'), after: fc.nat(8), status: fc.constantFrom(400, 403, 413, 507) }),
  fc.record({ method: fc.constant('PUT'), after: fc.nat(8), cut: fc.constantFrom('before', 'after') }),
  // The first REPORT is the listing of the plan, which is made before.
  fc.record({
    method: fc.constantFrom('REPORT', 'GET'),
    after: fc.nat(2),
    count: fc.constant(0),
    status: fc.constant(403),
  }),
);

const life = fc.record({
  rows: fc.integer({ min: 1, max: 9 }),
  personality: fc.constantFrom('default', 'omits-properties'),
  faults: fc.array(fault, { maxLength: 2 }),
  stopAt: fc.option(fc.nat(12), { nil: null }),
});

/** Every third event is there already in another wording, every second one says what some servers drop. */
async function begin(world: World, { rows, faults, stopAt }: typeof life extends fc.Arbitrary<infer T> ? T : never) {
  for (let at = 0; at < rows; at += 3) await world.put(`old-${at}.ics`, event(String(at), ['SUMMARY:Old']));
  const before = await world.objects();
  const lines = Array.from({ length: rows }, (_, at) => [
    `UID:${at}`,
    'SEQUENCE:2',
    ...(at % 2 === 0 ? ['GEO:48.2;16.4'] : []),
  ]);
  const double = [...lines, ['UID:0', 'SEQUENCE:1', 'SUMMARY:Older']];
  const sources = [await world.source('many.ics', calendar(double))];
  const job = await world.engine.prepareRestore(world.spec({ sources, onConflict: 'replace' }), world.connection);
  world.server.setFaults(faults);
  const handle = await job.start(consentTo(job));
  let seen = 0;
  const run = await follow(handle, (batch) => {
    seen += batch.length;
    if (stopAt !== null && seen >= stopAt) handle.stop();
  });
  return { before, run };
}

/** What History, the headline and the list of the report say needs attention: one number. */
async function expectOneNumber(world: World, { runId }: Finished): Promise<void> {
  const view = await world.engine.openReport(runId);
  const entry = (await world.engine.runs()).find((one) => one.runId === runId);
  if (entry === undefined) throw new Error('The run is not in the list.');
  const listed = view.page('trouble', 0, 100);
  expect([countAttention(entry), countAttention(view.head.run), view.head.lists.trouble]).toEqual(
    Array.from({ length: 3 }, () => listed.length),
  );
  expect(listed.filter(({ outcome }) => outcome === 'superseded')).toEqual([]);
  expect(entry.unread).toBe(listed.filter(({ verified }) => verified === 'unreadable').length);
}

// Seconds, for each life is a whole restore with its resumes and its undo.
it('what counts as stored is in the calendar, and is what the undo takes out', async () => {
  await fc.assert(
    fc.asyncProperty(life, async (one) => {
      const world = await openWorld({ personality: one.personality });
      try {
        const { before, run: first } = await begin(world, one);
        let run = first;
        await expectOneNumber(world, run);
        world.server.setFaults([]);
        const unread = async () => (await world.engine.openReport(run.runId)).head.run.unread ?? 0;
        for (let times = 0; times < 4 && (run.settled.status === 'stopped' || (await unread()) > 0); times += 1) {
          run = await world.resume(run.runId);
          await expectOneNumber(world, run);
        }
        expect(await unread(), 'a resume reads them again').toBe(0);
        const stored = countWritten(run.settled.totals);
        const after = await world.objects();
        const changed = [...after].filter(([href, text]) => before.get(href) !== text).length;
        expect([changed, run.settled.totals.unknown]).toEqual([stored, 0]);
        const undo = await world.engine.prepareUndo(run.runId, world.connection);
        expect(undo.summary.counts.delete + undo.summary.counts.update).toBe(stored);
        if (stored > 0) await runAll(undo);
        expect(await world.objects()).toEqual(before);
      } finally {
        await world.close();
      }
    }),
    { numRuns: 12 },
  );
});

describe('what could not be read back', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(async () => {
    await world.close();
  });

  async function restoreBlind(): Promise<Finished> {
    const sources = [await world.source('b.ics', calendar([['UID:a'], ['UID:b'], ['UID:c']]))];
    const job = await world.engine.prepareRestore(world.spec({ sources }), world.connection);
    const blind = { count: 0, status: 403 };
    world.server.setFaults([
      { method: 'REPORT', ...blind },
      { method: 'GET', ...blind },
    ]);
    return runAll(job);
  }

  it('needs attention in every number, and is read again on request: nothing is sent', async () => {
    const run = await restoreBlind();
    expect(run.settled).toMatchObject({ status: 'incomplete', totals: { created: 3 }, verified: 0 });
    const [entry] = await world.engine.runs();
    expect(entry).toMatchObject({ attention: 3, unread: 3 });
    const still = await world.resume(run.runId);
    expect(still.settled).toMatchObject({ status: 'incomplete', verified: 0 });
    world.server.setFaults([{ method: 'PUT', count: 0, status: 400 }]);
    expect(await world.engine.messagesLeft(run.runId)).toBe(0);
    const again = await world.resume(run.runId);
    expect(again.settled).toMatchObject({ status: 'complete', totals: { created: 3 }, verified: 3 });
    expect((await world.engine.runs())[0]).toMatchObject({ attention: 0, unread: 0 });
    expect(world.server.faults()[0]?.seen, 'no request that writes').toBe(0);
    await expect(world.resume(run.runId)).rejects.toMatchObject({ failure: { code: 'RUN_FINISHED' } });
  });

  it('and what somebody deleted meanwhile is named', async () => {
    const run = await restoreBlind();
    world.server.setFaults([]);
    world.server.reset();
    const again = await world.resume(run.runId);
    expect(again.settled).toMatchObject({ status: 'incomplete', totals: { created: 0, failed: 3 } });
  });
});

it('rows that wait in a run that goes on do not need attention', async () => {
  const world = await openWorld();
  try {
    const sources = [await world.source('b.ics', calendar(Array.from({ length: 40 }, (_, at) => [`UID:${at}`])))];
    const job = await world.engine.prepareRestore(world.spec({ sources }), world.connection);
    world.server.setFaults([{ method: 'REPORT', count: 0, delayMs: 300 }]);
    const handle = await job.start(consentTo(job));
    const looks: ReturnType<World['engine']['openReport']>[] = [];
    const run = await follow(handle, () => {
      looks.push(world.engine.openReport(handle.runId));
    });
    const views = await Promise.all(looks);
    const waiting = views.flatMap((view) => view.page('all', 0, 100)).filter(({ open }) => open === true);
    expect(waiting.length, 'the report was read while rows waited').toBeGreaterThan(0);
    expect(views.map(({ head }) => [head.lists.trouble, head.run.attention])).toEqual(views.map(() => [0, 0]));
    expect(run.settled.status).toBe('complete');
  } finally {
    await world.close();
  }
});
