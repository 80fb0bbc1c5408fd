import fc from 'fast-check';
import { expect, it } from 'vitest';
import { utcOffset } from './zone-offset.ts';

/** What the runtime says of one moment, asked for it alone. */
function said(zone: string, utcMs: number): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset', year: 'numeric' });
  const name = format.formatToParts(utcMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const match = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name);
  if (match === null) throw new Error(name);
  const [, sign, hours = 0, minutes = 0, seconds = 0] = match;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * (sign === '-' ? -1000 : 1000);
}

it('an offset that was remembered is the one that the runtime gives', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  const time = fc.integer({ min: Date.UTC(1902, 0, 1), max: Date.UTC(2037, 11, 31) });
  fc.assert(
    fc.property(fc.constantFrom(...zones), time, (zone, utcMs) => {
      const seconds = Math.floor(utcMs / 1000) * 1000;
      expect(utcOffset(zone, seconds)).toBe(said(zone, seconds));
    }),
    { numRuns: 500 },
  );
});

it.each([
  // The last second before a change of the clock, and the first one after it.
  ['Europe/Berlin', '2026-03-29T00:59:59Z', 1],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', 2],
  ['America/New_York', '2026-11-01T05:59:59Z', -4],
  ['America/New_York', '2026-11-01T06:00:00Z', -5],
  ['Australia/Lord_Howe', '2026-04-04T14:59:59Z', 11],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', 10.5],
])('%s at %s', (zone, at, hours) => {
  expect(utcOffset(zone, Date.parse(at)) / 3_600_000).toBe(hours);
});
