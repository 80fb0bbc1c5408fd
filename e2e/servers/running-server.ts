import { execFile } from 'node:child_process';
import { appendFileSync, accessSync, constants, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const HERE = import.meta.dirname;

const SERVER_NAMES = ['radicale', 'xandikos', 'cyrus', 'davical', 'sogo'] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

/** What a start script prints. Paths are absolute, without the origin. */
const described = z.object({
  server: z.string(),
  version: z.string(),
  data_dir: z.string(),
  pid: z.int(),
  base_url: z.url(),
  draft_base_url: z.url().nullish(),
  draft_log: z.string().optional(),
  proxy_base_url: z.url().optional(),
  direct_base_url: z.url().optional(),
  imap_port: z.int().optional(),
  scheduling: z.boolean(),
  admin: z.object({ user: z.string(), password: z.string(), principal: z.string() }).nullable(),
  users: z.array(
    z.object({
      user: z.string(),
      password: z.string().nullable(),
      email: z.string().nullable(),
      principal: z.string(),
      calendar_home: z.string(),
      calendar: z.string(),
      inbox: z.string().optional(),
    }),
  ),
});
type ServerDescription = z.infer<typeof described>;
export type ServerUser = ServerDescription['users'][number];

/** One message that would have left the server; `to` are the envelope's recipients. */
const message = z.object({
  file: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  method: z.string(),
  subject: z.string(),
  uid: z.string(),
});
export type CapturedMail = z.infer<typeof message>;

export interface RunningServer {
  readonly name: ServerName;
  readonly description: ServerDescription;
  user(name: string): ServerUser;
  /** The messages captured since the start or the last `clearMail`; empty for a server that sends none. */
  mail(): Promise<readonly CapturedMail[]>;
  clearMail(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a server on free loopback ports with a fresh data directory.
 * @param environment settings of the script, e.g. `RADICALE_MAXLEN`
 * @throws with the script's own words when the server does not answer
 */
export async function startServer(
  name: ServerName,
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  const directory = mkdtempSync(path.join(traversableTemp(), `hushcal-${name}.`));
  remember(name, directory);
  const port = await freePorts(7);
  let description: ServerDescription;
  try {
    description = described.parse(JSON.parse(await script(name, ['start', String(port), directory], environment)));
  } catch (error) {
    await forget(name, directory);
    throw new Error(`${name} did not start: ${words(error)}`, { cause: error });
  }
  return {
    name,
    description,
    user: (wanted) => {
      const user = description.users.find((one) => one.user === wanted);
      if (user === undefined) throw new Error(`${name} has no user ${wanted}`);
      return user;
    },
    mail: async () => {
      const lines = (await script(name, ['mail', directory])).split('\n').filter((line) => line !== '');
      return lines.map((line) => message.parse(JSON.parse(line)));
    },
    clearMail: async () => {
      await script(name, ['mail', directory, 'clear']);
    },
    stop: () => forget(name, directory),
  };
}

/** Runs `NAME.sh`; answers with its standard output. */
async function script(name: ServerName, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { stdout } = await run(path.join(HERE, `${name}.sh`), args, {
    env: { ...process.env, ...environment },
    timeout: 80_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** `build/servers.mjs` reads this list at the end and stops what a broken-off test run has left. */
function remember(name: ServerName, directory: string) {
  const ledger = process.env['HUSHCAL_SERVERS_LEDGER'];
  if (ledger !== undefined) appendFileSync(ledger, `${name}\t${directory}\n`);
}

async function forget(name: ServerName, directory: string) {
  await script(name, ['stop', directory]);
  rmSync(directory, { recursive: true, force: true });
}

/** The daemons run as users of their own: every folder above the data must let them through. */
export function traversableTemp(): string {
  for (const candidate of [tmpdir(), '/tmp', '/var/tmp']) {
    try {
      accessSync(candidate, constants.W_OK);
      const folders = candidate.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/') || '/');
      if (folders.every((folder) => (statSync(folder).mode & 0o001) !== 0)) return candidate;
    } catch {
      continue; // not there or not ours: the next one
    }
  }
  throw new Error('No temporary folder that every user may enter: set TMPDIR to one.');
}

/** The first of `count` neighbouring loopback ports that nobody listens on, below the range of outgoing connections. */
export async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const first = 20_000 + Math.floor(Math.random() * 12_000);
    const ports = Array.from({ length: count }, (_, index) => first + index);
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`No ${count} neighbouring free ports found.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function words(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'stderr' in error && String(error.stderr).trim() !== '') {
    return String(error.stderr).trim().split('\n').slice(-5).join('\n');
  }
  return error instanceof Error ? error.message : String(error);
}
