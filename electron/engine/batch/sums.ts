import { createHash } from 'node:crypto';
import type { BatchKind, BatchMember } from '../../../shared/model/batch/batch.ts';
import { canRun } from '../../../shared/model/batch/batch-mode.ts';
import { OUTCOMES, ZERO_TOTALS, type Totals } from '../../../shared/model/outcome.ts';
import { ACTIONS, type ActionCounts } from '../../../shared/model/plan.ts';
import type { RunStatus } from '../../../shared/model/job.ts';

export function addCounts(a: ActionCounts, b: ActionCounts): ActionCounts {
  const sum = { ...a };
  for (const action of ACTIONS) sum[action] += b[action];
  return sum;
}

export function addTotals(a: Totals, b: Totals): Totals {
  const sum = { ...a };
  for (const outcome of OUTCOMES) sum[outcome] += b[outcome];
  return sum;
}

/** What consent is given to: the plans of all members that can run, in their order. Hex SHA-256. */
export function hashOfBatch(kind: BatchKind, asked: string, members: readonly BatchMember[]): string {
  const lines = [JSON.stringify(['hushcal-batch', 1, kind, asked])];
  for (const member of members.filter(canRun)) lines.push(JSON.stringify([member.id, member.hash]));
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** Every event of a member in one bucket: those of its run, or of a member that never began what its plan said. */
export function totalsOf({ totals, counts }: BatchMember): Totals {
  if (totals !== null) return totals;
  if (counts === null) return ZERO_TOTALS;
  return {
    ...ZERO_TOTALS,
    cancelled: counts.create + counts.update + counts.delete,
    unchanged: counts.unchanged,
    skipped: counts.skip,
    superseded: counts.supersede,
    conflict: counts.conflict,
    rejected: counts.reject,
  };
}

/**
 * How a batch stands once nothing goes on any more. Never `complete` while a member needs attention; `stopped` while one
 * of its runs is in the middle, or a member was not got to: a resume goes on with these.
 */
export function statusOf(members: readonly BatchMember[], inTheMiddle: boolean): RunStatus {
  if (inTheMiddle || members.some(({ state }) => state !== 'done' && state !== 'needs-attention')) return 'stopped';
  return members.every(({ state }) => state === 'done') ? 'complete' : 'incomplete';
}
