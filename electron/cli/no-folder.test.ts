import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorld, type World } from '../engine/jobs/testing/world.ts';
import { sayIn } from './testing/said.ts';

/* A folder of runs that is mistyped, or on a disk that is not connected, is none in which nothing is left to do. */

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const RUN = '20261129T000000000-00000000';

const LOOKING: readonly string[] = [
  'runs',
  `runs ${RUN}`,
  `report ${RUN}`,
  `verify ${RUN}`,
  'audit',
  'audit --verify',
  'diagnostics',
  `unlock ${RUN}`,
  `purge ${RUN} --yes`,
  'purge --older-than 1d --yes',
  `undo ${RUN} --password-env PASSWORD --yes`,
  `retry ${RUN} --password-env PASSWORD --yes`,
  `resume ${RUN} --password-env PASSWORD --yes`,
  'resume --unfinished --password-env PASSWORD --yes',
  `announce ${RUN} --password-env PASSWORD --yes`,
];

it.each(LOOKING)('%s names a folder of runs that is not there, and does not make it', async (command) => {
  const folder = join(world.dir, 'mistyped');
  const said = await sayIn(world, [...command.split(' '), '--runs', 'mistyped']);
  expect([said.code, said.out, said.err]).toEqual([
    2,
    '',
    `The folder of runs is not there: ${folder}. Name the one in which the runs were made.\n`,
  ]);
  expect(existsSync(folder)).toBe(false);
});

it('names a file that stands where the folder should be', async () => {
  const file = join(world.dir, 'report.html');
  await writeFile(file, '');
  const said = await sayIn(world, ['runs', '--runs', 'report.html']);
  expect([said.code, said.err]).toEqual([
    2,
    `The folder of runs is a file: ${file}. Name the one in which the runs were made.\n`,
  ]);
});

it('is a failure with a code for a script, which nothing left to do is not', async () => {
  const resume = ['resume', '--unfinished', '--password-env', 'PASSWORD', '--yes', '--json', '--runs'];
  const mistyped = await sayIn(world, [...resume, 'mistyped']);
  expect(mistyped.lines).toContainEqual(
    expect.objectContaining({
      kind: 'problem',
      failure: expect.objectContaining({ code: 'RUNS_FOLDER_GONE' }) as unknown,
    }),
  );
  await mkdir(world.runsDir, { recursive: true });
  const done = await sayIn(world, [...resume, world.runsDir]);
  expect([done.code, done.lines, done.err]).toEqual([2, [], 'Nothing here is unfinished.\n']);
});

it('is named by the merge of reports, too', async () => {
  const said = await sayIn(world, ['report', '--merge', 'mistyped']);
  expect([said.code, said.err]).toEqual([2, expect.stringContaining(`not there: ${join(world.dir, 'mistyped')}`)]);
});

it('is an empty one where nobody named it: nothing was done yet', async () => {
  const said = await sayIn(world, ['runs']);
  expect([said.code, said.out]).toEqual([0, 'There are no runs yet.\n']);
});
