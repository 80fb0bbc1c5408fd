import { principalPath } from '../paths.ts';
import type { Call } from '../site.ts';
import { refuse } from '../http/answer.ts';
import { parseCalendar, properties, writeCalendar, type Component } from '../ical/reader.ts';
import { mainComponents } from '../store/index-object.ts';
import type { Collection, Principal, StoredObject, Valid } from '../store/model.ts';
import { normalAddress } from '../store/store.ts';
import { CALDAV, element } from '../xml/names.ts';
import { attend } from './attendee.ts';
import { actingAddresses } from './controls.ts';
import { mailGuests } from './mail-hook.ts';
import { organize } from './organizer.ts';
import { attendeeOf, isAddress, organizerOf, type Addresses } from './parts.ts';

/** What implicit scheduling made of a write. */
interface Scheduled {
  /** What is to be stored: the text that was sent, or that text with scheduling parameters. */
  readonly text: string;
  /** Whether this is a scheduling object resource (RFC 6638 §3.1). */
  readonly scheduling: boolean;
  /** Delivers to everybody else; called after the object is stored. */
  readonly deliver: () => void;
}

type Role = 'organizer' | 'attendee' | 'none';

/** As what somebody takes part in an object. */
function roleOf(calendar: Component | null, who: Addresses): Role {
  const organizer = organizerOf(calendar);
  if (calendar === null || organizer === undefined) return 'none';
  const main = mainComponents(calendar);
  if (isAddress(organizer, who)) return main.some((c) => properties(c, 'ATTENDEE').length > 0) ? 'organizer' : 'none';
  return main.some((c) => attendeeOf(c, who) !== undefined) ? 'attendee' : 'none';
}

const addressesOf = (addresses: readonly string[]): Set<string> => new Set(addresses.map(normalAddress));

function acting(call: Call, collection: Collection): { who: Set<string>; own: Set<string> } {
  const { owner } = collection;
  const url = principalPath(owner);
  // Of a PUT, Nextcloud counts the addresses of both (apps/dav/lib/CalDAV/Schedule/Plugin.php, pull request 45054), of a
  // DELETE those of the owner alone (CalendarObject.php, getOwner).
  const sharee = call.exchange.method === 'DELETE' ? [] : (call.sharee?.addresses ?? []);
  return {
    who: addressesOf([...actingAddresses(call.controls, owner, url), ...sharee]),
    own: addressesOf([...owner.addresses, url, ...sharee]),
  };
}

/** Who of the two organizes what is written through a share. */
function organizing({ sharee }: Call, { owner }: Collection, from: string): Principal {
  return sharee !== undefined && addressesOf(sharee.addresses).has(normalAddress(from)) ? sharee : owner;
}

/** Whether an object is a scheduling object resource in somebody's calendar (RFC 6638 §3.1). */
export const isSchedulingObject = (calendar: Component, owner: Principal): boolean =>
  roleOf(calendar, addressesOf([...owner.addresses, principalPath(owner)])) !== 'none';

const parseOld = (old: StoredObject | undefined): Component | null =>
  old !== undefined && /ORGANIZER/i.test(old.text) ? parseCalendar(old.text) : null;

/** The organizer stays the same over the life of a meeting (RFC 6638 §3.2.4.4). */
function checkOrganizer(old: Component, fresh: Component): void {
  const [before, after] = [organizerOf(old)?.value, organizerOf(fresh)?.value];
  if (before === undefined || after === undefined || normalAddress(before) === normalAddress(after)) return;
  const precondition = element(CALDAV, 'allowed-organizer-scheduling-object-change');
  throw refuse(403, precondition, 'The organizer of a meeting cannot be changed.');
}

/** RFC 6638 §3.2 on PUT, under the draft's modes. Throws what the sections refuse. */
export function scheduleWrite(
  call: Call,
  collection: Collection,
  old: StoredObject | undefined,
  valid: Valid,
): Scheduled {
  const plain: Scheduled = { text: valid.text, scheduling: false, deliver: () => undefined };
  if (call.site.personality.mailHook) {
    const replaced = old === undefined ? null : parseCalendar(old.text);
    return { ...plain, deliver: () => mailGuests(call, replaced, valid.calendar) };
  }
  if (!call.site.personality.schedules) return plain;
  const before = parseOld(old);
  if (before === null && organizerOf(valid.calendar) === undefined) return plain;
  const { who, own } = acting(call, collection);
  const scheduling = roleOf(valid.calendar, own) !== 'none';
  if (call.controls.mode === 'none') return { ...plain, scheduling };
  const [was, is] = [roleOf(before, who), roleOf(valid.calendar, who)];
  if (was === 'organizer' || is === 'organizer') {
    if (was === 'organizer' && before !== null) checkOrganizer(before, valid.calendar);
    const from = organizerOf(is === 'organizer' ? valid.calendar : before)?.value ?? '';
    const work = organize(
      call,
      organizing(call, collection, from),
      from,
      was === 'organizer' ? before : null,
      valid.calendar,
    );
    return { text: textOf(work.calendar, valid), scheduling, deliver: work.deliver };
  }
  if (was === 'attendee' || is === 'attendee') {
    const work = attend(call, who, was === 'attendee' ? before : null, valid.calendar);
    return { text: textOf(work.calendar, valid), scheduling, deliver: work.deliver };
  }
  return { ...plain, scheduling };
}

/** The very text that was sent when scheduling added nothing to it. */
function textOf(calendar: Component, valid: Valid): string {
  const text = writeCalendar(calendar);
  return text === valid.text ? valid.text : text;
}

/** RFC 6638 §3.2 on DELETE: the organizer cancels, an attendee declines unless Schedule-Reply is F. */
export function scheduleDelete(call: Call, collection: Collection, old: StoredObject): void {
  if (call.site.personality.mailHook) mailGuests(call, parseCalendar(old.text), null);
  const before = parseOld(old);
  if (before === null || call.controls.mode === 'none' || !call.site.personality.schedules) return;
  const { who } = acting(call, collection);
  const role = roleOf(before, who);
  if (role === 'organizer') {
    const from = organizerOf(before)?.value ?? '';
    organize(call, organizing(call, collection, from), from, before, null).deliver();
  } else if (role === 'attendee' && call.controls.reply) attend(call, who, before, null).deliver();
}
