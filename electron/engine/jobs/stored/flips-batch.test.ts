import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BatchHandle } from '../../batch/types.ts';
import { events, followBatch, openCrowd, runWhole, type Crowd } from '../../batch/testing/crowd.ts';
import { createEngine, type Engine } from '../../engine.ts';
import { consentTo } from '../testing/consent.ts';
import { flip, FLIPS, Judgement, random, refusedOr, SEED, unasked, type Ended } from './testing/flipping.ts';

/*
 * One bit of the folder of a batch flips, or of one of its runs; then it is resumed, taken back, put back, silently and
 * loudly. As in flips.test.ts, of which this is the other half: it takes seconds, since a whole batch follows each flip.
 */

/** A whole batch takes longer than a run. */
const BATCH_FLIPS = Math.ceil(FLIPS / 3);
const USERS = ['anna', 'ben'] as const;

type State = ReadonlyMap<string, string>;

interface Story {
  readonly name: string;
  readonly runs: string;
  readonly batchId: string;
  readonly before: State;
  readonly after: State;
  act(engine: Engine): Promise<Ended>;
}

let crowd: Crowd;
const stories: Story[] = [];
const messages = new Map<Story, readonly string[]>();
const sound = new Set<string>();
const judgement = new Judgement();

beforeAll(async () => {
  const guests = (user: string): readonly string[] => [
    `ORGANIZER:mailto:${user}@example.com`,
    'ATTENDEE:mailto:x@other.test',
  ];
  crowd = await openCrowd(Object.fromEntries(USERS.map((user) => [user, events(user, 2, guests(user))])));
  await writeStories();
}, 120_000);
afterAll(() => crowd.close());

/** What everybody has, by address. */
async function stateNow(): Promise<State> {
  const all = await Promise.all(USERS.map((user) => crowd.objects(user)));
  return new Map(all.flatMap((objects) => [...objects]));
}

async function send(method: string, href: string, body?: string): Promise<void> {
  const user = USERS.find((one) => href.includes(`/${one}/`)) ?? '';
  const authorization = `Basic ${Buffer.from(`${user}:${crowd.server.info.admin.password}`).toString('base64')}`;
  const headers = { authorization, scheduling: 'none', 'content-type': 'text/calendar' };
  const answer = await fetch(new URL(href, crowd.server.info.base_url), { method, headers, body: body ?? null });
  if (!answer.ok) throw new Error(`${method} ${href}: ${answer.status}`);
}

/** Makes the calendars hold this, silently. */
async function bringBack(state: State): Promise<void> {
  const now = await stateNow();
  for (const href of now.keys()) if (!state.has(href)) await send('DELETE', href);
  for (const [href, text] of state) if (now.get(href) !== text) await send('PUT', href, text);
  crowd.server.clearMessages();
}

async function keep(name: string): Promise<string> {
  const folder = join(crowd.dir, name);
  await cp(crowd.runsDir, folder, { recursive: true });
  return folder;
}

async function writeStories(): Promise<void> {
  const { batchId } = await runWhole(await crowd.plan(await crowd.spec()));
  const after = await stateNow();
  const whole = await keep('whole');
  const undo = (mode: 'none' | 'all'): Story => ({
    name: `undo in ${mode}`,
    runs: whole,
    batchId,
    before: after,
    after: new Map(),
    async act(engine) {
      const order = { kind: 'undo', spec: { batchId, members: null, only: [], mode } } as const;
      const batch = await engine.prepareBatch(order, crowd.connect);
      try {
        const trouble = batch.members.some(({ counts, problem }) => problem !== null || (counts?.conflict ?? 0) > 0);
        return await ended(await batch.start(consentTo(batch)), trouble);
      } finally {
        await batch.discard();
      }
    },
  });
  stories.push(undo('none'), undo('all'));

  for (const mode of ['none', 'all'] as const) {
    await rm(crowd.runsDir, { recursive: true });
    await bringBack(new Map());
    const order = await undoOf(mode);
    stories.push(await resumeStory(`resume in ${mode}`, order));
  }
  for (const text of after.values()) sound.add(plain(text));
}

/** A batch that takes everything back, in a folder of runs of its own. */
async function undoOf(mode: 'none' | 'all'): Promise<{ readonly batchId: string; readonly before: State }> {
  const first = await runWhole(await crowd.plan(await crowd.spec()));
  const before = await stateNow();
  crowd.server.clearMessages();
  const spec = { batchId: first.batchId, members: null, only: [], mode };
  const { batchId } = await runWhole(await crowd.engine.prepareBatch({ kind: 'undo', spec }, crowd.connect));
  return { batchId, before };
}

/** As a process leaves it that was killed when the first calendar was done and the second one not begun. */
async function resumeStory(name: string, { batchId, before }: { batchId: string; before: State }): Promise<Story> {
  const runs = await keep(name.replaceAll(' ', '-'));
  const folder = join(runs, 'batches', batchId);
  const journal = join(folder, 'journal.jsonl');
  const lines = (await readFile(journal, 'utf8')).split('\n');
  const end = lines.findIndex((line) => line.startsWith('{"k":"ended"'));
  const began = lines.filter((line) => line.startsWith('{"k":"began"'));
  const kept = JSON.parse(lines[end] ?? '') as { readonly runId: string };
  await writeFile(journal, `${lines.slice(0, end + 1).join('\n')}\n`);
  await rm(join(folder, 'result.json'));
  for (const line of began) {
    const { runId } = JSON.parse(line) as { readonly runId: string };
    if (runId !== kept.runId) await rm(join(runs, runId), { recursive: true });
  }
  const head = JSON.parse(await readFile(join(runs, kept.runId, 'run.json'), 'utf8')) as { spec: { user: string } };
  const rest = new Map([...before].filter(([href]) => !href.includes(`/${head.spec.user}/`)));
  return {
    name,
    runs,
    batchId,
    before: rest,
    after: new Map(),
    act: async (engine) => ended(await engine.resumeBatch(batchId, crowd.connect, await engine.messagesLeft(batchId))),
  };
}

async function ended(handle: BatchHandle, trouble = false): Promise<Ended> {
  const { settled } = await followBatch(handle);
  return { named: settled.status !== 'complete' || trouble, how: settled.status };
}

function engineOn(runsDir: string): Engine {
  return createEngine({ runsDir, tempDir: join(crowd.dir, 'temp'), now: () => new Date() });
}

function plain(text: string): string {
  return text.replace(/;SCHEDULE-STATUS=(?:"[^"]*"|[0-9.]+)/g, '');
}

function same(a: State, b: State): boolean {
  const texts = (state: State): string => [...state.values()].map(plain).sort().join('\n');
  return texts(a) === texts(b);
}

function heard(): readonly string[] {
  return crowd.server.messages().map(({ method, to, uid }) => `${method} ${to} ${uid}`);
}

/** Files of the batch, and of its runs. */
async function filesOf({ runs, batchId }: Story): Promise<readonly string[]> {
  const own = (await readdir(join(runs, 'batches', batchId))).map((name) => join('batches', batchId, name));
  const children = (await readdir(runs)).filter((name) => /^\d{8}T/.test(name));
  const all = await Promise.all(
    children.map(async (run) => (await readdir(join(runs, run))).map((name) => join(run, name))),
  );
  // The folder of the batch is small and counts as much as those of its runs together.
  return [...own, ...own, ...all.flat()].filter((name) => !name.includes('lock.'));
}

async function flipBatch(number: number): Promise<void> {
  const story = stories[number % stories.length];
  if (story === undefined) throw new Error('no story');
  const runsDir = join(crowd.dir, `flipped-${number}`);
  await cp(story.runs, runsDir, { recursive: true });
  const files = await filesOf(story);
  const file = files[Math.floor(random() * files.length)] ?? '';
  const path = join(runsDir, file);
  const { size } = await stat(path);
  if (size > 0) {
    const at = Math.floor(random() * size);
    await writeFile(path, flip(await readFile(path), at));
    await bringBack(story.before);
    const what = `flip ${number} of seed ${SEED}: ${story.name}, ${file} at ${at}`;
    const engine = engineOn(runsDir);
    await judgement.readable(what, () => engine.batchReport(story.batchId));
    await judgement.readable(what, () => engine.batches());
    await judgement.readable(what, () => engine.damaged());
    const end = await refusedOr(() => story.act(engine));
    const now = await stateNow();
    const wrong = [...now.values()].map(plain).filter((text) => !sound.has(text));
    const kind = file.startsWith('batches') ? 'batch' : 'run of it';
    const right = same(now, story.after);
    judgement.add(what, `${story.name}: ${kind}, ${file.split('/').at(-1) ?? ''}`, end, {
      right,
      wrong,
      unasked: unasked(heard(), messages.get(story) ?? []),
    });
  }
  await rm(runsDir, { recursive: true });
}

describe('the folder of a batch, with one bit flipped', () => {
  it('gives the right end undamaged', async () => {
    for (const [number, story] of stories.entries()) {
      const runsDir = join(crowd.dir, `sound-${number}`);
      await cp(story.runs, runsDir, { recursive: true });
      await bringBack(story.before);
      const { named, how } = await story.act(engineOn(runsDir));
      const right = same(await stateNow(), story.after);
      expect([story.name, named, how, right]).toEqual([story.name, false, 'complete', true]);
      messages.set(story, heard());
      expect(new Set(heard()).size).toBe(heard().length);
      expect([story.name, heard().length > 0]).toEqual([story.name, story.name.endsWith('all')]);
    }
  }, 120_000);

  it('right or named, nothing wrong stored, nobody notified twice or unasked', async () => {
    for (let number = 0; number < BATCH_FLIPS; number += 1) await flipBatch(number);
    expect(judgement.failures).toEqual([]);
    expect(judgement.count()).toBeGreaterThan(BATCH_FLIPS / 2);
  }, 1_800_000);
});
