import { lastSegment } from '../../../shared/text/address.ts';
import type { Action, PlanRow } from '../../../shared/model/plan.ts';
import { SUPERSEDED, type Rejection } from '../../../shared/model/found/inspection.ts';
import type { WriteMethod } from '../../../shared/model/scheduling.ts';
import type { Unseen } from '../caldav/types.ts';
import type { ResourceSummary } from '../icalendar/types.ts';
import { instantOf } from '../icalendar/zones/instant.ts';
import { withOverdue } from './alarms.ts';
import type { PlanStep } from './types.ts';

/** The actions that send a request. */
export function isWrite(action: Action): action is 'create' | 'update' | 'delete' {
  return action === 'create' || action === 'update' || action === 'delete';
}

/** Whether a row stands beside the event that it is about: it puts something in or out of the trash bin. */
export function isBeside({ bin }: PlanRow): boolean {
  return bin === 'remove' || bin === 'refill';
}

/** What becomes of a row: an unticked write is a skip. */
export function countsAs(row: PlanRow): Action {
  return row.excluded && isWrite(row.action) ? 'skip' : row.action;
}

/** The steps that will send a request. */
export function writingSteps(steps: readonly PlanStep[]): readonly PlanStep[] {
  return steps.filter(({ row }) => !row.excluded && isWrite(row.action));
}

/**
 * Href in the trash bin of what the server may remove for good when the step is written: it is saved first. Null where
 * nothing does, and where a row of its own takes it out.
 */
export function droppedBy({ row, asCopy, deleted, purges }: PlanStep): string | null {
  if (row.bin !== undefined || purges === true) return null;
  return row.action === 'create' && !asCopy && !row.excluded ? (deleted ?? null) : null;
}

/** The methods that a plan uses; `create` when it writes nothing, so that a mode is judged in any case. */
export function methodsOf(steps: readonly PlanStep[]): readonly WriteMethod[] {
  const used = new Set<WriteMethod>();
  for (const { row } of steps) if (!row.excluded && isWrite(row.action)) used.add(row.action);
  return used.size === 0 ? ['create'] : [...used].sort();
}

type RowFacts = Pick<PlanRow, 'id' | 'href' | 'action' | 'reason' | 'actingAs' | 'standing' | 'notified'>;

/** The row of a resource. */
export function resourceRow(summary: ResourceSummary, facts: RowFacts, now: number): PlanRow {
  const startsAt = instantOf(summary.start);
  // Each by name, not spread: a hundred thousand rows made by spreading are objects of the slow kind.
  const row: PlanRow = {
    id: facts.id,
    uid: summary.uid,
    href: facts.href,
    action: facts.action,
    reason: facts.reason,
    file: summary.file,
    line: summary.line,
    components: summary.components,
    title: summary.title,
    start: summary.start?.text ?? null,
    tzid: summary.start?.tzid ?? null,
    recurring: summary.recurring,
    past: summary.endsMs !== null && summary.endsMs < now,
    organizer: summary.organizer?.address ?? null,
    guests: summary.attendees.length,
    actingAs: facts.actingAs,
    standing: facts.standing,
    notified: facts.notified,
    findings: withOverdue(summary, now),
    excluded: false,
  };
  if (startsAt !== undefined) row.startsAt = startsAt;
  return row;
}

/** The row of something in the calendar that could not be read: nothing is done with it. */
export function unseenRow(id: number, { href, reason }: Unseen): PlanRow {
  const rejected = rejectedRow(id, { uid: '', title: lastSegment(href), file: '', line: 0, code: 'unseen', reason });
  return { ...rejected, href, action: 'conflict', reason: `It is in the calendar and was not seen. ${reason}` };
}

/** The row of a component or file that could not be read, or of which a newer version is used. */
export function rejectedRow(id: number, rejection: Rejection): PlanRow {
  return {
    id,
    uid: rejection.uid,
    href: null,
    action: rejection.code === SUPERSEDED ? 'supersede' : 'reject',
    reason: rejection.reason,
    file: rejection.file,
    line: rejection.line,
    components: 1,
    title: rejection.title,
    start: null,
    tzid: null,
    recurring: false,
    past: false,
    organizer: null,
    guests: 0,
    actingAs: null,
    standing: 'plain',
    notified: 0,
    findings: [],
    excluded: false,
  };
}
