import { readFile, rm, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { findRun, runPaths } from '../../run/kept/folder.ts';
import { followBatch, meeting, openOffice, type Ended, type Office } from '../migrate/testing/office.ts';
import { follow, runAll } from '../testing/world.ts';
import { consentTo } from '../testing/consent.ts';

let office: Office;
afterEach(() => office.close());

const OUTSIDE = ['alice=ACCEPTED', 'ext@other.test'];

async function announce(batch: string): Promise<Ended> {
  const plan = await office.engine.prepareBatch({ kind: 'announce', spec: { batch } }, office.connect);
  return followBatch(await plan.start(consentTo(plan)));
}

/** An announcement whose process ended after the given kind of record, and whose event is not on the server. */
async function killedAfter(record: 'intent' | 'telling'): Promise<{ batch: string; runId: string }> {
  office = await openOffice(['alice']);
  await office.keep('alice', 'm.ics', meeting('m', OUTSIDE));
  const { batchId: batch } = await office.move(office.spec(['alice']));
  const { events } = await announce(batch);
  const runId = events.flatMap((event) => (event.kind === 'member' ? (event.member.runIds.at(-1) ?? []) : [])).at(-1);
  if (runId === undefined) throw new Error('no run');
  const { journal, result } = runPaths(await findRun(office.runsDir, runId));
  const lines = (await readFile(journal, 'utf8')).split('\n');
  const end = lines.findIndex((line) => line.includes(`"k":"${record}"`));
  await writeFile(journal, `${lines.slice(0, end + 1).join('\n')}\n`);
  await rm(result);
  for (const name of await office.fresh.members('alice'))
    await office.fresh.delete('alice', name, { scheduling: 'none' });
  office.fresh.clear();
  return { batch, runId };
}

const connection = (): ReturnType<Office['connect']> => {
  const [move] = office.moves(['alice']);
  if (move === undefined) throw new Error('no move');
  return office.connect(move.to);
};

describe('an announcement that was killed before the answer to the first request', () => {
  it('tells nobody of an event that is gone when it is resumed: it is put back silently, and can be announced again', async () => {
    const { batch, runId } = await killedAfter('intent');
    const { events } = await follow(await office.engine.resume(runId, connection(), null));
    const item = events.find((event) => event.kind === 'item');
    expect(item).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('restored as it was') as string });
    expect(await office.fresh.copies('alice', 'm')).toHaveLength(1);
    expect(office.fresh.notified()).toEqual([]);
    await announce(batch);
    expect(office.fresh.notified()).toEqual(['REQUEST imip ext@other.test']);
  });
});

describe('the undo of an announcement that left an event taken out', () => {
  it.each(['intent', 'telling'] as const)('puts it back silently (%s)', async (record) => {
    const { runId } = await killedAfter(record);
    const undone = await runAll(await office.engine.prepareUndo(runId, connection()));
    expect(undone.settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
    expect(await office.fresh.copies('alice', 'm')).toHaveLength(1);
    expect(office.fresh.notified()).toEqual([]);
  });

  it('does not put it back in a mode that tells people', async () => {
    const { runId } = await killedAfter('intent');
    const job = await office.engine.prepareUndo(runId, connection(), { mode: 'external-only' });
    expect(job.summary.counts).toMatchObject({ create: 0, conflict: 1 });
    await job.discard();
  });
});
