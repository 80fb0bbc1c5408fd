import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPractice, type Fault, type PracticeServer } from '../../electron/practice/index.ts';
import { jobEvent, type JobEvent, type JobEventOf } from '../../shared/model/job.ts';
import { OUTCOMES, type Totals } from '../../shared/model/outcome.ts';
import { plainClient } from '../servers/plain-http.ts';
import { BACKUP, BEFORE } from './backup.ts';
import { forget, keeper, type Keep } from './kept.ts';
import { consented, runInside, runProcess, type Death, type Output } from './run-process.ts';

const NOW = new Date('2026-11-01T12:00:00Z');

/** Every personality that can keep quiet does so with one of them. */
const SILENT = {
  'Content-Type': 'text/calendar',
  ...{ Scheduling: 'none', 'Scheduling-Enabled': 'F', 'Schedule-Reply': 'F' },
};

/** One practice server with alice's calendar as it was, one folder of runs. */
export interface Scene {
  readonly server: PracticeServer;
  readonly runsDir: string;
  readonly calendarUrl: string;
  restoreArgs(mode: string): readonly string[];
  /** The restore of what is new into a calendar that has to be made. */
  makeArgs(mode: string): readonly string[];
  againArgs(command: 'resume' | 'undo' | 'retry', runId: string): readonly string[];
  /** The command with consent to the plan as it is now; asks the server. */
  consented(argv: readonly string[]): Promise<readonly string[]>;
  /** Runs the built command line in a process of its own. */
  run(argv: readonly string[], death?: Death): Promise<Ended>;
  /** The same command line without a process of its own. */
  runHere(argv: readonly string[]): Promise<Ended>;
  /** The same as it is typed, without a look at the plan before. */
  runBare(argv: readonly string[]): Promise<Ended>;
  /** Whether anything on the server is written, deleted or sent meanwhile, put back or not. */
  isChangedBy(work: () => Promise<unknown>): Promise<boolean>;
  /** Everything anybody has, and what everybody was told, as plain HTTP shows it. */
  look(): Promise<Seen>;
  setFaults(faults: readonly Fault[]): void;
  readonly keep: Keep;
  /** Stores an object in alice's calendar and deletes it again, without a word: where there is a trash bin, it lies there. */
  bin(name: string, body: string): Promise<void>;
  /** Titles of what lies in alice's trash bin, sorted. */
  binned(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface Ended extends Output {
  readonly events: readonly JobEvent[];
  readonly settled: JobEventOf<'settled'> | undefined;
}

export interface Seen {
  /** By `user/collection/UID`, sorted: ETag of alice's, text of everybody's. A UID that is there twice is twice in it. */
  readonly objects: readonly string[];
  /** `METHOD kind from to uid`, sorted. */
  readonly messages: readonly string[];
}

export async function openScene(backup = BACKUP, before = BEFORE, personality = 'default'): Promise<Scene> {
  const server = await startPractice({ samples: false, now: () => NOW, personality });
  const dir = await mkdtemp(path.join(tmpdir(), 'crash-'));
  const source = path.join(dir, 'backup.ics');
  await writeFile(source, backup);
  const runsDir = path.join(dir, 'runs');
  const password = server.info.admin.password;
  const home = server.info.users.find(({ user }) => user === 'alice');
  if (home === undefined) throw new Error('no alice');
  const calendarUrl = new URL(home.calendar, server.info.base_url).href;
  const admin = { user: server.info.admin.user, password };
  const agent = new Agent({ keepAlive: true });
  const client = plainClient({ description: server.info }, admin, undefined, agent);
  for (const [name, body] of before) {
    const answer = await client.request('PUT', home.calendar + name, { body, headers: SILENT });
    if (answer.status !== 201) throw new Error(`${answer.status} ${answer.body.toString()}`);
  }
  const made = new URL('../again/', calendarUrl);
  const login = ['--password-env', 'PASSWORD', '--runs', runsDir, '--json', '--yes', '--concurrency', '3'];
  const restoreInto = (url: string, mode: string): readonly string[] => [
    'restore',
    source,
    ...['--calendar', url, '--user', 'alice', '--scheduling', mode],
    ...login,
  ];
  const environment = { ...process.env, PASSWORD: password };
  return {
    server,
    runsDir,
    calendarUrl,
    restoreArgs: (mode) => restoreInto(calendarUrl, mode),
    makeArgs: (mode) => [...restoreInto(made.href, mode), '--make-calendar', '--only', 'uid=new-*'],
    againArgs: (command, runId) => [command, runId, ...login],
    consented: (argv) => consented(argv, environment, dir),
    run: async (argv, death) => ended(await runProcess(await consented(argv, environment, dir), environment, death)),
    runHere: async (argv) => ended(await runInside(await consented(argv, environment, dir), environment, dir)),
    runBare: async (argv) => ended(await runInside(argv, environment, dir)),
    async isChangedBy(work) {
      let changed = false;
      const stop = server.onChange(() => (changed = true));
      try {
        await work();
        await server.idle();
        return changed;
      } finally {
        stop();
      }
    },
    async look() {
      const objects: string[] = [];
      for (const user of server.info.users) {
        for (const collection of [user.calendar, user.inbox]) objects.push(...(await everything(client, collection)));
      }
      objects.push(...(await everything(client, made.pathname)));
      objects.push(await switchOf(client, home.calendar));
      const messages = server
        .messages()
        .map(({ method, kind, from, to, uid }) => [method, kind, from, to, uid].join(' '));
      return { objects: objects.sort(), messages: messages.sort() };
    },
    setFaults: (faults) => server.setFaults(faults),
    keep: keeper([server], dir),
    async bin(name, body) {
      const put = await client.request('PUT', home.calendar + name, { body, headers: SILENT });
      const gone = await client.request('DELETE', home.calendar + name, { headers: SILENT });
      if (put.status !== 201 || gone.status !== 204) throw new Error(`${put.status}, ${gone.status}`);
    },
    async binned() {
      const lying = await everything(client, new URL('../trashbin/objects/', calendarUrl).pathname);
      return lying.map((text) => /SUMMARY:([^\r\n&]*)/.exec(text)?.[1] ?? text).sort();
    },
    async close() {
      agent.destroy();
      await server.close();
      await rm(dir, { recursive: true, force: true });
      await forget(dir);
    },
  };
}

const SWITCH =
  '<propfind xmlns="DAV:" xmlns:y="http://cyrusimap.org/ns/"><prop><y:scheduling-enabled/></prop></propfind>';

/** The property by which a calendar's scheduling is switched off, as far as it is set. */
async function switchOf(client: ReturnType<typeof plainClient>, collection: string): Promise<string> {
  const headers = { Depth: '0', 'Content-Type': 'application/xml' };
  const answer = await client.request('PROPFIND', collection, { body: SWITCH, headers });
  const value = />([^<>]+)<\/(?:\w+:)?scheduling-enabled>/.exec(answer.body.toString('utf8'))?.[1];
  return `scheduling of ${collection}: ${value ?? 'as always'}`;
}

const QUERY = `<c:calendar-query xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns="DAV:"><prop><c:calendar-data/></prop>
  <c:filter><c:comp-filter name="VCALENDAR"/></c:filter></c:calendar-query>`;

/** Every object of a collection in one request, its address left out: names of delivered items are made up by the server. */
async function everything(client: ReturnType<typeof plainClient>, collection: string): Promise<readonly string[]> {
  const headers = { Depth: '1', 'Content-Type': 'application/xml' };
  const answer = await client.request('REPORT', collection, { body: QUERY, headers });
  if (answer.status === 404) return [`${collection} is not there`];
  if (answer.status !== 207) throw new Error(`${collection}: ${answer.status} ${answer.body.toString()}`);
  const responses = answer.body
    .toString('utf8')
    .split(/<(?:\w+:)?response>/)
    .slice(1);
  return responses.map(
    (response) => `${collection} ${/<(?:\w+:)?calendar-data[^>]*>([^<]*)</.exec(response)?.[1] ?? response}`,
  );
}

/** Each line of `--json` begins so. */
const VERSION = '{"v":1,';
/** An event of a job begins so; what `runs` lists does not. */
const EVENT = `${VERSION}"kind":`;

/** A line of `--json` without its version. */
export function readLine(line: string): unknown {
  return JSON.parse(`{${line.slice(VERSION.length)}`);
}

function ended(output: Output): Ended {
  const { stdout } = output;
  const whole = stdout.slice(0, stdout.lastIndexOf('\n') + 1).split('\n');
  const events = whole.filter((line) => line.startsWith(EVENT)).map((line) => jobEvent.parse(readLine(line)));
  const last = events.at(-1);
  return { ...output, events, settled: last?.kind === 'settled' ? last : undefined };
}

/** Steps of a process in order, as die.cjs noted them. */
export async function readSteps(file: string): Promise<readonly string[]> {
  return (await readFile(file, 'utf8')).trimEnd().split('\n');
}

/** The buckets that are not empty. */
export function filled(totals: Totals): Partial<Totals> {
  return Object.fromEntries(Object.entries(totals).filter(([, count]) => count > 0));
}

/** Every row once, and as many in each bucket as the end says. */
export function bucketsOf(events: readonly JobEvent[]): Partial<Totals> {
  const items = events.filter((event) => event.kind === 'item');
  if (new Set(items.map(({ row }) => row)).size !== items.length) throw new Error('a row has two outcomes');
  return Object.fromEntries(
    OUTCOMES.map((bucket) => [bucket, items.filter(({ outcome }) => outcome === bucket).length] as const).filter(
      ([, count]) => count > 0,
    ),
  );
}
