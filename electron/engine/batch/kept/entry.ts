import { join } from 'node:path';
import { canRun, effectiveOf } from '../../../../shared/model/batch/batch-mode.ts';
import type { BatchEntry, BatchMember } from '../../../../shared/model/batch/batch.ts';
import { countWritten } from '../../../../shared/model/outcome.ts';
import { STANDARD_MODES } from '../../../../shared/model/scheduling.ts';
import { readChild, wasMade } from '../child.ts';
import type { StoredBatch } from './folder.ts';
import { membersNow } from '../members-now.ts';
import { canResume } from '../resume.ts';
import { sumUp } from '../settle.ts';

/** The members as the disk has them: of a run without a noted end, what its own journal says. */
export async function membersOnDisk({ head, journal, runsDir }: StoredBatch): Promise<readonly BatchMember[]> {
  const members: BatchMember[] = [];
  for (const now of membersNow(head, journal)) {
    const member = { ...now, runIds: await madeOf(runsDir, now.runIds) };
    const runId = member.runIds.at(-1);
    if (runId === undefined || member.totals !== null) {
      members.push(member);
      continue;
    }
    const child = await readChild(runsDir, runId);
    if (child.kind === 'none') members.push({ ...member, runIds: member.runIds.slice(0, -1), state: 'queued' });
    else members.push({ ...member, totals: child.result.totals, verified: child.result.verified });
  }
  return members;
}

/**
 * An id that another one follows was written down, and the process died before its folder was made: nothing of it was sent, and
 * nobody looks for it. The last one is looked for, so that a folder that is gone shows.
 */
async function madeOf(runsDir: string, runIds: readonly string[]): Promise<readonly string[]> {
  const made: string[] = [];
  for (const [at, runId] of runIds.entries()) {
    if (at === runIds.length - 1 || (await wasMade(join(runsDir, runId)))) made.push(runId);
  }
  return made;
}

/** What History lists of a batch. */
export function entryOf(batch: StoredBatch, members: readonly BatchMember[], canAnnounce = false): BatchEntry {
  const { head, journal, running } = batch;
  const { totals, verified } = sumUp(members);
  const finished = running ? null : journal.finished;
  const written = countWritten(totals) + totals.unknown > 0;
  return {
    batchId: head.batchId,
    kind: head.kind,
    startedAt: head.startedAt,
    endedAt: finished?.at ?? null,
    status: finished?.status ?? 'interrupted',
    running,
    asked: head.summary.asked,
    members: members.length,
    done: members.filter(({ state }) => state === 'done').length,
    needsAttention: members.filter(({ state }) => state === 'needs-attention').length,
    totals,
    verified,
    notified: notifiedBy(batch, members),
    canUndo: written && members.some(({ runIds }) => runIds.length > 0),
    canResume: !running && canResume(batch),
    canAnnounce,
    ...(head.operator === undefined ? {} : { operator: head.operator }),
    ...batch.note,
  };
}

/** People told: distinct ones where all calendars have one mode, at most the sum where they have several. */
function notifiedBy({ head }: StoredBatch, members: readonly BatchMember[]): number {
  const { effective } = effectiveOf(members);
  const { notified } = head.summary;
  if (effective !== null) return notified[STANDARD_MODES.find((mode) => mode === effective) ?? 'all'].people;
  const sum = head.members.reduce((people, { member }) => {
    const mode = STANDARD_MODES.find((known) => known === member.verdict?.effective);
    return canRun(member) && mode !== undefined ? people + (member.notified?.[mode].people ?? 0) : people;
  }, 0);
  return Math.min(sum, notified.all.people);
}
