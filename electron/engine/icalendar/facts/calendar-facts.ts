import colors from 'color-name';
import { decode, encode, rawValue, splitLines, unescapeText } from '../lines.ts';
import { normaliseText } from '../repairs/line-ends.ts';
import { libraryZone } from '../zones/zone-library.ts';

/** What a file says about the calendar it came from (RFC 7986 §5, and the older X- properties). */
export interface CalendarFacts {
  readonly name: string | null;
  /** `#rrggbb`, or `#rrggbbaa` where it is not opaque. */
  readonly color: string | null;
  readonly description: string | null;
  readonly order: number | null;
  /** TZID of the calendar's own time zone. */
  readonly zone: string | null;
}

export const NO_FACTS: CalendarFacts = { name: null, color: null, description: null, order: null, zone: null };

/** Reads the properties of the VCALENDAR that stand before its first component. */
export function calendarFacts(text: string): CalendarFacts {
  const values = new Map<string, string>();
  for (const line of splitLines(normaliseText(encode(text)))) {
    const value = rawValue(line.text);
    if (line.name === 'BEGIN' && value.trim().toUpperCase() !== 'VCALENDAR') break;
    const shown = decode(unescapeText(value)).trim();
    if (shown !== '' && !values.has(line.name)) values.set(line.name, shown);
  }
  const first = (...names: readonly string[]): string | null =>
    names.map((name) => values.get(name)).find((value) => value !== undefined) ?? null;
  const order = first('X-APPLE-CALENDAR-ORDER');
  return {
    name: first('X-WR-CALNAME', 'NAME'),
    color: colorOf(first('X-APPLE-CALENDAR-COLOR', 'COLOR')),
    description: first('X-WR-CALDESC', 'DESCRIPTION'),
    order: order !== null && /^\d{1,9}$/.test(order) ? Number(order) : null,
    zone: first('X-WR-TIMEZONE', 'TIMEZONE-ID'),
  };
}

/** Of several files the first one that says something counts, property by property. */
export function mergeFacts(all: readonly CalendarFacts[]): CalendarFacts {
  return all.reduce(
    (merged, facts) => ({
      name: merged.name ?? facts.name,
      color: merged.color ?? facts.color,
      description: merged.description ?? facts.description,
      order: merged.order ?? facts.order,
      zone: merged.zone ?? facts.zone,
    }),
    NO_FACTS,
  );
}

/**
 * `#RGB`, `#RRGGBB`, `#RRGGBBAA` or a CSS name (RFC 7986 §5.9) as `#rrggbb`, with `aa` where it is not opaque; null for
 * anything else.
 */
export function colorOf(text: string | null): string | null {
  const value = text?.trim().toLowerCase() ?? '';
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(value);
  if (short !== null)
    return `#${short
      .slice(1)
      .map((digit) => digit + digit)
      .join('')}`;
  if (/^#[0-9a-f]{6}(?:[0-9a-f]{2})?$/.test(value)) return value.endsWith('ff') ? value.slice(0, 7) : value;
  const known = Object.entries(colors).find(([name]) => name === value)?.[1];
  return known === undefined ? null : `#${known.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** A whole iCalendar object with the definition of a time zone, for `calendar-timezone`; null when nobody knows it. */
export function zoneCalendar(tzid: string): string | null {
  const zone = libraryZone(tzid);
  return zone === null ? null : `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Hushcal//EN\r\n${zone}END:VCALENDAR\r\n`;
}
