import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { runCli } from '../../electron/cli/run-cli.ts';
import { Harness } from '../../electron/practice/testing/harness.ts';
import { forget, keeper, type Keep } from '../crash/kept.ts';
import { event, factsOf, OBJECTS } from './events.ts';

/** What a calendar holds: each object's text by its path. */
export type Held = ReadonlyMap<string, string>;

/** One side: a practice server and alice's calendar on it. */
export interface Side {
  readonly harness: Harness;
  readonly url: string;
  /** Everything in a calendar of alice, however the server is bent for others. */
  held(slug?: string): Promise<Held>;
  put(name: string, text: string, slug?: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** A calendar as it was, an empty second server, and a folder of runs. */
export interface Scene {
  readonly here: Side;
  readonly there: Side;
  readonly dir: string;
  write(name: string, text: string): Promise<string>;
  /** Where runs are kept, as options. */
  readonly runs: readonly string[];
  /** Runs a command line in this process. */
  say(argv: readonly string[]): Promise<Ended>;
  readonly keep: Keep;
  close(): Promise<void>;
}

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The lines of `--json`. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

export const LOGIN = ['--user', 'alice', '--password-env', 'PASSWORD'] as const;

export async function openScene(): Promise<Scene> {
  const [here, there] = [await openSide(), await openSide()];
  for (const [uid, name] of Object.entries(OBJECTS)) await here.put(name, event(uid));
  const dir = await mkdtemp(path.join(tmpdir(), 'bends-'));
  const env = {
    PASSWORD: here.harness.server.info.admin.password,
    HUSHCAL_PASSWORD: here.harness.server.info.admin.password,
    HUSHCAL_OTHER: there.harness.server.info.admin.password,
  };
  return {
    here,
    there,
    dir,
    runs: ['--runs', path.join(dir, 'runs')],
    async write(name, text) {
      await writeFile(path.join(dir, name), text);
      return path.join(dir, name);
    },
    say: (argv) => run(argv, env, dir),
    keep: keeper([here.harness.server, there.harness.server], dir),
    async close() {
      await Promise.all([here.harness.close(), there.harness.close()]);
      await rm(dir, { recursive: true, force: true });
      await forget(dir);
    },
  };
}

async function openSide(): Promise<Side> {
  const harness = await Harness.start({ users: ['alice', 'bob'] });
  const slugOf = (slug: string): string => `${harness.home('alice')}${slug}/`;
  return {
    harness,
    url: new URL(harness.calendar('alice'), harness.server.info.base_url).href,
    held: (slug = 'default') => everything(harness, slugOf(slug)),
    async put(name, text, slug = 'default') {
      const headers = { 'content-type': 'text/calendar', scheduling: 'none' };
      const { status } = await harness.send('alice', 'PUT', slugOf(slug) + name, text, headers);
      if (status >= 300) throw new Error(`PUT ${name}: ${status}`);
    },
    async remove(name) {
      const { status } = await harness.send('alice', 'DELETE', slugOf('default') + name, undefined, {
        scheduling: 'none',
      });
      if (status >= 300) throw new Error(`DELETE ${name}: ${status}`);
    },
  };
}

const QUERY = `<c:calendar-query xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns="DAV:"><prop><c:calendar-data/></prop>
  <c:filter><c:comp-filter name="VCALENDAR"/></c:filter></c:calendar-query>`;

async function everything(harness: Harness, calendar: string): Promise<Held> {
  const { status, text } = await harness.send('admin', 'REPORT', calendar, QUERY, { depth: '1' });
  if (status !== 207) throw new Error(`${calendar}: ${status} ${text}`);
  const responses = text.split('<D:response>').slice(1);
  return new Map(responses.map((one) => [between(one, 'D:href'), between(one, 'C:calendar-data')]));
}

function between(xml: string, name: string): string {
  const inner = new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
  return inner
    .replace(/&#13;/g, '\r')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

/** UID → titles of all objects that have it. */
export function titlesOf(held: Held): ReadonlyMap<string, readonly string[]> {
  const titles = new Map<string, string[]>();
  for (const text of held.values()) {
    const { uid, title } = factsOf(text);
    titles.set(uid, [...(titles.get(uid) ?? []), title].sort());
  }
  return titles;
}

async function run(argv: readonly string[], env: Readonly<Record<string, string>>, cwd: string): Promise<Ended> {
  let [out, err] = ['', ''];
  const into = (add: (text: string) => void): Writable =>
    new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done) {
        add(String(chunk));
        done();
      },
    });
  const code = await runCli(argv, {
    stdout: into((text) => (out += text)),
    stderr: into((text) => (err += text)),
    stdin: Readable.from([]),
    env,
    cwd,
  });
  const json = out.split('\n').filter((line) => line.startsWith('{"'));
  return { code, out, err, lines: json.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>) };
}
