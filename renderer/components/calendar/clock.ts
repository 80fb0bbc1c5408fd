/** What the clock on the wall shows at a moment: milliseconds since 1970, as if the local time were UTC. */
export type WallClock = (instantMs: number) => number;

/** No zone changes its clock but at a quarter of an hour. */
const QUARTER = 900_000;
const DAY = 86_400_000;

/**
 * The clock of an IANA time zone. Asking `Intl` is slow: a day that begins and ends with the same offset has no other (no
 * zone changes its clock forth and back within a day), and only one with a change is asked for by its quarters.
 */
export function wallClock(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsets = new Map<number, number>();
  const offsetOf = (ms: number): number => {
    const known = offsets.get(ms);
    if (known !== undefined) return known;
    const offset = offsetAt(format, ms);
    if (offsets.size > 20_000) offsets.clear();
    offsets.set(ms, offset);
    return offset;
  };
  return (instantMs) => {
    const day = Math.floor(instantMs / DAY) * DAY;
    const offset = offsetOf(day);
    const isSame = offset === offsetOf(day + DAY);
    return instantMs + (isSame ? offset : offsetOf(Math.floor(instantMs / QUARTER) * QUARTER));
  };
}

function offsetAt(format: Intl.DateTimeFormat, instantMs: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instantMs)) part[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - instantMs;
}
