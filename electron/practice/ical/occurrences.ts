import { components, parameter, properties, property, type Component } from './reader.ts';
import { expandRule } from './recurrence.ts';
import { instantOf, parseDuration, parseTime } from './times.ts';

/** Milliseconds; start inclusive, end exclusive. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

const DAY = 86_400_000;

interface Start {
  readonly wall: number;
  readonly date: boolean;
  readonly zone: string | null;
}

function startOf(component: Component, name: string): Start | null {
  const line = property(component, name);
  const time = line === undefined ? null : parseTime(line.value);
  if (line === undefined || time === null) return null;
  const zone = time.utc || time.date ? null : (parameter(line, 'TZID') ?? null);
  return { wall: time.wall, date: time.date, zone };
}

function lengthOf(component: Component, start: Start): number {
  const end = startOf(component, 'DTEND') ?? startOf(component, 'DUE');
  if (end !== null) return Math.max(0, instantOf(end.wall, end.zone) - instantOf(start.wall, start.zone));
  const duration = property(component, 'DURATION');
  if (duration !== undefined) return parseDuration(duration.value) ?? 0;
  return start.date ? DAY : 0;
}

/** RFC 4791 §9.9: something without length matches when it lies at or after the start of the range. */
const touches = (start: number, length: number, range: TimeRange): boolean =>
  length === 0 ? start >= range.start && start < range.end : start < range.end && start + length > range.start;

function excluded(component: Component, overrides: readonly Component[]): Set<number> {
  const walls = properties(component, 'EXDATE').flatMap((line) => line.value.split(','));
  const replaced = overrides.map((o) => property(o, 'RECURRENCE-ID')?.value ?? '');
  return new Set([...walls, ...replaced].flatMap((value) => parseTime(value)?.wall ?? []));
}

/** The clock readings at which a master starts, up to a bound. */
function* startsOf(master: Component, start: Start, until: number): Generator<number> {
  const rules = properties(master, 'RRULE');
  if (rules.length === 0) yield start.wall;
  for (const rule of rules) yield* expandRule(rule.value, start.wall, until);
  for (const line of properties(master, 'RDATE')) {
    for (const value of line.value.split(',')) {
      const time = parseTime(value.split('/')[0] ?? '');
      if (time !== null) yield time.wall;
    }
  }
}

/** A zone may be up to 14 hours ahead of UTC. */
const ZONE_SPAN = 14 * 3_600_000;

/** The occurrences of a component that touch a range, as instants. Gives all overrides and the expanded master. */
export function* occurrences(
  calendar: Component,
  name: string,
  range: TimeRange,
): Generator<TimeRange & { of: Component }> {
  const all = components(calendar, name);
  const overrides = all.filter((c) => property(c, 'RECURRENCE-ID') !== undefined);
  for (const component of all) {
    const start = startOf(component, 'DTSTART') ?? startOf(component, 'DUE');
    if (start === null) continue;
    const length = lengthOf(component, start);
    const single = overrides.includes(component);
    const gone = single ? new Set<number>() : excluded(component, overrides);
    for (const wall of single ? [start.wall] : startsOf(component, start, range.end + ZONE_SPAN)) {
      if (gone.has(wall)) continue;
      if (wall + length + ZONE_SPAN < range.start) continue;
      const instant = instantOf(wall, start.zone);
      if (touches(instant, length, range)) yield { start: instant, end: instant + length, of: component };
    }
  }
}

/** Whether a single component touches a range, whatever rule it has. */
export function touchesRange(component: Component, range: TimeRange): boolean {
  const start = startOf(component, 'DTSTART') ?? startOf(component, 'DUE');
  return start !== null && touches(instantOf(start.wall, start.zone), lengthOf(component, start), range);
}

/** Whether any occurrence touches the range (RFC 4791 §9.9). A task without times matches every range. */
export function overlaps(calendar: Component, name: string, range: TimeRange): boolean {
  const bare = (c: Component): boolean =>
    property(c, 'DTSTART') === undefined && property(c, 'DUE') === undefined && name === 'VTODO';
  if (components(calendar, name).some(bare)) return true;
  return occurrences(calendar, name, range).next().done !== true;
}
