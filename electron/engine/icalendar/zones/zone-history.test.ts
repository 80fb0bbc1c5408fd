import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { definedOffsetMs } from './ical-adapter.ts';
import { zoneSince } from './zone-history.ts';
import { libraryZone } from './zone-library.ts';
import { zoneOffset } from './zone-offset.ts';

const HOUR = 3_600_000;
const offsetOf = (zone: string, local: string): number =>
  definedOffsetMs(zoneSince(zone, Number(local.slice(0, 4))) ?? '', Date.parse(`${local}Z`)) / HOUR;

describe('a zone that is added is right for the years of the event', () => {
  test.each([
    // The United States changed their rules in 2007.
    ['America/New_York', '2006-10-30T12:00:00', -5],
    ['America/New_York', '2006-03-20T12:00:00', -5],
    ['America/New_York', '1995-04-03T12:00:00', -4],
    ['America/New_York', '1974-01-10T12:00:00', -4],
    ['US/Eastern', '2006-10-30T12:00:00', -5],
    ['Eastern Standard Time', '2006-10-30T12:00:00', -5],
    // Moscow: +4 all year from 2011 to 2014, summer time before.
    ['Europe/Moscow', '2012-01-15T12:00:00', 4],
    ['Europe/Moscow', '2010-07-15T12:00:00', 4],
    ['Europe/Moscow', '2020-07-15T12:00:00', 3],
    // British Columbia gave up winter time in 2026.
    ['America/Vancouver', '2025-01-15T12:00:00', -8],
    ['America/Vancouver', '2025-07-15T12:00:00', -7],
    ['Europe/Berlin', '1995-10-10T12:00:00', 1],
    ['Europe/Berlin', '1995-09-10T12:00:00', 2],
    ['Europe/Berlin', '1947-06-10T12:00:00', 3],
    ['Europe/London', '1969-01-10T12:00:00', 1],
    ['America/Sao_Paulo', '2018-12-15T12:00:00', -2],
    // West of Greenwich, changed in the first hours of a year, which are still those of the old year there.
    ['America/Danmarkshavn', '1997-06-10T12:00:00', 0],
    ['Atlantic/Madeira', '1913-06-10T12:00:00', -1],
  ])('%s at %s', (zone, local, hours) => {
    expect(offsetOf(zone, local)).toBe(hours);
  });

  test('where the rules of today have held all along, they are all there is', () => {
    expect(zoneSince('America/New_York', 2009)).toBe(libraryZone('America/New_York'));
    expect(zoneSince('Asia/Tokyo', 1975)).toBe(libraryZone('Asia/Tokyo'));
    expect(zoneSince('Nowhere/At All', 1975)).toBeNull();
  });

  test('what is read is what the runtime says, in every zone and at any time that is over', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    const time = fc.integer({ min: Date.UTC(1902, 0, 1), max: Date.UTC(2025, 11, 31) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), time, (zone, localMs) => {
        const offset = zoneOffset(zone, localMs);
        // Near a change of the clock a local time is there twice or not at all.
        fc.pre([-26, 26].every((hours) => zoneOffset(zone, localMs + hours * HOUR) === offset));
        const text = zoneSince(zone, new Date(localMs).getUTCFullYear()) ?? '';
        // Some old offsets have seconds, which ical.js does not read.
        expect(Math.abs(definedOffsetMs(text, localMs) - offset)).toBeLessThan(60_000);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
