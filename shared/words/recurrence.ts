import type { EventTime, Recurrence } from '../model/found/event-card.ts';
import { formatNumber, listWords, ordinal, plural } from './format.ts';
import { isDay, shortTime } from './when.ts';

/** Dates that are named in one sentence; those beyond are counted. */
const NAMED = 6;

/**
 * How an event repeats, in plain English: `every 2 weeks on Monday and Wednesday until Mar 3, 2027, except Dec 28, 2026`.
 * A rule that cannot be said so, and without a doubt, is shown as it is written.
 */
export function recurrenceWords(repeats: Recurrence): string {
  const { rules, exceptRules, dates, moreDates, exceptDates, moreExceptDates, changed, start } = repeats;
  const parts = rules.map((rule) => ruleWords(rule, start));
  const also = datesWords(dates, moreDates);
  if (also !== '') parts.push(parts.length === 0 ? `also on ${also}` : `and also on ${also}`);
  const without = datesWords(exceptDates, moreExceptDates);
  if (without !== '') parts.push(`except ${without}`);
  for (const rule of exceptRules) parts.push(`except by the rule ${rule}`);
  if (changed > 0) parts.push(`with ${plural(changed, 'changed date')}`);
  return parts.join(', ');
}

function datesWords(dates: readonly EventTime[], more: number): string {
  const named = dates.slice(0, NAMED).map(shortTime);
  const rest = dates.length - named.length + more;
  return rest === 0 ? listWords(named) : [...named, `${formatNumber(rest)} more`].join(', ');
}

const DAYS: Readonly<Record<string, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};
const DAY_CODES = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const UNITS: Readonly<Record<string, string>> = {
  MINUTELY: 'minute',
  HOURLY: 'hour',
  DAILY: 'day',
  WEEKLY: 'week',
  MONTHLY: 'month',
  YEARLY: 'year',
};
const SAYABLE = /^(?:FREQ|INTERVAL|COUNT|UNTIL|BYDAY|BYMONTHDAY|BYMONTH|BYSETPOS|WKST)$/;

type Parts = ReadonlyMap<string, string>;

/** One rule in words, or as it is written. */
export function ruleWords(rule: string, start: EventTime | null): string {
  return inWords(rule, start) ?? `by the rule ${rule}`;
}

function inWords(rule: string, start: EventTime | null): string | null {
  const parts = partsOf(rule);
  if (parts === null) return null;
  const unit = UNITS[parts.get('FREQ') ?? ''];
  const interval = wholeNumber(parts.get('INTERVAL') ?? '1');
  const ends = endWords(parts, start);
  if (unit === undefined || interval === null || ends === null) return null;
  const on = onWords(unit, parts, start, interval);
  if (on === null) return null;
  const every = interval === 1 ? `every ${unit}` : `every ${formatNumber(interval)} ${unit}s`;
  return `${every}${on}${weekStart(unit, interval, parts)}${ends}`;
}

/** Null where a part stands twice, cannot be read, or is none that is known here. */
function partsOf(rule: string): Parts | null {
  const parts = new Map<string, string>();
  for (const part of rule.trim().toUpperCase().split(';')) {
    const [name = '', value = '', ...more] = part.split('=');
    if (!SAYABLE.test(name) || value === '' || more.length > 0 || parts.has(name)) return null;
    parts.set(name, value);
  }
  return parts;
}

function wholeNumber(text: string): number | null {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return value === 0 ? null : value;
}

/** `, 10 times`, ` until Mar 3, 2027`; empty for a rule without an end, null for an end that is none. */
function endWords(parts: Parts, start: EventTime | null): string | null {
  const [count, until] = [parts.get('COUNT'), parts.get('UNTIL')];
  if (count !== undefined) {
    const times = wholeNumber(count);
    return times === null || until !== undefined ? null : `, ${plural(times, 'time')}`;
  }
  if (until === undefined) return '';
  const read = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(until);
  if (read === null) return null;
  const [, year = '', month = '', day = '', hour, minute = '', second = '', utc = ''] = read;
  const date = `${year}-${month}-${day}`;
  if (Number.isNaN(Date.parse(date))) return null;
  if (hour === undefined) return ` until ${shortTime({ text: date, tzid: null })}`;
  const text = `${date}T${hour}:${minute}:${second}${utc}`;
  const at = utc === '' ? Number.NaN : Date.parse(text);
  // The limit is an instant; a series of whole days has no time that could be meant.
  if (start !== null && isDay(start)) return ` until ${shortTime({ text: date, tzid: null })}`;
  return ` until ${shortTime({ text, tzid: null, ...(Number.isNaN(at) ? {} : { at }) })}`;
}

function onWords(unit: string, parts: Parts, start: EventTime | null, interval: number): string | null {
  const months = monthsWords(parts.get('BYMONTH'));
  if (months === null) return null;
  const [byDay, byMonthDay, position] = [parts.get('BYDAY'), parts.get('BYMONTHDAY'), parts.get('BYSETPOS')];
  const bare = byMonthDay === undefined && position === undefined;
  const only = months === '' ? '' : `, only in ${months}`;
  switch (unit) {
    case 'day': {
      if (!bare) return null;
      const days = byDay === undefined ? '' : plainDays(byDay);
      if (days === null) return null;
      return `${days === '' ? '' : `, only on ${days}`}${only}`;
    }
    case 'week': {
      const days = bare ? plainDays(byDay ?? weekdayOf(start)) : null;
      return days === null ? null : ` on ${days}${only}`;
    }
    case 'month': {
      const days = daysOfMonth(byDay, byMonthDay, position, start);
      return days === null ? null : ` on ${days}${only}`;
    }
    case 'year':
      return yearWords(months, parts, start);
    default:
      return byDay === undefined && bare && months === '' && interval > 0 ? '' : null;
  }
}

/** A year without months counts days by themselves over the whole of it, which these words do not say. */
function yearWords(months: string, parts: Parts, start: EventTime | null): string | null {
  const [byDay, byMonthDay, position] = [parts.get('BYDAY'), parts.get('BYMONTHDAY'), parts.get('BYSETPOS')];
  const own = months === '' ? monthOf(start) : months;
  if (own === null) return null;
  if (months === '' && (byDay !== undefined || byMonthDay !== undefined || position !== undefined)) return null;
  // Positions are counted over the year: with several months they are others than in each of them.
  if (position !== undefined && months !== '' && months.includes(' and ')) return null;
  const days = daysOfMonth(byDay, byMonthDay, position, start);
  return days === null ? null : ` on ${days} of ${own}`;
}

/** `day 15`, `the last day`, `the 2nd Tuesday`, `every Friday`. */
function daysOfMonth(
  byDay: string | undefined,
  byMonthDay: string | undefined,
  position: string | undefined,
  start: EventTime | null,
): string | null {
  if (byDay !== undefined && byMonthDay !== undefined) return null;
  if (byDay === undefined) {
    if (position !== undefined) return null;
    return monthDays(byMonthDay ?? dayOf(start));
  }
  if (position === undefined) return ordinalDays(byDay);
  const days = plainDays(byDay, 'or');
  const which = position.split(',').map(ordinalOf);
  if (days === null || which.includes(null)) return null;
  return `the ${listWords(which.filter((one) => one !== null))} ${days}`;
}

function monthDays(list: string): string | null {
  const days = list.split(',').map((text) => {
    const day = Number(text);
    if (!/^[+-]?\d{1,2}$/.test(text) || day === 0 || Math.abs(day) > 31) return null;
    if (day > 0) return `day ${String(day)}`;
    return day === -1 ? 'the last day' : `the ${ordinal(-day)} last day`;
  });
  return days.includes(null) ? null : listWords(days.filter((one) => one !== null));
}

/** Days with their place in the month; all with one or all without, for a mixture reads as something else. */
function ordinalDays(list: string): string | null {
  const days = list.split(',').map((text) => {
    const [, number = '', code = ''] = /^([+-]?\d{0,2})([A-Z]{2})$/.exec(text) ?? [];
    const day = DAYS[code];
    if (day === undefined) return null;
    if (number === '') return `every ${day}`;
    const which = ordinalOf(number);
    return which === null || Math.abs(Number(number)) > 5 ? null : `the ${which} ${day}`;
  });
  return days.includes(null) ? null : listWords(days.filter((one) => one !== null));
}

/** `first` is said `1st`; `-1` is `last`, `-2` is `2nd last`. */
function ordinalOf(text: string): string | null {
  const value = Number(text);
  if (!/^[+-]?\d{1,3}$/.test(text) || value === 0) return null;
  if (value > 0) return ordinal(value);
  return value === -1 ? 'last' : `${ordinal(-value)} last`;
}

function plainDays(list: string | null, joint: 'and' | 'or' = 'and'): string | null {
  const days = (list ?? '').split(',').map((code) => DAYS[code]);
  if (days.includes(undefined)) return null;
  const words = listWords(days.filter((one) => one !== undefined));
  return joint === 'and' ? words : words.replace(/ and (\w+)$/, ' or $1');
}

function monthsWords(list: string | undefined): string | null {
  if (list === undefined) return '';
  const months = list.split(',').map((text) => (/^\d{1,2}$/.test(text) ? MONTHS[Number(text) - 1] : undefined));
  return months.includes(undefined) ? null : listWords(months.filter((one) => one !== undefined));
}

/** The first day of the week decides which days go together, where weeks are left out (RFC 5545 §3.3.10). */
function weekStart(unit: string, interval: number, parts: Parts): string {
  const first = parts.get('WKST') ?? 'MO';
  const several = (parts.get('BYDAY') ?? '').includes(',');
  return unit === 'week' && interval > 1 && several && first !== 'MO'
    ? ` (weeks begin on ${DAYS[first] ?? first})`
    : '';
}

function startDate(start: EventTime | null): Date | null {
  const date = start === null ? null : new Date(start.text.slice(0, 10));
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}

function weekdayOf(start: EventTime | null): string | null {
  const date = startDate(start);
  return date === null ? null : (DAY_CODES[date.getUTCDay()] ?? null);
}

function dayOf(start: EventTime | null): string {
  return String(startDate(start)?.getUTCDate() ?? '');
}

function monthOf(start: EventTime | null): string | null {
  const date = startDate(start);
  return date === null ? null : (MONTHS[date.getUTCMonth()] ?? null);
}
