import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll } from 'vitest';
import { z } from 'zod';

const ROOT = path.resolve(import.meta.dirname, '../..');

const described = z.object({
  base_url: z.url(),
  messages_url: z.url(),
  admin: z.object({ user: z.string(), password: z.string() }),
  users: z.array(z.object({ user: z.string(), password: z.string(), calendar: z.string(), calendar_home: z.string() })),
});
const message = z.object({ method: z.string(), to: z.string(), kind: z.string() });

/** A practice server in a process of its own, as `hushcal practice` starts it. */
export interface PracticeProcess {
  readonly origin: string;
  readonly password: string;
  /** A folder of this test's own. */
  readonly folder: string;
  /** URL of a user's default calendar. */
  calendar(user: string): string;
  home(user: string): string;
  /** Captured messages as `METHOD kind to`, sorted; they are cleared. */
  notified(): Promise<readonly string[]>;
}

/** Starts `hushcal practice --no-samples` before the tests of a block and ends it after them. */
export function usePractice(flags: readonly string[] = []): () => PracticeProcess {
  let server: PracticeProcess | undefined;
  let child: ChildProcess | undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'hushcal-clients.'));
  beforeAll(async () => {
    const args = [path.join(ROOT, 'build/hushcal.mjs'), 'practice', '--no-samples', ...flags];
    const started = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    child = started;
    server = await describedBy(started, folder);
  }, 120_000);
  afterAll(async () => {
    if (child?.exitCode === null) {
      const gone = new Promise((resolve) => child?.once('close', resolve));
      child.kill('SIGTERM');
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    if (server === undefined) throw new Error('The practice server did not start.');
    return server;
  };
}

async function describedBy(child: ChildProcess, folder: string): Promise<PracticeProcess> {
  if (child.stdout === null) throw new Error('The practice server has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const { base_url: origin, messages_url: messages, admin, users } = described.parse(JSON.parse(line));
    const of = (name: string) => {
      const user = users.find((one) => one.user === name);
      if (user === undefined) throw new Error(`There is no user ${name}.`);
      return user;
    };
    return {
      origin,
      password: admin.password,
      folder,
      calendar: (name) => origin + of(name).calendar,
      home: (name) => origin + of(name).calendar_home,
      notified: async () => {
        const all = z.array(message).parse(await (await fetch(messages)).json());
        await fetch(messages, { method: 'DELETE' });
        return all.map(({ method, kind, to }) => `${method} ${kind} ${to}`).sort();
      },
    };
  }
  throw new Error('The practice server ended before it answered.');
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; `input` goes to its standard input, which is empty otherwise. */
export function runClient(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: options.cwd, env: { ...process.env, ...options.env } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code: code ?? -1, stdout, stderr });
    });
    // A program may end without reading what it was given.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}
