import { againstOf } from './settle.ts';
import { decide, FROM_BIN, type Decision, type TargetState } from './table.ts';
import type { ResourceSummary } from '../icalendar/types.ts';
import type { Obstacles, PlanInput, PlanStep } from './types.ts';

/** UIDs that steps put into the calendar anew. */
export function createdUids(steps: readonly PlanStep[]): ReadonlySet<string> {
  return new Set(
    steps
      .filter(({ row, asCopy }) => row.action === 'create' && !asCopy && row.bin === undefined)
      .map(({ row }) => row.uid),
  );
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
): Pick<PlanStep, 'against' | 'deleted' | 'deletedMeaning' | 'purges'> | undefined {
  const { elsewhere, trash } = obstacles;
  if (absentState(uid, obstacles) === 'unseen') return { against: 'unseen' };
  if (elsewhere?.has(uid) === true) return { against: 'elsewhere' };
  const deleted = trash?.objects.get(uid);
  if (deleted === undefined) return undefined;
  return {
    against: 'trash',
    deleted: deleted.href,
    ...(deleted.meaning === undefined ? {} : { deletedMeaning: deleted.meaning }),
    ...(trash?.rule === 'purges' ? { purges: true } : {}),
  };
}

/**
 * Whether the deleted one is restored from the trash bin by itself: it means what is wanted, and nobody is to be
 * notified, as nobody is then. A person may choose it in other cases, and otherwise in this one.
 */
export function givesBack(
  { trash, mode }: Obstacles & Pick<PlanInput, 'mode'>,
  target: TargetState,
  { uid, meaning }: Pick<ResourceSummary, 'uid' | 'meaning'>,
): boolean {
  if (trash?.restores !== true || mode !== 'none' || againstOf(target) !== 'trash') return false;
  return trash.objects.get(uid)?.meaning === meaning;
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
export function putBackObstacle(step: PlanStep, obstacles: Obstacles, mode: PlanInput['mode']): PlanStep {
  const { row } = step;
  const state = row.action === 'create' ? absentState(row.uid, obstacles) : 'absent';
  const against = againstOf(state);
  if (against === undefined) return step;
  const known = { ...step, ...obstacleOf(obstacles, row.uid) };
  if (givesBack({ ...obstacles, mode }, state, { uid: row.uid, meaning: step.digest })) {
    const { reason } = FROM_BIN;
    return { ...known, notified: null, bytes: 0, row: { ...row, reason, bin: 'restore', notified: 0, actingAs: null } };
  }
  if (decide('ready', state, 'replace').action === 'create') return known;
  const reason = NOT_PUT_BACK[against];
  return {
    ...known,
    notified: null,
    bytes: 0,
    row: { ...row, action: 'conflict', reason, notified: 0, actingAs: null },
  };
}
