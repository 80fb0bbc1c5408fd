import { spawn, execFile, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A CalDAV server in a process of its own, and one user of it. */
export interface Server {
  readonly origin: string;
  readonly user: string;
  readonly password: string;
  /** Makes an empty calendar beside the user's own; gives its URL. */
  newCalendar(): Promise<string>;
  dropCalendar(url: string): Promise<void>;
  stop(): Promise<void>;
}

interface Info {
  readonly base_url: string;
  readonly messages_url: string;
  readonly data_dir?: string;
  readonly users: readonly { readonly user: string; readonly password: string; readonly calendar_home: string }[];
}

const PRACTICE = new URL('./work/practice.mjs', import.meta.url).pathname;

/** The practice server in memory. `delayMs`: it waits so long before each answer. */
export async function startPracticeServer(delayMs = 0): Promise<Server> {
  const { child, first } = await startPractice([]);
  const info = JSON.parse(first) as Info;
  if (delayMs > 0) {
    await fetch(new URL('delay', info.messages_url), { method: 'POST', body: JSON.stringify({ delayMs }) });
  }
  return serverOf(info, () => endOf(child));
}

/** A practice server in memory with many users, each with one empty calendar. */
interface CrowdServer {
  readonly origin: string;
  readonly users: readonly { readonly user: string; readonly password: string; readonly calendar: string }[];
  stop(): Promise<void>;
}

export async function startCrowdServer(users: readonly string[]): Promise<CrowdServer> {
  const { child, first } = await startPractice(['--users', users.join(',')]);
  // Printed by the practice server itself.
  const info = JSON.parse(first) as Omit<Info, 'users'> & Pick<CrowdServer, 'users'>;
  const calendars = info.users.map(({ user, password, calendar }) => ({
    user,
    password,
    calendar: new URL(calendar, info.base_url).href,
  }));
  return { origin: new URL(info.base_url).origin, users: calendars, stop: () => endOf(child) };
}

async function startPractice(
  args: readonly string[],
): Promise<{ readonly child: ChildProcess; readonly first: string }> {
  const child = spawn(process.execPath, [PRACTICE, '--no-samples', ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const first = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', (code) => {
      reject(new Error(`the practice server ended with ${String(code)}`));
    });
  });
  return { child, first };
}

async function endOf(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  child.kill('SIGTERM');
  await ended;
}

/** A real server by its script in e2e/servers/; installs it where it is missing (root). */
export async function startRealServer(name: 'radicale' | 'cyrus'): Promise<Server> {
  const script = `e2e/servers/${name}.sh`;
  await run('bash', [script, 'install'], { maxBuffer: 1 << 26 });
  const data = await mkdtemp(`/var/tmp/hushcal-bench-${name}-`);
  await run('chmod', ['755', data]);
  const { stdout } = await run('bash', [script, 'start', String(await freePort()), data]);
  const info = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Info;
  return serverOf(info, async () => {
    await run('bash', [script, 'stop', data]);
    await rm(data, { recursive: true, force: true });
  });
}

function serverOf({ base_url, users }: Info, stop: () => Promise<void>): Server {
  const [alice] = users;
  if (alice === undefined) throw new Error('the server has no user');
  const { user, password } = alice;
  const origin = new URL(base_url).origin;
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  let made = 0;
  const send = async (method: string, url: string): Promise<void> => {
    const answer = await fetch(url, { method, headers: { authorization, 'Scheduling-Enabled': 'F' } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${url}: ${String(answer.status)} ${text}`);
  };
  return {
    origin,
    user,
    password,
    async newCalendar() {
      made += 1;
      const url = new URL(`${alice.calendar_home.replace(/\/?$/, '/')}bench${String(made)}/`, base_url).href;
      await send('MKCALENDAR', url);
      return url;
    },
    dropCalendar: (url) => send('DELETE', url),
    stop,
  };
}

/** Cyrus takes seven ports in a row; far up there is room. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address !== null ? address.port : 20_000;
}
