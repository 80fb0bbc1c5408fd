import { afterAll, beforeAll, expect, it } from 'vitest';
import { calendar, GUESTS, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { sayIn, toCalendar, type Said } from './testing/said.ts';

let world: World;
let source: string;
beforeAll(async () => {
  world = await openWorld();
  source = await world.source('one.ics', calendar([['UID:a', ...GUESTS]]));
});
afterAll(async () => {
  await world.close();
});

const restore = (...more: string[]): Promise<Said> =>
  sayIn(world, ['restore', source, ...toCalendar(world), '--scheduling', 'none', ...more]);

it('keeps ticket and note with the run, and says them in the first line and in the list', async () => {
  const shown = await restore('--ticket', 'INC-1', '--dry-run', '--json');
  expect(shown.lines[0]).toMatchObject({ kind: 'started', runId: 'dry-run', ticket: 'INC-1' });
  const done = await restore('--ticket', 'INC-1', '--note', 'For Alice', '--yes', '--json');
  expect([done.code, done.lines[0]]).toEqual([0, expect.objectContaining({ ticket: 'INC-1', note: 'For Alice' })]);
  expect((await sayIn(world, ['runs', '--runs', world.runsDir])).out).toContain('; ticket INC-1');
});

it('keeps another one with the undo', async () => {
  const [run] = await world.engine.runs();
  const again = ['undo', run?.runId ?? '', '--password-env', 'PASSWORD', '--runs', world.runsDir];
  const undone = await sayIn(world, [...again, '--yes', '--json', '--ticket', 'INC-2']);
  expect([undone.code, undone.lines[0]]).toEqual([0, expect.objectContaining({ job: 'undo', ticket: 'INC-2' })]);
});

it.each([
  ['--ticket', 'two\nlines'],
  ['--ticket', 'x'.repeat(101)],
  ['--note', 'y'.repeat(2001)],
])('refuses %s that cannot be kept, before anything is read', async (option, value) => {
  expect(await restore(option, value, '--yes')).toMatchObject({
    code: 2,
    err: expect.stringContaining(`${option} takes`),
  });
});
