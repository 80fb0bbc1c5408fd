import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openBatchScene, type BatchScene } from './batch-scene.ts';
import { deathsAt } from './deaths.ts';
import { expectEndsKept } from './ends.ts';
import { ENDED } from './kills.ts';
import { allPoints, spread, type Point } from './points.ts';
import { filled, readSteps } from './scene.ts';

/** Said before a password goes to where a folder says. */
const LOGIN = /^Logging in to .*\n/gm;

/** What taking back four calendars ends with: 2 + 3 + 4 + 5 meetings. */
const TOTALS = { deleted: 14 };

interface Story {
  readonly name: string;
  /** Brings the scene to where the command begins; gives the command. */
  begin(scene: BatchScene): Promise<readonly string[]>;
  readonly points: number;
  choose(point: Point): boolean;
  /** Kinds of records of the batch's journal that must have been hit, before and after. */
  readonly records: readonly string[];
}

const STORIES: readonly Story[] = [
  {
    name: 'the undo of four calendars',
    begin: (scene) => Promise.resolve(scene.undoArgs),
    points: 40,
    choose: isCounted,
    records: ['batch', 'began', 'ended', 'finished', 'open', 'original', 'intent', 'applied', 'final', 'settled'],
  },
  {
    name: 'the resume of an undo that was killed in its second calendar',
    async begin(scene) {
      await scene.run(scene.undoArgs, { at: 'journal applied#4 after' });
      return scene.resumeArgs((await undoOf(scene))?.batchId ?? '');
    },
    points: 20,
    choose: isOfResume,
    records: ['again', 'ended', 'finished'],
  },
];

for (const story of STORIES) await killTests(story);

async function killTests(story: Story): Promise<void> {
  const { scene, consented, bringBack, points: all, seen } = await begin(story);
  const points = spread(
    all.filter((point) => story.choose(point)),
    story.points,
    0,
  );
  const deaths = await deathsAt(points, { bringBack, keep: scene.keep, run: (death) => scene.run(consented, death) });
  const hit = new Set<string>();
  describe(story.name, () => {
    test.each(points)('is killed at $at', async (point) => {
      const { step, moment, at } = point;
      await deaths.leave(point);
      await expectEndsKept(scene.crowd.runsDir);
      hit.add(`${step} ${moment}`);
      await takeUp(scene, at === points[0]?.at ? scene.run : scene.runHere);
      expect(await scene.look()).toEqual(seen);
      await expectWhole(scene);
    });
    test('was killed before and after every kind of record', () => {
      for (const record of story.records) {
        for (const moment of ['before', 'after']) expect(hit).toContain(`journal ${record} ${moment}`);
      }
    });
    afterAll(async () => {
      await scene.close();
      process.stdout.write(`${story.name}: killed at ${points.length} of ${all.length} points\n`);
    });
  });
}

/** A story at its beginning, where each kill begins, too; its steps, and how the world looks at its end without a kill. */
async function begin(story: Story): Promise<{
  readonly scene: BatchScene;
  /** The command, with consent to its plan. */
  readonly consented: readonly string[];
  readonly bringBack: () => Promise<void>;
  readonly points: readonly Point[];
  readonly seen: Awaited<ReturnType<BatchScene['look']>>;
}> {
  const scene = await openBatchScene();
  const consented = await scene.consented(await story.begin(scene));
  const bringBack = await scene.keep();
  const dir = await mkdtemp(path.join(tmpdir(), 'hushcal-steps-'));
  try {
    const record = path.join(dir, 'steps');
    const { code, stderr } = await scene.run(consented, { record });
    expect([code, stderr.replace(LOGIN, '')]).toEqual([0, '']);
    await expectWhole(scene);
    const seen = await scene.look();
    expect([seen.objects.length, seen.messages.length]).toEqual([0, 14]);
    return { scene, consented, bringBack, points: allPoints(await readSteps(record)), seen };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/**
 * Steps that happen equally often however the calendars overtake each other; what a run does in between is killed
 * elsewhere.
 */
function isCounted({ step, moment }: Point): boolean {
  if (moment === 'power') return /^journal (?:began|ended)|^request DELETE/.test(step);
  return /^(?:journal|request DELETE|answer DELETE|rename folder|write batch\.json)/.test(step);
}

/** The same, of what only a resume does: runs that were done before are not begun again. */
function isOfResume(point: Point): boolean {
  return isCounted(point) && /^(?:journal (?:again|began|ended|finished|resumed|applied)|request)/.test(point.step);
}

/** What a person does after a kill, by `run`: resumes the batch, or starts anew where none was begun. */
async function takeUp(scene: BatchScene, run: BatchScene['runHere']): Promise<void> {
  const batch = await undoOf(scene);
  if (batch?.status === 'complete') {
    // Its last record was written; only the process did not come to say so.
    expect(filled(batch.totals)).toEqual(TOTALS);
    return;
  }
  if (batch !== undefined) expect([batch.running, batch.status, batch.canResume]).toEqual([false, 'interrupted', true]);
  const argv = batch === undefined ? scene.undoArgs : scene.resumeArgs(batch.batchId);
  const { code, stderr } = await run(argv);
  expect([code, stderr.replace(LOGIN, '')]).toEqual([0, '']);
}

/** One run per calendar, all of them complete, and nothing left to do. */
async function expectWhole(scene: BatchScene): Promise<void> {
  const batch = await undoOf(scene);
  expect(batch).toMatchObject({ status: 'complete', members: 4, done: 4, verified: 14, canResume: false });
  expect(filled(batch?.totals ?? expect.fail('there is no batch'))).toEqual(TOTALS);
  const runs = (await scene.runs()).filter((run) => run.batch === batch?.batchId);
  expect(runs.map(({ user, status }) => [user, status]).sort()).toEqual([
    ['anna', 'complete'],
    ['ben', 'complete'],
    ['cleo', 'complete'],
    ['dan', 'complete'],
  ]);
  const { code, stderr } = await scene.runBare(scene.resumeArgs(batch?.batchId ?? ''));
  expect([code, stderr]).toEqual([2, expect.stringContaining(ENDED)]);
}

async function undoOf(scene: BatchScene): Promise<Awaited<ReturnType<BatchScene['batches']>>[number] | undefined> {
  return (await scene.batches()).find(({ batchId }) => batchId !== scene.before);
}
