import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { events, openCrowd, runWhole, type Crowd } from '../../../engine/batch/testing/crowd.ts';
import { sayIn, type Said } from '../../testing/said.ts';

/* With thousands of kept runs, a command reads those that it is about, and none twice. */

let crowd: Crowd;
let batchId = '';
/** Oldest first. */
let runIds: readonly string[] = [];
beforeEach(async () => {
  crowd = await openCrowd({ anna: events('anna', 1), ben: events('ben', 1), cleo: events('cleo', 1) });
  ({ batchId } = await runWhole(await crowd.plan(await crowd.spec())));
  runIds = (await crowd.engine.runs()).map(({ runId }) => runId).sort();
});
afterEach(() => crowd.close());

/** Ids of the runs and batches whose heads the last command read, each time that it read one. */
let heads: string[] = [];

async function say(...argv: readonly string[]): Promise<Said> {
  const spy = vi.spyOn(fs, 'readFile');
  // The modules that import it have it by its name.
  syncBuiltinESMExports();
  try {
    return await sayIn(crowd, [...argv, '--runs', crowd.runsDir]);
  } finally {
    const paths = spy.mock.calls.flatMap(([path]) => (typeof path === 'string' ? path : []));
    heads = paths.filter((path) => /^(?:run|batch)\.json$/.test(basename(path))).map((path) => basename(dirname(path)));
    spy.mockRestore();
    syncBuiltinESMExports();
  }
}

const LOGIN = ['--password-env', 'PASSWORD'];

describe.each(['resume', 'undo', 'retry'])('%s of one run', (what) => {
  const take = (runId: string): Promise<Said> =>
    say(what, runId, ...LOGIN, ...(what === 'resume' ? [] : ['--dry-run']));

  it('reads no older run, and no run over several calendars', async () => {
    const newest = runIds[2] ?? '';
    expect((await take(newest)).err).not.toContain('is not in');
    expect(new Set(heads)).toEqual(new Set([newest]));
  });

  it('looks for its undo in newer runs, once', async () => {
    const [oldest = '', ...newer] = runIds;
    await take(oldest);
    const others = heads.filter((id) => id !== oldest).sort();
    expect(others).toEqual(what === 'retry' ? [] : newer);
  });
});

it('lists the runs with one look at each', async () => {
  expect((await say('runs')).code).toBe(0);
  expect(heads.sort()).toEqual([...runIds, batchId].sort());
});

it('lists the runs of one that was made over several calendars with one look at each', async () => {
  expect((await say('runs', batchId)).code).toBe(0);
  expect(heads.sort()).toEqual(runIds);
});
