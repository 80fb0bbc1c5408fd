import { openSync, writeSync, closeSync, readdirSync, readFileSync, statSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HushError } from '../../../shared/model/failure.ts';

/*
 * One process runs a run. The lock is the highest-numbered file `lock.N`; each is made exclusively, so of two processes
 * that find a dead holder only one can make `lock.N+1`. A file left by a dead process is never removed by another one:
 * removing it could remove the lock of a third.
 */

/** A file without content belongs to somebody who is just writing it, for at most this many milliseconds. */
const WRITING = 5_000;

interface Holder {
  readonly pid: number;
  /** When the process began, where the system says it: a process id alone may have been given to another one. */
  readonly began: string | null;
}

export interface RunLock {
  release(): void;
}

/** Locks a run folder. Throws HushError (stop-job) when a live process holds it. */
export function lockRun(folder: string): RunLock {
  const path = tryLock(folder);
  if (path === null) {
    throw new HushError({
      code: 'RUN_LOCKED',
      message: 'This run is going on in another window or command. Wait until it ends, or stop it there.',
      reaction: 'stop-job',
    });
  }
  return { release: () => rmSync(path, { force: true }) };
}

/** Whether a live process runs it now. */
export function isLocked(folder: string): boolean {
  const newest = newestLock(folder);
  return newest > 0 && stateOf(join(folder, `lock.${newest}`)) === 'held';
}

function tryLock(folder: string): string | null {
  for (;;) {
    const newest = newestLock(folder);
    const state = newest > 0 ? stateOf(join(folder, `lock.${newest}`)) : 'dead';
    if (state === 'held') return null;
    // Given back since we looked: its number may be taken again by now, and then the next one must not be.
    if (state === 'gone') continue;
    const path = join(folder, `lock.${newest + 1}`);
    if (createLock(path)) return path;
  }
}

function createLock(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  const holder: Holder = { pid: process.pid, began: beganAt(process.pid) };
  writeSync(file, JSON.stringify(holder));
  closeSync(file);
  return true;
}

function newestLock(folder: string): number {
  const numbers = readdirSync(folder).map((name) => /^lock\.(\d+)$/.exec(name)?.[1]);
  return Math.max(0, ...numbers.map((number) => Number(number ?? 0)));
}

function stateOf(path: string): 'held' | 'dead' | 'gone' {
  try {
    const text = readFileSync(path, 'utf8');
    if (text === '') return Date.now() - statSync(path).mtimeMs < WRITING ? 'held' : 'dead';
    const holder = parseHolder(text);
    return holder !== null && isAlive(holder) ? 'held' : 'dead';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'gone';
    throw error;
  }
}

function parseHolder(text: string): Holder | null {
  const found = /^\{"pid":(\d+),"began":(?:null|"(\d+)")\}$/.exec(text);
  return found === null ? null : { pid: Number(found[1]), began: found[2] ?? null };
}

function isAlive({ pid, began }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is alive and belongs to somebody else.
    if (codeOf(error) !== 'EPERM') return false;
  }
  return began === null || beganAt(pid) === began;
}

/** Start time in clock ticks since boot: field 22 of /proc/PID/stat, counted after the name in parentheses. */
function beganAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return (
      stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .at(19) ?? null
    );
  } catch {
    return null;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
