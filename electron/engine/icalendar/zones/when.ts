import type { ContentLine } from '../lines.ts';
import { decodeCopy, parameter, rawValue } from '../lines.ts';
import type { When } from '../types.ts';
import type { ZoneOffset } from './zone-offset.ts';
import { zoneOffset } from './zone-offset.ts';

const DAY = 86_400_000;

/** Reads a date or date-time out of a value (RFC 5545 §3.3.4, §3.3.5); null when it is neither. */
export function readWhen(value: string, tzid: string | null, offset: ZoneOffset = zoneOffset): When | null {
  const written = value.trim();
  const year = digits(written, 0, 4);
  const month = digits(written, 4, 2);
  const day = digits(written, 6, 2);
  if (year < 0 || month < 0 || day < 0) return null;
  const date = `${written.slice(0, 4)}-${written.slice(4, 6)}-${written.slice(6, 8)}`;
  const midnight = Date.UTC(year, month - 1, day);
  const hour = digits(written, 9, 2);
  const minute = digits(written, 11, 2);
  if (!isLetter(written, 8, T) || hour < 0 || minute < 0) return { text: date, tzid: null, ms: midnight };
  const second = digits(written, 13, 2);
  const local = midnight + ((hour * 60 + minute) * 60 + Math.max(second, 0)) * 1000;
  const seconds = second < 0 ? '00' : written.slice(13, 15);
  const text = `${date}T${written.slice(9, 11)}:${written.slice(11, 13)}:${seconds}`;
  if (isLetter(written, second < 0 ? 13 : 15, Z)) return { text: `${text}Z`, tzid: null, ms: local };
  if (tzid === null) return { text, tzid: null, ms: local };
  return { text, tzid: zoneName(tzid), ms: local - offset(tzid, local) };
}

/** The number of `count` digits at `at`, or -1. By hand, since a calendar holds several times per event. */
function digits(text: string, at: number, count: number): number {
  let number = 0;
  for (let place = at; place < at + count; place += 1) {
    const digit = text.charCodeAt(place) - 48;
    // Beyond the end it is not a number, and that is not between 0 and 9 either.
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}

const T = 0x74;
const Z = 0x7a;

/** Whether the letter stands there, in either case. `letter` is a code in lower case. */
function isLetter(text: string, at: number, letter: number): boolean {
  return (text.charCodeAt(at) | 0x20) === letter;
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
