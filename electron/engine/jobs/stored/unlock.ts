import type { UnlockedRun } from '../../../../shared/model/kept/kept.ts';
import { noteAudit, type AuditPorts } from '../../audit/write.ts';
import { batchesDir, isBatch } from '../../batch/kept/folder.ts';
import { findRun } from '../../run/kept/folder.ts';
import { unlock } from '../../run/kept/lock.ts';
import { join } from 'node:path';

/** Takes the lock of a run, or of a job over many calendars, from a holder that a person says is dead. */
export async function unlockRun(ports: AuditPorts, runId: string): Promise<UnlockedRun> {
  const { runsDir } = ports;
  const folder = (await isBatch(runsDir, runId)) ? join(batchesDir(runsDir), runId) : await findRun(runsDir, runId);
  await noteAudit(ports, { what: 'unlock', id: runId });
  const found = unlock(folder);
  if (found.kind === 'free') return found;
  return { kind: found.kind, pid: found.holder?.pid ?? null, host: found.holder?.host ?? null };
}
