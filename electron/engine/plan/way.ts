import type { Decision, TargetState } from './table.ts';
import type { InTheWay, PlanStep } from './types.ts';

/** The state of a UID that the calendar does not hold: what is in another calendar counts first. */
export function absentState(uid: string, { elsewhere, trash }: InTheWay): TargetState {
  if (elsewhere?.has(uid) === true) return 'elsewhere';
  if (trash?.objects.has(uid) !== true) return 'absent';
  return trash.rule === 'drops' ? 'in-trash' : `in-trash-${trash.rule}`;
}

/** What a step must know of what stands in its way; undefined where nothing does. */
export function wayOf({ elsewhere, trash }: InTheWay, uid: string): Pick<PlanStep, 'against' | 'deleted'> | undefined {
  if (elsewhere?.has(uid) === true) return { against: 'elsewhere' };
  const deleted = trash?.objects.get(uid)?.href;
  return deleted === undefined ? undefined : { against: 'trash', deleted };
}

/** The decision with the name of the other calendar, or the day of the deletion (UTC), in its reason. */
export function withPlace({ elsewhere, trash }: InTheWay, uid: string, decision: Decision): Decision {
  const calendar = elsewhere?.get(uid)?.calendar;
  if (calendar !== undefined) return { ...decision, reason: `${decision.reason} It is in "${calendar}".` };
  const deletedAt = trash?.objects.get(uid)?.deletedAt ?? null;
  if (deletedAt === null) return decision;
  const day = new Date(deletedAt).toISOString().slice(0, 10);
  return { ...decision, reason: `${decision.reason} It was deleted on ${day}.` };
}
