import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readWhen } from './when.ts';

/* What RFC 5545 §3.3.5 calls a date or a date-time, and what else is found in its place. */

const WRITTEN = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?/i;

it('reads what the pattern of the standard reads, and nothing else', () => {
  const piece = fc.constantFrom('20261130', '2026', '11', '30', '09', '5', 'T', 't', 'Z', 'z', ' ', '+', '-', 'x');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const value = pieces.join('');
      const match = WRITTEN.exec(value.trim());
      const read = readWhen(value, null);
      if (match === null) {
        expect(read).toBeNull();
        return;
      }
      const [, year = '', month = '', day = '', hour, minute, second, z] = match;
      const time = hour === undefined ? '' : `T${hour}:${minute ?? ''}:${second ?? '00'}${z === undefined ? '' : 'Z'}`;
      expect(read?.text).toBe(`${year}-${month}-${day}${time}`);
      const parts = [year, Number(month) - 1, day, hour ?? 0, minute ?? 0, second ?? 0].map(Number);
      expect(read?.ms).toBe(Date.UTC(...(parts as [number, number])));
    }),
    { numRuns: 3000 },
  );
});

it.each([
  ['20261130', '2026-11-30'],
  [' 20261130T0905 ', '2026-11-30T09:05:00'],
  ['20261130t090507z', '2026-11-30T09:05:07Z'],
  ['20261130T090507.5Z', '2026-11-30T09:05:07'],
  ['20261130T09', '2026-11-30'],
])('%s is %s', (value, text) => {
  expect(readWhen(value, null)?.text).toBe(text);
});

it.each(['', '2026', '2026113', 'T090000', '２０２６1130'])('%j is no time', (value) => {
  expect(readWhen(value, null)).toBeNull();
});
