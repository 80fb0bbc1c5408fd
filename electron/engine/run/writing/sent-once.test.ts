import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SchedulingMode } from '../../../../shared/model/scheduling.ts';
import { calendar, GUESTS, itemsOf, openWorld, runAll, type Finished, type World } from '../../jobs/testing/world.ts';

type Fault = Parameters<World['server']['setFaults']>[0][number];

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const meeting = calendar([['UID:m', ...GUESTS]]);
const lunch = calendar([['UID:l', 'SUMMARY:Lunch']]);

async function restore(text: string, mode: SchedulingMode, fault: Fault): Promise<Finished> {
  world.server.setFaults([{ method: 'PUT', ...fault }]);
  return world.restore({ sources: [await world.source('backup.ics', text)], mode });
}

/** How many PUTs the server received, by its own count. */
async function putsReceived(): Promise<number> {
  const answer = await fetch(new URL('faults', world.server.info.messages_url));
  const armed = (await answer.json()) as readonly { readonly seen: number }[];
  return armed[0]?.seen ?? 0;
}

const UNANSWERED: readonly Fault[] = [
  { status: 500 },
  { status: 502 },
  { status: 504 },
  { cut: 'before' },
  { cut: 'body' as const, status: 500 },
];

describe('a write that may notify people', () => {
  it.each(UNANSWERED)('is sent once and read when it is not answered: %j', async (fault) => {
    const run = await restore(meeting, 'all', fault);
    expect(await putsReceived()).toBe(1);
    expect(run.settled).toMatchObject({ status: 'incomplete', totals: { unknown: 1, created: 0 } });
    expect(itemsOf(run)[0]?.reason).toContain('may have been notified');
    expect(world.server.messages()).toEqual([]);
    await expect(world.engine.resume(run.runId, world.connection, null)).rejects.toThrow('nothing of it is left');
    expect(await putsReceived()).toBe(1);
  });

  it('is done when reading finds it, and nobody hears twice', async () => {
    const run = await restore(meeting, 'all', { cut: 'after' });
    expect(await putsReceived()).toBe(1);
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 1 }, verified: 1 });
    expect(world.server.messages()).toHaveLength(2);
  });

  it.each([
    { status: 503, retryAfter: 0, count: 2 },
    { status: 429, count: 2 },
  ])('is sent again after %j: nothing was done', async (fault) => {
    const run = await restore(meeting, 'all', fault);
    expect(await putsReceived()).toBe(3);
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
    expect(world.server.messages()).toHaveLength(2);
  });

  it('can be tried again by a person', async () => {
    const run = await restore(meeting, 'all', { status: 500 });
    const retried = await runAll(await world.engine.prepareRetry(run.runId, world.connection));
    expect(retried.settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
    expect(world.server.messages()).toHaveLength(2);
  });

  it('is undone where the server did it after all', async () => {
    const run = await restore(meeting, 'all', { cut: 'before' });
    await world.put('m.ics', calendar([['UID:other']]));
    const undone = await world.engine.prepareUndo(run.runId, world.connection);
    expect(undone.summary.counts.unchanged).toBe(1);
    await undone.discard();
  });
});

describe('a write that notifies nobody', () => {
  it.each(UNANSWERED)('is sent again when reading shows that it was not done: %j', async (fault) => {
    for (const [text, mode] of [
      [meeting, 'none'],
      [lunch, 'all'],
    ] as const) {
      world.server.reset();
      const run = await restore(text, mode, fault);
      expect(await putsReceived()).toBe(2);
      expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
    }
  });
});

describe('a run that was killed while a write that may notify people was unanswered', () => {
  it('reads it and does not send it again', async () => {
    const job = await world.engine.prepareRestore(
      world.spec({ sources: [await world.source('backup.ics', meeting)], mode: 'all' }),
      world.connection,
    );
    // The reads that settle it find nothing but a busy server, so the run ends with the outcome open.
    world.server.setFaults([
      { method: 'PUT', status: 500 },
      { method: 'GET', status: 403, count: 0 },
    ]);
    const run = await runAll(job);
    expect(run.settled.totals.unknown).toBe(1);
    world.server.setFaults([{ method: 'PUT', count: 0 }]);
    const resumed = await world.resume(run.runId);
    expect(await putsReceived()).toBe(0);
    expect(resumed.settled.totals.unknown).toBe(1);
    expect(itemsOf(resumed)[0]?.reason).toContain('may have been notified');
  });
});
