import { spawn } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** What `npm run hushcal` runs once it is built; `build/servers.mjs` builds it. */
const CLI = path.join(ROOT, 'out/main/cli.cjs');
const PASSWORD_VARIABLE = 'HUSHCAL_TEST_PASSWORD';

const BUCKETS = [
  'created',
  'updated',
  'deleted',
  'unchanged',
  'skipped',
  'conflict',
  'rejected',
  'failed',
  'unknown',
  'cancelled',
] as const;
export type Totals = Record<(typeof BUCKETS)[number], number>;

// The output of the command line is an interface (DESIGN §7): it is read here as another program would read it.
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
export type Item = z.infer<typeof item>;
export type Settled = z.infer<typeof settled>;

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
export async function hushcal(args: readonly string[], password?: string | null): Promise<CommandResult> {
  const login = password === undefined ? [] : ['--password-env', PASSWORD_VARIABLE];
  const { code, stdout, stderr } = await runNode([CLI, ...args, ...login, '--json'], {
    [PASSWORD_VARIABLE]: password ?? '',
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
