import type { BatchMember } from '../../../shared/model/batch.ts';
import { toFailure } from '../../../shared/model/failure.ts';
import { ZERO_TOTALS, type Totals } from '../../../shared/model/outcome.ts';
import type { SchedulingMode } from '../../../shared/model/scheduling.ts';
import { isOpen } from './child.ts';
import { writeBatchResult } from './folder.ts';
import type { Running } from './running.ts';
import { MEMBER_TROUBLE } from './member.ts';
import { addTotals, canRun, statusOf, totalsOf } from './sums.ts';

/** Writes down and says how a batch ended. */
export async function settleBatch(running: Running, folder: string): Promise<void> {
  const { states, journal, ports, head } = running;
  const { members } = states;
  const at = ports.now().toISOString();
  const status = statusOf(members, members.some(isInTheMiddle));
  const { totals, verified } = sumUp(members);
  try {
    await journal.commit({ k: 'finished', status, at, problems: states.problems });
    await journal.close();
    await writeBatchResult(folder, { endedAt: at, status, totals, verified }, journal.lines);
  } catch (error) {
    states.problem(toFailure(error));
  }
  const mode = { asked: head.summary.asked, ...effectiveOf(members) };
  states.say({ kind: 'settled', runId: head.batchId, status, totals, verified, mode, at });
}

/** Whether a member's run has begun and can be gone on with. */
export function isInTheMiddle({ totals, state, problem, runIds }: BatchMember): boolean {
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

/** The mode that all calendars had; null, and said so, when they had several. */
export function effectiveOf(members: readonly BatchMember[]): {
  readonly effective: SchedulingMode | null;
  readonly because: string;
} {
  const verdicts = members
    .filter((member) => canRun({ ...member, problem: null }))
    .flatMap(({ verdict }) => verdict ?? []);
  const modes = new Set(verdicts.flatMap(({ effective }) => effective ?? []));
  const reasons = [...new Set(verdicts.map(({ because }) => because))];
  const [only] = modes;
  if (only !== undefined && modes.size === 1) return { effective: only, because: reasons.slice(0, 3).join(' ') };
  if (members.length === 0) return { effective: null, because: 'There is nothing to write.' };
  if (modes.size === 0) return { effective: null, because: 'No calendar could be written to.' };
  return { effective: null, because: `The calendars have different modes: ${[...modes].join(', ')}.` };
}
