import { lastSegment } from '../../../shared/text/address.ts';
import type { Login } from '../../../shared/model/login.ts';
import { calendarName } from '../../../shared/text/display-names.ts';
import { isUrl, type MappingRow } from '../../../shared/model/batch/migrate.ts';
import type { CalendarInfo } from '../../../shared/model/server.ts';
import { withoutEnds } from '../../../shared/text/text.ts';
import type { Connect } from '../batch/types.ts';
import { readDefaultCalendar } from '../caldav/discovery/discover.ts';
import type { Account } from '../caldav/types.ts';
import { collectionKey } from '../caldav/url.ts';
import type { From } from './from.ts';
import { RowRefusal } from './refusal.ts';

/** Where one calendar goes. */
export interface CalendarTarget {
  readonly url: string;
  readonly name: string;
  /** What is known of it; null when it does not exist and will be made. */
  readonly calendar: CalendarInfo | null;
}

/**
 * The calendar that a row means: by its address, by its name, by the name that it had on the old side, or the user's
 * only or default one. What has a name and does not exist is made. Throws RowRefusal when it cannot be told.
 */
export async function placeFor(
  row: MappingRow,
  from: From,
  several: boolean,
  account: Account,
  login: Login,
  connect: Connect,
): Promise<CalendarTarget> {
  const calendars = account.calendars.filter(takesEvents);
  if (isUrl(row.calendar)) return byUrl(row.calendar, account);
  if (row.calendar !== '' && several) {
    throw new RowRefusal(
      'calendar',
      'The source holds several calendars, so leave the calendar empty: each keeps its name.',
    );
  }
  const name = row.calendar === '' ? from.name : row.calendar;
  const named = name === null ? undefined : calendars.find((one) => isCalled(one, name));
  if (named !== undefined) return placeAt(named);
  if (name !== null && (several || row.calendar !== '')) return { ...newPlace(name, account), calendar: null };
  // A calendar of birthdays or holidays that nobody may write to is no choice.
  const open = calendars.filter(({ writable }) => writable !== false);
  const [only = calendars[0]] = open;
  if (only !== undefined && open.length <= 1) return placeAt(only);
  const byDefault = await defaultOf(account, login, connect);
  const found = open.find(({ url }) => byDefault !== null && collectionKey(url) === collectionKey(byDefault));
  if (found !== undefined) return placeAt(found);
  const names = open.map((one) => `"${one.name}"`).join(', ');
  throw new RowRefusal(
    'calendar',
    calendars.length === 0
      ? `${row.user} has no calendar yet: name one to be made.`
      : `${row.user} has several calendars: name one of ${names}, or a new one to be made.`,
  );
}

/** Where the server puts invitations: the principal says it, or the inbox. */
async function defaultOf({ defaultCalendar, inbox }: Account, login: Login, connect: Connect): Promise<string | null> {
  return defaultCalendar ?? (inbox === null ? null : readDefaultCalendar(inbox, connect(login)));
}

/** Whether events can be kept there at all. */
export function takesEvents({ components }: CalendarInfo): boolean {
  return components.length === 0 || components.includes('VEVENT');
}

/** Whether a calendar has this name, or has none and its address ends in it. */
export function isCalled({ name, url }: CalendarInfo, wanted: string): boolean {
  const same = (text: string): boolean => text.trim().toLowerCase() === wanted.trim().toLowerCase();
  return same(name) || (name.trim() === '' && same(lastSegment(url)));
}

function byUrl(url: string, account: Account): CalendarTarget {
  const found = account.calendars.find((one) => collectionKey(one.url) === collectionKey(url));
  if (found !== undefined) return placeAt(found);
  const whole = url.endsWith('/') ? url : `${url}/`;
  if (collectionKey(whole) === collectionKey(account.home)) {
    throw new RowRefusal('calendar', 'This is the place where the calendars lie, and no calendar. Name one.');
  }
  return { url: whole, name: lastSegment(url), calendar: null };
}

function placeAt(calendar: CalendarInfo): CalendarTarget {
  return { url: calendar.url, name: calendarName(calendar.name, calendar.url), calendar };
}

/** A new calendar beside the others, at an address that is made from its name and neither there nor `taken`. */
export function newPlace(
  name: string,
  { home, calendars }: Pick<Account, 'home' | 'calendars'>,
  taken: ReadonlySet<string> = new Set(),
): Pick<CalendarTarget, 'url' | 'name'> {
  const base = home.endsWith('/') ? home : `${home}/`;
  const there = new Set(calendars.map(({ url }) => collectionKey(url)));
  const slug = slugOf(name);
  for (let number = 1; ; number += 1) {
    const url = `${base}${slug}${number === 1 ? '' : `-${number}`}/`;
    const key = collectionKey(url);
    if (!there.has(key) && !taken.has(key)) return { url, name };
  }
}

function slugOf(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-');
  const plain = withoutEnds(ascii, '-').slice(0, 60);
  return plain === '' ? 'calendar' : plain;
}
