import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { calendar, event, follow, GUESTS, openWorld, runAll, type World } from './testing/world.ts';
import { consentTo } from './testing/consent.ts';

/*
 * The process may die anywhere. Each test takes a finished run, cuts its journal after some record or in the middle of
 * one, which is what a crash leaves, and resumes against the server as the whole run left it: every write was applied,
 * and the journal has forgotten some of that.
 */

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

/** The folder of a run whose process died: no end, and this much of a journal. */
async function leave(runId: string, journal: string | Buffer): Promise<void> {
  const folder = join(world.runsDir, runId);
  await rm(join(folder, 'result.json'), { force: true });
  await writeFile(join(folder, 'journal.jsonl'), journal);
}

const backup = calendar([['UID:a', 'SEQUENCE:2', ...GUESTS], ['UID:b', ...GUESTS], ['UID:c']]);

it('ends in the same state with no message twice, wherever the journal was cut', async () => {
  await world.put('old.ics', event('a', ['SUMMARY:Old']));
  const run = await world.restore({
    sources: [await world.source('b.ics', backup)],
    mode: 'all',
    onConflict: 'replace',
  });
  expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 2, updated: 1 } });
  const journal = await readFile(join(world.runsDir, run.runId, 'journal.jsonl'));
  const after = await world.objects();
  const messages = world.server.messages().length;
  expect(messages).toBeGreaterThan(0);

  const ends = [...journal.keys()].filter((at) => journal[at] === 0x0a).map((at) => at + 1);
  // Before the intent of a row nothing of it can have been sent, so the cuts begin after the last intent.
  const lastIntent = journal.lastIndexOf('\n{"k":"intent"');
  const cuts = ends.filter((end) => end > lastIntent + 1).flatMap((end) => [end, end + 7]);
  expect(cuts.length).toBeGreaterThan(10);
  for (const cut of cuts) {
    await leave(run.runId, journal.subarray(0, Math.min(cut, journal.length - 2)));
    const before = await world.engine.report(run.runId);
    expect(before.run.status).toBe('interrupted');
    const resumed = await world.resume(run.runId);
    expect([cut, resumed.settled.status, resumed.settled.totals]).toMatchObject([
      cut,
      'complete',
      { created: 2, updated: 1, unknown: 0, cancelled: 0 },
    ]);
    expect(resumed.settled.verified).toBe(3);
    expect(await world.objects()).toEqual(after);
    expect(world.server.messages()).toHaveLength(messages);
  }
});

it('sends what was intended and never sent', async () => {
  const run = await world.restore({ sources: [await world.source('b.ics', backup)] });
  const folder = join(world.runsDir, run.runId);
  const journal = await readFile(join(folder, 'journal.jsonl'), 'utf8');
  for (const keep of ['"k":"open"', '"k":"intent"']) {
    world.server.reset();
    const lines = journal.split('\n').slice(0, journal.split('\n').findIndex((line) => line.includes(keep)) + 1);
    await leave(run.runId, `${lines.join('\n')}\n`);
    const resumed = await world.resume(run.runId);
    expect(resumed.settled).toMatchObject({ status: 'complete', totals: { created: 3 }, verified: 3 });
    expect((await world.objects()).size).toBe(3);
  }
});

it('does not overwrite what somebody put where a write may have gone', async () => {
  const run = await world.restore({ sources: [await world.source('b.ics', backup)], mode: 'all' });
  const folder = join(world.runsDir, run.runId);
  const journal = await readFile(join(folder, 'journal.jsonl'), 'utf8');
  const upTo = journal.indexOf('\n', journal.indexOf('"k":"intent"')) + 1;
  await leave(run.runId, journal.slice(0, upTo));
  const [href] = (await world.objects()).keys();
  const uid = /UID:(.*)\r/.exec((await world.objects()).get(href ?? '') ?? '')?.[1] ?? '';
  await world.put(href ?? '', event(uid, ['SUMMARY:Mine now']));
  const resumed = await world.resume(run.runId);
  expect(resumed.settled).toMatchObject({ status: 'incomplete', totals: { created: 2, conflict: 1 } });
  expect((await world.objects()).get(href ?? '')).toContain('Mine now');
});

it('refuses a run that goes on elsewhere, and what is no run', async () => {
  const run = await world.restore({ sources: [await world.source('b.ics', backup)] });
  const folder = join(world.runsDir, run.runId);
  await writeFile(join(folder, 'lock.1'), JSON.stringify({ pid: process.pid, began: null }));
  await expect(world.engine.resume(run.runId, world.connection, null)).rejects.toMatchObject({
    failure: { code: 'RUN_LOCKED' },
  });
  await expect(world.engine.resume('../../etc', world.connection, null)).rejects.toMatchObject({
    failure: { code: 'RUN_NOT_FOUND' },
  });
});

it('a process that loses the sources needs them no more', async () => {
  const source = await world.source('b.ics', backup);
  const job = await world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection);
  const handle = await job.start(consentTo(job));
  handle.stop();
  const stopped = await follow(handle);
  expect(stopped.settled.status).toBe('stopped');
  await writeFile(source, 'gone');
  const resumed = await world.resume(stopped.runId);
  expect(resumed.settled).toMatchObject({ status: 'complete', totals: { created: 3 } });
  await expect(
    world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection).then(runAll),
  ).rejects.toMatchObject({ failure: { code: 'EMPTY_SOURCE' } });
});
