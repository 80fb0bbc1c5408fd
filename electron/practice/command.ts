import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bentBy } from './bends/words.ts';
import { AUTH_SCHEMES } from './http/auth.ts';
import { PERSONALITIES } from './personalities/all.ts';
import { startPractice, type PracticeOptions } from './server.ts';

/** The streams of the command; `onStop` calls back on SIGTERM and SIGINT. */
interface CommandIo {
  out(line: string): void;
  error(line: string): void;
  /** Calls back once when the command is to end: a signal, or standard input is a pipe that closed. */
  onStop(stop: () => void): void;
}

export const PRACTICE_USAGE =
  'hushcal practice [--port N] [--data DIR] [--users alice,bob] [--personality NAME] [--auth basic|digest|bearer] [--bend REQUEST:NAME[:OBJECT]…] [--no-samples]';

/** Reads the arguments. Throws an Error whose message is a sentence for a person. */
export function practiceOptions(args: readonly string[]): PracticeOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      users: { type: 'string' },
      personality: { type: 'string' },
      auth: { type: 'string' },
      bend: { type: 'string', multiple: true },
      'no-samples': { type: 'boolean' },
    },
    allowPositionals: false,
  });
  const { port, data, users, personality } = values;
  const auth = AUTH_SCHEMES.find((scheme) => scheme === values.auth);
  if (values.auth !== undefined && auth === undefined) {
    throw new Error(`--auth must be one of ${AUTH_SCHEMES.join(', ')}.`);
  }
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)) {
    throw new Error(`--port must be a number from 0 to 65535, not "${port}".`);
  }
  const names = users?.split(',').map((name) => name.trim());
  if (
    names?.some((name) => !/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(name)) === true ||
    new Set(names).size !== (names?.length ?? 0)
  ) {
    throw new Error('--users must be different names of letters and digits, separated by commas.');
  }
  if (personality !== undefined && !PERSONALITIES.some((p) => p.name === personality)) {
    throw new Error(`--personality must be one of ${PERSONALITIES.map((p) => p.name).join(', ')}.`);
  }
  return {
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(data === undefined ? {} : { dataDir: data }),
    ...(names === undefined ? {} : { users: names }),
    ...(personality === undefined ? {} : { personality }),
    ...(auth === undefined ? {} : { auth }),
    ...(values.bend === undefined ? {} : { faults: values.bend.map(bentBy) }),
    samples: values['no-samples'] !== true,
  };
}

/** A terminal or /dev/null says nothing about who started the command; a pipe that closes does. */
function stdinIsPipe(): boolean {
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

/** The process's own streams and signals. */
const PROCESS_IO: CommandIo = {
  out: (line) => process.stdout.write(`${line}\n`),
  error: (line) => process.stderr.write(`${line}\n`),
  onStop: (stop) => {
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    if (stdinIsPipe()) process.stdin.once('end', stop).once('close', stop).once('error', stop).resume();
  },
};

/**
 * `hushcal practice`: prints one JSON line once the server answers and runs until it is stopped. Gives the exit code: 0,
 * or 2 with a sentence on standard error when nothing was started.
 */
export async function runPracticeCommand(args: readonly string[], io: CommandIo = PROCESS_IO): Promise<number> {
  let options: PracticeOptions;
  try {
    options = practiceOptions(args);
  } catch (error) {
    io.error(`${error instanceof Error ? error.message : String(error)}\nUsage: ${PRACTICE_USAGE}`);
    return 2;
  }
  const stopped = new Promise<void>((resolve) => {
    io.onStop(resolve);
  });
  try {
    const server = await startPractice(options);
    io.out(JSON.stringify({ v: 1, ...server.info }));
    await stopped;
    await server.close();
    return 0;
  } catch (error) {
    io.error(`The practice server could not start: ${reasonOf(error, options)}`);
    return 2;
  }
}

/** The same with the process's own streams and signals, whatever those of the command line are. */
export function practiceCommand(args: readonly string[]): Promise<number> {
  return runPracticeCommand(args);
}

function reasonOf(error: unknown, options: PracticeOptions): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') return `port ${String(options.port)} is in use; choose another or leave --port out.`;
  if (code === 'EACCES') return 'access was denied; choose another port or data folder.';
  return error instanceof Error ? error.message : String(error);
}
