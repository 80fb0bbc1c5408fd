import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { events, openCrowd, runWhole } from '../../batch/testing/crowd.ts';
import { calendar, GUESTS, openWorld, runAll, type Finished, type World } from '../testing/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

async function restored(): Promise<Finished> {
  const backup = calendar([
    ['UID:a', 'SUMMARY:One', ...GUESTS],
    ['UID:b', 'SUMMARY:Two'],
  ]);
  return world.restore({ sources: [await world.source('b.ics', backup)] });
}

const undo = async (runId: string, only: readonly string[] = []): Promise<Finished> =>
  runAll(await world.engine.prepareUndo(runId, world.connection, { only }));

const entry = async (runId: string) => (await world.engine.runs()).find((run) => run.runId === runId);

const REFUSED = { failure: { code: 'ALREADY_UNDONE', message: 'Already undone: nothing left to do.' } };

describe('a run that was taken back', () => {
  it('names its undo in the list and in the report, and is not taken back once more', async () => {
    const run = await restored();
    const back = await undo(run.runId);
    const undone = { runId: back.runId, at: back.settled.at };
    expect(await entry(run.runId)).toMatchObject({ canUndo: false, undone });
    expect((await world.engine.report(run.runId)).run).toMatchObject({ canUndo: false, undone });
    expect(await entry(back.runId)).toMatchObject({ parent: run.runId, canUndo: true });
    await expect(undo(run.runId)).rejects.toMatchObject(REFUSED);
    await expect(undo(run.runId, ['title=one'])).rejects.toMatchObject(REFUSED);
  });

  it('can be taken back again when its undo was itself undone, whole or in part', async () => {
    const run = await restored();
    const back = await undo(run.runId);
    const redone = await undo(back.runId, ['title=one']);
    expect(await entry(run.runId)).toMatchObject({ canUndo: true });
    expect((await entry(run.runId))?.undone).toBeUndefined();
    // What the second undo puts in is taken out by undoing it: the first one stands again.
    await undo(redone.runId);
    expect(await entry(run.runId)).toMatchObject({ canUndo: false, undone: { runId: back.runId } });
  });

  it('is not called so when only a part of it was, until the rest followed', async () => {
    const run = await restored();
    await undo(run.runId, ['title=one']);
    expect(await entry(run.runId)).toMatchObject({ canUndo: true });
    const rest = await undo(run.runId);
    expect(rest.settled.totals).toMatchObject({ deleted: 1, unchanged: 1 });
    expect(await entry(run.runId)).toMatchObject({ canUndo: false, undone: { runId: rest.runId } });
  });

  it('is not called so on the word of an undo whose end is not on the disk', async () => {
    const run = await restored();
    const back = await undo(run.runId);
    await rm(join(world.runsDir, back.runId, 'result.json'));
    expect(await entry(run.runId)).toMatchObject({ canUndo: true });
    expect((await world.engine.prepareUndo(run.runId, world.connection)).summary.counts).toMatchObject({
      unchanged: 2,
    });
  });
});

it('a batch names the undo of all its calendars, and the second one has nothing to do', async () => {
  const crowd = await openCrowd({ anna: events('anna', 2), ben: events('ben', 1) });
  try {
    const { batchId } = await runWhole(await crowd.plan(await crowd.spec()));
    const plan = (members: readonly number[] | null = null) =>
      crowd.engine.prepareBatch({ kind: 'undo', spec: { batchId, members, only: [], mode: null } }, crowd.connect);
    await runWhole(await plan([0]));
    const of = async (id: string) => (await crowd.engine.batches()).find((one) => one.batchId === id);
    expect(await of(batchId)).toMatchObject({ canUndo: true });
    const rest = await plan();
    expect(rest.members.map(({ mailbox }) => mailbox)).toEqual(['ben']);
    const { batchId: second } = await runWhole(rest);
    expect(await of(batchId)).toMatchObject({ canUndo: false, canAnnounce: false, undone: { batch: second } });
    expect(await of(second)).toMatchObject({ parent: batchId });
    expect((await crowd.engine.batchReport(batchId)).batch.undone).toMatchObject({ batch: second });
    const third = await plan();
    expect(third.summary.stops[0]).toMatchObject({ code: 'ALREADY_UNDONE', override: false });
    await expect(third.start({ hash: third.summary.hash, typedMessages: 0 })).rejects.toMatchObject(REFUSED);
  } finally {
    await crowd.close();
  }
});
