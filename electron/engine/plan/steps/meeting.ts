import type { ResourceSummary } from '../../icalendar/types.ts';
import { isPart, targetState } from '../compare.ts';
import type { Decision, TargetState } from '../table.ts';
import type { Merge, PlanInput } from '../types.ts';

/** How an entry of the backup stands to what the calendar holds of its UID. */
export interface Meeting {
  readonly state: TargetState;
  /** What both are together, where one of them is only a part. */
  readonly merge: Merge | null;
}

export function meet(input: PlanInput, ordinal: number, summary: ResourceSummary): Meeting {
  const there = input.target.get(summary.uid);
  if (there === undefined || there.shared === true || !isPart(summary, there.summary)) {
    return { state: targetState(summary, there, input), merge: null };
  }
  const merge = input.merge?.(ordinal, there) ?? NOT_MERGED;
  return { state: merge.fits ? targetState(merge.summary, there, input, merge.age) : 'apart', merge };
}

const NOT_MERGED: Merge = {
  fits: false,
  reason: 'The calendar holds another part of the same series, which would be lost; it is kept.',
};

/** Why it is a conflict, where both could not be put together. */
export function withReason({ merge }: Meeting, decision: Decision): Decision {
  return decision.action === 'conflict' && merge?.fits === false ? { ...decision, reason: merge.reason } : decision;
}
