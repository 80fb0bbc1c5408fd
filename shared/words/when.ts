import type { EventTime } from '../model/found/event-card.ts';
import { asWritten } from './format.ts';
import { dateFormat, localZone } from './here.ts';

const DAY = 86_400_000;
const DATE = { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' } as const;
const CLOCK = { ...DATE, hour: 'numeric', minute: '2-digit' } as const;

/** When an event takes place, for a person. */
interface WhenWords {
  /** `Mon, Nov 23, 2026, 9:30 – 10:30 AM, Europe/Berlin`. */
  readonly here: string;
  /** The same on the clock of the event's own zone, where that shows another time; else null. */
  readonly there: string | null;
}

/** From and to, in the zone of this computer and, where it differs, in the event's own. */
export function whenWords(start: EventTime | null, end: EventTime | null): WhenWords {
  if (start === null) return { here: end === null ? 'No date' : `Until ${timeWords(end).here}`, there: null };
  const first = asWritten(start.text);
  if (first === null) return { here: start.text, there: null };
  if (isDay(start)) return { here: dayWords(first, end), there: null };
  const last = end === null || asWritten(end.text) === null || isDay(end) ? start : end;
  const there = onItsClock(start, last);
  if (start.at === undefined) return { here: there, there: null };
  const here = `${rangeOf(start.at, last.at ?? start.at)}, ${localZone()}`;
  return { here, there: sameClock(start) && sameClock(last) ? null : there };
}

/** One time: see whenWords. */
export function timeWords(time: EventTime): WhenWords {
  return whenWords(time, null);
}

/** One time in a sentence: in this computer's zone, which is not named; `on its own clock` where no zone is known. */
export function shortTime(time: EventTime): string {
  const written = asWritten(time.text);
  if (written === null) return time.text;
  if (isDay(time)) return dateFormat({ dateStyle: 'medium' }, 'UTC').format(written);
  const format = { dateStyle: 'medium', timeStyle: 'short' } as const;
  return time.at === undefined ? dateFormat(format, 'UTC').format(written) : dateFormat(format).format(time.at);
}

export function isDay({ text }: EventTime): boolean {
  return text.length === 10;
}

/** The last day is the one before DTEND, which is not part of the event (RFC 5545 §3.6.1). */
function dayWords(first: Date, end: EventTime | null): string {
  const to = end === null ? null : asWritten(end.text.slice(0, 10));
  const days = to === null ? 1 : Math.max(1, Math.round((to.getTime() - first.getTime()) / DAY));
  const format = dateFormat(DATE, 'UTC');
  if (days === 1) return `${format.format(first)}, all day`;
  return `${format.formatRange(first, new Date(first.getTime() + (days - 1) * DAY))}, ${String(days)} days`;
}

/** As written, with the name of the zone; a time of no zone is the same on every clock. */
function onItsClock(start: EventTime, end: EventTime): string {
  const [from, to] = [asWritten(start.text), asWritten(end.text)];
  // An end that is given in another zone is no time of this clock.
  const words = from === null ? start.text : rangeOf(from, end.tzid === start.tzid ? (to ?? from) : from, 'UTC');
  if (start.tzid !== null) return `${words}, ${start.tzid}${start.at === undefined ? ' (unknown time zone)' : ''}`;
  return start.text.endsWith('Z') ? `${words}, UTC` : `${words} in every time zone`;
}

function rangeOf(from: Date | number, to: Date | number, zone?: 'UTC'): string {
  const format = dateFormat(CLOCK, zone);
  return to > from ? format.formatRange(from, to) : format.format(from);
}

/** This computer's clock shows what is written in the event. */
function sameClock(time: EventTime): boolean {
  const written = asWritten(time.text);
  if (time.at === undefined || written === null) return true;
  const format = { dateStyle: 'short', timeStyle: 'medium' } as const;
  return dateFormat(format).format(time.at) === dateFormat(format, 'UTC').format(written);
}
