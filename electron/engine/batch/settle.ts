import type { BatchEvent, BatchMember } from '../../../shared/model/batch/batch.ts';
import { effectiveOf } from '../../../shared/model/batch/batch-mode.ts';
import { toFailure } from '../../../shared/model/failure.ts';
import { ZERO_TOTALS, type Totals } from '../../../shared/model/outcome.ts';
import { isOpen } from './child.ts';
import { writeBatchResult } from './kept/folder.ts';
import type { Running } from './running.ts';
import { MEMBER_TROUBLE } from './member.ts';
import { addTotals, statusOf, totalsOf } from './sums.ts';

/** Writes down how a batch ended. Gives what is to be said of it, last of all. */
export async function settleBatch(running: Running, folder: string): Promise<BatchEvent> {
  const { states, journal, ports, head, audit } = running;
  const { members } = states;
  const at = ports.now().toISOString();
  let status = statusOf(members, members.some(isInTheMiddle));
  const { totals, verified } = sumUp(members);
  const keepEnd = async (): Promise<void> => {
    await journal.commit({ k: 'finished', status, at, problems: states.problems });
    await writeBatchResult(folder, { endedAt: at, status, totals, verified }, journal.lines);
  };
  try {
    await keepEnd();
  } catch (error) {
    // Its end is not on the disk: a resume notes it.
    states.problem(toFailure(error));
    status = 'stopped';
  }
  try {
    // What the audit says of the end is on the disk by now, or the batch counts as stopped.
    await audit.ended(status, totals, states.problems);
  } catch (error) {
    states.problem(toFailure(error));
    if (status === 'complete') status = 'incomplete';
    // The last end counts. One that cannot be kept again is there as it was.
    await keepEnd().catch(() => undefined);
  }
  await journal.close().catch(() => undefined);
  const mode = { asked: head.summary.asked, ...effectiveOf(members) };
  return { kind: 'settled', runId: head.batchId, status, totals, verified, mode, at };
}

/** Whether a member's run has begun and can be gone on with. */
function isInTheMiddle({ totals, state, problem, runIds }: BatchMember): boolean {
  if (runIds.length === 0) return false;
  if (totals === null) return state !== 'done';
  return isOpen({ status: problem?.code === MEMBER_TROUBLE ? 'incomplete' : 'stopped', totals });
}

export function sumUp(members: readonly BatchMember[]): { readonly totals: Totals; readonly verified: number } {
  return {
    totals: members.reduce((sum, member) => addTotals(sum, totalsOf(member)), ZERO_TOTALS),
    verified: members.reduce((sum, member) => sum + member.verified, 0),
  };
}
