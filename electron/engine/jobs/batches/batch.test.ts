import { afterEach, describe, expect, it } from 'vitest';
import { batchEntry, batchReport } from '../../../../shared/model/batch/batch.ts';
import { events, openCrowd, runWhole, type Crowd, type EndedBatch } from '../../batch/testing/crowd.ts';
import type { PreparedBatch } from '../../batch/types.ts';
import type { UndoBatchSpec } from './undo.ts';

let crowd: Crowd | null = null;
afterEach(async () => {
  await crowd?.close();
  crowd = null;
});

const three = { anna: events('anna', 3), ben: events('ben', 2), cleo: events('cleo', 4) };

async function open(): Promise<Crowd> {
  crowd = await openCrowd(three);
  return crowd;
}

async function migrate({ plan, spec }: Crowd): Promise<EndedBatch> {
  return runWhole(await plan(await spec()));
}

function undo({ engine, connect }: Crowd, over: Partial<UndoBatchSpec> & { batchId: string }): Promise<PreparedBatch> {
  return engine.prepareBatch({ kind: 'undo', spec: { members: null, only: [], mode: null, ...over } }, connect);
}

describe('the undo of a batch', () => {
  it('takes everything back, as a batch with a preview', async () => {
    const here = await open();
    const { batchId } = await migrate(here);
    const batch = await undo(here, { batchId });
    expect(batch.summary).toMatchObject({ kind: 'undo', members: 3, counts: { delete: 9 } });
    const { settled } = await runWhole(batch);
    expect(settled).toMatchObject({ status: 'complete', totals: { deleted: 9 }, verified: 9 });
    for (const user of here.users) expect((await here.objects(user)).size).toBe(0);
    const again = await undo(here, { batchId: settled.runId });
    expect((await runWhole(again)).settled).toMatchObject({ totals: { created: 9 } });
    expect((await here.objects('cleo')).size).toBe(4);
  });

  it('takes picked calendars and picked events back only', async () => {
    const here = await open();
    const { batchId } = await migrate(here);
    const { settled } = await runWhole(await undo(here, { batchId, members: [2], only: ['title=cleo 1'] }));
    expect(settled).toMatchObject({ status: 'complete', totals: { deleted: 1, skipped: 3 } });
    expect((await here.objects('anna')).size).toBe(3);
    expect((await here.objects('cleo')).size).toBe(3);
  });

  it('says when there is nothing to take back', async () => {
    const here = await open();
    const { batchId } = await migrate(here);
    await runWhole(await undo(here, { batchId }));
    const batch = await undo(here, { batchId: (await migrate(here)).batchId, members: [7] });
    expect(batch.summary.stops).toMatchObject([{ code: 'NOTHING_TO_UNDO', override: false }, {}]);
  });
});

describe('the report of a batch', () => {
  it('reconciles the old side with the new one', async () => {
    const here = await open();
    const { batchId } = await migrate(here);
    const report = batchReport.parse(await here.engine.batchReport(batchId));
    expect(report.members.map(({ before, after, differences }) => [before, after, differences])).toEqual([
      [3, 3, []],
      [2, 2, []],
      [4, 4, []],
    ]);
    expect(report.notes).toContain('9 events on the source = 9 on the target.');
  });

  it('names what is missing on the new side, and why', async () => {
    const here = await open();
    here.server.setFaults([{ method: 'PUT', status: 403, count: 2 }]);
    const { batchId, settled } = await migrate(here);
    expect(settled.status).toBe('incomplete');
    const { members, notes } = await here.engine.batchReport(batchId);
    for (const { before, after, differences } of members) {
      expect(before).toBe((after ?? 0) + differences.reduce((sum, { count }) => sum + count, 0));
    }
    expect(members.flatMap(({ differences }) => differences).map(({ outcome }) => outcome)).toContain('failed');
    expect(notes).toContain('9 events on the source = 7 on the target + 2 that are named with each calendar.');
  });

  it('is a page, a table or JSON, for all or for one mailbox', async () => {
    const here = await open();
    const { batchId } = await migrate(here);
    const html = await here.engine.exportBatchReport(batchId, 'html');
    expect(html).toContain('Migration: 3 calendars');
    expect(html).not.toMatch(/<script|https?:\/\/(?!127)/);
    const csv = await here.engine.exportBatchReport(batchId, 'csv');
    expect(csv.split('\r\n').filter((line) => line !== '')).toHaveLength(4);
    const mine = await here.engine.exportBatchReport(batchId, 'html', 'cleo');
    expect(mine).toContain('cleo-3');
    expect(mine).not.toContain('anna-1');
    expect(await here.engine.exportBatchReport(batchId, 'csv', 'cleo')).toContain('cleo-3');
    await expect(here.engine.exportBatchReport(batchId, 'json', 'nobody')).rejects.toMatchObject({
      failure: { code: 'MAILBOX_NOT_FOUND' },
    });
  });

  it('stands in the list of batches, newest first', async () => {
    const here = await open();
    const { batchId } = await migrate(here);
    const second = await runWhole(await undo(here, { batchId }));
    const entries = (await here.engine.batches()).map((entry) => batchEntry.parse(entry));
    expect(entries.map((entry) => [entry.batchId, entry.kind, entry.status])).toEqual([
      [second.batchId, 'undo', 'complete'],
      [batchId, 'migrate', 'complete'],
    ]);
    expect(entries[1]).toMatchObject({
      members: 3,
      done: 3,
      needsAttention: 0,
      notified: 0,
      canUndo: false,
      undone: { batch: second.batchId },
      canResume: false,
    });
  });
});
