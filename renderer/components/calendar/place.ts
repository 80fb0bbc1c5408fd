import { useState } from 'react';
import type { Side } from '../../../shared/model/found/occurrences.ts';
import { firstDayOfWeek } from '../../../shared/words/here.ts';
import { firstMonth } from '../../words/event/calendar.ts';
import { addMonths, dayOfMonth, daysFrom, monthOfDay, monthWeeks, weekStart, type Weekday } from './days.ts';

export type CalendarScale = 'week' | 'month';

/** Where somebody is in a calendar: the day, and which of the two calendars. */
export interface CalendarPlace {
  readonly day: number;
  readonly side: Side;
  readonly firstDay: Weekday;
  readonly go: (day: number) => void;
  readonly turn: (side: Side) => void;
}

/** @param start gives the day to begin with; it is asked once */
export function useCalendarPlace(start: () => number): CalendarPlace {
  const [day, go] = useState(start);
  const [side, turn] = useState<Side>('after');
  // 7 is Sunday there, 0 here.
  const [firstDay] = useState(() => (firstDayOfWeek() % 7) as Weekday);
  return { day, side, firstDay, go, turn };
}

/** The first day of the week or month in sight. */
export function beginInSight(scale: CalendarScale, { day, firstDay }: CalendarPlace): number {
  return scale === 'month' ? dayOfMonth(monthOfDay(day)) : weekStart(day, firstDay);
}

/** The weeks in sight, of the week or month that begins with a day. */
export function weeksInSight(scale: CalendarScale, begin: number, firstDay: Weekday): readonly (readonly number[])[] {
  return scale === 'month' ? monthWeeks(begin, firstDay) : [daysFrom(begin)];
}

/** The same day of the next week or month, or of one before. */
export function turned(scale: CalendarScale, day: number, by: number): number {
  return scale === 'month' ? addMonths(day, by) : day + 7 * by;
}

/** The day that a key goes to: arrows by day and week, Page Up and Down by month, Home and End within the week. */
export function dayByKey(key: string, day: number, firstDay: Weekday): number | null {
  switch (key) {
    case 'ArrowLeft':
      return day - 1;
    case 'ArrowRight':
      return day + 1;
    case 'ArrowUp':
      return day - 7;
    case 'ArrowDown':
      return day + 7;
    case 'PageUp':
      return addMonths(day, -1);
    case 'PageDown':
      return addMonths(day, 1);
    case 'Home':
      return weekStart(day, firstDay);
    case 'End':
      return weekStart(day, firstDay) + 6;
    default:
      return null;
  }
}

/** Today here, in days since 1970. */
export function today(): number {
  const now = new Date();
  return Math.floor(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86_400_000);
}

/** Today where something is written in this month; else the first day of the month to begin with. */
export function firstDayOf(months: Parameters<typeof firstMonth>[0]): number {
  const now = today();
  const month = firstMonth(months, monthOfDay(now));
  return month === monthOfDay(now) ? now : dayOfMonth(month);
}

/** Per month, in how many of some events something changed; those without a start are in none. */
export function countMonths(
  events: readonly { readonly start: string | null; readonly changed: boolean }[],
): readonly { readonly month: string; readonly writes: number }[] {
  const months = new Map<string, number>();
  for (const { start, changed } of events) {
    const month = start?.slice(0, 7);
    if (month !== undefined) months.set(month, (months.get(month) ?? 0) + (changed ? 1 : 0));
  }
  return [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, writes]) => ({ month, writes }));
}
