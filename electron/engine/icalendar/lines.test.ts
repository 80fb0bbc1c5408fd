import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeCopy, parameter, parameters, splitOutsideQuotes } from './lines.ts';

const line = fc.string({ unit: fc.constantFrom('A', 'b', 'TZID', ';', ':', '=', ',', '"', ' '), maxLength: 24 });

it('gives the same parameter alone as among all of them', () => {
  fc.assert(
    fc.property(line, (text) => {
      const all = parameters(text);
      for (const name of ['A', 'B', 'TZID', 'TZIDA', ''])
        expect(parameter(text, name)).toBe(all.find((one) => one.name === name)?.values[0] ?? null);
    }),
    { numRuns: 2000 },
  );
});

it.each([
  ['DTSTART;TZID=Europe/Berlin:20260101T090000', 'TZID', 'Europe/Berlin'],
  ['DTSTART;tzid=Europe/Berlin:20260101T090000', 'TZID', 'Europe/Berlin'],
  ['DTSTART;VALUE=DATE-TIME; TZID = "Europe/Berlin" :20260101T090000', 'TZID', 'Europe/Berlin'],
  ['ATTENDEE;CN="Lee; TZID=x: y";TZID=z:mailto:lee@example.com', 'TZID', 'z'],
  ['DESCRIPTION:see;TZID=x', 'TZID', null],
  ['X-A;TZID:x', 'TZID', null],
  ['X-A;MEMBER=a,b:x', 'MEMBER', 'a'],
])('%s', (text, name, value) => {
  expect(parameter(text, name)).toBe(value);
});

it('splits outside of quotes only, and loses nothing', () => {
  fc.assert(
    fc.property(line, (text) => {
      const parts = splitOutsideQuotes(text, ';');
      expect(parts.join(';')).toBe(text);
      // An even number of quotes in all parts but the last: each separator stood outside.
      for (const part of parts.slice(0, -1)) expect((part.split('"').length - 1) % 2).toBe(0);
    }),
  );
  expect(splitOutsideQuotes('a;"b;c";d', ';')).toEqual(['a', '"b;c"', 'd']);
  expect(splitOutsideQuotes('a;"b;c', ';')).toEqual(['a', '"b;c']);
});

it('reads octets as UTF-8, whatever they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const binary = Buffer.from(text, 'utf8').toString('latin1');
      expect(decodeCopy(binary)).toBe(Buffer.from(binary, 'latin1').toString('utf8'));
    }),
  );
});

/* Of a line as long as somebody likes to make it, each octet is looked at a few times, not once for every other one. */
it.each([
  ['parameters without a value', `X-A${';'.repeat(1_000_000)}:x`],
  ['parameters that are empty', `X-A${';A='.repeat(500_000)}:x`],
  ['values beside a quote', `X-A;A="q"${',b'.repeat(500_000)}:x`],
  ['quotes', `X-A;A=${'"",'.repeat(500_000)}:x`],
])(
  'is done with a million %s',
  (_what, text) => {
    expect(parameter(text, 'TZID')).toBeNull();
    expect(splitOutsideQuotes(text, ',').join(',')).toBe(text);
    expect(splitOutsideQuotes(text, ';').join(';')).toBe(text);
  },
  5000,
);
