import ICAL from 'ical.js';

// Strict mode turns a date without VALUE=DATE into a date-time made of nothing.
ICAL.design.strict = false;

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
    const time = timeOf(localMs);
    return zone.utcOffset(time) * 1000;
  } catch {
    return 0;
  }
}

/** The rules of real zones. ical.js walks on for ever over a rule that never matches, so no other is given to it. */
const ZONE_RULE =
  /^RRULE:FREQ=YEARLY(?:;(?:INTERVAL=1|BYMONTH=(?:[1-9]|1[0-2])|BYDAY=-?[1-4](?:MO|TU|WE|TH|FR|SA|SU)|WKST=..|UNTIL=\w+))*$/;

function readZone(vtimezone: string): ICAL.Timezone | null {
  const rules = vtimezone.split('\r\n').filter((line) => /^(?:RRULE|EXRULE)/i.test(line));
  if (!rules.every((line) => ZONE_RULE.test(line))) return null;
  try {
    return new ICAL.Timezone(ICAL.Component.fromString(vtimezone));
  } catch {
    return null;
  }
}

function timeOf(localMs: number): ICAL.Time {
  const local = new Date(localMs);
  const date = { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate(), isDate: false };
  const time = { hour: local.getUTCHours(), minute: local.getUTCMinutes(), second: local.getUTCSeconds() };
  return new ICAL.Time({ ...date, ...time }, ICAL.Timezone.localTimezone);
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
