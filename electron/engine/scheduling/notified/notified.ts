import {
  NOBODY,
  STANDARD_MODES,
  type NotifiedByMode,
  type NotifiedCount,
} from '../../../../shared/model/scheduling.ts';
import type { CalendarUser, ResourceSummary } from '../../icalendar/types.ts';
import { addressKey, domainOf } from '../addresses.ts';
import { mailedByHook } from './mail-hook.ts';
import { countOf, KindTally, NO_MESSAGES } from './kinds.ts';
import { recipientsOf } from './recipients.ts';
import type { MessagesByPerson } from './notifying.ts';
import type { Change, Delivers, NotifiedContext, NotifiedItem } from '../types.ts';

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
  if (context.silent === true || (isAlone(after) && isAlone(before))) return NOTHING;
  const { delivers } = context;
  const { all, self } = sidesOf(change, after ?? before, context);
  const own = actingAs === null ? all : new Set([addressKey(actingAs)]);
  const hook = delivers?.mailHook === true;
  const event = after ?? before;
  const organizer = after?.organizer ?? before?.organizer ?? null;
  const recipients = hook
    ? mailedByHook({ change, after, before }, context.now)
    : recipientsOf({ change, after, before, own, notSentTo: ownAddresses(organizer, self, delivers), delivers });
  if (recipients.size === 0) return NOTHING;
  const past = event !== null && event.endsMs !== null && event.endsMs < context.now;
  const inside: string[] = [];
  const outside: string[] = [];
  const tallies = { inside: new KindTally(), outside: new KindTally() };
  for (const [address, messages] of recipients) {
    const here = isInside(address, context);
    (here ? inside : outside).push(address);
    for (const kind of messages) (here ? tallies.inside : tallies.outside).count(kind);
  }
  const others = inside.filter((address) => !self.has(address));
  const calendars = hook ? [] : [...others, ...fellowGuests(recipients, event, self, context)];
  const kinds = { inside: tallies.inside.total(), outside: tallies.outside.total() };
  return {
    inside,
    outside,
    calendars,
    ...severalOf(recipients),
    perMode: perMode({ inside: inside.length, outside: outside.length, calendars: calendars.length, kinds, past }),
    kinds,
  };
}

/** Few people get more than one message of a write: only they are kept. */
function severalOf(recipients: MessagesByPerson): Pick<NotifiedItem, 'several'> {
  const several = new Map([...recipients].flatMap(([key, { length }]) => (length > 1 ? [[key, length] as const] : [])));
  return several.size === 0 ? {} : { several };
}

/**
 * The addresses by which somebody takes part here, and those of the one of them who acts: the owner, or, on a share that
 * counts both, the one who writes through it, where the event is theirs and not the owner's.
 */
function sidesOf(
  change: Change,
  event: ResourceSummary | null,
  { ownAddresses, shareeAddresses = [], delivers }: NotifiedContext,
): { readonly all: ReadonlySet<string>; readonly self: ReadonlySet<string> } {
  const owner = new Set(ownAddresses.map(addressKey));
  const sharee = new Set(delivers?.sharees?.includes(change) === true ? shareeAddresses.map(addressKey) : []);
  if (sharee.size === 0) return { all: owner, self: owner };
  const all = new Set([...owner, ...sharee]);
  const people = event === null ? [] : [event.organizer, ...event.attendees];
  const first = people.map((person) => (person === null ? '' : addressKey(person.address))).find((key) => all.has(key));
  return { all, self: first === undefined || owner.has(first) ? owner : sharee };
}

/** Nobody is told about a change of their own, by whatever address they are listed; some leave out the ORGANIZER alone. */
function ownAddresses(
  organizer: CalendarUser | null,
  self: ReadonlySet<string>,
  delivers: Delivers | undefined,
): ReadonlySet<string> {
  const key = organizer === null ? '' : addressKey(organizer.address);
  return delivers?.ownGuests === true && self.has(key) ? new Set([key]) : self;
}

/**
 * The other guests inside, in whose copies the owner's answer shows when its organizer is inside, too: without a message
 * (RFC 6638 §3.2.8 knows such changes of PARTSTAT alone).
 */
function fellowGuests(
  recipients: MessagesByPerson,
  event: ResourceSummary | null,
  own: ReadonlySet<string>,
  context: NotifiedContext,
): readonly string[] {
  const answered = [...recipients].some(([address, kinds]) => kinds.includes('reply') && isInside(address, context));
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

/** The draft's four modes: `internal-only` changes calendars and notifies nobody, `external-only` notifies outsiders only. */
function perMode(recipients: {
  readonly inside: number;
  readonly outside: number;
  readonly calendars: number;
  readonly kinds: NotifiedItem['kinds'];
  readonly past: boolean;
}): NotifiedItem['perMode'] {
  const { inside, outside, calendars: changed, kinds, past } = recipients;
  const count = (withInside: boolean, withOutside: boolean, calendars: number): NotifiedCount => {
    const people = [withInside ? inside : 0, withOutside ? outside : 0] as const;
    const messages = (withInside ? countOf(kinds.inside) : 0) + (withOutside ? countOf(kinds.outside) : 0);
    return {
      people: people[0] + people[1],
      inside: people[0],
      outside: people[1],
      messages,
      calendars,
      past: past ? messages : 0,
    };
  };
  return {
    all: count(true, true, changed),
    none: NOBODY,
    'internal-only': count(false, false, changed),
    'external-only': count(false, true, 0),
  };
}

/**
 * The sum over many writes: people and their calendars are distinct addresses, messages are added up. One write after the
 * other: a million of them need not be held to be counted.
 */
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
