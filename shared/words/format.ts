import { dateFormat, localeHere } from './here.ts';

/* Numbers, dates and times as a person reads them, in the locale and the time zone of this computer (here.ts). */

let numbers: { readonly locale: string; readonly format: Intl.NumberFormat } | null = null;

/** `4118` → `4,118`, `4.118`. */
export function formatNumber(value: number): string {
  const locale = localeHere();
  if (numbers?.locale !== locale) numbers = { locale, format: new Intl.NumberFormat(locale) };
  return numbers.format.format(value);
}

/** `64%`, `64 %`: rounded down, and never 100 before the last one is done. */
export function formatPercent(done: number, of: number): string {
  const share = of === 0 ? 1 : Math.min(done >= of ? 1 : 0.99, Math.floor((done / of) * 100) / 100);
  return new Intl.NumberFormat(localeHere(), { style: 'percent' }).format(share);
}

const RULES = new Intl.PluralRules('en');
const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });

/** `1 event`, `2 events`, `1,204 people`. The words are English, so the rule is. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${RULES.select(count) === 'one' ? one : many}`;
}

/** `1st`, `2nd`, `13th`. */
export function ordinal(value: number): string {
  const ending: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };
  return `${formatNumber(value)}${ending[ORDINALS.select(value)] ?? 'th'}`;
}

const DAY = { dateStyle: 'medium' } as const;
const MOMENT = { dateStyle: 'medium', timeStyle: 'short' } as const;

/** The day of a date or date-time as written: `Nov 23, 2026`, `23.11.2026`; `–` when there is none. */
export function formatDay(start: string | null): string {
  const written = start === null ? null : asWritten(start.slice(0, 10));
  return written === null ? (start ?? '–') : dateFormat(DAY, 'UTC').format(written);
}

/**
 * A sentence of the engine, with its days as they are written here. The engine says them as programs do (`2026-11-20`), and
 * so does the command line; a day in quotes or within a name is somebody's own.
 */
export function daysHere(sentence: string): string {
  return sentence.replace(/(?<=\b(?:on|before|after) )\d{4}-\d{2}-\d{2}(?=[.,;]|$)/g, (day) => formatDay(day));
}

/** `2026-11` → `Nov 2026`. */
export function formatMonth(month: string): string {
  const written = asWritten(`${month.slice(0, 7)}-01`);
  return written === null ? month : dateFormat({ month: 'short', year: 'numeric' }, 'UTC').format(written);
}

/** A moment of this computer's clock: `today 2:02 PM`, `Nov 18, 2026, 2:02 PM`. */
export function formatMoment(iso: string, now: Date): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const day = dateFormat(DAY);
  if (day.format(at) === day.format(now)) return `today ${dateFormat({ timeStyle: 'short' }).format(at)}`;
  return dateFormat(MOMENT).format(at);
}

/** A moment for those who read it elsewhere: the zone is named. `Nov 18, 2026, 2:02 PM Europe/Berlin`. */
export function formatMomentInZone(iso: string, zone: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : `${dateFormat(MOMENT).format(at)} ${zone}`;
}

/** `2:02 PM`, in this computer's time zone. */
export function formatTime(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : dateFormat({ timeStyle: 'short' }).format(at);
}

/**
 * When an event starts, in this computer's time zone: `Nov 23, 2026, 9:30 AM`, `Nov 23, 2026, all day`, `–` when there is
 * none. `at` is the instant, where the event's zone is known; a time of no zone is said as it is written.
 */
export function formatStart(start: string | null, at?: number): string {
  const written = start === null ? null : asWritten(start);
  if (start === null || written === null) return start ?? '–';
  if (start.length === 10) return `${dateFormat(DAY, 'UTC').format(written)}, all day`;
  const instant = at ?? (start.endsWith('Z') ? written.getTime() : null);
  return instant === null ? dateFormat(MOMENT, 'UTC').format(written) : dateFormat(MOMENT).format(instant);
}

/** A date or date-time as if it were one of UTC, to be said as it is written; null when it is none. */
export function asWritten(text: string): Date | null {
  const parts = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?/.exec(text)?.[0];
  if (parts === undefined) return null;
  const date = new Date(parts.length === 10 ? parts : `${parts}Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
