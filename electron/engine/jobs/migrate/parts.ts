import type { CalendarUser, ResourceSummary } from '../../icalendar/types.ts';
import { addressKey, domainOf } from '../../scheduling/addresses.ts';
import type { LaidMigration, Part } from '../stored/migration-spec.ts';

type People = Pick<LaidMigration, 'people' | 'inside'>;
type Meeting = Pick<ResourceSummary, 'organizer' | 'attendees'>;

/** Whether an event goes first: its organizer owns the calendar, and the mode of the calendar lets colleagues hear of it. */
export function goesFirst(meeting: Meeting, own: ReadonlySet<string>, all: People, mode: string): boolean {
  const { organizer } = meeting;
  return organizer !== null && own.has(addressKey(organizer.address)) && isDelivered(meeting, own, all, mode);
}

/** Whether a part of a calendar holds an event. */
export function holds(part: Part, first: boolean): boolean {
  return part === 'whole' || (part === 'organizers') === first;
}

/**
 * Whether a meeting comes into the calendars of its guests by itself, since its organizer's mailbox is in the mapping and
 * puts it in place first: the guest's own copy then takes the place of what came.
 */
export function comesByItself(meeting: Meeting, own: ReadonlySet<string>, all: People): boolean {
  const key = meeting.organizer === null ? null : addressKey(meeting.organizer.address);
  if (key === null || own.has(key) || !meeting.attendees.some((guest) => own.has(addressKey(guest.address))))
    return false;
  const mode = all.people[key];
  return mode !== undefined && isDelivered(meeting, new Set([key]), all, mode);
}

/** `auto` lets colleagues hear of a meeting only where one of them has no mailbox in the mapping to bring it along. */
function isDelivered({ attendees }: Meeting, organizer: ReadonlySet<string>, all: People, mode: string): boolean {
  const guests = attendees.filter(({ address }) => !organizer.has(addressKey(address)));
  if (mode === 'internal-only' || mode === 'all') return guests.length > 0;
  return mode === 'auto' && guests.some((guest) => isLeftBehind(guest, all));
}

/** A colleague whose mailbox is not in the mapping. */
function isLeftBehind({ address }: CalendarUser, { people, inside }: People): boolean {
  const key = addressKey(address);
  const domain = domainOf(key);
  return domain !== null && inside.includes(domain) && people[key] === undefined;
}

/** What the owner of a calendar has answered in a meeting; `NEEDS-ACTION` where nothing is said (RFC 5545 §3.2.12). */
export function answerOf({ attendees }: Meeting, own: ReadonlySet<string>): string {
  return attendees.find(({ address }) => own.has(addressKey(address)))?.partstat ?? 'NEEDS-ACTION';
}
