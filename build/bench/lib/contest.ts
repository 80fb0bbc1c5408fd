import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SchedulingMode } from '../../../shared/model/scheduling.ts';
import { runChild, type Measured } from './child.ts';
import { writeCalendar, type EventShape } from './generate.ts';
import type { RestoreTimes } from './restore.ts';
import { median } from './rounds.ts';
import type { Server } from './servers.ts';

/** The same events into the same server, by different clients, each into an empty calendar of its own. */
export interface Field {
  readonly server: Server;
  readonly count: number;
  readonly shape: EventShape;
  readonly connections: number;
  /** How the engine restores: `all` where the events have no guests and the server knows nothing else. */
  readonly mode: SchedulingMode;
  /** What makes the server keep quiet, for the plain clients: the engine sends the same. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One round of one client: its wall time (for the engine the whole restore) and its processor time. */
export interface Lap {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly times: RestoreTimes | null;
}

/** A whole restore by the engine. */
export function engineLap(field: Field, file: string, runsDir?: string): Promise<Lap> {
  return inNewCalendar(field, (url) => engineInto(field, url, file, runsDir));
}

/** The same into a calendar that is there already. */
export async function engineInto(field: Field, url: string, file: string, runsDir?: string): Promise<Lap> {
  const { server, connections, count, mode } = field;
  const { user, password } = server;
  const job = { file, url, user, password, mode, concurrency: connections };
  const ran = await runChild<RestoreTimes>('restore', runsDir === undefined ? job : { ...job, runsDir });
  const { created, unchanged } = ran.value.totals;
  if (created + unchanged !== count) throw new Error(`restored ${String(created + unchanged)} of ${String(count)}`);
  return { wallMs: ran.value.totalMs, cpuMs: ran.cpuMs, times: ran.value };
}

/** PUTs of ready bodies: `bare` is undici's Pool, `tsdav-loop` a script with tsdav. */
export function plainLap(field: Field, work: 'bare' | 'tsdav-loop'): Promise<Lap> {
  return inNewCalendar(field, async (url) => {
    const { server, connections, headers, count, shape } = field;
    const { user, password } = server;
    const target = { url, user, password, connections, headers };
    const ran: Measured<unknown> = await runChild(work, { target, count, shape });
    return { wallMs: ran.wallMs, cpuMs: ran.cpuMs, times: null };
  });
}

export async function inNewCalendar<T>({ server }: Field, work: (url: string) => Promise<T>): Promise<T> {
  const url = await server.newCalendar();
  try {
    return await work(url);
  } finally {
    await server.dropCalendar(url);
  }
}

/** The median of one number over a client's rounds. */
export function middle(laps: readonly Lap[] | undefined, number: (lap: Lap) => number): number {
  return median((laps ?? []).map(number));
}

export const wall = (lap: Lap): number => lap.wallMs;
export const cpu = (lap: Lap): number => lap.cpuMs;
export const writing = (lap: Lap): number => lap.times?.writeMs ?? NaN;

/** A folder for one benchmark, with the events of a field as one file. */
export async function withCalendarFile(
  count: number,
  shape: EventShape,
  work: (file: string, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hushcal-bench-'));
  try {
    const file = join(folder, 'backup.ics');
    await writeCalendar(file, count, shape);
    await work(file, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
