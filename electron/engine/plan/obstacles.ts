import { againstOf } from './settle.ts';
import { decide, type Decision, type TargetState } from './table.ts';
import type { Obstacles, PlanStep } from './types.ts';

/** UIDs that steps put into the calendar anew. */
export function createdUids(steps: readonly PlanStep[]): ReadonlySet<string> {
  return new Set(steps.filter(({ row, asCopy }) => row.action === 'create' && !asCopy).map(({ row }) => row.uid));
}

/** The state of a UID that the calendar does not hold: what is in another calendar counts first. */
export function absentState(uid: string, { elsewhere, trash, unseen }: Obstacles): TargetState {
  if (unseen?.some(({ uids }) => uids.length === 0 || uids.includes(uid)) === true) return 'unseen';
  if (elsewhere?.has(uid) === true) return 'elsewhere';
  if (trash?.objects.has(uid) !== true) return 'absent';
  return trash.rule === 'drops' ? 'in-trash' : `in-trash-${trash.rule}`;
}

/** What a step must know of what stands in its way; undefined where nothing does. */
export function obstacleOf(
  obstacles: Obstacles,
  uid: string,
): Pick<PlanStep, 'against' | 'deleted' | 'purges'> | undefined {
  const { elsewhere, trash } = obstacles;
  if (absentState(uid, obstacles) === 'unseen') return { against: 'unseen' };
  if (elsewhere?.has(uid) === true) return { against: 'elsewhere' };
  const deleted = trash?.objects.get(uid)?.href;
  if (deleted === undefined) return undefined;
  return { against: 'trash', deleted, ...(trash?.rule === 'purges' ? { purges: true } : {}) };
}

/** The decision with the name of the other calendar, or the day of the deletion (UTC), in its reason. */
export function withPlace(obstacles: Obstacles, uid: string, decision: Decision): Decision {
  const { elsewhere, trash } = obstacles;
  if (absentState(uid, obstacles) === 'unseen') return decision;
  const calendar = elsewhere?.get(uid)?.calendar;
  if (calendar !== undefined) return { ...decision, reason: `${decision.reason} It is in "${calendar}".` };
  const deletedAt = trash?.objects.get(uid)?.deletedAt ?? null;
  if (deletedAt === null) return decision;
  const day = new Date(deletedAt).toISOString().slice(0, 10);
  return { ...decision, reason: `${decision.reason} It was deleted on ${day}.` };
}

const NOT_PUT_BACK = {
  unseen: 'Something in the calendar cannot be read, and may be this event, so it is left alone.',
  elsewhere:
    'Another calendar of this user holds this event by now, and the server takes a UID only once per user, so it is left alone.',
  trash:
    'It lies in the trash bin of this calendar, and this version of the server takes no other one meanwhile. Put it back there.',
} as const;

/**
 * A step of an undo that puts back what was deleted, as far as what stands in the way lets it: there is no policy, and the
 * deleted one may well be the very same.
 */
export function putBackObstacle(step: PlanStep, obstacles: Obstacles): PlanStep {
  const { row } = step;
  const state = row.action === 'create' ? absentState(row.uid, obstacles) : 'absent';
  const against = againstOf(state);
  if (against === undefined) return step;
  const known = { ...step, ...obstacleOf(obstacles, row.uid) };
  if (decide('ready', state, 'replace').action === 'create') return known;
  const reason = NOT_PUT_BACK[against];
  return {
    ...known,
    notified: null,
    bytes: 0,
    row: { ...row, action: 'conflict', reason, notified: 0, actingAs: null },
  };
}
