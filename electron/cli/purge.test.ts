import { afterEach, beforeEach, expect, it } from 'vitest';
import { calendar, GUESTS, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { sayIn, type Said } from './testing/said.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

const say = (...argv: string[]): Promise<Said> => sayIn(world, ['purge', ...argv, '--runs', world.runsDir]);

/** A run that ended so many days ago. */
async function runOf(days: number): Promise<string> {
  world.passTime(-days * 86_400_000);
  const source = await world.source('b.ics', calendar([['UID:a', ...GUESTS]]));
  const { runId } = await world.restore({ sources: [source] });
  world.passTime(days * 86_400_000);
  return runId;
}

it('lists what is old, and deletes it only with consent', async () => {
  const old = await runOf(100);
  const young = await runOf(10);
  const shown = await say('--older-than', '90d');
  expect([shown.code, shown.err]).toEqual([2, expect.stringContaining('Add --yes')]);
  expect(shown.out).toContain(old);
  expect(shown.out).not.toContain(young);
  expect(await world.engine.runs()).toHaveLength(2);
  const done = await say('--older-than', '90d', '--yes', '--json');
  expect([done.code, done.lines]).toEqual([
    0,
    [{ kind: 'purged', removed: [old], freed: expect.any(Number), kept: [] }],
  ]);
  expect((await world.engine.runs()).map(({ runId }) => runId)).toEqual([young]);
});

it('names what stays, and says so with its exit code', async () => {
  const run = await runOf(1);
  expect(await say(run, '20260101T000000000-00000000', '--yes')).toMatchObject({
    code: 1,
    err: expect.stringContaining('20260101T000000000-00000000 stays: This run is not in'),
  });
  expect(await say('20260101T000000000-00000000', '--yes')).toMatchObject({ code: 2, out: 'Nothing was deleted.\n' });
});

it('says that there was nothing to delete', async () => {
  await runOf(1);
  const said = await say('--older-than', '90d', '--yes');
  expect([said.code, said.out]).toEqual([0, 'Nothing was deleted: there is nothing to delete.\n']);
});

it.each([[[]], [['--older-than', '3 months']], [['RUN', '--older-than', '90d']], [['RUN', '--yes=abc']]])(
  'refuses %j',
  async (argv) => {
    expect(await say(...argv)).toMatchObject({ code: 2 });
    expect(await world.engine.runs()).toEqual([]);
  },
);
