import { NOBODY, STANDARD_MODES, type ToldByMode, type ToldCount } from '../../../shared/model/scheduling.ts';
import type { CalendarUser, ResourceSummary } from '../icalendar/types.ts';
import { addressKey, domainOf } from './addresses.ts';
import type { ToldContext, ToldItem } from './types.ts';

type Change = 'create' | 'update' | 'delete';

const NOTHING: ToldItem = {
  inside: [],
  outside: [],
  perMode: { all: NOBODY, none: NOBODY, 'internal-only': NOBODY, 'external-only': NOBODY },
};

/**
 * Who one write would tell, by the rules of RFC 6638 §3.2 and, per mode, of the draft §4.1.
 *
 * As organizer (an address of the owner is ORGANIZER): a REQUEST to every guest on create and on a change of meaning, a
 * CANCEL to those taken off, a CANCEL to all on delete. As guest: a REPLY to the organizer, on create when the answer is
 * not NEEDS-ACTION, on update when it changed, on delete (DECLINED). A stranger's or a plain event tells nobody. Guests
 * and organizers whose SCHEDULE-AGENT is not SERVER are left to others (§7.1). What is cancelled already concerns nobody
 * any more: storing, changing or deleting it tells nobody.
 *
 * @param after what will be stored; null for a delete
 * @param before what is stored now; null for a create
 * @param actingAs the `Schedule-User-Address` that goes along: the owner then takes part by this address only
 */
export function toldBy(
  change: Change,
  after: ResourceSummary | null,
  before: ResourceSummary | null,
  context: ToldContext,
  actingAs: string | null = null,
): ToldItem {
  const own = new Set(context.ownAddresses.map(addressKey));
  const roles = actingAs === null ? own : new Set([addressKey(actingAs)]);
  const recipients = recipientsOf(change, after, before, roles);
  // Nobody is told about a change of their own, by whatever address they are listed.
  for (const address of own) recipients.delete(address);
  if (recipients.size === 0) return NOTHING;
  const event = after ?? before;
  const over = event !== null && event.endsMs !== null && event.endsMs < context.now;
  const inside: string[] = [];
  const outside: string[] = [];
  for (const address of recipients) (isInside(address, context) ? inside : outside).push(address);
  return { inside, outside, perMode: perMode(inside.length, outside.length, over) };
}

function recipientsOf(
  change: Change,
  after: ResourceSummary | null,
  before: ResourceSummary | null,
  own: ReadonlySet<string>,
): Set<string> {
  const recipients = new Set<string>();
  if ((after?.cancelled ?? true) && (before?.cancelled ?? true)) return recipients;
  const isOwn = (user: CalendarUser | null): boolean => user !== null && own.has(addressKey(user.address));
  const wasOrganizer = before !== null && change !== 'create' && isOwn(before.organizer);
  const isOrganizer = after !== null && change !== 'delete' && isOwn(after.organizer);
  // The same in meaning: nothing to say.
  if (change === 'update' && after !== null && before !== null && after.meaning === before.meaning) return recipients;
  if (isOrganizer) for (const guest of scheduled(after, own)) recipients.add(guest);
  if (wasOrganizer) for (const guest of scheduled(before, own)) recipients.add(guest);
  if (isOrganizer || wasOrganizer) return recipients;
  for (const organizer of replies(change, after, before, own)) recipients.add(organizer);
  return recipients;
}

/** Guests that the server sends to: not the owner, and SCHEDULE-AGENT is SERVER, absent or unknown (§7.1). */
function scheduled(summary: ResourceSummary, own: ReadonlySet<string>): readonly string[] {
  return summary.attendees
    .filter((guest) => byServer(guest))
    .map((guest) => addressKey(guest.address))
    .filter((key) => !own.has(key));
}

function byServer(user: CalendarUser): boolean {
  const agent = user.scheduleAgent?.toUpperCase() ?? 'SERVER';
  return agent === 'SERVER';
}

/** Organizers that hear an answer of the owner. */
function replies(
  change: Change,
  after: ResourceSummary | null,
  before: ResourceSummary | null,
  own: ReadonlySet<string>,
): readonly string[] {
  const is = answerOf(after, own);
  const was = answerOf(before, own);
  const event = change === 'delete' ? before : after;
  const organizer = event?.organizer ?? null;
  if (organizer === null || !byServer(organizer)) return [];
  const heard =
    change === 'create'
      ? is !== null && is !== 'NEEDS-ACTION'
      : change === 'delete'
        ? was !== null && was !== 'DECLINED'
        : (is ?? 'DECLINED') !== (was ?? 'NEEDS-ACTION');
  return heard && (is !== null || was !== null) ? [addressKey(organizer.address)] : [];
}

/** The owner's answer in an event, upper case; null when the owner is no guest of it. */
function answerOf(summary: ResourceSummary | null, own: ReadonlySet<string>): string | null {
  const guest = summary?.attendees.find((attendee) => own.has(addressKey(attendee.address)));
  return guest === undefined ? null : (guest.partstat ?? 'NEEDS-ACTION');
}

/**
 * Whether an address belongs to a user of this server. Addresses without a domain (`urn:uuid:…`, a path) are given by
 * the server itself.
 */
function isInside(key: string, context: ToldContext): boolean {
  const domain = domainOf(key);
  return domain === null ? true : context.insideDomains.has(domain);
}

/** The draft's four modes: `internal-only` changes calendars and tells nobody, `external-only` only tells outsiders. */
function perMode(inside: number, outside: number, over: boolean): ToldItem['perMode'] {
  const count = (tellInside: number, tellOutside: number, calendars: number): ToldCount => {
    const messages = tellInside + tellOutside;
    return {
      people: messages,
      inside: tellInside,
      outside: tellOutside,
      messages,
      calendars,
      past: over ? messages : 0,
    };
  };
  return {
    all: count(inside, outside, inside),
    none: NOBODY,
    'internal-only': count(0, 0, inside),
    'external-only': count(0, outside, 0),
  };
}

/** The sum over many writes: people are distinct addresses, the rest is added up. */
export function sumTold(items: Iterable<ToldItem>): ToldByMode {
  const sum = new ToldSum();
  for (const item of items) sum.add(item);
  return sum.total();
}

/** The same, one write after the other: a million of them need not be held to be counted. */
export class ToldSum {
  readonly #insiders = new Set<string>();
  readonly #outsiders = new Set<string>();
  readonly #sums = {
    all: { ...NOBODY },
    none: { ...NOBODY },
    'internal-only': { ...NOBODY },
    'external-only': { ...NOBODY },
  };

  add(item: ToldItem): void {
    for (const address of item.inside) this.#insiders.add(address);
    for (const address of item.outside) this.#outsiders.add(address);
    for (const mode of STANDARD_MODES) {
      const sum = this.#sums[mode];
      sum.messages += item.perMode[mode].messages;
      sum.calendars += item.perMode[mode].calendars;
      sum.past += item.perMode[mode].past;
    }
  }

  total(): ToldByMode {
    const inside = this.#insiders.size;
    const outside = this.#outsiders.size;
    const sums = this.#sums;
    return {
      all: { ...sums.all, people: inside + outside, inside, outside },
      none: { ...sums.none },
      'internal-only': { ...sums['internal-only'] },
      'external-only': { ...sums['external-only'], people: outside, inside: 0, outside },
    };
  }
}
