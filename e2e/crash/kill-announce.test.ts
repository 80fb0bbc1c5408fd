import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { meeting, openOffice, type Office } from '../../electron/engine/jobs/migrate/testing/office.ts';
import { deathsAt } from './deaths.ts';
import { expectEndsKept } from './ends.ts';
import { forget, keeper, type BringBack, type Keep } from './kept.ts';
import { allPoints, type Point } from './points.ts';
import { readSteps } from './scene.ts';
import { consented, runInside, runProcess, type Death, type Output } from './run-process.ts';

/** Step 2 of a migration, killed at every step: no event is lost, and nobody outside hears twice. */
const PEOPLE = ['alice=ACCEPTED', 'bob=ACCEPTED', 'ext@other.test', 'two@third.test'];
/** Two meetings of alice with two guests outside each. */
const UIDS = ['first', 'second'];
const MESSAGES = UIDS.flatMap((uid) => [`REQUEST ext@other.test ${uid}`, `REQUEST two@third.test ${uid}`]);
/** Kinds of journal records that must have been hit, before and after. */
const RECORDS = ['original', 'intent', 'telling', 'applied', 'verified', 'final', 'settled'];

interface Scene {
  readonly office: Office;
  readonly batch: string;
  /** The announcement, with consent to its plan. */
  readonly argv: readonly string[];
  readonly keep: Keep;
  /** Brings everything back to where nothing is announced. */
  readonly bringBack: BringBack;
  /** The built command line in a process of its own, and the same without one. */
  run(argv: readonly string[], death?: Death): Promise<Output>;
  runHere(argv: readonly string[]): Promise<Output>;
  /** The same as it is typed, without a look at the plan before. */
  runBare(argv: readonly string[]): Promise<Output>;
}

async function openScene(): Promise<Scene> {
  const office = await openOffice(['alice', 'bob']);
  for (const uid of UIDS) await office.keep('alice', `${uid}.ics`, meeting(uid, PEOPLE));
  const { batchId, settled } = await office.move(office.spec(['alice', 'bob']));
  expect(settled.status).toBe('complete');
  const env = { ...process.env, HUSHCAL_NEW: office.fresh.server.info.admin.password };
  const keep = keeper([office.old.server, office.fresh.server], office.dir);
  return {
    office,
    batch: batchId,
    argv: await consented(announceArgs(office, batchId), env, office.dir),
    keep,
    bringBack: await keep(),
    run: async (argv, death) => runProcess(await consented(argv, env, office.dir), env, death),
    runHere: async (argv) => runInside(await consented(argv, env, office.dir), env, office.dir),
    runBare: (argv) => runInside(argv, env, office.dir),
  };
}

function flagsOf({ runsDir }: Office): readonly string[] {
  return ['--concurrency', '1', '--runs', runsDir, '--yes', '--json'];
}

function announceArgs(office: Office, batch: string): readonly string[] {
  return ['announce', batch, ...flagsOf(office)];
}

/** What everybody has on the new server, and who outside was told what. */
async function look({ office }: Scene): Promise<{ objects: readonly string[]; messages: readonly string[] }> {
  const objects: string[] = [];
  for (const user of ['alice', 'bob']) {
    for (const name of await office.fresh.members(user)) {
      objects.push(`${user} ${name} ${(await office.fresh.get(user, name)).text}`);
    }
  }
  return { objects: objects.sort(), messages: messagesOf({ office }) };
}

function messagesOf({ office }: Pick<Scene, 'office'>): readonly string[] {
  const messages = office.fresh.server.messages().map(({ method, to, uid }) => `${method} ${to} ${uid}`);
  return messages.sort();
}

async function tell(): Promise<{ points: readonly Point[]; seen: Awaited<ReturnType<typeof look>> }> {
  const dir = await mkdtemp(path.join(tmpdir(), 'hushcal-steps-'));
  try {
    const record = path.join(dir, 'steps');
    expect(await scene.run(scene.argv, { record })).toMatchObject({ code: 0 });
    const seen = await look(scene);
    expect(seen.messages).toEqual([...MESSAGES].sort());
    const points = allPoints(await readSteps(record)).filter(({ step }) => isCounted(step));
    return { points, seen };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** What is done to the server, and what is written down of it. */
function isCounted(step: string): boolean {
  return /^(?:journal|request (?:PUT|DELETE)|answer (?:PUT|DELETE)|rename|(?:write|sync) originals)/.test(step);
}

const scene = await openScene();
const unkilled = await tell();
const deaths = await deathsAt(unkilled.points, { ...scene, run: (death) => scene.run(scene.argv, death) });
const hit = new Set<string>();

describe('step 2', () => {
  test.each(unkilled.points)('is killed at $at', async (point) => {
    const { step, moment, at } = point;
    await deaths.leave(point);
    await expectEndsKept(scene.office.runsDir);
    hit.add(`${step} ${moment}`);
    await takeUp(at === unkilled.points[0]?.at ? scene.run : scene.runHere);
    expect(await look(scene)).toEqual(unkilled.seen);
    // Nothing is left to announce: neither by the same run nor by a new one.
    const { code, stderr } = await scene.runBare(announceArgs(scene.office, scene.batch));
    expect([code, stderr]).toEqual([2, expect.stringContaining('There is nothing to announce')]);
    expect(messagesOf(scene)).toEqual(unkilled.seen.messages);
  });

  test('was killed before and after every kind of journal record', () => {
    for (const record of RECORDS) {
      for (const moment of ['before', 'after']) expect(hit).toContain(`journal ${record} ${moment}`);
    }
  });

  afterAll(async () => {
    await scene.office.close();
    await forget(scene.office.dir);
    process.stdout.write(`step 2: killed at ${unkilled.points.length} points\n`);
  });
});

/** What a person does after a kill, by `run`: resumes the announcement, or starts anew where none was begun or an event was put back. */
async function takeUp(run: Scene['runHere']): Promise<void> {
  const entry = (await scene.office.engine.batches()).find(({ kind }) => kind === 'announce');
  if (entry?.status === 'complete') return;
  const anew = announceArgs(scene.office, scene.batch);
  const again = entry === undefined ? anew : ['resume', entry.batchId, ...flagsOf(scene.office)];
  const { code } = await run(again);
  if (code === 0) return;
  // An event that was gone, nobody knows by whom, is back and nobody heard of it: it is announced anew.
  expect((await look(scene)).objects.map(nameIn)).toEqual(unkilled.seen.objects.map(nameIn));
  expect(await run(anew)).toMatchObject({ code: 0 });
}

/** Whose object, and its name. */
function nameIn(object: string): string {
  return object.split(' ').slice(0, 2).join(' ');
}
