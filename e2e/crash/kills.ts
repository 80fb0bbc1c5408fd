import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runEntry, type RunEntry } from '../../shared/model/kept/report.ts';
import type { Totals } from '../../shared/model/outcome.ts';
import { deathsAt } from './deaths.ts';
import { expectEndsKept } from './ends.ts';
import { allPoints, type Point } from './points.ts';
import { bucketsOf, filled, openScene, readLine, readSteps, type Ended, type Scene, type Seen } from './scene.ts';

/** One command that is killed, what comes before it, and how it is taken up again. */
export interface Story {
  readonly name: string;
  /** Brings the scene to where the command begins; gives the command. */
  begin(scene: Scene): Promise<readonly string[]>;
  /** What it ends with when nobody kills it, and when somebody does. */
  readonly totals: Partial<Totals>;
  /** Exit code of the finished run. */
  readonly code: number;
  /** Exit code of the command when it is not killed, where that is not the end of it yet. */
  readonly firstCode?: number;
  /** Takes everything back at the end of a run that lost its power: what it saved before overwriting must be there. */
  undoBatch?(scene: Scene): Promise<void>;
  /** How the server behaves; as the standards say when left out. */
  readonly personality?: string;
  /** Before the run is taken up again. */
  mend?(scene: Scene): void;
}

/** A story at its beginning, where each kill begins, too; its steps, and how the world looks at its end without a kill. */
interface Begun {
  readonly scene: Scene;
  /** What a person types, and the same with consent to the plan. */
  readonly argv: readonly string[];
  readonly consented: readonly string[];
  /** How the world looked before anything. */
  readonly before: Seen;
  bringBack(): Promise<void>;
  readonly points: readonly Point[];
  readonly seen: Seen;
}

async function begin(story: Story): Promise<Begun> {
  const scene = await openScene(undefined, undefined, story.personality);
  const before = await scene.look();
  const argv = await story.begin(scene);
  const consented = await scene.consented(argv);
  const bringBack = await scene.keep();
  const dir = await mkdtemp(path.join(tmpdir(), 'hushcal-steps-'));
  try {
    const record = path.join(dir, 'steps');
    const first = await scene.run(consented, { record });
    expect([first.code, first.stderr]).toEqual([story.firstCode ?? story.code, expect.any(String)]);
    if (story.firstCode !== undefined) await takeUp(scene, story, argv, scene.run);
    const steps = await readSteps(record);
    // die.cjs knows files by their names: where the product writes them otherwise, nobody would be killed there.
    expect(steps).toEqual(expect.arrayContaining(['write', 'sync', 'rename'].map((step) => `${step} result.json`)));
    return { scene, argv, consented, before, bringBack, points: allPoints(steps), seen: await scene.look() };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/**
 * Tests that a command killed at any of the chosen points comes to the same end as one that nobody killed. Each kill
 * begins with server and folder as they were. What was killed is the built command line (deaths.ts); the first point is also
 * taken up by it, the others by the same from its sources.
 *
 * @param choose picks from all points of the unkilled command
 * @param records kinds of journal records that must have been hit, before and after
 */
export async function killTests(
  story: Story,
  choose: (points: readonly Point[]) => readonly Point[],
  records: readonly string[],
): Promise<void> {
  const { scene, argv, consented, before, bringBack, points: all, seen } = await begin(story);
  const points = choose(all);
  const deaths = await deathsAt(points, { bringBack, keep: scene.keep, run: (death) => scene.run(consented, death) });
  const hit = new Set<string>();
  describe(story.name, () => {
    test.each(points)('is killed at $at', async (point) => {
      const { step, moment, at } = point;
      await deaths.leave(point);
      await expectEndsKept(scene.runsDir);
      hit.add(`${step} ${moment}`);
      await takeUp(scene, story, argv, at === points[0]?.at ? scene.run : scene.runHere);
      expect(await scene.look()).toEqual(seen);
      await expectNothingLeft(scene);
      if (moment === 'power' && story.undoBatch !== undefined) {
        await story.undoBatch(scene);
        expect(await scene.look()).toEqual(before);
      }
    });
    test('was killed before and after every kind of journal record', () => {
      for (const record of records) {
        for (const moment of ['before', 'after']) expect(hit).toContain(`journal ${record} ${moment}`);
      }
    });
    afterAll(async () => {
      await scene.close();
      process.stdout.write(`${story.name}: killed at ${points.length} of ${all.length} points\n`);
    });
  });
}

/** The runs of the scene, newest first; none where it was killed before there was a folder for them. */
export async function runsOf(scene: Scene): Promise<readonly RunEntry[]> {
  if (!existsSync(scene.runsDir)) return [];
  const { stdout } = await scene.runHere(['runs', '--json', '--runs', scene.runsDir]);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => runEntry.parse(readLine(line)));
}

/** What a person does after a kill, by `again`: resumes the run, or starts anew where none was begun. */
async function takeUp(scene: Scene, story: Story, argv: readonly string[], again: Scene['runHere']): Promise<void> {
  story.mend?.(scene);
  const command = argv[0];
  const runs = await runsOf(scene);
  const run = command === 'resume' ? runs.find(({ runId }) => runId === argv[1]) : newRun(runs, command);
  if (run === undefined) {
    expectFinished(await again(argv), story);
    return;
  }
  expect(run.running).toBe(false);
  if (run.endedAt !== null && run.status !== 'stopped') {
    // Its last record was written; only the process did not come to say so.
    expect(filled(run.totals)).toEqual(story.totals);
    return;
  }
  expect(run.status).toBe(run.endedAt === null ? 'interrupted' : 'stopped');
  expectFinished(await again(scene.againArgs('resume', run.runId)), story);
}

function newRun(runs: readonly RunEntry[], command: string | undefined): RunEntry | undefined {
  return runs.find(({ job }) => job === command);
}

function expectFinished({ code, stderr, settled, events }: Ended, { code: wanted, totals }: Story): void {
  expect([code, stderr, settled && filled(settled.totals)]).toEqual([wanted, expect.any(String), totals]);
  expect(bucketsOf(events)).toEqual(totals);
  expect(events.at(-1)?.kind).toBe('settled');
}

/** How a resume of what has nothing left to do answers: by its code alone it might want consent. */
export const ENDED = 'This run has ended; nothing of it is left to do.';

/** A second resume has nothing to do and writes nothing; History has the end. */
async function expectNothingLeft(scene: Scene): Promise<void> {
  const [run] = await runsOf(scene);
  if (run === undefined) throw new Error('there is no run');
  expect(['complete', 'incomplete']).toContain(run.status);
  const isChanged = await scene.isChangedBy(async () => {
    const { code, stderr } = await scene.runBare(scene.againArgs('resume', run.runId));
    expect([code, stderr]).toEqual([2, expect.stringContaining(ENDED)]);
  });
  expect(isChanged).toBe(false);
}
