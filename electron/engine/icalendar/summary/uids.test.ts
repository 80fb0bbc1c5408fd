import { expect, it } from 'vitest';
import { uidsOf } from './uids.ts';

const of = (...lines: readonly string[]): readonly string[] =>
  uidsOf(['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR', ''].join('\r\n'));

it.each([
  ['of an event alone', ['BEGIN:VEVENT', 'UID:a', 'END:VEVENT'], ['a']],
  [
    'once for a series with changed instances',
    ['BEGIN:VEVENT', 'UID:a', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:a', 'END:VEVENT'],
    ['a'],
  ],
  ['folded, with parameters and escapes', ['BEGIN:VTODO', 'UID;X-A="b:c":one\\, t', ' wo', 'END:VTODO'], ['one, two']],
  ['not of an alarm', ['BEGIN:VEVENT', 'BEGIN:VALARM', 'UID:alarm', 'END:VALARM', 'UID:a', 'END:VEVENT'], ['a']],
  ['none where none is', ['BEGIN:VTIMEZONE', 'TZID:x', 'END:VTIMEZONE', 'BEGIN:VEVENT', 'UID:', 'END:VEVENT'], []],
])('reads UIDs: %s', (_what, lines, uids) => {
  expect(of(...lines)).toEqual(uids);
});

it('reads what Cyrus gives of an object: lines that end in LF, and nothing but the UID', () => {
  expect(uidsOf('BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:ü-1\nEND:VEVENT\nEND:VCALENDAR\n')).toEqual(['ü-1']);
  expect(uidsOf('')).toEqual([]);
});
