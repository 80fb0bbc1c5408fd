import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CleanupSpec } from '../../../../shared/model/batch/cleanup.ts';
import { readHead, runPaths, findRun } from '../../run/kept/folder.ts';
import { runHead } from '../../run/types.ts';
import { event, GUESTS, openWorld, runAll, type World } from '../testing/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const OF_RESTORE = ['sources', 'onConflict', 'since', 'makeCalendar', 'rewrites'];

async function keptSpec(runId: string): Promise<Readonly<Record<string, unknown>>> {
  const kept: unknown = JSON.parse(await readFile(runPaths(await findRun(world.runsDir, runId)).head, 'utf8'));
  const { spec } = kept as { readonly spec: Readonly<Record<string, unknown>> };
  return spec;
}

function cleanupSpec(): CleanupSpec {
  const login = { url: world.calendarUrl, user: 'alice', way: 'own', actor: 'alice', credential: 'password' } as const;
  return {
    places: [
      { login: { ...login, secret: 'PASSWORD' }, mailbox: 'alice', url: world.calendarUrl, name: 'Work', inbox: false },
    ],
    rules: ['uid=spam'],
    any: false,
    mode: 'none',
    includeOwn: true,
    maxShare: 1,
    keep: [],
    assume: [],
    limits: { members: 2, perOrigin: 4, stopAfter: null, hours: null },
  };
}

async function restored(): Promise<string> {
  const source = await world.source('backup.ics', event('one', GUESTS));
  const { runId } = await world.restore({ sources: [source], since: '2020-01-01', rewrites: { emailAlarms: true } });
  return runId;
}

it('a run keeps what its own job was asked, and no other', async () => {
  const parent = await restored();
  expect(await keptSpec(parent)).toMatchObject({ sources: ['backup.ics'], onConflict: 'newer', since: '2020-01-01' });

  const undo = await runAll(await world.engine.prepareUndo(parent, world.connection, { only: ['uid=one'] }));
  const ofUndo = await keptSpec(undo.runId);
  expect(Object.keys(ofUndo).filter((key) => OF_RESTORE.includes(key))).toEqual([]);
  expect(ofUndo).toMatchObject({ calendarUrl: world.calendarUrl, user: 'alice', mode: 'none', only: ['uid=one'] });

  await world.put('spam.ics', event('spam', GUESTS));
  const cleanup = await runAll(await world.engine.prepareCleanup(cleanupSpec(), 0, world.connection));
  expect(cleanup.settled).toMatchObject({ status: 'complete', totals: { deleted: 1 } });
  const ofCleanup = await keptSpec(cleanup.runId);
  expect(Object.keys(ofCleanup).filter((key) => [...OF_RESTORE, 'only'].includes(key))).toEqual([]);
  expect((await world.engine.runs()).map(({ job, sources }) => [job, sources])).toEqual(
    expect.arrayContaining([
      ['restore', ['backup.ics']],
      ['undo', []],
      ['cleanup', []],
    ]),
  );
});

it('what an earlier version kept besides does no harm; a restore without its sources is not believed', async () => {
  const parent = await restored();
  const undo = await runAll(await world.engine.prepareUndo(parent, world.connection));
  const [ofRestore, ofUndo] = await Promise.all(
    [parent, undo.runId].map(async (runId) => readHead(await findRun(world.runsDir, runId))),
  );
  const besides = { sources: [], onConflict: 'replace', since: '2020-01-01', unheardOf: true };
  expect(runHead.parse({ ...ofUndo, spec: { ...ofUndo?.spec, ...besides } })).toEqual(ofUndo);
  expect(runHead.safeParse({ ...ofRestore, spec: { ...ofRestore?.spec, sources: undefined } }).success).toBe(false);
  expect(runHead.safeParse({ ...ofRestore, spec: ofUndo?.spec }).success).toBe(false);
});

it('what is no restore is tried again by its own job, and says so', async () => {
  await world.put('spam.ics', event('spam', GUESTS));
  const { runId } = await runAll(await world.engine.prepareCleanup(cleanupSpec(), 0, world.connection));
  await expect(world.engine.prepareRetry(runId, world.connection)).rejects.toThrow('A clean-up is tried again by');
});
