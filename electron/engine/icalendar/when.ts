import type { ContentLine } from './lines.ts';
import { decodeCopy, parameter, rawValue } from './lines.ts';
import type { When } from './types.ts';
import type { ZoneOffset } from './zone-offset.ts';
import { zoneOffset } from './zone-offset.ts';

const DAY = 86_400_000;
const WRITTEN = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?/i;

/** Reads a date or date-time out of a value (RFC 5545 §3.3.4, §3.3.5); null when it is neither. */
export function readWhen(value: string, tzid: string | null, offset: ZoneOffset = zoneOffset): When | null {
  const match = WRITTEN.exec(value.trim());
  if (match === null) return null;
  const [, year = '', month = '', day = '', hour, minute, second, z] = match;
  const date = `${year}-${month}-${day}`;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (hour === undefined || minute === undefined) return { text: date, tzid: null, ms: midnight };
  const local = midnight + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second ?? 0)) * 1000;
  const text = `${date}T${hour}:${minute}:${second ?? '00'}`;
  if (z !== undefined) return { text: `${text}Z`, tzid: null, ms: local };
  if (tzid === null) return { text, tzid: null, ms: local };
  return { text, tzid: zoneName(tzid), ms: local - offset(tzid, local) };
}

/** The same string for the same zone: a hundred thousand events are in a handful of zones. */
function zoneName(tzid: string): string {
  const known = ZONE_NAMES.get(tzid);
  if (known !== undefined) return known;
  const name = decodeCopy(tzid);
  if (ZONE_NAMES.size >= 1000) ZONE_NAMES.clear();
  ZONE_NAMES.set(tzid, name);
  return name;
}

const ZONE_NAMES = new Map<string, string>();

/** The date of a property line, in its zone. */
export function whenOf(line: ContentLine, offset?: ZoneOffset): When | null {
  return readWhen(rawValue(line.text), parameter(line.text, 'TZID'), offset);
}

/** A date without a time lasts the whole day. */
export function endOf(when: When): number {
  return when.text.length === 10 ? when.ms + DAY : when.ms;
}

const DURATION = /^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;

/** A duration in milliseconds (RFC 5545 §3.3.6), or null when it is none. */
export function durationMs(value: string): number | null {
  const match = DURATION.exec(value.trim());
  if (match === null) return null;
  const part = (at: number): number => Number(match[at] ?? 0);
  const seconds = (part(2) * 7 + part(3)) * 86_400 + part(4) * 3600 + part(5) * 60 + part(6);
  return (match[1] === '-' ? -seconds : seconds) * 1000;
}
