import type { Action } from '../../../../shared/model/plan.ts';
import type { CleanupSpec } from '../../../../shared/model/batch/cleanup.ts';
import { timedOf } from '../../icalendar/recurrence/occurrences.ts';
import { meaningOf } from '../../icalendar/meaning/meaning.ts';
import { rejectedRow, resourceRow } from '../../plan/rows.ts';
import { notifiedInMode } from '../../plan/summary.ts';
import type { PlanStep } from '../../plan/types.ts';
import { ownPart, type Owner } from '../../search/owner.ts';
import { standingOf } from '../../scheduling/identity.ts';
import { notifiedBy } from '../../scheduling/notified/notified.ts';
import type { NotifiedContext } from '../../scheduling/types.ts';
import type { Looked } from './read-place.ts';

/** All that decides what becomes of the objects that the rules name. */
interface StepContext {
  readonly spec: Pick<CleanupSpec, 'includeOwn' | 'mode'>;
  readonly inbox: boolean;
  readonly owner: Owner;
  readonly ownerAddresses: readonly string[];
  readonly notified: NotifiedContext;
  /** UIDs that a person keeps. */
  readonly kept: ReadonlySet<string>;
  /** UIDs that the place holds in more than one object. */
  readonly twice: ReadonlySet<string>;
}

interface Decision {
  readonly action: Action;
  readonly reason: string;
}

/** One row per object that the rules name, and per object that nobody can read: none is passed over in silence. */
export function cleanupStep(id: number, looked: Looked, context: StepContext): PlanStep {
  const { summary, href, etag, text } = looked;
  const base = { ordinal: null, bytes: 0, asCopy: false, notified: null } as const;
  if (summary === null) {
    const row = rejectedRow(id, { file: '', line: 0, uid: '', title: '', code: 'unreadable', reason: UNREADABLE });
    return { ...base, etag, digest: meaningOf(text), row: { ...row, href, action: 'conflict' } };
  }
  const { action, reason } = decide(looked, context);
  const notified = action === 'delete' && !context.inbox ? notifiedBy('delete', null, summary, context.notified) : null;
  const { kind } = standingOf(summary, context.ownerAddresses);
  const facts = { id, href, action, reason, actingAs: null, standing: kind };
  const row = resourceRow(
    summary,
    { ...facts, notified: notifiedInMode(notified, context.spec.mode) },
    context.notified.now,
  );
  // What only concerns writing it is no finding of a delete.
  const times = { before: timedOf(summary) };
  return { ...base, etag, notified, digest: summary.meaning, row: { ...row, findings: [] }, times };
}

function decide({ etag, summary, uids }: Looked, { spec, inbox, owner, kept, twice }: StepContext): Decision {
  if (summary === null) return { action: 'conflict', reason: UNREADABLE };
  if (kept.has(summary.uid)) return { action: 'skip', reason: 'Kept, as you chose.' };
  const own = ownPart(summary, owner);
  if (own !== 'no' && !spec.includeOwn) return { action: 'skip', reason: PROTECTED[own] };
  if (uids > 1) return { action: 'conflict', reason: 'It holds events of several UIDs, so it was left alone.' };
  // Every message about an event is an object of its own in an inbox.
  if (!inbox && twice.has(summary.uid)) {
    return {
      action: 'conflict',
      reason: 'The calendar holds this UID twice: it could not be restored, so it was left alone.',
    };
  }
  if (etag === null) {
    return { action: 'conflict', reason: 'The server gives no ETag for it, so it cannot be deleted safely.' };
  }
  return { action: 'delete', reason: '' };
}

const UNREADABLE = 'It cannot be read, so no rule can be held against it. It was left alone.';

const PROTECTED = {
  organizer: 'The owner of the calendar organizes it. It is deleted only when own meetings are included.',
  accepted: 'The owner of the calendar has accepted it. It is deleted only when own meetings are included.',
} as const;
