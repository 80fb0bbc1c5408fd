import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEngine } from '../../electron/engine/engine.ts';
import type { Engine } from '../../electron/engine/engine.ts';
import type { PreparedJob } from '../../electron/engine/types.ts';
import { notifiedByPlan } from '../../shared/model/consent.ts';
import type { RestoreSpec } from '../../shared/model/job.ts';
import type { PlanRow } from '../../shared/model/plan.ts';
import type { StandardMode } from '../../shared/model/scheduling.ts';
import type { RunningServer } from './harness.ts';
import { readComponents, valueOf } from './line-reader.ts';
import { plainClient } from './plain-http.ts';
import type { PredictionEvent } from './prediction-build.ts';
import { PREDICTION_EVENTS } from './prediction-events.ts';
import { NO_FILTER } from '../../shared/model/plan.ts';

/** The jobs that every event goes through, one after the other; the undo of a create is a delete. */
export const CHANGES = ['create', 'delete', 'create again', 'update', 'undo of the update'] as const;
export type Change = (typeof CHANGES)[number];

/** Messages by their iTIP method; `calendars` are other people's calendars that changed. */
interface Count {
  readonly REQUEST: number;
  readonly CANCEL: number;
  readonly REPLY: number;
  readonly calendars: number;
}

/** All messages. */
export function sum({ REQUEST, CANCEL, REPLY }: Count): number {
  return REQUEST + CANCEL + REPLY;
}

/** One event in one job: what the plan said, and what happened. */
export interface Held {
  readonly event: PredictionEvent;
  readonly change: Change;
  readonly action: PlanRow['action'];
  readonly outcome: string;
  readonly predicted: Count;
  /** How many of the predicted messages go to people inside. */
  readonly inside: number;
  readonly captured: Count;
  /** Who heard of it, for the reader of a failure. */
  readonly heard: readonly string[];
}

const OTHERS = ['bob', 'carol'] as const;

/** Takes all events through all jobs on a real server, in one mode, and compares the plans with what was captured. */
export async function holdAgainst(server: RunningServer, mode: StandardMode): Promise<readonly Held[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hushcal-prediction.'));
  try {
    return await holdIn(folder, server, mode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function holdIn(folder: string, server: RunningServer, mode: StandardMode): Promise<readonly Held[]> {
  const alice = server.user('alice');
  const url = server.description.base_url + alice.calendar;
  const engine = createEngine({ runsDir: path.join(folder, 'runs'), tempDir: folder, now: () => new Date() });
  const connection = { url, user: 'alice', password: () => Promise.resolve(alice.password ?? ''), concurrency: 4 };
  const spec = (source: string): RestoreSpec => ({
    sources: [source],
    calendarUrl: url,
    user: 'alice',
    mode,
    identity: { kind: 'server' },
    onConflict: 'replace',
    only: [],
    concurrency: 4,
    assume: [],
  });
  const write = (name: 'first' | 'second'): string => {
    const target = path.join(folder, `${name}.ics`);
    writeFileSync(target, PREDICTION_EVENTS.map((event, at) => textOf(at, event[name])).join(''));
    return target;
  };
  await prepareOthers(server);
  const held: Held[] = [];
  const step = async (change: Change, job: PreparedJob): Promise<string> => {
    const { runId, rows } = await watch(server, engine, change, mode, job);
    held.push(...rows);
    return runId;
  };
  const created = await step('create', await engine.prepareRestore(spec(write('first')), connection));
  await step('delete', await engine.prepareUndo(created, connection, {}));
  await step('create again', await engine.prepareRestore(spec(write('first')), connection));
  const updated = await step('update', await engine.prepareRestore(spec(write('second')), connection));
  await step('undo of the update', await engine.prepareUndo(updated, connection, {}));
  return held;
}

const uidOf = (at: number): string => `prediction-${String(at + 1).padStart(2, '0')}`;
const textOf = (at: number, text: string): string => text.replaceAll('UID:UID', `UID:${uidOf(at)}`);

/** What bob has beforehand, without telling anybody; only where the server can keep quiet. */
async function prepareOthers(server: RunningServer): Promise<void> {
  if (server.name !== 'cyrus') return;
  const bob = server.user('bob');
  const client = plainClient(server, bob);
  for (const [at, event] of PREDICTION_EVENTS.entries()) {
    if (event.atBob === undefined) continue;
    const body = textOf(at, event.atBob);
    const headers = { 'Content-Type': 'text/calendar', 'Scheduling-Enabled': 'F' };
    const { status } = await client.request('PUT', `${bob.calendar}${uidOf(at)}.ics`, { body, headers });
    if (status !== 201) throw new Error(`PUT for bob: ${String(status)}`);
  }
}

async function watch(
  server: RunningServer,
  engine: Engine,
  change: Change,
  mode: StandardMode,
  job: PreparedJob,
): Promise<{ readonly runId: string; readonly rows: readonly Held[] }> {
  const plan = await predictions(job, mode);
  await clear(server);
  const before = await calendars(server);
  const handle = await job.start({ hash: job.summary.hash, typedMessages: notifiedByPlan(job.summary).messages });
  await handle.finished;
  const after = await calendars(server);
  const heard = await messages(server);
  const report = await engine.report(handle.runId);
  const rows = PREDICTION_EVENTS.flatMap((event, at): Held[] => {
    const uid = uidOf(at);
    const row = plan.get(uid);
    if (row === undefined) return [];
    const mine = heard.filter((one) => one.uid === uid);
    const count = (method: string): number => mine.filter((one) => one.method === method).length;
    const changed = OTHERS.filter((user) => before.get(`${user} ${uid}`) !== after.get(`${user} ${uid}`));
    const item = report.items.find((one) => one.uid === uid);
    return [
      {
        event,
        change,
        action: row.action,
        outcome: `${item?.outcome ?? 'absent'} ${item?.reason ?? ''}`,
        predicted: row.count,
        inside: row.inside,
        captured: {
          REQUEST: count('REQUEST'),
          CANCEL: count('CANCEL'),
          REPLY: count('REPLY'),
          calendars: changed.length,
        },
        heard: [...mine.map(({ method, to }) => `${method} ${to}`), ...changed.map((user) => `calendar of ${user}`)],
      },
    ];
  });
  return { runId: handle.runId, rows };
}

interface Predicted {
  readonly action: PlanRow['action'];
  readonly count: Count;
  readonly inside: number;
}

const NO_KINDS = { invitation: 0, update: 0, cancellation: 0, reply: 0 };

async function predictions(job: PreparedJob, mode: StandardMode): Promise<ReadonlyMap<string, Predicted>> {
  const filter = NO_FILTER;
  const { rows } = await job.rows(filter, 0, 500);
  const found = new Map<string, Predicted>();
  for (const { id, uid, action } of rows) {
    const { recipients } = await job.row(id);
    const { invitation, update, cancellation, reply } = recipients.kinds?.[mode] ?? NO_KINDS;
    const { calendars: changed, inside } = recipients.perMode[mode];
    found.set(uid, {
      action,
      inside,
      count: { REQUEST: invitation + update, CANCEL: cancellation, REPLY: reply, calendars: changed },
    });
  }
  return found;
}

interface Heard {
  readonly uid: string;
  readonly method: string;
  readonly to: string;
}

/** Mail, and what lies in the inboxes, by recipient. */
async function messages(server: RunningServer): Promise<readonly Heard[]> {
  const mail = (await server.mail()).flatMap(({ uid, method, to }) =>
    to.map((one) => ({ uid, method: method.toUpperCase(), to: one.toLowerCase() })),
  );
  const inside: Heard[] = [];
  for (const name of OTHERS) {
    const user = server.user(name);
    if (server.name === 'sogo' || user.inbox === undefined) continue;
    for (const body of (await plainClient(server, user).readAll(user.inbox)).values()) {
      const [calendar] = readComponents(body);
      const event = calendar?.components.find((one) => one.name !== 'VTIMEZONE');
      if (calendar === undefined || event === undefined) continue;
      inside.push({
        uid: valueOf(event, 'UID') ?? '',
        method: valueOf(calendar, 'METHOD') ?? '',
        to: `inbox of ${name}`,
      });
    }
  }
  return [...mail, ...inside];
}

/** What the others have, as `USER UID` → text. */
async function calendars(server: RunningServer): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of OTHERS) {
    const user = server.user(name);
    for (const body of (await plainClient(server, user).readAll(user.calendar)).values()) {
      const text = body.toString('utf8');
      const uid = /^UID:(\S+)/m.exec(text)?.[1] ?? '';
      found.set(`${name} ${uid}`, `${found.get(`${name} ${uid}`) ?? ''}${text}`);
    }
  }
  return found;
}

/** Forgets what was heard so far. */
async function clear(server: RunningServer): Promise<void> {
  await server.clearMail();
  for (const name of OTHERS) {
    const user = server.user(name);
    if (server.name === 'sogo' || user.inbox === undefined) continue;
    const client = plainClient(server, user);
    for (const item of await client.list(user.inbox)) {
      await client.request('DELETE', item, { headers: { 'Scheduling-Enabled': 'F' } });
    }
  }
}
