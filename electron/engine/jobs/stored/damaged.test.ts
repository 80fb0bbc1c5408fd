import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unsealFolder } from '../../run/testing/unsealed.ts';
import { calendar, event, GUESTS, openWorld, runAll, type Finished, type World } from '../testing/world.ts';
import { NO_FILTER } from '../../../../shared/model/plan.ts';

/* What is kept of a run is checked wherever it is read: damage costs the rows that it hit, is named, and reaches no server. */

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

/** Two events overwritten and one new one. */
async function restored(): Promise<Finished> {
  for (const uid of ['a', 'b']) await world.put(`${uid}.ics`, event(uid, ['SUMMARY:Old']));
  const backup = calendar([
    ['UID:a', 'SEQUENCE:2', ...GUESTS],
    ['UID:b', 'SEQUENCE:2', ...GUESTS],
    ['UID:c', ...GUESTS],
  ]);
  const run = await world.restore({ sources: [await world.source('b.ics', backup)], onConflict: 'replace' });
  expect(run.settled.totals).toMatchObject({ created: 1, updated: 2 });
  return run;
}

async function change(run: Finished, name: string, how: (bytes: Buffer) => Buffer | string): Promise<void> {
  const path = join(world.runsDir, run.runId, name);
  await writeFile(path, how(await readFile(path)));
}

/** One letter of a text is another one. */
function spoil(bytes: Buffer, text: string): Buffer {
  const at = bytes.indexOf(text);
  expect(at).toBeGreaterThan(-1);
  const spoilt = Buffer.from(bytes);
  spoilt[at] = (spoilt[at] ?? 0) ^ 1;
  return spoilt;
}

/** As a process leaves it that is killed at once after the first record of this kind. */
async function killAfter(run: Finished, record: string): Promise<void> {
  await rm(join(world.runsDir, run.runId, 'result.json'));
  await change(run, 'journal.jsonl', (bytes) => {
    const lines = bytes.toString('utf8').split('\n');
    return `${lines.slice(0, lines.findIndex((line) => line.startsWith(`{"k":"${record}"`)) + 1).join('\n')}\n`;
  });
}

const texts = async (): Promise<string> => [...(await world.objects()).values()].join('');

describe('undo', () => {
  it('puts back the originals that are sound, and names the one that is not', async () => {
    const run = await restored();
    await change(run, 'originals.pack', (bytes) => spoil(bytes, 'SUMMARY:Old'));
    const undo = await runAll(await world.engine.prepareUndo(run.runId, world.connection));
    expect(undo.settled).toMatchObject({ status: 'incomplete', totals: { updated: 1, deleted: 1, conflict: 1 } });
    const { items } = await world.engine.report(undo.runId);
    expect(items.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('saved original is damaged'));
    expect(await texts()).not.toContain('SUMMARY:Nld');
  });

  it('does without a line of the journal that is damaged, and says so', async () => {
    const run = await restored();
    await change(run, 'journal.jsonl', (bytes) => spoil(bytes, 'original"'));
    const report = await world.engine.report(run.runId);
    expect(report.run.totals).toMatchObject({ created: 1, updated: 2 });
    expect(report.notes).toContainEqual(expect.stringContaining('1 line of its journal is damaged'));
    const undo = await runAll(await world.engine.prepareUndo(run.runId, world.connection));
    expect(undo.settled.totals).toMatchObject({ updated: 1, deleted: 1, conflict: 1 });
  });

  it('leaves alone what a damaged line of the plan was about', async () => {
    const run = await restored();
    await change(run, 'plan.jsonl', (bytes) => spoil(bytes, '"uid":"a"'));
    const undo = await runAll(await world.engine.prepareUndo(run.runId, world.connection));
    expect(undo.settled.totals).toMatchObject({ updated: 1, deleted: 1, conflict: 1 });
    expect(await texts()).toContain('UID:a');
  });
});

describe('resume', () => {
  it('sends no text that is damaged, and a retry names it too', async () => {
    const run = await restored();
    world.server.reset();
    for (const uid of ['a', 'b']) await world.put(`${uid}.ics`, event(uid, ['SUMMARY:Old']));
    await killAfter(run, 'open');
    await change(run, 'bodies.pack', (bytes) => spoil(bytes, 'UID:c'));
    const resumed = await world.resume(run.runId);
    expect(resumed.settled.totals.failed).toBeGreaterThan(0);
    expect(await texts()).not.toContain('UID:b\r\nUID');
    const retry = await world.engine.prepareRetry(run.runId, world.connection);
    const { rows } = await retry.rows(NO_FILTER, 0, 10);
    expect(rows).toContainEqual(expect.objectContaining({ uid: 'c', action: 'reject' }));
    await retry.discard();
  });

  it('does not take a run for another one because its folder was edited', async () => {
    const run = await restored();
    await killAfter(run, 'open');
    await change(run, 'run.json', (bytes) => bytes.toString('utf8').replaceAll('"none"', '"all"'));
    const damaged = { failure: { code: 'RUN_DAMAGED' } };
    await expect(world.engine.resume(run.runId, world.connection, null)).rejects.toMatchObject(damaged);
    await expect(world.engine.prepareRetry(run.runId, world.connection)).rejects.toMatchObject(damaged);
    await expect(world.engine.prepareUndo(run.runId, world.connection)).rejects.toMatchObject(damaged);
    await expect(world.engine.whereOf(run.runId)).rejects.toMatchObject(damaged);
    expect(world.server.messages()).toEqual([]);
  });

  it('does not take a journal that was cut off for one that was never written', async () => {
    const run = await restored();
    const undo = await runAll(await world.engine.prepareUndo(run.runId, world.connection));
    expect(undo.settled.totals).toMatchObject({ updated: 2, deleted: 1 });
    const before = await world.objects();
    for (const size of [0, 300]) {
      await change(run, 'journal.jsonl', (bytes) => bytes.subarray(0, size));
      const report = await world.engine.report(run.runId);
      expect([size, report.run.totals.unknown]).toEqual([size, 3]);
      const resumed = await world.resume(run.runId);
      expect(resumed.settled.totals).toMatchObject({ failed: 3 });
      expect(await world.objects()).toEqual(before);
    }
  });
});

it('a folder of an earlier version, without checksums, is read and taken back as ever', async () => {
  const run = await restored();
  await unsealFolder(join(world.runsDir, run.runId));
  expect((await world.engine.runs()).map(({ status }) => status)).toEqual(['complete']);
  expect((await world.engine.report(run.runId)).run.totals).toMatchObject({ created: 1, updated: 2 });
  const undo = await runAll(await world.engine.prepareUndo(run.runId, world.connection));
  expect(undo.settled).toMatchObject({ status: 'complete', totals: { updated: 2, deleted: 1 } });
});

it('checksums that were taken away from one file only are missed', async () => {
  const run = await restored();
  await change(run, 'run.json', (bytes) =>
    bytes
      .toString('utf8')
      .replace(/,"sum":"\w+"/, '')
      .replaceAll('"none"', '"all"'),
  );
  await expect(world.engine.prepareUndo(run.runId, world.connection)).rejects.toMatchObject({
    failure: { code: 'RUN_DAMAGED' },
  });
});
