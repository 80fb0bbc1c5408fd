import type { RunLock } from './lock.ts';

/**
 * Begins something under a lock, which is given back when that has ended, or when it does not begin. Null: no lock is
 * needed.
 */
export async function runLocked<H extends { readonly finished: Promise<void> }>(
  lock: RunLock | null,
  begin: () => Promise<H>,
): Promise<H> {
  try {
    const handle = await begin();
    void handle.finished.then(() => lock?.release());
    return handle;
  } catch (error) {
    lock?.release();
    throw error;
  }
}
