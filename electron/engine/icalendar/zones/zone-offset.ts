import { definedOffsetMs } from './ical-adapter.ts';
import { ianaName } from './zone-library.ts';
import type { Transition } from './zone-rules.ts';

/** No zone changes its clock and changes it back within so many milliseconds (eight days). */
const SPAN = 8 * 86_400_000;

/** Offset from UTC in milliseconds of a local time in a zone. */
export interface ZoneOffset {
  (tzid: string, localMs: number): number;
  /** The VTIMEZONE that the source gives for a TZID, or null; absent where offsets are known by name only. */
  readonly definition?: (tzid: string) => string | null;
}

/**
 * Offsets by the zone's name where somebody knows it, else by the definition that the source gives, else 0.
 * `definition` gives the VTIMEZONE for a TZID, or null.
 */
export function offsetsWith(definition: (tzid: string) => string | null): ZoneOffset {
  const offset = (tzid: string, localMs: number): number => {
    if (ianaName(tzid) !== null) return zoneOffset(tzid, localMs);
    const text = definition(tzid);
    return text === null ? 0 : definedOffsetMs(text, localMs);
  };
  return Object.assign(offset, { definition });
}

/** The offset by the zone's name; 0 for a zone that nobody knows. */
export function zoneOffset(tzid: string, localMs: number): number {
  const name = ianaName(tzid);
  if (name === null || Number.isNaN(localMs)) return 0;
  // Twice, so that a time near a change of the clock gets the offset that holds for it.
  const guess = offsetAt(name, localMs);
  return offsetAt(name, localMs - guess);
}

/** The offset of an IANA zone at a time in UTC. */
export function utcOffset(name: string, utcMs: number): number {
  return offsetAt(name, utcMs);
}

/** The changes of an IANA zone's clock after `startMs` and up to `endMs`, in order, to the second. */
export function utcTransitions(name: string, startMs: number, endMs: number): Transition[] {
  const zone = zoneOf(name);
  const found: Transition[] = [];
  for (let span = Math.floor(startMs / SPAN); span * SPAN < endMs; span += 1) {
    const [fromMs, toMs] = [spanOffset(zone, span), spanOffset(zone, span + 1)];
    if (fromMs === toMs) continue;
    const atMs = changeIn(zone, span);
    if (atMs > startMs && atMs <= endMs) found.push({ atMs, fromMs, toMs });
  }
  return found;
}

/** When the clock changes in a span at whose ends it differs, to the second: found by halves, since it changes once. */
function changeIn(zone: Zone, span: number): number {
  const known = zone.changes.get(span);
  if (known !== undefined) return known;
  const fromMs = spanOffset(zone, span);
  let [before, after] = [span * SPAN, (span + 1) * SPAN];
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (ask(zone.format, middle) === fromMs) before = middle;
    else after = middle;
  }
  if (zone.changes.size > 50_000) zone.changes.clear();
  zone.changes.set(span, after);
  return after;
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Offset at the start of a span of UTC; asking Intl is slow, and calendars ask for the same weeks again and again. */
  readonly bySpan: Map<number, number>;
  /** Of spans in which the clock changes, when it does. */
  readonly changes: Map<number, number>;
}

const ZONES = new Map<string, Zone>();

function offsetAt(name: string, utcMs: number): number {
  const zone = zoneOf(name);
  const span = Math.floor(utcMs / SPAN);
  const [before, after] = [spanOffset(zone, span), spanOffset(zone, span + 1)];
  return before === after || utcMs < changeIn(zone, span) ? before : after;
}

function spanOffset(zone: Zone, span: number): number {
  const known = zone.bySpan.get(span);
  if (known !== undefined) return known;
  if (zone.bySpan.size > 50_000) zone.bySpan.clear();
  const offset = ask(zone.format, span * SPAN);
  zone.bySpan.set(span, offset);
  return offset;
}

function zoneOf(name: string): Zone {
  let zone = ZONES.get(name);
  if (zone === undefined) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    zone = { format, bySpan: new Map(), changes: new Map() };
    ZONES.set(name, zone);
  }
  return zone;
}

function ask(format: Intl.DateTimeFormat, utcMs: number): number {
  const date = new Date(utcMs);
  if (Number.isNaN(date.getTime())) return 0;
  // "12/31/1969 AD, 23:59:59": as parts, the same takes four times as long.
  const text = format.format(date);
  const [month = 1, day = 1, years = 0, hour = 0, minute = 0, second = 0] = (text.match(/\d+/g) ?? []).map(Number);
  const year = text.includes('BC') ? 1 - years : years;
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second);
  return local.getTime() - Math.floor(utcMs / 1000) * 1000;
}
