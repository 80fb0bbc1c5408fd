import type { ResourceSummary } from '../../icalendar/types.ts';
import { addressKey } from '../addresses.ts';
import { replies } from './replies.ts';
import { byServer, type MessageKind, type Telling } from './notifying.ts';
import type { Delivers } from '../types.ts';

/** Who hears of a write (keys of addresses) and what: one message each. */
export function recipientsOf(telling: Telling): Map<string, MessageKind> {
  const { change, after, before, own, delivers } = telling;
  const cancelled = (after?.cancelled ?? true) && (before?.cancelled ?? true);
  if (cancelled && delivers?.cancelled !== true) return new Map();
  // The same in meaning: nothing to say.
  if (change === 'update' && after !== null && before !== null && after.meaning === before.meaning) return new Map();
  const is = change === 'delete' ? null : organized(after, own);
  const was = change === 'create' ? null : organized(before, own);
  if (is === null && was === null) {
    if (change === 'delete' && delivers?.strangers === true && isStranger(before, own)) {
      return new Map(guestsOf(before, own, delivers).map((guest) => [guest, 'cancellation']));
    }
    return new Map(replies(telling).map((organizer) => [organizer, 'reply']));
  }
  return ofOrganizer(is, was, telling);
}

function isStranger(summary: ResourceSummary | null, own: ReadonlySet<string>): boolean {
  return !(summary?.attendees ?? []).some(({ address }) => own.has(addressKey(address)));
}

/** The object where the owner organizes it. */
function organized(summary: ResourceSummary | null, own: ReadonlySet<string>): ResourceSummary | null {
  const organizer = summary?.organizer ?? null;
  return organizer !== null && own.has(addressKey(organizer.address)) ? summary : null;
}

/** The organizer's messages: invited anew, told of the change, or told that it does not take place for them. */
function ofOrganizer(
  is: ResourceSummary | null,
  was: ResourceSummary | null,
  { own, delivers }: Telling,
): Map<string, MessageKind> {
  const guests = new Set(guestsOf(is, own, delivers));
  const earlier = new Set(guestsOf(was, own, delivers));
  const notified = new Map<string, MessageKind>();
  const calledOff = is !== null && is.cancelled && was?.cancelled !== true;
  for (const guest of guests) {
    if (!earlier.has(guest)) notified.set(guest, 'invitation');
    else notified.set(guest, calledOff ? 'cancellation' : 'update');
  }
  for (const guest of earlier) if (!guests.has(guest)) notified.set(guest, 'cancellation');
  return notified;
}

/** Guests that the server sends to: not the owner, and SCHEDULE-AGENT is one that leaves it to the server (§7.1). */
function guestsOf(
  summary: ResourceSummary | null,
  own: ReadonlySet<string>,
  delivers: Delivers | undefined,
): readonly string[] {
  return (summary?.attendees ?? [])
    .filter((guest) => byServer(guest, delivers))
    .map((guest) => addressKey(guest.address))
    .filter((key) => !own.has(key));
}
