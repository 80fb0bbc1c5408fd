import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { runCli } from '../../electron/cli/run-cli.ts';
import { LINGER } from '../../electron/engine/run/kept/journal.ts';

const CLI = path.resolve(import.meta.dirname, '../../out/main/cli.cjs');
const HOOK = path.join(import.meta.dirname, 'die.cjs');

/** What the process is made to do; see die.cjs. */
export interface Death {
  readonly at?: string;
  readonly record?: string;
  readonly halts?: Halts;
}

/** Where a process waits for a moment and goes on. */
interface Halts {
  readonly at: readonly string[];
  /** Called while it waits. `lost`: files of which a power cut would leave only so many octets. */
  reached(at: string, lost: readonly (readonly [file: string, size: number])[]): Promise<void>;
}

export interface Output {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line in a process of its own, which may be killed at a step. */
export async function runProcess(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
  { at, record, halts }: Death = {},
): Promise<Output> {
  const hooked = at !== undefined || record !== undefined || halts !== undefined;
  const env = {
    ...environment,
    HUSHCAL_LINGER: String(LINGER),
    ...(at === undefined ? {} : { HUSHCAL_DIE_AT: at }),
    ...(record === undefined ? {} : { HUSHCAL_STEPS: record }),
    ...(halts === undefined ? {} : { HUSHCAL_HALT_AT: JSON.stringify(halts.at) }),
  };
  const child = spawn(process.execPath, [...(hooked ? ['--require', HOOK] : []), CLI, ...argv], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', ...(halts === undefined ? [] : (['pipe', 'pipe'] as const))],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const attended = halts === undefined ? undefined : attend(child, halts);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve(signal === 'SIGKILL' ? null : (status ?? -1)));
  });
  await attended;
  return { code, stdout, stderr };
}

const halt = z.object({ at: z.string(), lost: z.array(z.tuple([z.string(), z.number()])) });

/** Looks at each halt of a process, and lets it go on; one that cannot be looked at is its end. */
async function attend(child: ChildProcess, { reached }: Halts): Promise<void> {
  const [, , , said, goOn] = child.stdio;
  if (!(said instanceof Readable) || !(goOn instanceof Writable)) throw new Error('nothing to be told by');
  try {
    for await (const line of createInterface(said)) {
      const { at, lost } = halt.parse(JSON.parse(line));
      await reached(at, lost);
      goOn.write('.');
    }
  } finally {
    child.kill('SIGKILL');
  }
}

/**
 * The command line with the consent of somebody who has looked at the plan: a bare `--yes` becomes its hash. Only where
 * there is no plan, or nobody is notified whatever the plan, it stays as it is.
 */
export async function consented(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
): Promise<readonly string[]> {
  const yes = argv.indexOf('--yes');
  if (yes === -1 || argv[argv.indexOf('--scheduling') + 1] === 'none') return argv;
  const { stderr } = await runInside(argv.with(yes, '--dry-run'), env, cwd);
  const hash = /--yes=[0-9a-f]{64}/.exec(stderr)?.[0];
  return hash === undefined ? argv : argv.with(yes, hash);
}

/** The same command line from its sources and without a process of its own: for what nobody kills. */
export async function runInside(argv: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Promise<Output> {
  let stdout = '';
  let stderr = '';
  const into = (add: (text: string) => void) =>
    new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done) {
        add(String(chunk));
        done();
      },
    });
  const code = await runCli(argv, {
    stdout: into((text) => (stdout += text)),
    stderr: into((text) => (stderr += text)),
    stdin: Readable.from([]),
    env,
    cwd,
  });
  return { code, stdout, stderr };
}
