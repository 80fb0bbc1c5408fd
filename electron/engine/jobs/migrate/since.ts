import type { PlanRow } from '../../../../shared/model/plan.ts';
import { resolveStep } from '../../plan/steps/resource-step.ts';
import { resourceRow } from '../../plan/rows.ts';
import { notifiedInMode } from '../../plan/summary.ts';
import type { PlanInput, PlanStep, TargetObject } from '../../plan/types.ts';
import { standingOf } from '../../scheduling/identity.ts';
import { notifiedBy } from '../../scheduling/notified/notified.ts';
import { isAsLeft, type Left, type LeftByUid } from './earlier.ts';

/**
 * The final pass: what changed on the old side since the earlier migration is brought along, and nothing of what changed
 * on the new side is overwritten. What changed on both is a conflict.
 */
export function pickUp(input: PlanInput, steps: readonly PlanStep[], left: LeftByUid): readonly PlanStep[] {
  return steps.map((step) => {
    const known = left.get(step.row.uid);
    if (known === undefined || step.ordinal === null || step.row.action === 'reject') return step;
    return pickUpOne(input, step, step.ordinal, known);
  });
}

function pickUpOne(input: PlanInput, step: PlanStep, ordinal: number, left: Left): PlanStep {
  const there = input.target.get(step.row.uid);
  const { meaning } = input.resources.summary(ordinal);
  const changed = meaning !== left.meaning && input.resources.fingerprint(ordinal) !== left.meaning;
  if (there === undefined) {
    return changed
      ? quiet(step, 'conflict', 'It was deleted on the target, and changed on the source, since the earlier run.')
      : quiet(step, 'skip', 'It was deleted on the target since the earlier run.');
  }
  if (there.summary.meaning === meaning) return step;
  if (isAsLeft(there, left)) {
    if (!changed) return quiet(step, 'unchanged', 'It is as the earlier run left it.');
    return replaced(input, step, 'It was changed on the source since the earlier run.');
  }
  return changed
    ? quiet(step, 'conflict', 'It was changed on both since the earlier run; the target is kept.')
    : quiet(step, 'skip', 'It was changed on the target since the earlier run, and is kept.');
}

/** The source takes the place of what is there; where that is not safe, the step stays as the table decided. */
export function replaced(input: PlanInput, step: PlanStep, reason: string): PlanStep {
  const settled = resolveStep(input, step, 'backup');
  if (settled === null) return step;
  const { decided: _decided, ...row } = settled.row;
  return { ...settled, row: { ...row, reason } };
}

/** The step sends nothing, for this reason. */
export function quiet(step: PlanStep, action: PlanRow['action'], reason: string): PlanStep {
  return { ...step, notified: null, bytes: 0, row: { ...step.row, action, reason, notified: 0, actingAs: null } };
}

/**
 * UIDs that may be deleted on the new side for being gone from the old one; `unproved`: a person asked for it, and the old
 * side could not be seen as a whole.
 */
export type Deletable = 'nothing' | 'unproved' | 'all' | ReadonlySet<string>;

const NOT_WHOLE =
  'It is not among what was read of the source, which could not be seen as a whole, so it may be there; it is kept.';

const NOT_PROVED = 'The source does not list it, and it is not proved that it is gone there; it is kept.';

/**
 * What the earlier migration left and the old side has no more: listed, and deleted only when a person asked for that
 * and nobody has touched it.
 *
 * @param sources UIDs that the old side has
 * @param deletable what a person asked to delete, as far as it is proved to be gone
 */
export function goneSince(
  input: PlanInput,
  steps: readonly PlanStep[],
  left: LeftByUid,
  sources: ReadonlySet<string>,
  deletable: Deletable,
): readonly PlanStep[] {
  const gone: PlanStep[] = [];
  for (const [uid, known] of left) {
    const there = sources.has(uid) ? undefined : input.target.get(uid);
    if (there !== undefined) gone.push(goneStep(input, steps.length + gone.length, there, known, deletable));
  }
  return gone;
}

function goneStep(input: PlanInput, id: number, there: TargetObject, left: Left, deletable: Deletable): PlanStep {
  const [action, reason] = verdictOn(there, left, deletable);
  const standing = standingOf(there.summary, input.ownerAddresses).kind;
  const notified = action === 'delete' ? notifiedBy('delete', null, there.summary, input.context, null) : null;
  const facts = {
    id,
    href: there.href,
    action,
    reason,
    actingAs: null,
    standing,
    notified: notifiedInMode(notified, input.mode),
  };
  const row = { ...resourceRow(there.summary, facts, input.context.now), file: '', line: 0, findings: [] };
  const base = { ordinal: null, etag: there.etag, digest: there.summary.meaning, bytes: 0, asCopy: false };
  return { ...base, row, notified, times: { before: there.summary } };
}

function verdictOn(there: TargetObject, left: Left, deletable: Deletable): readonly [PlanRow['action'], string] {
  if (deletable === 'unproved') return ['conflict', NOT_WHOLE];
  if (!isAsLeft(there, left)) {
    return ['conflict', 'It is gone from the source, and was changed on the target since; it is kept.'];
  }
  if (deletable === 'nothing')
    return [
      'skip',
      'It is gone from the source. It stays here unless you ask that what is gone there is deleted here, too.',
    ];
  if (there.shared === true)
    return ['conflict', 'It is gone from the source, but its object here holds another event, too.'];
  if (deletable !== 'all' && !deletable.has(there.summary.uid)) return ['conflict', NOT_PROVED];
  if (there.etag === null) return ['conflict', 'It is gone from the source, but cannot be deleted safely here.'];
  return ['delete', 'It is gone from the source, and is deleted here as you asked.'];
}
