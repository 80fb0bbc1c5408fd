import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { listRuns, runPaths } from '../../run/kept/folder.ts';
import { followBatch, meeting, openOffice, type Ended, type Office } from '../migrate/testing/office.ts';
import { consentTo } from '../testing/consent.ts';

let office: Office;
afterEach(() => office.close());

const OUTSIDE = ['alice=ACCEPTED', 'bob=ACCEPTED', 'ext@other.test=ACCEPTED'];
const PAST = ['DTSTART:20200105T090000Z', 'DTEND:20200105T100000Z'];

async function moved(): Promise<string> {
  office = await openOffice(['alice', 'bob']);
  for (const user of ['alice', 'bob']) {
    await office.keep(user, 'm.ics', meeting('m', OUTSIDE));
    await office.keep(user, 'past.ics', meeting('past', OUTSIDE, PAST));
    await office.keep(user, 'inside.ics', meeting('inside', ['alice', 'bob']));
  }
  await office.keep('bob', 'b.ics', meeting('b', ['boss@other.test', 'bob=ACCEPTED']));
  const { batchId, settled } = await office.move(office.spec(['alice', 'bob']));
  expect(settled.status).toBe('complete');
  expect(office.fresh.notified()).toEqual([]);
  return batchId;
}

async function announce(batch: string): Promise<Ended> {
  const plan = await office.engine.prepareBatch({ kind: 'announce', spec: { batch } }, office.connect);
  return followBatch(await plan.start(consentTo(plan)));
}

/** What run.json of the announcements says was asked. */
async function askedByAnnouncing(): Promise<readonly object[]> {
  const heads = (await listRuns(office.runsDir)).map(async (id) => {
    const kept: unknown = JSON.parse(await readFile(runPaths(join(office.runsDir, id)).head, 'utf8'));
    return kept as { readonly job: string; readonly spec: object };
  });
  return (await Promise.all(heads)).flatMap(({ job, spec }) => (job === 'announce' ? [spec] : []));
}

describe('step 2', () => {
  it('tells guests outside once, of what is to come, by the mailbox that organizes', async () => {
    const batch = await moved();
    const before = await office.fresh.copy('alice', 'm');
    const plan = await office.engine.prepareBatch({ kind: 'announce', spec: { batch } }, office.connect);
    expect(plan.members.map(({ mailbox }) => mailbox)).toEqual(['alice']);
    expect(plan.summary.notified['external-only']).toMatchObject({ people: 1, outside: 1, messages: 1 });
    expect(await office.engine.batches()).toMatchObject([{ batchId: batch, canAnnounce: true }]);
    await plan.discard();

    const { settled } = await announce(batch);

    expect(settled).toMatchObject({ status: 'complete', verified: 1 });
    expect(office.fresh.notified()).toEqual(['REQUEST imip ext@other.test']);
    expect(office.fresh.server.messages()).toMatchObject([{ uid: 'm' }]);
    const after = await office.fresh.copy('alice', 'm');
    const asked = await askedByAnnouncing();
    expect(asked).toMatchObject([{ user: 'alice', mode: 'external-only' }]);
    for (const key of ['sources', 'onConflict', 'only', 'makeCalendar']) expect(asked[0]).not.toHaveProperty(key);
    expect(after.replace(/;SCHEDULE-STATUS=[^;:]*/g, '')).toBe(before);
    expect(await office.fresh.copies('bob', 'm')).toHaveLength(1);
    expect((await office.engine.batches()).find(({ batchId }) => batchId === batch)?.canAnnounce).toBe(false);
  });

  it('has nothing to do the second time', async () => {
    const batch = await moved();
    await announce(batch);
    office.fresh.clear();
    const again = await office.engine.prepareBatch({ kind: 'announce', spec: { batch } }, office.connect);
    expect(again.summary.stops.map(({ code }) => code)).toContain('NOTHING_TO_ANNOUNCE');
    await expect(again.start({ hash: again.summary.hash, typedMessages: null })).rejects.toThrow();
    expect(office.fresh.notified()).toEqual([]);
  });

  it('of two plans made at the same time only one tells anybody', async () => {
    const batch = await moved();
    const plans = await Promise.all(
      [1, 2].map(() => office.engine.prepareBatch({ kind: 'announce', spec: { batch } }, office.connect)),
    );
    for (const plan of plans) {
      await followBatch(await plan.start(consentTo(plan)));
    }
    expect(office.fresh.notified()).toEqual(['REQUEST imip ext@other.test']);
  });

  it('leaves out what was changed since, and what its owner deleted', async () => {
    const batch = await moved();
    const [name] = await namesOf('m');
    await office.fresh.put('alice', name ?? '', meeting('m', OUTSIDE, ['SUMMARY:Later']));
    office.fresh.clear();
    const { events } = await announce(batch);
    expect(events.flatMap((event) => (event.kind === 'item' ? [event.outcome] : []))).toEqual(['skipped']);
    expect(office.fresh.notified()).toEqual([]);
  });

  it('names what is listed and not given, tells nobody of it, and is not complete', async () => {
    const batch = await moved();
    const [name = ''] = await namesOf('m');
    office.fresh.server.setFaults([
      { request: 'multiget', bend: 'status-404', object: name, count: 0 },
      { request: 'get', bend: 'answer-404', object: name, count: 0 },
    ]);
    const { events, settled } = await announce(batch);
    const items = events.flatMap((event) => (event.kind === 'item' ? [event] : []));
    expect(items).toMatchObject([{ outcome: 'conflict', reason: expect.stringContaining('It is listed') as string }]);
    expect(settled.status).toBe('incomplete');
    expect(office.fresh.notified()).toEqual([]);
  });

  it.each(['half-text', 'html', 'answer-403'])('names what cannot be read: %s', async (bend) => {
    const batch = await moved();
    const [name = ''] = await namesOf('m');
    office.fresh.server.setFaults([
      { request: 'multiget', bend: 'missing', object: name, count: 0 },
      { request: 'get', bend, object: name, count: 0 },
    ]);
    const { events, settled } = await announce(batch);
    expect(events.flatMap((event) => (event.kind === 'item' ? [event.outcome] : []))).toEqual(['conflict']);
    expect(settled.status).toBe('incomplete');
    expect(office.fresh.notified()).toEqual([]);
  });

  it('names what its owner has deleted since', async () => {
    const batch = await moved();
    for (const name of await namesOf('m')) await office.fresh.delete('alice', name, { scheduling: 'none' });
    const { events, settled } = await announce(batch);
    const items = events.flatMap((event) => (event.kind === 'item' ? [event] : []));
    expect(items).toMatchObject([
      { uid: 'm', outcome: 'skipped', reason: expect.stringContaining('deleted') as string },
    ]);
    expect(settled.status).toBe('complete');
  });

  it('puts the event back, silently, when the server refuses it', async () => {
    const batch = await moved();
    const before = await office.fresh.copy('alice', 'm');
    // The first PUT is the one that tells; what is put back afterwards is taken.
    office.fresh.server.setFaults([{ method: 'PUT', status: 403, count: 1 }]);
    const { events, settled } = await announce(batch);
    expect(settled.status).toBe('incomplete');
    const item = events.find((event) => event.kind === 'item');
    expect(item).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('restored as it was') as string });
    expect(await office.fresh.copy('alice', 'm')).toBe(before);
    expect(office.fresh.notified()).toEqual([]);
    office.fresh.server.setFaults([]);
    await announce(batch);
    expect(office.fresh.notified()).toEqual(['REQUEST imip ext@other.test']);
  });

  it.each([
    ['the answer to the first request', { method: 'DELETE', cut: 'after' as const }],
    ['the first request', { method: 'DELETE', cut: 'before' as const }],
    ['the answer to the second request', { method: 'PUT', cut: 'after' as const }],
  ])('loses %s: the event is there, and its guests heard once', async (_name, fault) => {
    const batch = await moved();
    office.fresh.server.setFaults([fault]);
    const { settled } = await announce(batch);
    expect(settled).toMatchObject({ status: 'complete', verified: 1 });
    expect(await office.fresh.copies('alice', 'm')).toHaveLength(1);
    expect(office.fresh.notified()).toEqual(['REQUEST imip ext@other.test']);
  });

  it('loses the second request: nobody hears of it a second time, and the event is put back silently', async () => {
    const batch = await moved();
    const before = await office.fresh.copy('alice', 'm');
    office.fresh.server.setFaults([{ method: 'PUT', cut: 'before' }]);
    const { events } = await announce(batch);
    const item = events.find((event) => event.kind === 'item');
    expect(item).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringContaining('may have been notified') as string,
    });
    expect(await office.fresh.copy('alice', 'm')).toBe(before);
    const again = await office.engine.prepareBatch({ kind: 'announce', spec: { batch } }, office.connect);
    expect(again.summary.stops.map(({ code }) => code)).toContain('NOTHING_TO_ANNOUNCE');
    expect(office.fresh.notified()).toEqual([]);
  });

  it('is refused where the new server does not keep the mode', async () => {
    const batch = await moved();
    office.fresh.server.setFaults([{ method: 'OPTIONS', status: 404, count: 0 }]);
    const plan = await office.engine.prepareBatch({ kind: 'announce', spec: { batch } }, office.connect);
    expect(plan.summary.blocked).toBe(1);
    await expect(plan.start({ hash: plan.summary.hash, typedMessages: null })).rejects.toThrow();
  });
});

async function namesOf(uid: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const name of await office.fresh.members('alice')) {
    if ((await office.fresh.get('alice', name)).text.includes(`UID:${uid}\r\n`)) names.push(name);
  }
  return names;
}
