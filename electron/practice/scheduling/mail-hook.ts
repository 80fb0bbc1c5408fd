import type { Call } from '../site.ts';
import { components, parameter, properties, property, type Component } from '../ical/reader.ts';
import { instantOf, parseTime } from '../ical/times.ts';
import { bare } from './deliver.ts';
import { summaryOf, uidOf } from './parts.ts';

const MINUTE = 60_000;
/** What is compared of an event that was replaced. */
const DETAILS = ['SUMMARY', 'DESCRIPTION', 'LOCATION', 'DTSTART', 'DTEND', 'DURATION', 'STATUS', 'ORGANIZER'];

/**
 * Mails as Radicale's hook does (radicale/hook/email/__init__.py): the guests of the first event of an object, whoever
 * owns the calendar. Those added or removed are told that; the others hear of a change, unless it is of guests alone.
 * Nobody hears of an event that ended more than a minute ago, unless it is deleted.
 */
export function mailGuests(call: Call, before: Component | null, after: Component | null): void {
  const [was, is] = [firstEvent(before), firstEvent(after)];
  const earlier = guestsOf(was);
  const send = (method: string, guests: readonly string[]): void => {
    const calendar = after ?? before;
    if (calendar === null) return;
    const about = {
      method,
      from: 'radicale',
      uid: uidOf(calendar),
      summary: summaryOf(calendar),
      kind: 'imip',
    } as const;
    const at = call.site.now().toISOString();
    call.site.store.addMessages(guests.map((to) => ({ ...about, at, to })));
  };
  if (after === null) {
    send('CANCEL', earlier);
    return;
  }
  if (is === undefined || isOver(is, call.site.now().getTime())) return;
  const guests = guestsOf(is);
  if (was === undefined) {
    send('REQUEST', guests);
    return;
  }
  send(
    'REQUEST',
    guests.filter((guest) => !earlier.includes(guest)),
  );
  send(
    'CANCEL',
    earlier.filter((guest) => !guests.includes(guest)),
  );
  if (detailsOf(was) === detailsOf(is)) return;
  send(
    'REQUEST',
    earlier.filter((guest) => guests.includes(guest)),
  );
}

function firstEvent(calendar: Component | null): Component | undefined {
  return calendar === null ? undefined : components(calendar, 'VEVENT')[0];
}

/** Mail addresses, each once. */
function guestsOf(event: Component | undefined): readonly string[] {
  if (event === undefined) return [];
  const all = properties(event, 'ATTENDEE').map(({ value }) => bare(value.trim().toLowerCase()));
  return [...new Set(all.filter((address) => address.includes('@')))];
}

function detailsOf(event: Component): string {
  return JSON.stringify(DETAILS.map((name) => property(event, name)?.value ?? null));
}

function isOver(event: Component, now: number): boolean {
  const line = property(event, 'DTEND');
  const time = line === undefined ? null : parseTime(line.value);
  if (line === undefined || time === null) return false;
  const zone = time.utc || time.date ? null : (parameter(line, 'TZID') ?? null);
  return instantOf(time.wall, zone) < now - MINUTE;
}
