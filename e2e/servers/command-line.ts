import { spawn } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import type { RunningServer } from './harness.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** What `npm run hushcal` runs once it is built; `build/servers.mjs` builds it. */
const CLI = path.join(ROOT, 'out/main/cli.cjs');
const PASSWORD_VARIABLE = 'HUSHCAL_TEST_PASSWORD';

const BUCKETS = [
  'created',
  'updated',
  'altered',
  'deleted',
  'unchanged',
  'skipped',
  'superseded',
  'conflict',
  'rejected',
  'failed',
  'unknown',
  'cancelled',
] as const;
type Totals = Record<(typeof BUCKETS)[number], number>;

// The output of the command line is an interface (docs/exit-codes.md, README.md): it is read here as another program would read it.
const item = z.looseObject({
  uid: z.string(),
  href: z.string().nullable(),
  action: z.string(),
  outcome: z.string(),
  reason: z.string(),
  file: z.string(),
  line: z.number(),
});
const settled = z.looseObject({
  runId: z.string(),
  status: z.string(),
  totals: z.record(z.enum(BUCKETS), z.number()),
  verified: z.number(),
  mode: z.looseObject({ asked: z.string(), effective: z.string().nullable(), because: z.string() }),
});
type Item = z.infer<typeof item>;
type Settled = z.infer<typeof settled>;

export interface CommandResult {
  /** Exit code: 0 done and verified, 1 with troubles, 2 nothing written, 3 to be resumed. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly events: readonly { readonly kind: string }[];
  readonly items: readonly Item[];
  readonly settled: Settled | undefined;
}

/**
 * Runs the command line with `--json` and waits for its end.
 * @param password goes in an environment variable, which `--password-env` names
 */
export async function hushcal(
  args: readonly string[],
  password: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const said = await hushcalOnce(args, password, environment);
  // Consent as a person gives it: the number that a bare --yes is refused with is named.
  const number = args.includes('--yes')
    ? /--yes alone does not say so.*--messages (\d+)/.exec(said.stderr)?.[1]
    : undefined;
  return number === undefined ? said : hushcalOnce([...args, '--messages', number], password, environment);
}

async function hushcalOnce(
  args: readonly string[],
  password: string,
  environment: Readonly<Record<string, string>>,
): Promise<CommandResult> {
  const { code, stdout, stderr } = await runNode([CLI, ...args, '--password-env', PASSWORD_VARIABLE, '--json'], {
    ...environment,
    [PASSWORD_VARIABLE]: password,
  });
  const events = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => z.looseObject({ kind: z.string() }).parse(JSON.parse(line)));
  const last = events.findLast((event) => event.kind === 'settled');
  return {
    code,
    stdout,
    stderr,
    events,
    items: events.filter((event) => event.kind === 'item').map((event) => item.parse(event)),
    settled: last === undefined ? undefined : settled.parse(last),
  };
}

export interface Target {
  /** URL of the calendar. */
  readonly calendar: string;
  readonly user: string;
  /** Null for a server without login: then any password will do. */
  readonly password: string | null;
}

/** A user's default calendar; `origin` is that of the server unless another of its ports is meant. */
export function targetOf(server: RunningServer, name: string, origin = server.description.base_url): Target {
  const { user, password, calendar } = server.user(name);
  return { calendar: origin + calendar, user, password };
}

/** Restores with consent (`--yes`) into a target. */
export function restore(
  sources: readonly string[],
  { calendar, user, password }: Target,
  flags: readonly string[],
  runs: string,
): Promise<CommandResult> {
  return hushcal(
    ['restore', ...sources, '--calendar', calendar, '--user', user, ...flags, '--yes', '--runs', runs],
    password ?? 'any',
  );
}

/** The buckets that are not empty, so that a test can name all of them at once. */
export function filled(totals: Totals | undefined): Partial<Totals> {
  return Object.fromEntries(Object.entries(totals ?? {}).filter(([, count]) => count > 0));
}

function runNode(args: readonly string[], environment: Readonly<Record<string, string>>) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });
}
