import type { UnlockedRun } from '../../../../shared/model/kept.ts';
import { batchesDir, isBatch } from '../../batch/kept/folder.ts';
import { findRun } from '../../run/kept/folder.ts';
import { unlock } from '../../run/kept/lock.ts';
import { join } from 'node:path';

/** Takes the lock of a run, or of a job over many calendars, from a holder that a person says is dead. */
export async function unlockRun(runsDir: string, runId: string): Promise<UnlockedRun> {
  const folder = (await isBatch(runsDir, runId)) ? join(batchesDir(runsDir), runId) : await findRun(runsDir, runId);
  const found = unlock(folder);
  if (found.kind === 'free') return found;
  return { kind: found.kind, pid: found.holder?.pid ?? null, host: found.holder?.host ?? null };
}
