import { join } from 'node:path';
import { keepCompiled } from './cli/compiled.ts';
import { runCli } from './cli/run-cli.ts';
import type { CliIo } from './cli/io.ts';

/*
 * The command line in plain Node: the same engine as in the window. Signals, and a reader of our output that went away,
 * end a run after the requests under way; a second signal ends it at once, and the run can be resumed either way.
 */

/** Commands that write nothing anywhere: for them it is no failure when nobody reads on. */
const READING = ['inspect', 'find', 'runs', 'report', 'audit', 'schema', 'help', '--help'];

keepCompiled(join(__dirname, 'cli'), process.env);
const argv = process.argv.slice(2);
let stops: (() => void)[] | null = null;
let unread = false;

/** The first call ends what goes on gently; the next one ends the process. Before anything began, nothing was written. */
function stopOnce(): void {
  if (stops === null) process.exit(2);
  if (stops.length === 0) process.exit(3);
  for (const stop of stops.splice(0)) stop();
}

function onStop(stop: () => void): void {
  (stops ??= []).push(stop);
}

// An exit in order, also while planning: what was unpacked for it is removed. The practice server stops by itself.
if (argv[0] !== 'practice') {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopOnce);
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  if (stops === null) process.exit(READING.includes(argv[0] ?? '') ? 0 : 2);
  if (!unread) stopOnce();
  unread = true;
});

const io: CliIo = {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  env: process.env,
  cwd: process.cwd(),
  onStop,
};

void runCli(argv, io).then((code) => {
  process.exitCode = code;
  // A standard input that stays open would keep the process alive.
  process.stdin.destroy();
});
