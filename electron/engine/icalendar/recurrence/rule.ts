import { readWhen } from '../zones/when.ts';

const FREQUENCIES = ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
type Frequency = (typeof FREQUENCIES)[number];

const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** The nth such weekday of a month or year, counted from its end when negative; 0: each of them. Sunday is 0. */
export interface WeekdayPart {
  readonly nth: number;
  readonly day: number;
}

/** A recurrence rule (RFC 5545 §3.3.10) that can be walked over. Lists are empty where the rule does not name the part. */
export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  /** Instances, the first one counted; null: no COUNT. */
  readonly count: number | null;
  /** The last moment at which an instance may begin, in milliseconds; null: no UNTIL. `isUtc`: else it is a local time. */
  readonly until: { readonly ms: number; readonly isUtc: boolean } | null;
  /** First day of the week; Sunday is 0. */
  readonly weekStart: number;
  readonly months: readonly number[];
  readonly monthDays: readonly number[];
  readonly yearDays: readonly number[];
  readonly weekdays: readonly WeekdayPart[];
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  readonly seconds: readonly number[];
  readonly positions: readonly number[];
}

const DAY = 86_400_000;
const PARTS = new Set(
  'FREQ INTERVAL COUNT UNTIL WKST BYMONTH BYMONTHDAY BYYEARDAY BYDAY BYHOUR BYMINUTE BYSECOND BYSETPOS'.split(' '),
);

/**
 * Reads a rule; null where it is none, or says what is not walked over here: other calendars (RFC 7529), weeks by number,
 * and days within hours. Who gets null says so, and shows the first instance.
 */
export function readRule(text: string): Rule | null {
  const parts = new Map<string, string>();
  for (const part of text.trim().toUpperCase().split(';')) {
    if (part === '') continue;
    const [name = '', value = ''] = part.split('=');
    if (!PARTS.has(name.trim())) return null;
    parts.set(name.trim(), value.trim());
  }
  const frequency = FREQUENCIES.find((one) => one === parts.get('FREQ'));
  const interval = whole(parts.get('INTERVAL') ?? '1', 1, 1_000_000);
  const count = parts.has('COUNT') ? whole(parts.get('COUNT') ?? '', 1, Number.MAX_SAFE_INTEGER) : null;
  const until = parts.has('UNTIL') ? untilOf(parts.get('UNTIL') ?? '') : null;
  const weekStart = DAYS.indexOf(parts.get('WKST') ?? 'MO');
  if (frequency === undefined || interval === null || weekStart < 0) return null;
  if ((parts.has('COUNT') && count === null) || (parts.has('UNTIL') && until === null)) return null;
  const lists = listsOf(parts);
  if (lists === null || !isWalked(frequency, lists)) return null;
  return { frequency, interval, count, until, weekStart, ...lists };
}

type Lists = Pick<
  Rule,
  'months' | 'monthDays' | 'yearDays' | 'weekdays' | 'hours' | 'minutes' | 'seconds' | 'positions'
>;

function listsOf(parts: ReadonlyMap<string, string>): Lists | null {
  const months = numbers(parts.get('BYMONTH'), 1, 12);
  const monthDays = numbers(parts.get('BYMONTHDAY'), -31, 31);
  const yearDays = numbers(parts.get('BYYEARDAY'), -366, 366);
  const hours = numbers(parts.get('BYHOUR'), 0, 23);
  const minutes = numbers(parts.get('BYMINUTE'), 0, 59);
  const seconds = numbers(parts.get('BYSECOND'), 0, 60);
  const positions = numbers(parts.get('BYSETPOS'), -366, 366);
  const weekdays = weekdaysOf(parts.get('BYDAY'));
  if (months === null || monthDays === null || yearDays === null || weekdays === null) return null;
  if (hours === null || minutes === null || seconds === null || positions === null) return null;
  return { months, monthDays, yearDays, weekdays, hours, minutes, seconds, positions };
}

/** Times of one day: a rule can name each second of it. */
const MOST_TIMES = 100;

/** Combinations that RFC 5545 forbids or that are not walked over. */
function isWalked(frequency: Frequency, lists: Lists): boolean {
  const { monthDays, yearDays, weekdays } = lists;
  if (frequency === 'SECONDLY' || frequency === 'MINUTELY' || frequency === 'HOURLY') {
    return Object.values(lists).every((list) => list.length === 0);
  }
  const times = [lists.hours, lists.minutes, lists.seconds].reduce((all, list) => all * Math.max(1, list.length), 1);
  if (times > MOST_TIMES) return false;
  if (frequency === 'WEEKLY' && monthDays.length > 0) return false;
  if (frequency !== 'YEARLY' && yearDays.length > 0) return false;
  return frequency === 'MONTHLY' || frequency === 'YEARLY' || weekdays.every(({ nth }) => nth === 0);
}

function untilOf(text: string): Rule['until'] {
  const when = readWhen(text, null);
  if (when === null) return null;
  const isDate = when.text.length === 10;
  return { ms: isDate ? when.ms + DAY - 1 : when.ms, isUtc: when.text.endsWith('Z') };
}

function weekdaysOf(text: string | undefined): readonly WeekdayPart[] | null {
  const found: WeekdayPart[] = [];
  for (const one of text === undefined || text === '' ? [] : text.split(',')) {
    const match = /^([+-]?\d{0,2})(SU|MO|TU|WE|TH|FR|SA)$/.exec(one.trim());
    if (match === null) return null;
    const nth = match[1] === '' ? 0 : Number(match[1]);
    if (!Number.isInteger(nth) || Math.abs(nth) > 53) return null;
    found.push({ nth, day: DAYS.indexOf(match[2] ?? '') });
  }
  return found;
}

function numbers(text: string | undefined, low: number, high: number): readonly number[] | null {
  if (text === undefined || text === '') return [];
  const found = text.split(',').map((one) => whole(one.trim(), low, high));
  return found.every((one) => one !== null) ? found : null;
}

function whole(text: string, low: number, high: number): number | null {
  if (!/^[+-]?\d{1,16}$/.test(text)) return null;
  const number = Number(text);
  return number >= low && number <= high ? number : null;
}
