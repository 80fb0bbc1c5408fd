import type { Channel } from './calls.ts';

/** A process that was started by this one, and ends with it. */
export interface Child extends Channel {
  /** Resolves with its exit code when it has ended, however that came about. */
  readonly ended: Promise<number>;
  kill(): void;
}

/** How long a process may take to come to its end by itself, in milliseconds. */
const CLOSING_MS = 3000;

/** Ends a process after it has done what it was asked last; where that takes too long, in the middle of it. */
export async function endChild(child: Child, last: Promise<unknown>): Promise<void> {
  const late = new Promise<void>((resolve) => {
    setTimeout(resolve, CLOSING_MS).unref();
  });
  await Promise.race([last.catch(() => undefined), child.ended, late]);
  child.kill();
  await child.ended;
}
