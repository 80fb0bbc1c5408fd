import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Login } from '../../../../shared/model/login.ts';
import { createEngine, type Engine } from '../../engine.ts';
import type { PreparedJob } from '../../types.ts';
import { flip, FLIPS, Judgement, random, refusedOr, SEED, unasked, type Ended } from './testing/flipping.ts';
import { calendar, event, follow, GUESTS, openWorld, runAll, type World } from '../testing/world.ts';

/*
 * One bit of what is kept flips, anywhere; then it is reported, resumed, taken back, put back, tried again, restored. The
 * end is right, or what is wrong is named; nothing wrong is stored, and nobody is notified. This takes seconds, since a bit
 * is flipped a few hundred times and a whole job follows each; HUSHCAL_FLIPS=5000 flips more, HUSHCAL_SEED others.
 */

/** Text by name of the object. */
type State = ReadonlyMap<string, string>;

/** A folder of runs, and a job that goes on from it. */
interface Story {
  readonly name: string;
  readonly runs: string;
  readonly runId: string;
  /** What the calendar holds before the job, and after it when nothing is damaged. */
  readonly before: State;
  readonly after: State;
  act(engine: Engine): Promise<Ended>;
  /** It notifies people, as its plan says. */
  readonly loud?: true;
}

let world: World;
const stories: Story[] = [];
/** Whom each job notifies of what when nothing is damaged. */
const messages = new Map<Story, readonly string[]>();
/** Every text that may stand in the calendar at any time. */
const sound = new Set<string>();
const judgement = new Judgement();

beforeAll(async () => {
  world = await openWorld();
  await writeStories();
}, 120_000);
afterAll(async () => {
  await world.close();
});

async function stateNow(): Promise<State> {
  return new Map([...(await world.objects())].map(([href, text]) => [href.split('/').pop() ?? '', text]));
}

const NOTHING: State = new Map();
/** The server as it was when the calendar held this. */
const marks = new Map<State, () => void>();

/** Makes the calendar hold this, silently. */
async function bringBack(state: State): Promise<void> {
  const known = marks.get(state);
  if (known !== undefined) {
    await world.server.idle();
    known();
    return;
  }
  world.server.clearMessages();
  const now = await stateNow();
  for (const name of now.keys()) if (!state.has(name)) await remove(name);
  for (const [name, text] of state) if (now.get(name) !== text) await world.put(name, text);
  marks.set(state, world.server.mark());
}

async function remove(name: string): Promise<void> {
  const { password } = world.server.info.admin;
  const authorization = `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`;
  await fetch(new URL(name, world.calendarUrl), { method: 'DELETE', headers: { authorization, scheduling: 'none' } });
}

function engineOn(runsDir: string): Engine {
  return createEngine({ runsDir, tempDir: join(world.dir, 'temp'), now: () => new Date() });
}

/** Keeps the runs as they are now under a name. */
async function keep(name: string): Promise<string> {
  const folder = join(world.dir, name);
  await cp(world.runsDir, folder, { recursive: true });
  return folder;
}

async function writeStories(): Promise<void> {
  await writeQuietStories();
  await rm(world.runsDir, { recursive: true });
  await bringBack(NOTHING);
  await writeLoudStories();
}

function resumeOf(name: string, runs: string, runId: string, before: State, after: State): Story {
  return {
    name,
    runs,
    runId,
    before,
    after,
    act: async (engine) => {
      const left = await engine.messagesLeft(runId);
      const { settled } = await follow(await engine.resume(runId, world.connection, left));
      return { named: settled.status !== 'complete', how: settled.status };
    },
  };
}

/** Jobs that notify people: damage makes nobody hear twice, and nobody who was not to hear. */
async function writeLoudStories(): Promise<void> {
  for (const uid of ['a', 'b']) await world.put(`${uid}.ics`, event(uid, ['SUMMARY:Old', ...GUESTS]));
  const before = await stateNow();
  const texts = ['a', 'b', 'c', 'd'].map((uid) => [`UID:${uid}`, 'SEQUENCE:2', ...GUESTS]);
  const source = await world.source('loud.ics', calendar(texts));
  const restore = { sources: [source], onConflict: 'replace', mode: 'all' } as const;
  const { runId } = await world.restore(restore);
  const after = await stateNow();
  const whole = await keep('loud');
  const resumes = [
    resumeOf('resume in all, nothing sent', await killedAfter(whole, runId, 'open'), runId, before, after),
    resumeOf('resume in all, intended', await killedAfter(whole, runId, 'intent'), runId, before, after),
    resumeOf('resume in all, answered', await killedAfter(whole, runId, 'applied', true), runId, after, after),
  ];
  await rm(world.runsDir, { recursive: true });
  await bringBack(before);
  world.server.setFaults([{ method: 'PUT', status: 403, count: 4 }]);
  const failed = await world.restore(restore);
  world.server.setFaults([]);
  const again = { runs: await keep('loud-failed'), runId: failed.runId, before, after };
  const retry: Story = {
    ...again,
    name: 'retry in all',
    act: async (engine) => ended(await engine.prepareRetry(failed.runId, world.connection)),
  };
  const undo: Story = {
    name: 'undo in all',
    runs: whole,
    runId,
    before: after,
    after: before,
    act: async (engine) => ended(await engine.prepareUndo(runId, world.connection)),
  };
  for (const story of [...resumes, retry, undo]) stories.push({ ...story, loud: true });
  for (const state of [before, after]) for (const text of state.values()) sound.add(plain(text));
}

async function writeQuietStories(): Promise<void> {
  for (const uid of ['a', 'b']) await world.put(`${uid}.ics`, event(uid, ['SUMMARY:Old', ...GUESTS]));
  const before = await stateNow();
  const texts = ['a', 'b', 'c'].map((uid) => [`UID:${uid}`, 'SEQUENCE:2', ...GUESTS]);
  const source = await world.source('new.ics', calendar(texts));
  const restore = { sources: [source], onConflict: 'replace' } as const;
  const { runId } = await world.restore(restore);
  const after = await stateNow();
  const whole = await keep('whole');
  const undo = async (engine: Engine, id: string): Promise<Ended> =>
    ended(await engine.prepareUndo(id, world.connection));
  stories.push({
    name: 'undo',
    runs: whole,
    runId,
    before: after,
    after: before,
    act: (engine) => undo(engine, runId),
  });

  const resume = (name: string, runs: string, from: State): Story => resumeOf(name, runs, runId, from, after);
  stories.push(resume('resume, nothing sent', await killedAfter(whole, runId, 'open'), before));
  stories.push(resume('resume, intended', await killedAfter(whole, runId, 'intent'), before));
  stories.push(resume('resume, all sent', await killedAfter(whole, runId, 'intent', true), after));
  stories.push(resume('resume, answered', await killedAfter(whole, runId, 'applied', true), after));

  await rm(world.runsDir, { recursive: true });
  await bringBack(before);
  world.server.setFaults([{ method: 'PUT', status: 403, count: 3 }]);
  const failed = await world.restore(restore);
  world.server.setFaults([]);
  stories.push({
    name: 'retry',
    runs: await keep('failed'),
    runId: failed.runId,
    before,
    after,
    act: async (engine) => ended(await engine.prepareRetry(failed.runId, world.connection)),
  });

  await rm(world.runsDir, { recursive: true });
  await bringBack(after);
  const login: Login = {
    url: world.calendarUrl,
    user: 'alice',
    way: 'own',
    actor: 'alice',
    credential: 'password',
    secret: '',
  };
  const place = { login, mailbox: 'alice', url: world.calendarUrl, name: 'Work', inbox: false };
  const spec = {
    places: [place],
    rules: ['title=planning'],
    any: false,
    mode: 'none',
    includeOwn: true,
    maxShare: 1,
    keep: [],
    assume: [],
    limits: { members: 1, perOrigin: 4, stopAfter: null, hours: null },
  } as const;
  const cleaned = await runAll(await world.engine.prepareCleanup(spec, 0, world.connection));
  const rest = await stateNow();
  expect(rest.size).toBeLessThan(after.size);
  stories.push({
    name: 'put back',
    runs: await keep('cleaned'),
    runId: cleaned.runId,
    before: rest,
    after,
    act: (engine) => undo(engine, cleaned.runId),
  });
  for (const state of [before, after]) for (const text of state.values()) sound.add(plain(text));
}

/** The runs as a process leaves them that was killed after the first, or the last, record of this kind. */
async function killedAfter(runs: string, runId: string, record: string, last = false): Promise<string> {
  const folder = `${runs}-${last ? 'last' : 'first'}-${record}`;
  await cp(runs, folder, { recursive: true });
  const journal = join(folder, runId, 'journal.jsonl');
  const lines = (await readFile(journal, 'utf8')).split('\n');
  const isIt = (line: string): boolean => line.startsWith(`{"k":"${record}"`);
  const end = last ? lines.findLastIndex(isIt) : lines.findIndex(isIt);
  expect(end).toBeGreaterThan(-1);
  await writeFile(journal, `${lines.slice(0, end + 1).join('\n')}\n`);
  await rm(join(folder, runId, 'result.json'));
  return folder;
}

async function ended(job: PreparedJob): Promise<Ended> {
  try {
    const { reject, conflict } = job.summary.counts;
    const { settled } = await runAll(job);
    return { named: settled.status !== 'complete' || reject + conflict > 0, how: settled.status };
  } finally {
    await job.discard();
  }
}

/** Without what the server notes of a delivery. */
function plain(text: string): string {
  return text.replace(/;SCHEDULE-STATUS=(?:"[^"]*"|[0-9.]+)/g, '');
}

function heard(): readonly string[] {
  return world.server.messages().map(({ method, to, uid }) => `${method} ${to} ${uid}`);
}

async function judge(
  what: string,
  kind: string,
  expected: State,
  allowed: readonly string[],
  end: Ended,
): Promise<void> {
  const now = await stateNow();
  const wrong = [...now.values()].map(plain).filter((text) => !sound.has(text));
  judgement.add(what, kind, end, { right: same(now, expected), wrong, unasked: unasked(heard(), allowed) });
}

/** The same texts; a restore may give them other names. */
function same(a: State, b: State): boolean {
  const texts = (state: State): string => [...state.values()].map(plain).sort().join('\n');
  return texts(a) === texts(b);
}

const FILES = ['run.json', 'plan.jsonl', 'bodies.pack', 'originals.pack', 'journal.jsonl', 'result.json'];

async function flipRun(number: number): Promise<void> {
  const story = stories[number % stories.length];
  if (story === undefined) throw new Error('no story');
  const runsDir = join(world.dir, `flipped-${number}`);
  await cp(story.runs, runsDir, { recursive: true });
  const file = FILES[Math.floor(number / stories.length) % FILES.length] ?? '';
  const path = join(runsDir, story.runId, file);
  const size = await stat(path).then(
    ({ size: octets }) => octets,
    () => 0,
  );
  if (size > 0) {
    const at = Math.floor(random() * size);
    await writeFile(path, flip(await readFile(path), at));
    await bringBack(story.before);
    const what = `flip ${number} of seed ${SEED}: ${story.name}, ${file} at ${at}`;
    const engine = engineOn(runsDir);
    await judgement.readable(what, () => engine.report(story.runId));
    const end = await refusedOr(() => story.act(engine));
    await judge(what, `${file}: ${story.name}`, story.after, messages.get(story) ?? [], end);
  }
  await rm(runsDir, { recursive: true });
}

describe('what is kept, with one bit flipped', () => {
  it('gives the right end undamaged', async () => {
    for (const [number, story] of stories.entries()) {
      const runsDir = join(world.dir, `sound-${number}`);
      await cp(story.runs, runsDir, { recursive: true });
      await bringBack(story.before);
      const { named, how } = await story.act(engineOn(runsDir));
      expect([story.name, named, how, same(await stateNow(), story.after)]).toEqual([
        story.name,
        false,
        'complete',
        true,
      ]);
      expect(new Set(heard()).size).toBe(heard().length);
      messages.set(story, heard());
      // What is stored already is not said again.
      const tells = story.loud === true && story.before !== story.after;
      expect([story.name, heard().length > 0]).toEqual([story.name, tells]);
    }
  }, 120_000);

  it('of a run: right or named, nothing wrong stored, nobody notified', async () => {
    for (let number = 0; number < FLIPS; number += 1) await flipRun(number);
    expect(judgement.failures).toEqual([]);
  }, 1_800_000);

  it('of a backup: the same', async () => {
    const login: Login = {
      url: world.calendarUrl,
      user: 'alice',
      way: 'own',
      actor: 'alice',
      credential: 'password',
      secret: '',
    };
    const whole = stories[0]?.before ?? new Map<string, string>();
    await bringBack(whole);
    const path = join(world.dir, 'backup.zip');
    await engineOn(world.runsDir).backup([{ login, calendarUrl: world.calendarUrl }], () => world.connection, path);
    const bytes = await readFile(path);
    const places = placesIn(bytes);
    for (let number = 0; number < FLIPS / 4; number += 1) {
      const place = places[number % places.length] ?? ['', 0, 1];
      const at = place[1] + Math.floor(random() * (place[2] - place[1]));
      const name = join(world.dir, `backup-${number}.zip`);
      await writeFile(name, flip(bytes, at));
      await bringBack(NOTHING);
      const runsDir = join(world.dir, `restored-${number}`);
      await mkdir(runsDir);
      const end = await refusedOr(async () => {
        const spec = world.spec({ sources: [name] });
        return ended(await engineOn(runsDir).prepareRestore(spec, world.connection));
      });
      await judge(
        `flip ${number} of seed ${SEED}: restore, ${place[0]} at ${at}`,
        `backup, ${place[0]}: restore`,
        whole,
        [],
        end,
      );
      await Promise.all([rm(name), rm(runsDir, { recursive: true })]);
    }
    expect(judgement.failures).toEqual([]);
  }, 600_000);

  it('is counted', () => {
    expect(judgement.count()).toBeGreaterThan(FLIPS);
  });
});

/** Classes of octets in a zip: entries of events, the manifest, the central directory and its end. */
function placesIn(bytes: Buffer): readonly (readonly [name: string, from: number, to: number])[] {
  const directory = bytes.readUInt32LE(bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16);
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const manifest = bytes.lastIndexOf('PK\x03\x04', directory - 1, 'latin1');
  return [
    ['entry', 0, manifest],
    ['manifest', manifest, directory],
    ['central directory', directory, end],
    ['end of directory', end, bytes.length],
  ];
}
