import ICAL from 'ical.js';

// Strict mode turns a date without VALUE=DATE into a date-time made of nothing.
ICAL.design.strict = false;

/** Steps after which a recurrence is not followed any further. */
const MAX_STEPS = 5000;

/**
 * Start of the last instance of a rule with COUNT or UNTIL, in milliseconds as if local time were UTC; null when it
 * cannot be told. `startMs` is the local time of the first one, in the same way.
 */
export function lastInstanceMs(rule: string, startMs: number, isDate: boolean): number | null {
  try {
    const recur = ICAL.Recur.fromString(rule);
    const first = timeOf(startMs, isDate);
    const iterator = recur.iterator(first);
    let last: ICAL.Time | null = null;
    for (let step = 0; step < MAX_STEPS; step += 1) {
      // Null after the last one, whatever its types say.
      const next = iterator.next() as ICAL.Time | null;
      if (next === null) return last === null ? null : utcMs(last);
      last = next.clone();
    }
    return null;
  } catch {
    return null;
  }
}

function timeOf(localMs: number, isDate: boolean): ICAL.Time {
  const local = new Date(localMs);
  const date = { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate(), isDate };
  const time = { hour: local.getUTCHours(), minute: local.getUTCMinutes(), second: local.getUTCSeconds() };
  return new ICAL.Time({ ...date, ...time }, ICAL.Timezone.localTimezone);
}

function utcMs(time: ICAL.Time): number {
  return Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
}

const ZONES = new Map<string, ICAL.Timezone | null>();

/** Offset from UTC in milliseconds that a VTIMEZONE gives for a local time; 0 when it cannot be read. */
export function definedOffsetMs(vtimezone: string, localMs: number): number {
  let zone = ZONES.get(vtimezone);
  if (zone === undefined) {
    zone = readZone(vtimezone);
    if (ZONES.size > 200) ZONES.clear();
    ZONES.set(vtimezone, zone);
  }
  if (zone === null || Number.isNaN(localMs)) return 0;
  try {
    const time = timeOf(localMs, false);
    return zone.utcOffset(time) * 1000;
  } catch {
    return 0;
  }
}

function readZone(vtimezone: string): ICAL.Timezone | null {
  try {
    return new ICAL.Timezone(ICAL.Component.fromString(vtimezone));
  } catch {
    return null;
  }
}

/** What ical.js has to say against a text, for a person; null when it takes it. */
export function complaint(text: string): string | null {
  try {
    ICAL.parse(text);
    return null;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

/** jCal (RFC 7265), one calendar or a list of them, as iCalendar text. Throws when it is not jCal. */
export function textFromJcal(json: string): string {
  const parsed: unknown = JSON.parse(json);
  if (!Array.isArray(parsed)) throw new Error('not jCal');
  const all: unknown[] = typeof parsed[0] === 'string' ? [parsed] : parsed;
  return all
    .map((one) => {
      if (!Array.isArray(one) || typeof one[0] !== 'string') throw new Error('not jCal');
      return `${ICAL.stringify(one)}\r\n`;
    })
    .join('');
}
