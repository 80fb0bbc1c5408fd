import type { BatchMember } from './batch.ts';
import type { SchedulingMode } from '../scheduling.ts';

/** Whether a member was consented to: it has a plan, and a mode that is kept. */
export function canRun({ hash, verdict, problem }: BatchMember): boolean {
  return hash !== null && verdict !== null && verdict.effective !== null && problem === null;
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
