import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JobEvent } from '../../../shared/model/job.ts';
import { OUTCOMES } from '../../../shared/model/outcome.ts';
import { EMPTY_SNAPSHOT, foldEvents } from '../../../shared/model/snapshot.ts';
import type { Fault } from '../../practice/index.ts';
import { calendar, event, follow, GUESTS, openWorld, type Finished, type World } from './testing/world.ts';
import { consentTo } from './testing/consent.ts';
import { NO_FILTER } from '../../../shared/model/plan.ts';

/*
 * Whatever happens to a run, its events are complete and in order: `started`, `plan`, every row exactly one item with an
 * outcome, `settled` last; and what they add up to is what the report and History say.
 */

/** Something a person does when so many events have been seen. */
type Deed = { readonly after: number; readonly what: 'stop' | 'pause' | 'go on' };

interface Life {
  readonly rows: number;
  readonly concurrency: number;
  readonly delayMs: number;
  readonly faults: readonly Fault[];
  readonly deeds: readonly Deed[];
}

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    method: fc.constantFrom('PUT', 'REPORT', 'GET'),
    after: fc.nat(12),
    status: fc.constantFrom(400, 403, 404, 412, 413),
  }),
  fc.record({ method: fc.constant('PUT'), after: fc.nat(12), status: fc.constantFrom(401, 507, 405) }),
  fc.record({
    method: fc.constantFrom('PUT', 'GET'),
    after: fc.nat(12),
    status: fc.constant(503),
    retryAfter: fc.constant(0),
  }),
  fc.record({
    method: fc.constantFrom('PUT', 'REPORT', 'GET'),
    after: fc.nat(12),
    cut: fc.constantFrom('before', 'after', 'body'),
  }),
);

const life: fc.Arbitrary<Life> = fc.record({
  rows: fc.integer({ min: 1, max: 90 }),
  concurrency: fc.integer({ min: 1, max: 8 }),
  delayMs: fc.constantFrom(0, 0, 2),
  faults: fc.array(fault, { maxLength: 2 }),
  deeds: fc.array(fc.record({ after: fc.nat(120), what: fc.constantFrom('stop', 'pause', 'go on') }), { maxLength: 4 }),
});

function backup(rows: number): string {
  return calendar(
    Array.from({ length: rows }, (_, at) => [`UID:${at}`, 'SEQUENCE:2', ...(at % 3 === 0 ? GUESTS : [])]),
  );
}

/** Does each deed when its time has come; one that was paused for good goes on in the end. */
async function live(world: World, { rows, concurrency, delayMs, faults, deeds }: Life): Promise<Finished> {
  for (let at = 0; at < rows; at += 7) await world.put(`old-${at}.ics`, event(String(at), ['SUMMARY:Old']));
  const sources = [await world.source('many.ics', backup(rows))];
  const spec = world.spec({ sources, mode: 'all', onConflict: 'replace', concurrency });
  const job = await world.engine.prepareRestore(spec, { ...world.connection, concurrency });
  const total = (await job.rows(NO_FILTER, 0, 1)).matching;
  expect(total).toBe(rows);
  world.server.setFaults(faults);
  world.server.setDelay(delayMs);
  const handle = await job.start(consentTo(job));
  const left = [...deeds].sort((a, b) => a.after - b.after);
  let seen = 0;
  const act = (): void => {
    for (let next = left[0]; next !== undefined && next.after <= seen; next = left[0]) {
      left.shift();
      if (next.what === 'stop') handle.stop();
      else handle.pause(next.what === 'pause');
    }
  };
  act();
  // Nobody is left who would end the pause.
  const alarm = setInterval(() => handle.pause(false), 30);
  const finished = await follow(handle, (batch) => {
    seen += batch.length;
    act();
  });
  clearInterval(alarm);
  return finished;
}

function expectWhole({ events, settled }: Finished, rows: number): void {
  expect(events.map(({ kind }) => kind).slice(0, 2)).toEqual(['started', 'plan']);
  for (const kind of ['started', 'plan', 'settled'] as const) {
    expect([kind, events.filter((one) => one.kind === kind).length]).toEqual([kind, 1]);
  }
  const items = events.filter((one) => one.kind === 'item');
  expect(items.map(({ row }) => row).sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, row) => row));
  for (const bucket of OUTCOMES) {
    const count = items.filter(({ outcome }) => outcome === bucket).length;
    expect([bucket, count]).toEqual([bucket, settled.totals[bucket]]);
  }
  expectVerdictsFirst(events);
  const snapshot = EMPTY_SNAPSHOT;
  const folded = events.reduce((before, one) => foldEvents(before, [one]), snapshot);
  expect([folded.totals, folded.done, folded.status]).toEqual([settled.totals, rows, settled.status]);
}

/** What was read back of a row is said before its outcome, and once. */
function expectVerdictsFirst(events: readonly JobEvent[]): void {
  const ended = new Set<number>();
  const verified = new Set<number>();
  for (const one of events) {
    if (one.kind === 'item') ended.add(one.row);
    if (one.kind !== 'verified') continue;
    expect([one.row, ended.has(one.row), verified.has(one.row)]).toEqual([one.row, false, false]);
    verified.add(one.row);
  }
}

it('is complete and in order, whatever fails and whenever it is stopped or paused, and so is each resume', async () => {
  await fc.assert(
    fc.asyncProperty(life, async (one) => {
      const world = await openWorld();
      try {
        let run = await live(world, one);
        expectWhole(run, one.rows);
        const report = await world.engine.report(run.runId);
        expect([report.run.totals, report.items.length]).toEqual([run.settled.totals, one.rows]);
        world.server.setFaults([]);
        for (let times = 0; run.settled.status === 'stopped' && times < 3; times += 1) {
          run = await world.resume(run.runId);
          expectWhole(run, one.rows);
        }
        expect(['complete', 'incomplete']).toContain(run.settled.status);
        expect(run.settled.totals.cancelled).toBe(0);
        // What may have notified people and had no answer is read, never sent again: it stays unknown and says so.
        const unknown = run.events.filter((event) => event.kind === 'item' && event.outcome === 'unknown');
        expect(unknown.length).toBe(run.settled.totals.unknown);
        for (const item of unknown)
          expect(item).toMatchObject({ reason: expect.stringContaining('may have been notified') });
        const notified = world.server.messages().map(({ method, uid, to }) => `${method} ${uid} ${to}`);
        expect(new Set(notified).size).toBe(notified.length);
        expect((await world.engine.runs()).map(({ status, totals }) => [status, totals])).toEqual([
          [run.settled.status, run.settled.totals],
        ]);
      } finally {
        await world.close();
      }
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 120_000);
