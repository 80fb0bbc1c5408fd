import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { events, openCrowd, runWhole, type Crowd } from '../engine/batch/testing/crowd.ts';
import { sayIn, type Said } from './testing/said.ts';

/* A run over several calendars that cannot be believed is named wherever it is asked for; it never looks as if it were not there. */

let crowd: Crowd;
let batchId = '';
beforeEach(async () => {
  crowd = await openCrowd({ anna: events('anna', 1), ben: events('ben', 1) });
  ({ batchId } = await runWhole(await crowd.plan(await crowd.spec())));
});
afterEach(() => crowd.close());

const say = (...argv: readonly string[]): Promise<Said> => sayIn(crowd, [...argv, '--runs', crowd.runsDir]);
const LOGIN = ['--password-env', 'PASSWORD'];

async function change(path: string, how: (text: string) => string): Promise<void> {
  const file = join(crowd.runsDir, path);
  await writeFile(file, how(await readFile(file, 'utf8')));
}

describe('its own folder is damaged', () => {
  beforeEach(() => change(join('batches', batchId, 'batch.json'), (text) => text.replace('"none"', '"all"')));

  it.each([
    ['resume', LOGIN],
    ['undo', LOGIN],
    ['report', []],
  ])('%s says so', async (what, more) => {
    const said = await say(what, batchId, ...more);
    expect([said.code === 0, said.err]).toEqual([false, expect.stringContaining('batch.json of this run is not as')]);
  });

  it('its runs are listed one by one', async () => {
    const ids = (await crowd.engine.runs()).map(({ runId }) => runId);
    for (const out of [(await say('runs')).out, (await say('runs', batchId)).out]) {
      expect(ids.filter((id) => out.includes(`${id}  restore`))).toEqual(ids);
    }
  });
});

it('is named where the run is damaged in which it stopped', async () => {
  const [run] = await crowd.engine.runs();
  const runId = run?.runId ?? '';
  await change(join('batches', batchId, 'journal.jsonl'), (text) =>
    text
      .split('\n')
      .slice(0, text.split('\n').findIndex((line) => line.includes(`"began"`) && line.includes(runId)) + 1)
      .map((line) => `${line}\n`)
      .join(''),
  );
  await rm(join(crowd.runsDir, 'batches', batchId, 'result.json'));
  await rm(join(crowd.runsDir, runId, 'result.json'));
  await change(join(runId, 'run.json'), (text) => text.replace('"none"', '"all"'));
  expect((await crowd.engine.damaged()).map((one) => one.runId).sort()).toEqual([batchId, runId].sort());
  expect((await say('runs')).out).toContain(`${batchId}  damaged`);
});
