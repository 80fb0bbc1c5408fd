/** What the clock on the wall shows at a moment: milliseconds since 1970, as if the local time were UTC. */
export type WallClock = (instantMs: number) => number;

/** No zone changes its clock but at a quarter of an hour. */
const QUARTER = 900_000;

/** The clock of an IANA time zone. Asking `Intl` is slow, and a month of events asks for the same quarters again. */
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
  return (instantMs) => {
    const quarter = Math.floor(instantMs / QUARTER);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      offset = offsetAt(format, quarter * QUARTER);
      if (offsets.size > 20_000) offsets.clear();
      offsets.set(quarter, offset);
    }
    return instantMs + offset;
  };
}

function offsetAt(format: Intl.DateTimeFormat, instantMs: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instantMs)) part[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - instantMs;
}
