import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { expect } from 'vitest';
import type { World } from '../../engine/jobs/testing/world.ts';
import { runCli } from '../run-cli.ts';

/** What a command printed, and its exit code. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** With `--json`: the lines that have a `kind`, each without its version. */
  readonly lines: readonly unknown[];
}

export interface SayOptions {
  readonly stdin?: string;
  /** A person sits there. */
  readonly terminal?: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Options that name the calendar of a world, log in as alice and keep the runs there. */
export function toCalendar({ calendarUrl, runsDir }: Pick<World, 'calendarUrl' | 'runsDir'>): readonly string[] {
  return ['--calendar', calendarUrl, '--user', 'alice', '--password-env', 'PASSWORD', '--runs', runsDir];
}

/** Runs one command line in the folder of a world, with its password in PASSWORD. Never a stack trace in what it says. */
export async function sayIn(
  world: Pick<World, 'server' | 'dir'>,
  argv: readonly string[],
  { stdin, env, terminal = false }: SayOptions = {},
): Promise<Said> {
  let out = '';
  let err = '';
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
    stderr: Object.assign(
      into((text) => (err += text)),
      { isTTY: terminal },
    ),
    stdin: Object.assign(Readable.from(stdin === undefined ? [] : [Buffer.from(stdin)]), { isTTY: terminal }),
    // Not the data of who runs the tests.
    env: { PASSWORD: world.server.info.admin.password, HUSHCAL_USER_DATA: join(world.dir, 'user-data'), ...env },
    cwd: world.dir,
  });
  expect(out + err).not.toMatch(/\n\s+at .*\.(?:ts|cjs|js):\d+/);
  const json = argv.includes('--json') ? out.split('\n').filter((line) => line !== '') : [];
  return { code, out, err, lines: json.map(readLine).filter((line) => hasKind(line)) };
}

/** A line of `--json` without its version, which stands first in each. */
export function readLine(line: string): unknown {
  expect(line.slice(0, VERSION.length)).toBe(VERSION);
  return JSON.parse(`{${line.slice(VERSION.length)}`);
}

function hasKind(line: unknown): boolean {
  return typeof line === 'object' && line !== null && 'kind' in line;
}

const VERSION = '{"v":1,';
