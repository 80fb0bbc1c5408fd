import type { NotifiedContext } from '../scheduling/types.ts';
import { notifiedInMode, pastInMode } from './summary.ts';
import type { PlanStep } from './types.ts';

/** What the server leaves out of the numbers, where something of the kind is among them: one note for each. */
export function leftOutNotes(
  { delivers }: Pick<NotifiedContext, 'delivers'>,
  mode: string,
  steps: readonly PlanStep[],
): readonly string[] {
  const { leavesOut, takenOff } = delivers ?? {};
  const isPast = ({ notified }: PlanStep): boolean => pastInMode(notified, mode) > 0;
  const isTakenOff = ({ row, notified }: PlanStep): boolean =>
    row.action === 'update' && notifiedInMode(notified, mode) > 0 && (notified?.kinds.outside.cancellation ?? 0) > 0;
  return [
    ...(leavesOut !== undefined && steps.some(isPast) ? [leavesOut] : []),
    ...(takenOff !== undefined && steps.some(isTakenOff) ? [takenOff] : []),
  ].map((words) => `The numbers are the most that can happen. ${words}`);
}
