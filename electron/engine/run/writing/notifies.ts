import type { PlanRow } from '../../../../shared/model/plan.ts';
import type { SchedulingMode } from '../../../../shared/model/scheduling.ts';

/**
 * Whether a write of this row may notify anybody. It is enough that it could: in every mode but `none`, unless the event
 * has neither an organizer nor guests and the plan says that nobody hears of it, or the row is about the trash bin.
 */
export function mayNotify(effective: SchedulingMode | null, row: PlanRow): boolean {
  if (effective === 'none' || row.bin !== undefined) return false;
  return row.notified > 0 || row.organizer !== null || row.guests > 0;
}

/** Said of a write that left, has no answer, and is not there: it is not sent again. */
export function maybeNotified({ notified }: PlanRow): string {
  const who = notified === 0 ? 'People' : notified === 1 ? '1 person' : `${notified} people`;
  return `${who} may have been notified, so it was not sent again. Look at the event, then retry it if it is missing.`;
}
