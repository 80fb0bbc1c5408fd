import { expect, test } from 'vitest';
import { encode, splitLines } from '../lines.ts';
import type { Finding } from '../../../../shared/model/plan.ts';
import { draftComponent } from './draft.ts';
import { addWarnings } from './warnings.ts';

function codesOf(...lines: readonly string[]): readonly (readonly [string, number | undefined])[] {
  const slice = encode(['BEGIN:VEVENT', ...lines, 'END:VEVENT', ''].join('\r\n'));
  const findings: Finding[] = [];
  addWarnings(splitLines(slice), 10, findings);
  return findings.map(({ code, line }) => [code, line]);
}

test.each([
  [['DTSTART:20270101T100000Z', 'DTEND:20270101T090000Z'], [['ends-before-start', 12]]],
  [['DTSTART;TZID=Europe/Berlin:20270101T100000', 'DTEND:20270101T093000Z'], []],
  [['DTSTART;TZID=America/New_York:20270101T100000', 'DTEND:20270101T110000Z'], [['ends-before-start', 12]]],
  [
    ['DTSTART;TZID=America/New_York:20270101T100000', 'DTEND;TZID=Europe/Berlin:20270101T110000'],
    [['ends-before-start', 12]],
  ],
  [['DTSTART:20270101T100000Z', 'DTEND:20270101T110000Z', 'DURATION:PT1H'], [['end-and-duration', 13]]],
  [['DTSTART;VALUE=DATE:20270101', 'DTEND:20270102T100000Z'], [['mixed-types', 12]]],
  [['DTSTART:20270101T100000Z', 'DURATION:-PT1H'], [['ends-before-start', 12]]],
  [['DTSTART:20270101T100000Z', 'DTEND:20270101T100000Z'], []],
  [['DTSTART;VALUE=DATE:20270101', 'DTEND;VALUE=DATE:20270101'], []],
])('%j: %j', (lines, expected) => {
  expect(codesOf(...lines)).toEqual(expected);
});

test('a date without VALUE=DATE is mended, and nothing else', () => {
  const slice = encode(
    [
      'BEGIN:VEVENT',
      'UID:a',
      'DTSTAMP:20260101T000000Z',
      'DTSTART:20270101',
      'EXDATE:20270102,20270103',
      'X-D:20270101',
      'END:VEVENT',
      '',
    ].join('\r\n'),
  );
  const { lines, findings } = draftComponent({ slice, kind: 'VEVENT', firstLine: 1, madeUid: null });
  expect(lines.map(({ text }) => text)).toEqual([
    'BEGIN:VEVENT',
    'UID:a',
    'DTSTAMP:20260101T000000Z',
    'DTSTART;VALUE=DATE:20270101',
    'EXDATE;VALUE=DATE:20270102,20270103',
    'X-D:20270101',
    'END:VEVENT',
  ]);
  expect(findings).toMatchObject([{ kind: 'repair', code: 'date-value-added', line: 4 }]);
});
