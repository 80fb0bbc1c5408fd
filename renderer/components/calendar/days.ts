/* Days as whole numbers since 1 January 1970, and the weeks and months made of them. Pure. */

const DAY = 86_400_000;

/** 0 is Sunday, as for `Date`. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** `2026-11-23` → days since 1970. */
export function dayOfIso(iso: string): number {
  return Math.floor(Date.parse(iso.slice(0, 10)) / DAY);
}

export function isoOfDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** `2026-11` → its first day. */
export function dayOfMonth(month: string): number {
  return dayOfIso(`${month}-01`);
}

export function monthOfDay(day: number): string {
  return isoOfDay(day).slice(0, 7);
}

function weekdayOf(day: number): Weekday {
  return new Date(day * DAY).getUTCDay() as Weekday;
}

/** The first day of the week that holds a day. */
export function weekStart(day: number, first: Weekday): number {
  return day - ((weekdayOf(day) - first + 7) % 7);
}

/** The same date so many months later; the last day of the month where it has no such date. */
export function addMonths(day: number, months: number): number {
  const date = new Date(day * DAY);
  const wanted = date.getUTCDate();
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return Math.floor(first.getTime() / DAY) + Math.min(wanted, length) - 1;
}

/** The days of the weeks that a month touches, week by week. */
export function monthWeeks(day: number, first: Weekday): readonly (readonly number[])[] {
  const begin = dayOfMonth(monthOfDay(day));
  const end = addMonths(begin, 1) - 1;
  const weeks: number[][] = [];
  for (let week = weekStart(begin, first); week <= end; week += 7) weeks.push(daysFrom(week));
  return weeks;
}

export function daysFrom(first: number, count = 7): number[] {
  return Array.from({ length: count }, (_one, at) => first + at);
}
