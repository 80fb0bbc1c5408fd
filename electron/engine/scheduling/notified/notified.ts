import {
  NOBODY,
  STANDARD_MODES,
  type NotifiedByMode,
  type NotifiedCount,
} from '../../../../shared/model/scheduling.ts';
import type { ResourceSummary } from '../../icalendar/types.ts';
import { addressKey, domainOf } from '../addresses.ts';
import { mailedByHook } from './mail-hook.ts';
import { KindTally, NO_MESSAGES } from './kinds.ts';
import { recipientsOf } from './recipients.ts';
import type { Change, MessageKind } from './notifying.ts';
import type { NotifiedContext, NotifiedItem } from '../types.ts';

const NOTHING: NotifiedItem = {
  inside: [],
  outside: [],
  calendars: [],
  perMode: { all: NOBODY, none: NOBODY, 'internal-only': NOBODY, 'external-only': NOBODY },
  kinds: { inside: NO_MESSAGES, outside: NO_MESSAGES },
};

/**
 * Who one write would tell, by the rules of RFC 6638 §3.2 and, per mode, of the draft §4.1.
 *
 * As organizer (an address of the owner is ORGANIZER): a REQUEST to every guest on create and on a change of meaning, a
 * CANCEL to those taken off, a CANCEL to all on delete. As guest: a REPLY to the organizer, on create when an answer is
 * not NEEDS-ACTION, on update when one changed or an instance was taken out, on delete (DECLINED). A stranger's or a
 * plain event tells nobody. Guests and organizers whose SCHEDULE-AGENT is not SERVER are left to others (§7.1). What is
 * cancelled already concerns nobody any more: storing, changing or deleting it tells nobody. `context.delivers` names
 * what a server does beyond that. The numbers are the most that can happen: servers leave out changes that they think
 * small, and some leave out what is over.
 *
 * @param after what will be stored; null for a delete
 * @param before what is stored now; null for a create
 * @param actingAs the `Schedule-User-Address` that goes along: the owner then takes part by this address only
 */
export function notifiedBy(
  change: Change,
  after: ResourceSummary | null,
  before: ResourceSummary | null,
  context: NotifiedContext,
  actingAs: string | null = null,
): NotifiedItem {
  if (isAlone(after) && isAlone(before)) return NOTHING;
  const all = new Set(context.ownAddresses.map(addressKey));
  const own = actingAs === null ? all : new Set([addressKey(actingAs)]);
  const { delivers } = context;
  const hook = delivers?.mailHook === true;
  const recipients = hook
    ? mailedByHook({ change, after, before }, context.now)
    : recipientsOf({ change, after, before, own, delivers });
  // Nobody is told about a change of their own, by whatever address they are listed; a hook knows no owner.
  if (!hook) for (const address of all) recipients.delete(address);
  if (recipients.size === 0) return NOTHING;
  const event = after ?? before;
  const over = event !== null && event.endsMs !== null && event.endsMs < context.now;
  const inside: string[] = [];
  const outside: string[] = [];
  const kinds = { inside: new KindTally(), outside: new KindTally() };
  for (const [address, kind] of recipients) {
    const here = isInside(address, context);
    (here ? inside : outside).push(address);
    (here ? kinds.inside : kinds.outside).count(kind);
  }
  const calendars = hook ? [] : [...inside, ...fellowGuests(recipients, event, all, context)];
  return {
    inside,
    outside,
    calendars,
    perMode: perMode(inside.length, outside.length, calendars.length, over),
    kinds: { inside: kinds.inside.total(), outside: kinds.outside.total() },
  };
}

/**
 * The other guests inside, in whose copies the owner's answer shows when its organizer is inside, too: without a message
 * (RFC 6638 §3.2.8 knows such changes of PARTSTAT alone).
 */
function fellowGuests(
  recipients: ReadonlyMap<string, MessageKind>,
  event: ResourceSummary | null,
  own: ReadonlySet<string>,
  context: NotifiedContext,
): readonly string[] {
  const answered = [...recipients].some(([address, kind]) => kind === 'reply' && isInside(address, context));
  if (!answered || event === null) return [];
  const guests = new Set(event.attendees.map(({ address }) => addressKey(address)));
  return [...guests].filter((key) => isInside(key, context) && !own.has(key) && !recipients.has(key));
}

/** Nobody is named in it, as in most events of most calendars. */
function isAlone(event: ResourceSummary | null): boolean {
  return event === null || (event.organizer === null && event.attendees.length === 0);
}

/**
 * Whether an address belongs to a user of this server. Addresses without a domain (`urn:uuid:…`, a path) are given by
 * the server itself.
 */
function isInside(key: string, context: NotifiedContext): boolean {
  const domain = domainOf(key);
  return domain === null ? true : context.insideDomains.has(domain);
}

/** The draft's four modes: `internal-only` changes calendars and tells nobody, `external-only` only tells outsiders. */
function perMode(inside: number, outside: number, changed: number, over: boolean): NotifiedItem['perMode'] {
  const count = (tellInside: number, tellOutside: number, calendars: number): NotifiedCount => {
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
    all: count(inside, outside, changed),
    none: NOBODY,
    'internal-only': count(0, 0, changed),
    'external-only': count(0, outside, 0),
  };
}

/** The sum over many writes: people and their calendars are distinct addresses, messages are added up. */
export function sumNotified(items: Iterable<NotifiedItem>): NotifiedByMode {
  const sum = new NotifiedSum();
  for (const item of items) sum.add(item);
  return sum.total();
}

/** The same, one write after the other: a million of them need not be held to be counted. */
export class NotifiedSum {
  readonly #insiders = new Set<string>();
  readonly #outsiders = new Set<string>();
  readonly #calendars = new Set<string>();
  readonly #sums = {
    all: { ...NOBODY },
    none: { ...NOBODY },
    'internal-only': { ...NOBODY },
    'external-only': { ...NOBODY },
  };

  add(item: NotifiedItem): void {
    for (const address of item.inside) this.#insiders.add(address);
    for (const address of item.outside) this.#outsiders.add(address);
    for (const address of item.calendars) this.#calendars.add(address);
    for (const mode of STANDARD_MODES) {
      const sum = this.#sums[mode];
      sum.messages += item.perMode[mode].messages;
      sum.past += item.perMode[mode].past;
    }
  }

  total(): NotifiedByMode {
    const inside = this.#insiders.size;
    const outside = this.#outsiders.size;
    const calendars = this.#calendars.size;
    const sums = this.#sums;
    return {
      all: { ...sums.all, people: inside + outside, inside, outside, calendars },
      none: { ...sums.none },
      'internal-only': { ...sums['internal-only'], calendars },
      'external-only': { ...sums['external-only'], people: outside, inside: 0, outside },
    };
  }
}
