import { HushError } from '../../../../shared/model/failure.ts';
import { findRun, readHead, readSteps, runPaths } from '../../run/folder.ts';
import { isLocked } from '../../run/lock.ts';
import { readJournal, type Replay } from '../../run/replay.ts';
import type { RunHead, RunStep } from '../../run/types.ts';

/** A run as its folder tells it. */
export interface StoredRun {
  readonly folder: string;
  readonly head: RunHead;
  readonly steps: readonly RunStep[];
  readonly journal: Replay;
}

/** Reads a whole run. Throws HushError when there is none of this name, or it is damaged. */
export async function openRun(runsDir: string, runId: string): Promise<StoredRun> {
  const folder = await findRun(runsDir, runId);
  const [head, steps, journal] = await Promise.all([
    readHead(folder),
    readSteps(folder),
    readJournal(runPaths(folder).journal),
  ]);
  return { folder, head, steps, journal };
}

/** The same, when no process is running it now. */
export async function openIdleRun(runsDir: string, runId: string): Promise<StoredRun> {
  const folder = await findRun(runsDir, runId);
  if (isLocked(folder)) {
    throw new HushError({
      code: 'RUN_LOCKED',
      message: 'This run is going on in another window or command. Wait until it ends, or stop it there.',
      reaction: 'fix-input',
    });
  }
  return openRun(runsDir, runId);
}
