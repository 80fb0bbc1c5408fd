import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../shared/model/outcome.ts';
import { jobEvent } from '../../../shared/model/job.ts';
import { runReport } from '../../../shared/model/kept/report.ts';
import {
  calendar,
  event,
  follow,
  GUESTS,
  itemsOf,
  openWorld,
  runAll,
  type Finished,
  type World,
} from './testing/world.ts';
import { consentTo } from './testing/consent.ts';
import { NO_FILTER } from '../../../shared/model/plan.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

function expectReconciled(run: Finished, rows: number): void {
  const items = itemsOf(run);
  expect(items).toHaveLength(rows);
  expect(new Set(items.map((item) => item.row)).size).toBe(rows);
  for (const bucket of OUTCOMES) {
    expect([bucket, items.filter((item) => item.outcome === bucket).length]).toEqual([
      bucket,
      run.settled.totals[bucket],
    ]);
  }
  expect(run.events[0]?.kind).toBe('started');
  expect(run.events[1]?.kind).toBe('plan');
  for (const one of run.events) expect(jobEvent.safeParse(one).success).toBe(true);
}

const three = calendar([
  ['UID:a', ...GUESTS],
  ['UID:b', 'SUMMARY:Lunch'],
  ['UID:c', 'DESCRIPTION:é ünïcödé'],
]);

describe('restore', () => {
  it('stores every event, verifies it, tells nobody, and does nothing the second time', async () => {
    const source = await world.source('three.ics', three);
    const first = await world.restore({ sources: [source] });
    expect(first.settled).toMatchObject({ status: 'complete', verified: 3, totals: { created: 3 } });
    expectReconciled(first, 3);
    expect((await world.objects()).size).toBe(3);
    expect(world.server.messages()).toHaveLength(0);
    const again = await world.restore({ sources: [source] });
    expect(again.settled).toMatchObject({ status: 'complete', totals: { created: 0, unchanged: 3 } });
    expectReconciled(again, 3);
  });

  it('tells everybody in mode all, once each', async () => {
    await world.restore({ sources: [await world.source('three.ics', three)], mode: 'all' });
    const to = world.server.messages().map((message) => message.to.replace('mailto:', ''));
    expect(to.sort()).toEqual(['bob@example.com', 'ext@other.test']);
  });

  it('goes on when one file and one event are bad, and names both', async () => {
    const cut = await world.source('cut.ics', three.slice(0, three.indexOf('UID:c') + 5));
    const binary = await world.source('photo.ics', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 255, 254]));
    const good = await world.source('good.ics', event('good'));
    const run = await world.restore({ sources: [cut, binary, good] });
    expect(run.settled.status).toBe('incomplete');
    expect(run.settled.totals).toMatchObject({ created: 3, rejected: 2 });
    const bad = itemsOf(run).filter((item) => item.outcome === 'rejected');
    for (const item of bad) expect(item.reason).toMatch(/\.$/);
    expect(bad.map((item) => item.file).sort()).toEqual([cut, binary].sort());
  });

  it('restores the ticked rows only, and says so in another hash', async () => {
    const source = await world.source('three.ics', three);
    const job = await world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection);
    const { hash } = job.summary;
    const filter = { search: 'lunch', actions: [], attention: 'any', months: null } as const;
    await job.select(filter, false);
    expect(job.summary.hash).not.toBe(hash);
    await expect(job.start({ hash, typedMessages: null })).rejects.toMatchObject({ failure: { code: 'PLAN_CHANGED' } });
    const run = await runAll(job);
    expect(run.settled.totals).toMatchObject({ created: 2, skipped: 1 });
    expectReconciled(run, 3);
    await expect(runAll(job)).rejects.toMatchObject({ failure: { code: 'PLAN_USED' } });
  });

  it('restores what the rules choose', async () => {
    const source = await world.source('three.ics', three);
    const run = await world.restore({ sources: [source], only: ['text~ünïcödé'] });
    expect(run.settled.totals).toMatchObject({ created: 1, skipped: 2 });
    expect([...(await world.objects()).values()].join('')).toContain('UID:c');
  });

  it('lets a person settle what differs: the backup, the server, or both', async () => {
    for (const uid of ['a', 'b', 'c'])
      await world.put(`${uid}.ics`, event(uid, ['SEQUENCE:3', 'SUMMARY:Changed', ...GUESTS]));
    const mine = ['a', 'b', 'c', 'd'].map((uid) => [`UID:${uid}`, 'SEQUENCE:1', 'SUMMARY:Backup', ...GUESTS]);
    const source = await world.source('four.ics', calendar(mine));
    const job = await world.engine.prepareRestore(world.spec({ sources: [source], mode: 'none' }), world.connection);
    const all = NO_FILTER;
    const conflicts = { ...all, actions: ['conflict'] } as const;
    const before = job.summary;
    expect(before.counts).toMatchObject({ create: 1, conflict: 3 });
    expect((await job.row(0)).choices).toEqual(['backup', 'server', 'copy']);
    expect((await job.row(3)).choices).toEqual([]);
    await expect(job.resolve([3], 'backup')).rejects.toThrow(/differ/);

    await job.resolve(conflicts, 'backup');
    expect(job.summary.counts).toMatchObject({ create: 1, update: 3, conflict: 0 });
    expect(job.summary.hash).not.toBe(before.hash);
    expect(job.summary.notified.all.messages).toBe(before.notified.all.messages + 6);
    expect((await job.rows({ ...all, attention: 'decided' }, 0, 10)).matching).toBe(3);
    await job.resolve(all, 'undecided');
    expect(job.summary).toEqual(before);

    await job.resolve([0], 'backup');
    await job.resolve([1], 'server');
    await job.resolve([2], 'copy');
    expect((await job.rows(all, 0, 10)).rows.map((row) => row.decided)).toEqual([
      'backup',
      'server',
      'copy',
      undefined,
    ]);
    const copy = await job.row(2);
    expect(copy.difference).toContainEqual(expect.objectContaining({ server: 'Changed', backup: 'Backup' }));
    expect(copy.difference?.map(({ field }) => field)).not.toContain('Other properties');
    await expect(job.start({ hash: before.hash, typedMessages: null })).rejects.toMatchObject({
      failure: { code: 'PLAN_CHANGED' },
    });
    const run = await runAll(job);
    expect(run.settled).toMatchObject({
      status: 'complete',
      verified: 3,
      totals: { created: 2, updated: 1, skipped: 1, conflict: 0 },
    });
    expectReconciled(run, 4);
    const texts = [...(await world.objects()).values()].map((text) => text.replace(/UID:.{20,}/, 'UID:copy'));
    const stored = texts.map((text) => `${/UID:(\S+)/.exec(text)?.[1] ?? ''} ${/SUMMARY:(\S+)/.exec(text)?.[1] ?? ''}`);
    expect(stored.sort()).toEqual(['a Backup', 'b Changed', 'c Changed', 'copy Backup', 'd Backup']);
    expect(world.server.messages()).toHaveLength(0);
  });

  it('keeps what is newer on the server, and replaces it when told to', async () => {
    await world.put('mine.ics', event('a', ['SEQUENCE:3', 'SUMMARY:Changed']));
    const source = await world.source('a.ics', event('a', ['SEQUENCE:1', 'SUMMARY:Backup']));
    const kept = await world.restore({ sources: [source] });
    expect(kept.settled).toMatchObject({ status: 'incomplete', totals: { conflict: 1 } });
    const job = await world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection);
    const detail = await job.row(0);
    expect(detail.difference).toContainEqual(expect.objectContaining({ server: 'Changed', backup: 'Backup' }));
    expect(detail.raw).toContain('SUMMARY:Backup');
    await job.discard();
    const replaced = await world.restore({ sources: [source], onConflict: 'replace' });
    expect(replaced.settled).toMatchObject({ status: 'complete', totals: { updated: 1 }, verified: 1 });
    const copied = await world.restore({ sources: [await world.source('b.ics', event('a'))], onConflict: 'copy' });
    expect(copied.settled).toMatchObject({ status: 'complete', totals: { created: 1 }, verified: 1 });
    expect((await world.objects()).size).toBe(2);
  });

  it('is refused, nothing written, when the calendar changed since the plan was made', async () => {
    const source = await world.source('three.ics', three);
    const job = await world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection);
    const row = (await job.rows(NO_FILTER, 0, 1)).rows[0];
    await world.put(row?.href ?? '', event('a'));
    world.passTime(60_000);
    await expect(runAll(job)).rejects.toMatchObject({ failure: { code: 'PLAN_EXPIRED' } });
    expect((await world.objects()).size).toBe(1);
    expect(await world.engine.runs()).toEqual([]);
    await job.discard();
  });

  it('leaves alone what somebody else wrote a moment ago', async () => {
    const source = await world.source('three.ics', three);
    const job = await world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection);
    const row = (await job.rows(NO_FILTER, 0, 1)).rows[0];
    await world.put(row?.href ?? '', event('a', ['SUMMARY:Somebody was faster']));
    const run = await runAll(job);
    // Too fresh for a second listing: If-None-Match guards the write.
    expect(run.settled.totals).toMatchObject({ created: 2, conflict: 1 });
    expect([...(await world.objects()).values()].join('')).toContain('Somebody was faster');
  });

  it.each([
    ['none', 'before', 0],
    ['none', 'after', 0],
    ['all', 'after', 2],
  ] as const)(
    'in mode %s, answers lost %s the write make no duplicate and no second message',
    async (mode, cut, messages) => {
      const source = await world.source('three.ics', three);
      world.server.setFaults([{ method: 'PUT', cut, count: 2 }]);
      const run = await world.restore({ sources: [source], mode });
      expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 3 }, verified: 3 });
      expect((await world.objects()).size).toBe(3);
      expect(world.server.messages()).toHaveLength(messages);
    },
  );

  it('waits when the server asks for it, and says so', async () => {
    world.server.setFaults([{ method: 'PUT', status: 503, retryAfter: 0, count: 2 }]);
    const run = await world.restore({ sources: [await world.source('three.ics', three)] });
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 3 } });
    expect(run.events.filter((one) => one.kind === 'waiting')).toHaveLength(2);
  });

  it('gives up on a server that only asks to wait, and leaves the rest for later', async () => {
    const many = calendar(Array.from({ length: 20 }, (_, at) => [`UID:${at}`]));
    world.server.setFaults([{ method: 'PUT', status: 503, retryAfter: 0, count: 0 }]);
    const run = await world.restore({ sources: [await world.source('many.ics', many)] });
    expect(run.settled.status).toBe('stopped');
    expect(run.settled.totals.failed + run.settled.totals.cancelled).toBe(20);
    expectReconciled(run, 20);
    world.server.setFaults([]);
    const resumed = await world.resume(run.runId);
    const retried = await runAll(await world.engine.prepareRetry(run.runId, world.connection));
    expect(resumed.settled.totals.created + retried.settled.totals.created).toBe(20);
    expect((await world.objects()).size).toBe(20);
  });

  it('says so when what was stored cannot be read back', async () => {
    const source = await world.source('three.ics', three);
    const job = await world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection);
    world.server.setFaults([
      { method: 'REPORT', status: 403, count: 0 },
      { method: 'GET', status: 403, count: 0 },
    ]);
    const run = await runAll(job);
    expect(run.settled).toMatchObject({ status: 'incomplete', verified: 0, totals: { created: 3 } });
    expect(itemsOf(run)[0]?.reason).toContain('could not be read back');
  });

  it('one refused event costs no other', async () => {
    world.server.setFaults([{ method: 'PUT', status: 403, count: 1 }]);
    const run = await world.restore({ sources: [await world.source('three.ics', three)] });
    expect(run.settled).toMatchObject({ status: 'incomplete', totals: { created: 2, failed: 1 } });
    world.server.setFaults([]);
    const retried = await runAll(await world.engine.prepareRetry(run.runId, world.connection));
    expect(retried.settled).toMatchObject({ status: 'complete', totals: { created: 1 }, verified: 1 });
    expect((await world.objects()).size).toBe(3);
  });

  it('stops, can be resumed, and then has done everything once', async () => {
    const many = calendar(Array.from({ length: 120 }, (_, at) => [`UID:${at}`, ...GUESTS]));
    const source = await world.source('many.ics', many);
    world.server.setDelay(5);
    const job = await world.engine.prepareRestore(world.spec({ sources: [source], mode: 'all' }), world.connection);
    const handle = await job.start(consentTo(job));
    const stopped = await follow(handle, (batch) => {
      if (batch.some((one) => one.kind === 'item')) handle.stop();
    });
    expect(stopped.settled.status).toBe('stopped');
    expect(stopped.settled.totals.cancelled).toBeGreaterThan(0);
    expect(stopped.settled.totals.unknown).toBe(0);
    expectReconciled(stopped, 120);
    const resumed = await world.resume(stopped.runId);
    expect(resumed.settled).toMatchObject({ status: 'complete', totals: { created: 120 }, verified: 120 });
    expectReconciled(resumed, 120);
    expect(world.server.messages()).toHaveLength(240);
    await expect(world.engine.resume(stopped.runId, world.connection, null)).rejects.toMatchObject({
      failure: { code: 'RUN_FINISHED' },
    });
  });

  it('stops the run when nothing more can be done, and leaves the rest for a resume', async () => {
    world.server.setFaults([{ method: 'PUT', status: 507, count: 0 }]);
    const run = await world.restore({ sources: [await world.source('three.ics', three)] });
    expect(run.settled).toMatchObject({ status: 'stopped', totals: { cancelled: 3 } });
    const problems = run.events.flatMap((one) => (one.kind === 'problem' ? [one.failure.message] : []));
    expect(problems).toHaveLength(1);
    expect((await world.engine.report(run.runId)).notes).toEqual(expect.arrayContaining(problems));
    world.server.setFaults([]);
    const resumed = await world.resume(run.runId);
    expect(resumed.settled).toMatchObject({ status: 'complete', totals: { created: 3 } });
  });

  it('has a report and a history that agree with the events', async () => {
    const run = await world.restore({ sources: [await world.source('three.ics', three)] });
    const report = await world.engine.report(run.runId);
    expect(runReport.safeParse(report).success).toBe(true);
    expect(report.run).toMatchObject({ status: 'complete', totals: run.settled.totals, canUndo: true, running: false });
    expect(report.notes.join(' ')).toContain('From now on any edit');
    expect(await world.engine.runs()).toEqual([{ ...report.run, size: expect.any(Number) }]);
    let text = '';
    for await (const piece of await world.engine.exportReport(run.runId, 'json')) text += piece;
    expect(JSON.parse(text)).toMatchObject({ run: { runId: run.runId } });
    expect(report.run.sources).toEqual(['three.ics']);
  });
});

describe('undo', () => {
  it('brings the calendar back to what it was, and can be undone itself', async () => {
    await world.put('old.ics', event('a', ['SUMMARY:Old words']));
    await world.put('other.ics', event('z'));
    const before = await world.objects();
    const source = await world.source('three.ics', calendar([['UID:a', 'SEQUENCE:2', ...GUESTS], ['UID:b']]));
    const run = await world.restore({ sources: [source] });
    expect(run.settled.totals).toMatchObject({ created: 1, updated: 1 });
    const after = await world.objects();

    const undone = await runAll(await world.engine.prepareUndo(run.runId, world.connection));
    expect(undone.settled).toMatchObject({ status: 'complete', totals: { deleted: 1, updated: 1 }, verified: 2 });
    expect(await world.objects()).toEqual(before);

    const redone = await runAll(await world.engine.prepareUndo(undone.runId, world.connection));
    expect(redone.settled).toMatchObject({ status: 'complete', totals: { created: 1, updated: 1 }, verified: 2 });
    expect(await world.objects()).toEqual(after);
    expect(world.server.messages()).toHaveLength(0);
  });

  it('has one row per write in the order of the run, in whatever order the server answers', async () => {
    const events = Array.from({ length: 130 }, (_, n) => [`UID:event-${String(n)}`]);
    const run = await world.restore({ sources: [await world.source('many.ics', calendar(events))] });
    world.server.setFaults([{ method: 'REPORT', count: 1, delayMs: 300 }]);
    const job = await world.engine.prepareUndo(run.runId, world.connection);
    const { rows } = await job.rows(NO_FILTER, 0, 500);
    expect(rows.map(({ id, uid }) => [id, uid])).toEqual(events.map((_, n) => [n, `event-${String(n)}`]));
    expect(job.summary.counts.delete).toBe(130);
    await job.discard();
  });

  it('counts what is being ticked when it is asked to start', async () => {
    const job = await world.engine.prepareRestore(
      world.spec({ sources: [await world.source('three.ics', three)] }),
      world.connection,
    );
    const { hash } = job.summary;
    const ticking = job.select([0], false);
    await expect(job.start({ hash, typedMessages: null })).rejects.toMatchObject({ failure: { code: 'PLAN_CHANGED' } });
    await ticking;
    expect(job.summary.hash).not.toBe(hash);
    await job.discard();
  });

  it('leaves alone what was changed since, and can be partial', async () => {
    const run = await world.restore({ sources: [await world.source('three.ics', three)] });
    const [first] = itemsOf(run);
    await world.put(first?.href ?? '', event(first?.uid ?? '', ['SUMMARY:Edited since']));
    const job = await world.engine.prepareUndo(run.runId, world.connection);
    expect(job.summary.counts).toMatchObject({ delete: 2, conflict: 1 });
    const deletes = (await job.rows({ search: '', actions: ['delete'], attention: 'any', months: null }, 0, 9)).rows;
    await job.select([deletes[0]?.id ?? -1], false);
    const undone = await runAll(job);
    expect(undone.settled.totals).toMatchObject({ deleted: 1, skipped: 1, conflict: 1 });
    expect((await world.objects()).size).toBe(2);
    const again = await world.engine.prepareUndo(run.runId, world.connection);
    expect(again.summary.counts).toMatchObject({ delete: 1, unchanged: 1, conflict: 1 });
    await again.discard();
  });
});
