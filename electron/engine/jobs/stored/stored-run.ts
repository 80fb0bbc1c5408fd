import { findRun } from '../../run/kept/folder.ts';
import { isLocked, lockedBy } from '../../run/kept/lock.ts';
import { readRun, type StoredRun } from '../../run/kept/read-run.ts';

/** Reads a whole run. Throws HushError when there is none of this name, or it is damaged as a whole. */
export async function openRun(runsDir: string, runId: string): Promise<StoredRun> {
  return readRun(await findRun(runsDir, runId));
}

/** The same, when no process is running it now. */
export async function openIdleRun(runsDir: string, runId: string): Promise<StoredRun> {
  const folder = await findRun(runsDir, runId);
  if (isLocked(folder)) throw lockedBy(folder, 'fix-input');
  return readRun(folder);
}
