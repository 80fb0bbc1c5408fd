import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { events, openCrowd, runWhole } from '../../batch/testing/crowd.ts';
import { lockRun } from '../../run/kept/lock.ts';
import { calendar, GUESTS, openWorld, type Finished, type World } from '../testing/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

async function restored(): Promise<Finished> {
  return world.restore({ sources: [await world.source('b.ics', calendar([['UID:a', ...GUESTS]]))] });
}

describe('a run', () => {
  it('goes with its folder, and no server hears of it', async () => {
    const run = await restored();
    const [entry] = await world.engine.runs();
    expect(entry?.size).toBeGreaterThan(1000);
    const before = await world.objects();
    expect(await world.engine.purge([run.runId])).toEqual({
      removed: [run.runId],
      freed: expect.any(Number),
      kept: [],
    });
    expect((await readdir(world.runsDir)).sort()).toEqual(['audit.jsonl', 'audit.lock']);
    expect(await world.objects()).toEqual(before);
  });

  it('stays while a process runs it', async () => {
    const run = await restored();
    const lock = lockRun(join(world.runsDir, run.runId));
    expect(await world.engine.purge([run.runId])).toMatchObject({ removed: [], kept: [{ code: 'RUN_LOCKED' }] });
    lock.release();
    expect(await world.engine.runs()).toHaveLength(1);
  });

  it('stays while it can be resumed, unless that was said', async () => {
    const run = await restored();
    await rm(join(world.runsDir, run.runId, 'result.json'));
    await cutJournal(join(world.runsDir, run.runId));
    expect(await world.engine.purge([run.runId])).toMatchObject({ removed: [], kept: [{ code: 'RUN_RESUMABLE' }] });
    expect(await world.engine.purge([run.runId], { resumable: true })).toMatchObject({ removed: [run.runId] });
  });

  it('stays and is named where its folder cannot be believed, or is not there', async () => {
    const run = await restored();
    await writeFile(join(world.runsDir, run.runId, 'run.json'), '{}');
    expect(await world.engine.purge([run.runId, '20260101T000000000-00000000'])).toMatchObject({
      removed: [],
      kept: [{ id: run.runId }, { code: 'RUN_NOT_FOUND' }],
    });
    expect(await readdir(world.runsDir)).toContain(run.runId);
  });

  it('that a killed process was deleting is gone from the list, and swept by the next deletion', async () => {
    await restored();
    await mkdir(join(world.runsDir, '.gone-20260101T000000000-aaaaaaaa'));
    expect(await world.engine.runs()).toHaveLength(1);
    await world.engine.purge([]);
    expect((await readdir(world.runsDir)).filter((name) => name.startsWith('.gone-'))).toEqual([]);
  });
});

describe('a batch', () => {
  it('goes with all its runs; none of them goes alone', async () => {
    const crowd = await openCrowd({ anna: events('anna', 1), ben: events('ben', 1) });
    try {
      const { batchId } = await runWhole(await crowd.plan(await crowd.spec()));
      const [child] = await crowd.engine.runs();
      expect(await crowd.engine.purge([child?.runId ?? ''])).toMatchObject({ kept: [{ code: 'RUN_NEEDED' }] });
      expect(await crowd.engine.purge([batchId])).toMatchObject({ removed: [batchId], kept: [] });
      expect([await crowd.engine.batches(), await crowd.engine.runs()]).toEqual([[], []]);
    } finally {
      await crowd.close();
    }
  });
});

/** As a process leaves a journal that is killed before it wrote the end. */
async function cutJournal(folder: string): Promise<void> {
  const path = join(folder, 'journal.jsonl');
  const lines = (await readFile(path, 'utf8')).split('\n');
  await writeFile(path, `${lines.slice(0, 1).join('\n')}\n`);
}
