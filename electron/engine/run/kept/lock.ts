import { openSync, writeSync, closeSync, readdirSync, readFileSync, statSync, rmSync, utimesSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { HushError } from '../../../../shared/model/failure.ts';
import { here, holderIn, isAlive, type Holder } from './lock-holder.ts';

/*
 * One process runs a run. The lock is the highest-numbered file `lock.N`; each is made exclusively, so of two processes
 * that find a dead holder only one can make `lock.N+1`. A file left by a dead process is never removed by another one:
 * removing it could remove the lock of a third. Only a person does that (`hushcal unlock`).
 *
 * Whether a holder lives is asked of the system where it can tell: on the same machine, in the same boot, among the same
 * processes. Otherwise (another host, another container) it lives while it refreshes its lock. So a holder that could not
 * refresh for long, since the computer slept, looks at its lock again before it sends anything.
 */

/** A file without content belongs to somebody who is just writing it, for at most this many milliseconds. */
const WRITING = 5_000;
/** Milliseconds between two refreshes. */
export const REFRESH = 30_000;
/** A lock of another host that was not refreshed for so many milliseconds has no holder any more. */
export const EXPIRES = 15 * 60_000;
/** The same for this host in an earlier boot, or a container of its name: its clock is ours. */
const EXPIRES_HERE = 4 * REFRESH;

export interface RunLock {
  /** Whether it is still ours: looked at again after a gap that is longer than the refresh, else believed. */
  stillHeld(now?: number): boolean;
  release(): void;
}

/** Locks a run folder. Throws HushError (stop-job) when a live process holds it. */
export function lockRun(folder: string): RunLock {
  const path = tryLock(folder);
  if (path === null) throw lockedBy(folder, 'stop-job');
  return new HeldLock(folder, path);
}

class HeldLock implements RunLock {
  readonly #folder: string;
  readonly #path: string;
  readonly #content: string;
  readonly #timer: NodeJS.Timeout;
  #lookedAt = Date.now();
  #lost = false;

  constructor(folder: string, path: string) {
    this.#folder = folder;
    this.#path = path;
    this.#content = readFileSync(path, 'utf8');
    this.#timer = setInterval(() => this.stillHeld(), REFRESH);
    // A process does not live on for the sake of its lock.
    this.#timer.unref();
  }

  stillHeld(now = Date.now()): boolean {
    if (this.#lost || Math.abs(now - this.#lookedAt) < REFRESH) return !this.#lost;
    this.#lookedAt = now;
    this.#lost = !this.#isOurs();
    if (!this.#lost) refresh(this.#path, now);
    return !this.#lost;
  }

  /** The newest lock of the folder is the file that we made. */
  #isOurs(): boolean {
    try {
      return (
        join(this.#folder, `lock.${newestLock(this.#folder)}`) === this.#path &&
        readFileSync(this.#path, 'utf8') === this.#content
      );
    } catch {
      // It went, or its folder did.
      return false;
    }
  }

  release(): void {
    clearInterval(this.#timer);
    if (!this.#lost && this.#isOurs()) rmSync(this.#path, { force: true });
  }
}

function refresh(path: string, now: number): void {
  try {
    utimesSync(path, now / 1000, now / 1000);
  } catch {
    // The next look tells whether it is gone.
  }
}

/** Whether a live process runs it now. */
export function isLocked(folder: string): boolean {
  const newest = newestLock(folder);
  return newest > 0 && stateOf(join(folder, `lock.${newest}`)) === 'held';
}

/** The failure of whoever wants what another one holds. */
export function lockedBy(folder: string, reaction: 'fix-input' | 'stop-job'): HushError {
  const holder = holderOf(folder);
  const where =
    holder === null || isHere(holder)
      ? ''
      : ` It is process ${holder.pid} on ${holder.host ?? 'another computer'}; if that one is dead, the run is free ${EXPIRES / 60_000} minutes after.`;
  return new HushError({
    code: 'RUN_LOCKED',
    message: `This run is in progress in another window or command. Wait until it ends, or stop it there.${where}`,
    reaction,
  });
}

function isHere({ host, space }: Holder): boolean {
  const me = here();
  return host === null || (host === me.host && space === me.space);
}

/** Who holds it now; null when nobody does. */
function holderOf(folder: string): Holder | null {
  const newest = newestLock(folder);
  if (newest === 0) return null;
  try {
    return holderIn(readFileSync(join(folder, `lock.${newest}`), 'utf8'));
  } catch {
    return null;
  }
}

/** What `unlock` found and did. */
type Unlocked =
  | { readonly kind: 'free' }
  | { readonly kind: 'alive'; readonly holder: Holder }
  | { readonly kind: 'removed'; readonly holder: Holder | null };

/**
 * Takes a lock away because a person says that its holder is dead. One that the system says is alive is left: it can be
 * stopped where it runs. A holder that lives after all, elsewhere, sees that its lock is gone before it sends anything more.
 */
export function unlock(folder: string): Unlocked {
  const names = readdirSync(folder).filter((name) => /^lock\.\d+$/.test(name));
  if (names.length === 0) return { kind: 'free' };
  const holder = holderOf(folder);
  if (holder !== null && isAlive(holder) === true) return { kind: 'alive', holder };
  const held = isLocked(folder);
  for (const name of names) rmSync(join(folder, name), { force: true });
  return held ? { kind: 'removed', holder } : { kind: 'free' };
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
  try {
    writeSync(file, JSON.stringify(here()));
  } finally {
    closeSync(file);
  }
  return true;
}

function newestLock(folder: string): number {
  const numbers = readdirSync(folder).map((name) => /^lock\.(\d+)$/.exec(name)?.[1]);
  return Math.max(0, ...numbers.map((number) => Number(number ?? 0)));
}

function stateOf(path: string): 'held' | 'dead' | 'gone' {
  try {
    const text = readFileSync(path, 'utf8');
    const age = Date.now() - statSync(path).mtimeMs;
    if (text === '') return age < WRITING ? 'held' : 'dead';
    const holder = holderIn(text);
    if (holder === null) return 'dead';
    return (isAlive(holder) ?? age < (holder.host === hostname() ? EXPIRES_HERE : EXPIRES)) ? 'held' : 'dead';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'gone';
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Nothing more is sent, nor noted, by a process that has lost its lock. */
export const LOCK_LOST = new HushError({
  code: 'LOCK_LOST',
  message:
    'The lock of this run is gone: another window or command has taken the run over, or its folder was removed. Nothing more is sent from here.',
  reaction: 'stop-job',
});
