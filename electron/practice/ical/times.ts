const PATTERN = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/;

/** A date or time as written; `wall` is its clock reading taken as if it were UTC, in milliseconds. */
interface Time {
  readonly wall: number;
  readonly date: boolean;
  readonly utc: boolean;
}

export function parseTime(value: string): Time | null {
  const m = PATTERN.exec(value.trim());
  if (m === null) return null;
  const n = (i: number): number => Number(m[i] ?? '0');
  const wall = Date.UTC(n(1), n(2) - 1, n(3), n(4), n(5), n(6));
  return { wall, date: m[4] === undefined, utc: m[7] === 'Z' };
}

/** A time in UTC form (dates are taken as midnight UTC), in milliseconds; null when it is none. */
export function parseUtc(value: string): number | null {
  return parseTime(value)?.wall ?? null;
}

/** An instant as a UTC time of iCalendar. */
export const utcStamp = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, '');

const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat | null = null;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    // not a zone of the system's list
  }
  formats.set(zone, format);
  return format;
}

/** Milliseconds that a zone is ahead of UTC at an instant; 0 for zones that the system does not know. */
function offset(zone: string, instant: number): number {
  const format = formatOf(zone);
  if (format === null) return 0;
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const n = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return (
    Date.UTC(n('year'), n('month') - 1, n('day'), n('hour'), n('minute'), n('second')) -
    Math.floor(instant / 1000) * 1000
  );
}

/** The instant of a clock reading in a zone. Floating times and dates are taken as UTC. */
export function instantOf(wall: number, zone: string | null): number {
  if (zone === null) return wall;
  const guess = wall - offset(zone, wall);
  return wall - offset(zone, guess);
}

const DURATION = /^([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** RFC 5545 §3.3.6, in milliseconds; null when it is none. */
export function parseDuration(value: string): number | null {
  const m = DURATION.exec(value.trim());
  if (m === null) return null;
  const n = (i: number): number => Number(m[i] ?? '0');
  const seconds = n(2) * 604_800 + n(3) * 86_400 + n(4) * 3600 + n(5) * 60 + n(6);
  return (m[1] === '-' ? -seconds : seconds) * 1000;
}
