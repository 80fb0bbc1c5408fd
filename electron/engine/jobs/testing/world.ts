import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobEvent, JobEventOf, RestoreSpec } from '../../../../shared/model/job.ts';
import { startPractice, type PracticeOptions, type PracticeServer } from '../../../practice/server.ts';
import type { Connection } from '../../caldav/types.ts';
import { createEngine } from '../../engine.ts';
import type { Engine } from '../../engine.ts';
import type { PreparedJob, RunHandle } from '../../types.ts';
import { consentTo } from './consent.ts';

/** A real engine, a real folder of runs and a real practice server. */
export interface World {
  readonly server: PracticeServer;
  readonly engine: Engine;
  readonly dir: string;
  readonly runsDir: string;
  readonly calendarUrl: string;
  readonly connection: Connection;
  spec(over?: Partial<RestoreSpec>): RestoreSpec;
  /** Writes a source file; gives its path. */
  source(name: string, text: string | Buffer): Promise<string>;
  restore(over?: Partial<RestoreSpec>): Promise<Finished>;
  /** Goes on with a run, with the number of messages that it has still to send. */
  resume(runId: string): Promise<Finished>;
  /** What alice's calendar holds, by path, as plain HTTP gives it. */
  objects(): Promise<ReadonlyMap<string, string>>;
  put(name: string, text: string): Promise<void>;
  /** Moves the engine's clock. */
  passTime(milliseconds: number): void;
  close(): Promise<void>;
}

export interface Finished {
  readonly runId: string;
  readonly events: readonly JobEvent[];
  readonly settled: JobEventOf<'settled'>;
}

/** @param user whose calendar it is about */
export async function openWorld(options: PracticeOptions = {}, user = 'alice'): Promise<World> {
  const server = await startPractice({ samples: false, ...options });
  const dir = await mkdtemp(join(tmpdir(), 'hushcal-test-'));
  const runsDir = join(dir, 'runs');
  const clock = { ahead: 0 };
  const engine = createEngine({ runsDir, tempDir: join(dir, 'temp'), now: () => new Date(Date.now() + clock.ahead) });
  const alice = server.info.users.find((one) => one.user === user);
  if (alice === undefined) throw new Error(`no ${user}`);
  const calendarUrl = new URL(alice.calendar, server.info.base_url).href;
  const password = (): Promise<string> => Promise.resolve(alice.password);
  const connection: Connection = { url: calendarUrl, user, password, concurrency: 4 };
  const http = plainHttp(calendarUrl, `${user}:${alice.password}`);
  const spec = (over: Partial<RestoreSpec> = {}): RestoreSpec => ({
    sources: [],
    calendarUrl,
    user,
    mode: 'none',
    identity: { kind: 'server' },
    onConflict: 'newer',
    only: [],
    concurrency: 4,
    assume: [],
    ...over,
  });
  return {
    server,
    engine,
    dir,
    runsDir,
    calendarUrl,
    connection,
    spec,
    async source(name, text) {
      const path = join(dir, name);
      await writeFile(path, text);
      return path;
    },
    async restore(over) {
      return runAll(await engine.prepareRestore(spec(over), connection));
    },
    async resume(runId) {
      return follow(await engine.resume(runId, connection, await engine.messagesLeft(runId)));
    },
    ...http,
    passTime(milliseconds) {
      clock.ahead += milliseconds;
    },
    async close() {
      await server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Consents to a plan as it is and runs it; no two of its rows may write to one address, or one is read back as the other. */
export async function runAll(job: PreparedJob): Promise<Finished> {
  const ended = await follow(await job.start(consentTo(job)));
  const hrefs = itemsOf(ended).flatMap(({ outcome, href }) => (href !== null && WROTE.has(outcome) ? [href] : []));
  const twice = hrefs.filter((href, at) => hrefs.indexOf(href) !== at);
  if (twice.length > 0) throw new Error(`Two rows of one run wrote to ${twice.join(', ')}.`);
  return ended;
}

const WROTE: ReadonlySet<string> = new Set(['created', 'updated', 'altered', 'deleted', 'failed']);

/** Every event of a run; `seen` is called with each batch as it comes. */
export async function follow(
  handle: RunHandle,
  seen: (batch: readonly JobEvent[]) => void = () => undefined,
): Promise<Finished> {
  const events: JobEvent[] = [];
  for await (const batch of handle.events()) {
    events.push(...batch);
    seen(batch);
  }
  await handle.finished;
  const settled = events.at(-1);
  if (settled?.kind !== 'settled') throw new Error('the last event is not settled');
  return { runId: handle.runId, events, settled };
}

/** What became of the rows, in the order of the plan: they end in any. */
export function itemsOf({ events }: Pick<Finished, 'events'>): readonly JobEventOf<'item'>[] {
  return events.filter((event) => event.kind === 'item').sort((one, other) => one.row - other.row);
}

function plainHttp(calendarUrl: string, credentials: string): Pick<World, 'objects' | 'put'> {
  const headers = { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
  const get = async (path: string): Promise<string> => (await fetch(new URL(path, calendarUrl), { headers })).text();
  return {
    async objects() {
      const listing = await fetch(calendarUrl, { method: 'PROPFIND', headers: { ...headers, depth: '1' } });
      const hrefs = [...(await listing.text()).matchAll(/<(?:\w+:)?href>([^<]+\.ics)</g)].map(
        (match) => match[1] ?? '',
      );
      const texts = await Promise.all(hrefs.sort().map(async (href) => [href, await get(href)] as const));
      return new Map(texts);
    },
    async put(name, text) {
      const quiet = { ...headers, scheduling: 'none', 'content-type': 'text/calendar' };
      const answer = await fetch(new URL(name, calendarUrl), { method: 'PUT', headers: quiet, body: text });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    },
  };
}

/** One event as a calendar of its own. */
export function event(uid: string, lines: readonly string[] = []): string {
  return calendar([[`UID:${uid}`, ...lines]]);
}

/** Events of alice with guests inside and outside, far in the future. */
export function calendar(events: readonly (readonly string[])[]): string {
  const body = events.flatMap((lines) => {
    const names = new Set(lines.map((line) => line.split(/[:;]/)[0]));
    const given = DEFAULTS.filter((line) => !names.has(line.split(/[:;]/)[0]));
    return ['BEGIN:VEVENT', ...lines, ...given, 'END:VEVENT'];
  });
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...body, 'END:VCALENDAR', ''].join('\r\n');
}

const DEFAULTS = ['DTSTAMP:20260101T000000Z', 'DTSTART:20370105T090000Z', 'DTEND:20370105T100000Z', 'SUMMARY:Planning'];

export const GUESTS = [
  'ORGANIZER:mailto:alice@example.com',
  'ATTENDEE;PARTSTAT=ACCEPTED:mailto:alice@example.com',
  'ATTENDEE:mailto:bob@example.com',
  'ATTENDEE:mailto:ext@other.test',
];
