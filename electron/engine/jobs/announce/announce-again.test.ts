import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { BatchHandle } from '../../batch/types.ts';
import { lockAnnouncing } from '../start/announce-lock.ts';
import { followBatch, meeting, openOffice, type Office } from '../migrate/testing/office.ts';
import { consentTo } from '../testing/consent.ts';

let office: Office;
afterEach(() => office.close());

async function resume(batchId: string): Promise<BatchHandle> {
  return office.engine.resumeBatch(batchId, office.connect, await office.engine.messagesLeft(batchId));
}

const OUTSIDE = ['alice=ACCEPTED', 'ext@other.test=ACCEPTED'];

describe('an announcement', () => {
  it.each(['external-only', 'all'] as const)('tells nobody of what a migration with %s told them of', async (mode) => {
    office = await openOffice(['alice']);
    await office.keep('alice', 'm.ics', meeting('m', OUTSIDE));
    const { batchId } = await office.move(office.spec(['alice'], { mode, moves: office.moves(['alice'], { mode }) }));
    expect(office.fresh.notified()).toContain('REQUEST imip ext@other.test');
    office.fresh.clear();
    const plan = await office.engine.prepareBatch({ kind: 'announce', spec: { batch: batchId } }, office.connect);
    expect(plan.summary.stops.map(({ code }) => code)).toContain('NOTHING_TO_ANNOUNCE');
    await plan.discard();
    expect((await office.engine.batches()).map(({ canAnnounce }) => canAnnounce)).toEqual([false]);
  });

  it('that is damaged may have told everybody: the migration is listed, and nothing more of it is offered', async () => {
    office = await openOffice(['alice']);
    await office.keep('alice', 'm.ics', meeting('m', OUTSIDE));
    const { batchId } = await office.move(office.spec(['alice']));
    const plan = await office.engine.prepareBatch({ kind: 'announce', spec: { batch: batchId } }, office.connect);
    const announced = await followBatch(await plan.start(consentTo(plan)));
    await writeFile(join(office.runsDir, 'batches', announced.batchId, 'batch.json'), '{}');
    const { batches, damaged } = await office.engine.history();
    expect(batches).toMatchObject([{ batchId, canAnnounce: false }]);
    expect(damaged).toMatchObject([{ runId: announced.batchId, code: 'RUN_DAMAGED' }]);
  });

  it('that was stopped, announced anew and then resumed tells nobody twice', async () => {
    office = await openOffice(['alice']);
    const uids = Array.from({ length: 6 }, (_, at) => `m${at}`);
    for (const uid of uids) {
      await office.keep('alice', `${uid}.ics`, meeting(uid, OUTSIDE));
    }
    const { batchId } = await office.move(office.spec(['alice']));
    const first = await office.engine.prepareBatch({ kind: 'announce', spec: { batch: batchId } }, office.connect);
    const handle = await first.start(consentTo(first));
    const stopped = await followBatch(handle, (event) => {
      if (event.kind === 'item') handle.stop();
    });
    expect(stopped.settled.status).toBe('stopped');
    expect(office.fresh.notified().length).toBeLessThan(uids.length);
    const second = await office.engine.prepareBatch({ kind: 'announce', spec: { batch: batchId } }, office.connect);
    await followBatch(await second.start(consentTo(second)));
    expect(office.fresh.notified()).toHaveLength(uids.length);

    // As on a server that notes nothing and makes its ETags from the text: nothing shows that they were told.
    for (const name of await office.fresh.members('alice')) {
      const { text } = await office.fresh.get('alice', name);
      await office.fresh.put('alice', name, text.replace(/;SCHEDULE-STATUS=[0-9.]+/g, ''), { scheduling: 'none' });
    }
    await followBatch(await resume(handle.batchId));
    expect(office.fresh.notified()).toHaveLength(uids.length);
  });

  it('does not go on beside another one in the same calendar, of a final pass or resumed', async () => {
    office = await openOffice(['alice']);
    for (const uid of ['a', 'b', 'c', 'd']) await office.keep('alice', `${uid}.ics`, meeting(uid, OUTSIDE));
    const spec = office.spec(['alice']);
    const first = await office.move(spec);
    const last = await office.move({ ...spec, after: first.batchId });
    const announce = async (batch: string): Promise<BatchHandle> => {
      const plan = await office.engine.prepareBatch({ kind: 'announce', spec: { batch } }, office.connect);
      return plan.start(consentTo(plan));
    };
    const stopped = await announce(first.batchId);
    await followBatch(stopped, (event) => {
      if (event.kind === 'item') stopped.stop();
    });
    const before = office.fresh.notified();
    expect(before.length).toBeLessThan(4);
    const other = lockAnnouncing(office.runsDir, office.spec(['alice']).moves[0]?.calendarUrl ?? '');
    for (const go of [() => announce(last.batchId), () => resume(stopped.batchId)]) {
      const { events } = await followBatch(await go());
      const codes = events.flatMap((event) => (event.kind === 'problem' ? [event.failure.code] : []));
      expect(codes).toContain('RUN_LOCKED');
    }
    expect(office.fresh.notified()).toEqual(before);
    other.release();
    await followBatch(await resume(stopped.batchId));
    expect(office.fresh.notified()).toHaveLength(4);
  });
});
