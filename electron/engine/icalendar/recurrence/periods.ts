import type { Rule, WeekdayPart } from './rule.ts';

const DAY = 86_400_000;

/** One day, week, month or year of a rule, by its number; days count from 1 January 1970. */
interface Periods {
  /** Number of the period that holds a local time. */
  of(localMs: number): number;
  /** Local midnight of its first day. */
  begin(period: number): number;
  /** The days of a period that the rule names, in order, as days since 1970. */
  days(period: number): readonly number[];
}

/** The periods of a rule whose first instance begins at a local time (milliseconds, as if it were UTC). */
export function periodsOf(rule: Rule, firstMs: number): Periods {
  switch (rule.frequency) {
    case 'WEEKLY':
      return weeks(rule, firstMs);
    case 'MONTHLY':
      return months(rule, firstMs);
    case 'YEARLY':
      return years(rule, firstMs);
    default:
      return {
        of: dayOf,
        begin: (day) => day * DAY,
        days: (day) => (fitsDay(rule, day) ? [day] : []),
      };
  }
}

function dayOf(localMs: number): number {
  return Math.floor(localMs / DAY);
}

/** Sunday is 0; 1 January 1970 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

function weeks(rule: Rule, firstMs: number): Periods {
  const own = [{ nth: 0, day: weekdayOf(dayOf(firstMs)) }];
  const wanted = new Set((rule.weekdays.length === 0 ? own : rule.weekdays).map(({ day }) => day));
  const offsets = [0, 1, 2, 3, 4, 5, 6].filter((at) => wanted.has((rule.weekStart + at) % 7));
  // The first week whose first day is on or after 1 January 1970 has the number 0.
  const shift = (rule.weekStart - weekdayOf(0) + 7) % 7;
  return {
    of: (ms) => Math.floor((dayOf(ms) - shift) / 7),
    begin: (week) => (week * 7 + shift) * DAY,
    days: (week) =>
      offsets.map((at) => week * 7 + shift + at).filter((day) => rule.months.length === 0 || fitsMonth(rule, day)),
  };
}

function months(rule: Rule, firstMs: number): Periods {
  const own = new Date(firstMs).getUTCDate();
  return {
    of: monthOf,
    begin: (month) => firstDay(month) * DAY,
    days: (month) => (rule.months.length > 0 && !rule.months.includes(inYear(month)) ? [] : inMonth(rule, month, own)),
  };
}

/** The days that the parts of a rule name in one month; `own`: the day of the month of the first instance. */
function inMonth(rule: Rule, month: number, own: number): readonly number[] {
  const [begin, length] = [firstDay(month), firstDay(month + 1) - firstDay(month)];
  const { monthDays, weekdays } = rule;
  if (monthDays.length === 0 && weekdays.length === 0) return own <= length ? [begin + own - 1] : [];
  const byDate =
    monthDays.length === 0
      ? null
      : monthDays.map((day) => (day > 0 ? day : length + 1 + day)).filter((day) => day >= 1 && day <= length);
  const byWeekday = weekdays.length === 0 ? null : nthDays(weekdays, begin, length);
  if (byDate === null) return sorted(byWeekday ?? []);
  const dates = byDate.map((day) => begin + day - 1);
  return sorted(byWeekday === null ? dates : dates.filter((day) => byWeekday.includes(day)));
}

function years(rule: Rule, firstMs: number): Periods {
  const first = new Date(firstMs);
  const [ownMonth, ownDay] = [first.getUTCMonth() + 1, first.getUTCDate()];
  return {
    of: (ms) => new Date(ms).getUTCFullYear(),
    begin: (year) => utcDay(year, 0, 1) * DAY,
    days: (year) => inYearDays(rule, year, ownMonth, ownDay),
  };
}

function inYearDays(rule: Rule, year: number, ownMonth: number, ownDay: number): readonly number[] {
  const { months: named, monthDays, yearDays, weekdays } = rule;
  const [begin, length] = [utcDay(year, 0, 1), utcDay(year + 1, 0, 1) - utcDay(year, 0, 1)];
  const all =
    yearDays.length > 0
      ? yearDays.map((day) => begin + (day > 0 ? day - 1 : length + day)).filter((day) => day >= begin)
      : null;
  if (all !== null) {
    return sorted(all.filter((day) => day < begin + length && fitsMonth(rule, day) && fitsDate(rule, day)));
  }
  if (named.length === 0 && monthDays.length === 0 && weekdays.length > 0) {
    return sorted(nthDays(weekdays, begin, length));
  }
  const which = named.length > 0 ? named : monthDays.length > 0 ? ALL_MONTHS : [ownMonth];
  return sorted(which.flatMap((month) => inMonth(rule, year * 12 - 1970 * 12 + month - 1, ownDay)));
}

const ALL_MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** The nth weekdays among `length` days from `begin`, or all of them. */
function nthDays(weekdays: readonly WeekdayPart[], begin: number, length: number): readonly number[] {
  const found: number[] = [];
  for (const { nth, day } of weekdays) {
    const first = begin + ((day - weekdayOf(begin) + 7) % 7);
    const many = Math.floor((begin + length - 1 - first) / 7) + 1;
    if (nth === 0) for (let at = 0; at < many; at += 1) found.push(first + at * 7);
    else {
      const at = nth > 0 ? nth - 1 : many + nth;
      if (at >= 0 && at < many) found.push(first + at * 7);
    }
  }
  return found;
}

function fitsDay(rule: Rule, day: number): boolean {
  if (rule.months.length > 0 && !fitsMonth(rule, day)) return false;
  return fitsDate(rule, day);
}

function fitsMonth({ months: named }: Rule, day: number): boolean {
  return named.length === 0 || named.includes(new Date(day * DAY).getUTCMonth() + 1);
}

/** By date and weekday, where the rule names them. */
function fitsDate({ monthDays, weekdays }: Rule, day: number): boolean {
  if (weekdays.length > 0 && !weekdays.some((one) => one.day === weekdayOf(day))) return false;
  if (monthDays.length === 0) return true;
  const date = new Date(day * DAY);
  const length = firstDay(monthOf(day * DAY) + 1) - firstDay(monthOf(day * DAY));
  return monthDays.some((one) => (one > 0 ? one : length + 1 + one) === date.getUTCDate());
}

function sorted(days: readonly number[]): readonly number[] {
  return days.length < 2 ? days : [...new Set(days)].sort((a, b) => a - b);
}

/** Months since January 1970. */
function monthOf(localMs: number): number {
  const date = new Date(localMs);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

function inYear(month: number): number {
  return (((month % 12) + 12) % 12) + 1;
}

function firstDay(month: number): number {
  return utcDay(1970 + Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
}

/** Years below 100 are not those of the twentieth century. */
function utcDay(year: number, month: number, date: number): number {
  const day = new Date(0);
  day.setUTCFullYear(year, month, date);
  return Math.floor(day.getTime() / DAY);
}
