import type { ResourceSummary } from '../../icalendar/types.ts';
import { addressKey, domainOf } from '../addresses.ts';
import type { MessageKind, MessagesByPerson, ScheduledWrite } from './notifying.ts';

/**
 * Whom a mail hook writes to (keys of addresses) and what: one mail each. Every ATTENDEE with a mail address hears of an
 * event that is created or changed, and is not over, and of any that is deleted; nobody is left out as the owner, for a
 * role, or for SCHEDULE-AGENT. The most that can happen: it reads the first component of an object alone, and says
 * nothing to those for whom only the list of guests has changed.
 */
export function mailedByHook(
  { change, after, before }: Pick<ScheduledWrite, 'change' | 'after' | 'before'>,
  now: number,
): MessagesByPerson {
  if (change === 'delete') return mailsTo(guestsOf(before), 'cancellation');
  if (after === null || isOver(after, now)) return new Map();
  const guests = guestsOf(after);
  if (change === 'create' || before === null) return mailsTo(guests, 'invitation');
  if (after.meaning === before.meaning) return new Map();
  const earlier = guestsOf(before);
  return new Map([
    ...mailsTo(earlier, 'cancellation'),
    ...guests.map((guest) => [guest, [earlier.includes(guest) ? 'update' : 'invitation']] as const),
  ]);
}

function mailsTo(guests: readonly string[], kind: MessageKind): MessagesByPerson {
  return new Map(guests.map((guest) => [guest, [kind]]));
}

/** What has no end of its own is never over for it. */
function isOver({ endsMs, withoutEnd }: ResourceSummary, now: number): boolean {
  return withoutEnd !== true && endsMs !== null && endsMs < now;
}

function guestsOf(event: ResourceSummary | null): readonly string[] {
  if (event?.kind !== 'VEVENT') return [];
  return event.attendees.map(({ address }) => addressKey(address)).filter((key) => domainOf(key) !== null);
}
