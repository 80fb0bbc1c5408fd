import type { ResourceSummary } from '../../icalendar/types.ts';
import { addressKey } from '../addresses.ts';
import { cancelledApart, losesInstances } from './cancelled-apart.ts';
import { replies } from './replies.ts';
import { byServer, type MessageKind, type MessagesByPerson, type ScheduledWrite } from './notifying.ts';
import type { Delivers } from '../types.ts';

/** Who hears of a write, and what. */
export function recipientsOf(write: ScheduledWrite): MessagesByPerson {
  const { change, after, before, own, notSentTo, delivers } = write;
  const cancelled = (after?.cancelled ?? true) && (before?.cancelled ?? true);
  if (cancelled && delivers?.cancelled !== true) return new Map();
  // The same in meaning: nothing to say.
  const same = change === 'update' && after !== null && before !== null && after.meaning === before.meaning;
  if (same && delivers?.everyUpdate !== true) return new Map();
  const was = change === 'create' ? null : organized(before, own);
  const is = change === 'delete' ? null : (organized(after, own) ?? (was === null ? null : givenUp(after, delivers)));
  const answered = each(
    replies(write).filter((organizer) => !notSentTo.has(organizer)),
    'reply',
  );
  if (is !== null || was !== null) {
    // Where a meeting changes hands, its owner may answer the other organizer as well.
    return new Map([...answered, ...ofOrganizer(is, was, write)]);
  }
  if (change === 'delete' && delivers?.strangers === true && isStranger(before, own)) {
    return each(guestsOf(before, write), 'cancellation');
  }
  return answered;
}

function each(people: readonly string[], kind: MessageKind): MessagesByPerson {
  return new Map(people.map((person) => [person, [kind]]));
}

function isStranger(summary: ResourceSummary | null, own: ReadonlySet<string>): boolean {
  return !(summary?.attendees ?? []).some(({ address }) => own.has(addressKey(address)));
}

/** The object where the owner organizes it. */
function organized(summary: ResourceSummary | null, own: ReadonlySet<string>): ResourceSummary | null {
  const organizer = summary?.organizer ?? null;
  return organizer !== null && own.has(addressKey(organizer.address)) ? summary : null;
}

/**
 * A meeting that loses its ORGANIZER and is stored with guests. The sabre family lets the earlier organizer tell them all
 * (sabre/vobject, lib/ITip/Broker.php, parseEvent), so others are expected to.
 */
function givenUp(after: ResourceSummary | null, delivers: Delivers | undefined): ResourceSummary | null {
  return delivers !== undefined && after?.organizer === null ? after : null;
}

/** The organizer's messages: invited anew, told of the change, or told that it does not take place for them. */
function ofOrganizer(is: ResourceSummary | null, was: ResourceSummary | null, write: ScheduledWrite): MessagesByPerson {
  const guests = new Set(guestsOf(is, write));
  const earlier = new Set(guestsOf(was, write));
  const calledOff = is !== null && is.cancelled && was?.cancelled !== true;
  const kindsFor = (guest: string): readonly MessageKind[] => {
    if (calledOff || !guests.has(guest)) return ['cancellation'];
    if (!earlier.has(guest)) return ['invitation'];
    return is !== null && was !== null && losesInstances(is, was, guest) ? ['cancellation', 'update'] : ['update'];
  };
  const notified = new Map([...guests, ...earlier].map((guest) => [guest, kindsFor(guest)]));
  if (write.delivers?.cancelsApart !== true) return notified;
  for (const [person, kinds] of cancelledApart(is, was, write)) {
    notified.set(person, [...kinds, ...(notified.get(person) ?? [])]);
  }
  return notified;
}

/** Guests that the server sends to: not the one who acts, and SCHEDULE-AGENT is one that leaves it to the server (§7.1). */
function guestsOf(summary: ResourceSummary | null, { notSentTo, delivers }: ScheduledWrite): readonly string[] {
  return (summary?.attendees ?? [])
    .filter((guest) => byServer(guest, delivers))
    .map((guest) => addressKey(guest.address))
    .filter((key) => !notSentTo.has(key));
}
