import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdir, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { batchEvent } from '../../../shared/model/batch/batch.ts';
import { batchesDir, listBatches, openBatch } from './kept/folder.ts';
import { events, followBatch, openCrowd, runWhole, type Crowd } from './testing/crowd.ts';
import { consentTo } from '../jobs/testing/consent.ts';

let crowd: Crowd | null = null;
afterEach(async () => {
  await crowd?.close();
  crowd = null;
});

const four = {
  anna: events('anna', 3),
  ben: events('ben', 2),
  cleo: events('cleo', 4),
  dan: events('dan', 1),
};

async function open(texts: Readonly<Record<string, string>> = four): Promise<Crowd> {
  crowd = await openCrowd(texts);
  return crowd;
}

describe('a batch', () => {
  it('runs every calendar as a run of its own and adds up', async () => {
    const { plan, spec, engine, objects, users } = await open();
    const batch = await plan(await spec());
    expect(batch.summary).toMatchObject({ members: 4, blocked: 0, counts: { create: 10 }, stops: [] });
    const { settled, members, batchId, events: said } = await runWhole(batch);
    expect(settled).toMatchObject({ status: 'complete', verified: 10, totals: { created: 10 }, runId: batchId });
    expect(settled.mode).toMatchObject({ asked: 'none', effective: 'none' });
    expect(members.map(({ state, written, verified }) => [state, written, verified])).toEqual([
      ['done', 3, 3],
      ['done', 2, 2],
      ['done', 4, 4],
      ['done', 1, 1],
    ]);
    for (const event of said) batchEvent.parse(event);
    expect(said.filter(({ kind }) => kind === 'item')).toHaveLength(10);
    for (const user of users) expect([...(await objects(user)).keys()].length).toBeGreaterThan(0);
    const runs = await engine.runs();
    expect(runs).toHaveLength(4);
    expect(new Set(runs.map(({ batch }) => batch))).toEqual(new Set([batchId]));
  });

  it('has the same hash when it is planned again, later', async () => {
    const { plan, spec, passTime } = await open();
    const first = await plan(await spec());
    passTime(40 * 86_400_000);
    const second = await plan(await spec());
    expect(second.summary.hash).toBe(first.summary.hash);
    await Promise.all([first.discard(), second.discard()]);
  });

  it('counts people once, over all calendars', async () => {
    const guests = (user: string): readonly string[] => [
      `ORGANIZER:mailto:${user}@example.com`,
      `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${user}@example.com`,
      'ATTENDEE:mailto:ext@other.test',
    ];
    const { plan, spec } = await open({
      anna: events('anna', 2, guests('anna')),
      ben: events('ben', 3, guests('ben')),
    });
    const { summary, discard } = await plan(await spec());
    expect(summary.notified.all).toMatchObject({ people: 1, outside: 1, messages: 5 });
    await discard();
  });

  it('refuses another hash and writes nothing', async () => {
    const { plan, spec, runsDir, objects } = await open();
    const batch = await plan(await spec());
    await expect(batch.start({ hash: 'f'.repeat(64), typedMessages: null })).rejects.toMatchObject({
      failure: { code: 'PLAN_CHANGED' },
    });
    expect(await listBatches(runsDir)).toEqual([]);
    expect(await objects('anna')).toEqual(new Map());
    await batch.discard();
  });

  it('names a calendar that cannot be planned and goes on with the others', async () => {
    const { plan, spec, lockedOut } = await open();
    lockedOut.add('ben');
    const batch = await plan(await spec());
    expect(batch.summary).toMatchObject({ members: 4, blocked: 1, counts: { create: 8 } });
    expect(batch.members[1]).toMatchObject({
      state: 'needs-attention',
      hash: null,
      problem: { code: 'SERVER_UNAUTHORIZED' },
    });
    const { settled, members } = await runWhole(batch);
    expect(settled).toMatchObject({ status: 'incomplete', totals: { created: 8 }, verified: 8 });
    expect(members[1]?.state).toBe('needs-attention');
  });

  it('is refused when no calendar can be worked on', async () => {
    const { plan, spec, lockedOut } = await open({ anna: events('anna', 1) });
    lockedOut.add('anna');
    const batch = await plan(await spec());
    expect(batch.summary.stops).toMatchObject([{ code: 'NOTHING_CAN_RUN', override: false }]);
    await expect(batch.start({ hash: batch.summary.hash, typedMessages: null })).rejects.toMatchObject({
      failure: { code: 'NOTHING_CAN_RUN' },
    });
    await batch.discard();
  });

  it('leaves a calendar alone whose plan is another one by the time it begins', async () => {
    const { plan, spec, source, objects } = await open();
    const batch = await plan(await spec());
    await source('cleo', events('cleo', 5));
    const { settled, members } = await runWhole(batch);
    expect(members[2]).toMatchObject({ state: 'needs-attention', problem: { code: 'PLAN_CHANGED' } });
    expect(members[2]?.problem?.message).toContain('changed since the plan was made');
    expect(await objects('cleo')).toEqual(new Map());
    expect(settled).toMatchObject({ status: 'incomplete', totals: { created: 6, cancelled: 4 } });
  });

  it('begins a stage only when the one before has ended', async () => {
    const { plan, spec } = await open();
    const given = await spec({}, { members: 4 });
    const batch = await plan({
      ...given,
      members: given.members.map((one, at) => ({ ...one, stage: at < 2 ? 1 : 0 })),
    });
    const { events: said } = await runWhole(batch);
    const states = said.flatMap((event) => (event.kind === 'member' ? [event.member] : []));
    const firstOfLater = states.findIndex(({ id, state }) => id < 2 && state === 'checking');
    const before = new Set(
      states
        .slice(0, firstOfLater)
        .filter(({ state }) => state === 'done')
        .map(({ id }) => id),
    );
    expect(before).toEqual(new Set([2, 3]));
  });

  it('never has more requests under way than the origin allows', async () => {
    const { plan, spec, server } = await open();
    server.setDelay(5);
    const most = countRequests();
    const batch = await plan(await spec({}, { members: 4, perOrigin: 2 }));
    const { settled } = await runWhole(batch);
    expect([settled.status, most()]).toEqual(['complete', 2]);
  });

  it('stops after so many failed events, and a resume goes on', async () => {
    const { plan, spec, server, resume } = await open();
    server.setFaults([{ method: 'PUT', status: 403, count: 2 }]);
    const batch = await plan(await spec({}, { members: 1, stopAfter: 2 }));
    const { settled, batchId, events: said } = await runWhole(batch);
    expect(settled.status).toBe('stopped');
    expect(said.filter(({ kind }) => kind === 'problem')).toHaveLength(1);
    server.setFaults([]);
    const again = await followBatch(await resume(batchId));
    expect(again.settled).toMatchObject({ status: 'incomplete', totals: { failed: 2, created: 8 } });
  });

  it('is stopped by a person and resumed to the same end', async () => {
    const { plan, spec, resume, objects, engine } = await open();
    const batch = await plan(await spec({}, { members: 1 }));
    const handle = await batch.start(consentTo(batch));
    const first = await followBatch(handle, (some) => {
      if (some.some((event) => event.kind === 'member' && event.member.state === 'done')) handle.stop();
    });
    expect(first.settled.status).toBe('stopped');
    const again = await followBatch(await resume(handle.batchId));
    expect(again.settled).toMatchObject({ status: 'complete', totals: { created: 10 }, verified: 10 });
    expect((await objects('dan')).size).toBe(1);
    expect(await engine.runs()).toHaveLength(4);
    await expect(resume(handle.batchId)).rejects.toMatchObject({ failure: { code: 'RUN_FINISHED' } });
  });

  it('a server that is gone ends it after a few calendars, and everything is still to be done', async () => {
    const { plan, spec, server } = await open({ ...four, eva: events('eva', 1), fred: events('fred', 1) });
    const batch = await plan(await spec({}, { members: 1 }));
    await server.close();
    const { settled, members } = await runWhole(batch);
    expect(settled).toMatchObject({ status: 'stopped', totals: { cancelled: 12 } });
    expect(members.map(({ state }) => state)).toEqual([
      'needs-attention',
      'needs-attention',
      'needs-attention',
      'queued',
      'queued',
      'queued',
    ]);
  }, 60_000);

  it('pauses, and goes on', async () => {
    const { plan, spec } = await open();
    const batch = await plan(await spec({}, { members: 1 }));
    const handle = await batch.start(consentTo(batch));
    handle.pause(true);
    setTimeout(() => handle.pause(false), 50);
    const { settled, events: said } = await followBatch(handle);
    expect(settled.status).toBe('complete');
    expect(said.flatMap((event) => (event.kind === 'paused' ? [event.paused] : []))).toEqual([true, false]);
  });

  it('says a damaged folder plainly', async () => {
    const { runsDir } = await open({ anna: events('anna', 1) });
    const id = '20370101T000000000-0badf00d';
    await mkdir(`${batchesDir(runsDir)}/${id}`, { recursive: true });
    await writeFile(`${batchesDir(runsDir)}/${id}/batch.json`, '{');
    await expect(openBatch(runsDir, id)).rejects.toMatchObject({ failure: { code: 'RUN_DAMAGED' } });
    await expect(openBatch(runsDir, '../runs')).rejects.toMatchObject({ failure: { code: 'RUN_NOT_FOUND' } });
  });
});

/** Counts requests of this process from now on; gives how many were under way at the same time at most. */
function countRequests(): () => number {
  let [now, most] = [0, 0];
  const begin = (): void => {
    now += 1;
    most = Math.max(most, now);
  };
  const end = (): void => {
    now -= 1;
  };
  subscribe('undici:client:sendHeaders', begin);
  subscribe('undici:request:trailers', end);
  subscribe('undici:request:error', end);
  return () => {
    unsubscribe('undici:client:sendHeaders', begin);
    unsubscribe('undici:request:trailers', end);
    unsubscribe('undici:request:error', end);
    return most;
  };
}
