import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  batchLimits,
  type BatchEvent,
  type BatchEventOf,
  type BatchLimits,
  type BatchMember,
} from '../../../../shared/model/batch/batch.ts';
import type { Login } from '../../../../shared/model/login.ts';
import { restoreSpec, type RestoreSpec } from '../../../../shared/model/job.ts';
import { startPractice, type PracticeOptions, type PracticeServer } from '../../../practice/server.ts';
import { createEngine } from '../../engine.ts';
import type { Engine } from '../../engine.ts';
import type { EnginePorts } from '../../types.ts';
import { planWork, resumeOrder } from '../../jobs/batches/batch.ts';
import { messagesLeftIn } from '../../jobs/stored/messages-left.ts';
import { prepareRestore } from '../../jobs/restore.ts';
import type { BatchHandle, Connect, MakeWork, PreparedBatch } from '../types.ts';
import { consentTo } from '../../jobs/testing/consent.ts';

/** A batch of restores: the plainest work there is, for tests of what all batches have in common. */
const crowdSpec = z.strictObject({
  members: z.array(z.strictObject({ restore: restoreSpec, stage: z.int() })),
  limits: batchLimits,
});
type CrowdSpec = z.infer<typeof crowdSpec>;

export const restoreMany: MakeWork = (ports, given, connect) => {
  const spec = crowdSpec.parse(given);
  const loginOf = ({ calendarUrl, user }: RestoreSpec): Login => ({
    url: calendarUrl,
    user,
    way: 'own',
    actor: user,
    credential: 'password',
    secret: 'PASSWORD',
  });
  const restoreOf = (member: number): RestoreSpec => {
    const found = spec.members[member];
    if (found === undefined) throw new Error(`no member ${member}`);
    return found.restore;
  };
  return Promise.resolve({
    kind: 'migrate',
    asked: spec.members[0]?.restore.mode ?? 'none',
    limits: spec.limits,
    members: spec.members.map(({ restore, stage }) => ({
      mailbox: restore.user,
      calendar: restore.user,
      calendarUrl: restore.calendarUrl,
      sources: restore.sources,
      stage,
      origin: new URL(restore.calendarUrl).origin,
      login: loginOf(restore),
      notCarried: [],
      problem: null,
    })),
    stops: [],
    notes: [],
    spec,
    prepare: (member, progress, signal) => {
      const restore = restoreOf(member);
      return prepareRestore(ports, restore, connect(loginOf(restore)), progress, signal);
    },
    connection: (member) => connect(loginOf(restoreOf(member))),
    close: () => Promise.resolve(),
  });
};

export const LIMITS: BatchLimits = { members: 2, perOrigin: 4, stopAfter: null, hours: null };

/** Many users on one practice server, an engine, and a source file for each user. */
export interface Crowd {
  readonly server: PracticeServer;
  readonly ports: EnginePorts;
  readonly engine: Engine;
  readonly runsDir: string;
  readonly dir: string;
  readonly users: readonly string[];
  readonly connect: Connect;
  /** Users whose password is a wrong one from now on. */
  readonly lockedOut: Set<string>;
  url(user: string): string;
  source(user: string, text: string): Promise<string>;
  spec(over?: Partial<RestoreSpec>, limits?: Partial<BatchLimits>): Promise<CrowdSpec>;
  plan(spec: CrowdSpec, signal?: AbortSignal): Promise<PreparedBatch>;
  resume(batchId: string): Promise<BatchHandle>;
  /** Paths and texts of what a user's calendar holds. */
  objects(user: string): Promise<ReadonlyMap<string, string>>;
  passTime(milliseconds: number): void;
  close(): Promise<void>;
}

export async function openCrowd(
  texts: Readonly<Record<string, string>>,
  options: PracticeOptions = {},
): Promise<Crowd> {
  const users = Object.keys(texts);
  const server = await startPractice({ samples: false, users, ...options });
  const dir = await mkdtemp(join(tmpdir(), 'hushcal-batch-'));
  const clock = { ahead: 0 };
  const runsDir = join(dir, 'runs');
  const now = (): Date => new Date(Date.now() + clock.ahead);
  const ports: EnginePorts = { runsDir, tempDir: join(dir, 'temp'), now };
  const { password } = server.info.admin;
  const lockedOut = new Set<string>();
  const connect: Connect = ({ url, user, actor }) => ({
    url,
    user: actor,
    concurrency: 4,
    password: () => Promise.resolve(lockedOut.has(user) ? 'wrong' : password),
  });
  const home = (user: string): PracticeServer['info']['users'][number] => {
    const found = server.info.users.find((one) => one.user === user);
    if (found === undefined) throw new Error(`no ${user}`);
    return found;
  };
  const url = (user: string): string => new URL(home(user).calendar, server.info.base_url).href;
  const source = async (user: string, text: string): Promise<string> => {
    const path = join(dir, `${user}.ics`);
    await writeFile(path, text);
    return path;
  };
  return {
    server,
    ports,
    engine: createEngine(ports),
    runsDir,
    dir,
    users,
    connect,
    lockedOut,
    url,
    source,
    async spec(over = {}, limits = {}) {
      const members = [];
      for (const [user, text] of Object.entries(texts)) {
        members.push({
          restore: { ...plain, user, calendarUrl: url(user), sources: [await source(user, text)], ...over },
          stage: 0,
        });
      }
      return { members, limits: { ...LIMITS, ...limits } };
    },
    plan: (spec, signal) => planWork(ports, restoreMany, spec, connect, undefined, signal),
    resume: async (batchId) =>
      resumeOrder(ports, batchId, connect, await messagesLeftIn(runsDir, batchId), restoreMany),
    objects: (user) => objectsAt(url(user), user, password),
    passTime(milliseconds) {
      clock.ahead += milliseconds;
    },
    async close() {
      await server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const plain: Omit<RestoreSpec, 'user' | 'calendarUrl' | 'sources'> = {
  mode: 'none',
  identity: { kind: 'server' },
  onConflict: 'newer',
  only: [],
  concurrency: 4,
  assume: [],
};

async function objectsAt(url: string, user: string, password: string): Promise<ReadonlyMap<string, string>> {
  const headers = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
  const listing = await fetch(url, { method: 'PROPFIND', headers: { ...headers, depth: '1' } });
  const found = new Map<string, string>();
  for (const [, href = ''] of (await listing.text()).matchAll(/<(?:\w+:)?href>([^<]+\.ics)</g)) {
    found.set(href, await (await fetch(new URL(href, url), { headers })).text());
  }
  return found;
}

export interface EndedBatch {
  readonly batchId: string;
  readonly events: readonly BatchEvent[];
  readonly settled: BatchEventOf<'settled'>;
  /** The last that was said of each. */
  readonly members: readonly BatchMember[];
}

/** Every event of a batch; `seen` is called with each portion as it comes. */
export async function followBatch(
  handle: BatchHandle,
  seen: (events: readonly BatchEvent[]) => void = () => undefined,
): Promise<EndedBatch> {
  const events: BatchEvent[] = [];
  for await (const some of handle.events()) {
    events.push(...some);
    seen(some);
  }
  await handle.finished;
  const settled = events.at(-1);
  if (settled?.kind !== 'settled') throw new Error('the last event is not settled');
  const members: BatchMember[] = [];
  for (const event of events) if (event.kind === 'member') members[event.member.id] = event.member;
  return { batchId: handle.batchId, events, settled, members };
}

/** Consents to a batch as it is and runs it. */
export async function runWhole(batch: PreparedBatch): Promise<EndedBatch> {
  return followBatch(await batch.start(consentTo(batch)));
}

/** So many events of one user, as one file; guests when named. */
export function events(user: string, count: number, lines: readonly string[] = []): string {
  const body = Array.from({ length: count }, (_, at) => [
    'BEGIN:VEVENT',
    `UID:${user}-${at}`,
    'DTSTAMP:20260101T000000Z',
    'DTSTART:20370105T090000Z',
    'DTEND:20370105T100000Z',
    `SUMMARY:${user} ${at}`,
    ...lines,
    'END:VEVENT',
  ]).flat();
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...body, 'END:VCALENDAR', ''].join('\r\n');
}
