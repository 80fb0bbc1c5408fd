import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkReading } from '../../../../e2e/fuzz/check.ts';
import { readSources } from '../../read/read-sources.ts';
import { buildIndex } from './build-index.ts';
import { fieldDifferences } from '../summary/field-differences.ts';
import { meaningOf } from '../meaning/meaning.ts';
import type { CalendarIndex } from '../types.ts';

/* Inputs that the fuzzer found to break a promise of the reader (e2e/fuzz), each made as small as it can be. */

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'hushcal-finds-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

const EVENT = ['BEGIN:VEVENT', 'UID:a', 'DTSTAMP:20260101T000000Z', 'DTSTART:20260101T090000Z', 'SUMMARY:x'] as const;
const calendar = (lines: readonly string[], end = '\r\n'): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//EN', ...lines, 'END:VCALENDAR', ''].join(end);

async function read(text: string | Buffer, name = 'find.ics'): Promise<CalendarIndex> {
  const file = path.join(dir, name);
  await writeFile(file, text);
  return buildIndex(await readSources([file], { spoolDir: path.join(dir, 'spool', name) }));
}

const nested = (depth: number): string[] => [
  ...Array.from({ length: depth }, () => 'BEGIN:X-NEST'),
  ...Array.from({ length: depth }, () => 'END:X-NEST'),
];

/** Longer than a chunk of the stream. What is held of it ends inside one of its characters, each of three octets. */
const LONG_PRODID = calendar([...EVENT, 'END:VEVENT']).replace('//x//', '\u20ac'.repeat(400_000));

const FINDS: readonly (readonly [name: string, text: string])[] = [
  ['an event without a calendar behind a byte order mark', `\ufeff${[...EVENT, 'END:VEVENT', ''].join('\r\n')}`],
  [
    'bare CR line ends with folds right behind the names',
    calendar([...EVENT, 'END:VEVENT'], '\r').replace(/(?<=\rUID|\rSUMMARY)/g, '\r '),
  ],
  ['a fold inside a name after a bare CR', calendar([...EVENT, 'END:VEVENT'], '\r').replace('\rSUMM', '\rSU\r MM')],
  [
    'an END line of many hundred octets',
    calendar(['BEGIN:VEVENT', `END:VEVENT\r\n ${'x'.repeat(300)}`, ...EVENT.slice(1), 'END:VEVENT']),
  ],
  ['a folded blank line before a property', calendar([...EVENT.slice(0, 4), '\r\n DURATION:PT1H', 'END:VEVENT'])],
  [
    'a byte order mark before an END',
    calendar([...EVENT, '\ufeffEND:VEVENT', ...EVENT.slice(0, 1), 'UID:b', ...EVENT.slice(2), 'END:VEVENT']),
  ],
  [
    'a bare CR between a BEGIN and what is no property',
    calendar([...EVENT, 'BEGIN:VALARM\r\u00e9ACTION:DISPLAY', 'END:VALARM', 'END:VEVENT']),
  ],
  ['thousands of components inside each other', calendar([...EVENT, ...nested(5000), 'END:VEVENT'])],
  ['a PRODID that is cut inside a character because it is too long to be held', LONG_PRODID],
];

/** A time zone with a fold inside a character, and an event in it. Octets, because a string cannot hold that. */
const ZONE_FOLDED_INSIDE_CHARACTER = Buffer.from(
  calendar([
    ...['BEGIN:VTIMEZONE', 'TZID:Caf\u00e9', 'COMMENT:caf\u00e9', 'BEGIN:STANDARD', 'TZNAME:caf\u00e9'],
    ...['TZOFFSETFROM:+0100', 'TZOFFSETTO:+0100', 'DTSTART:19700101T000000', 'END:STANDARD', 'END:VTIMEZONE'],
    ...[...EVENT.slice(0, 3), 'DTSTART;TZID=Caf\u00e9:20260101T090000', 'END:VEVENT'],
  ])
    .replace(/(?<=(?:COMMENT|TZNAME):caf)\u00e9/g, '\u00c3\r\n \u00a9')
    .replace(/(?<=Caf)\u00e9/g, '\u00c3\u00a9'),
  'latin1',
);

describe('finds of the fuzzer', () => {
  it.each(FINDS)('%s keeps every promise', async (_name, text) => {
    await checkReading(Buffer.from(text), 'find.ics', path.join(dir, 'case'));
  });

  it('a control character in PRODID is not sent', async () => {
    const index = await read(calendar([...EVENT, 'END:VEVENT']).replace(/PRODID:[^\r]*/, 'PRODID:-//x\u0001y'));
    expect((await index.text(0)).toString()).toContain('PRODID:-//xy\r\n');
  });

  it('a byte order mark belongs to the file, not to the event', async () => {
    const index = await read(FINDS[0]?.[1] ?? '');
    expect([index.size, index.summary(0).uid]).toEqual([1, 'a']);
    expect((await index.text(0)).toString()).toContain('\r\nBEGIN:VEVENT\r\n');
    await index.close();
  });

  it('a bare CR before a folded name ends the line before it', async () => {
    const index = await read(FINDS[1]?.[1] ?? '');
    expect(index.summary(0)).toMatchObject({ uid: 'a', title: 'x' });
    await index.close();
  });

  it('a blank line that is folded is no part of the line before it', async () => {
    const text = calendar([...EVENT.slice(0, 4), '\r\n DURATION:PT1H', 'END:VEVENT']);
    const index = await read(text);
    expect((await index.text(0)).toString()).toContain('\r\nDTSTART:20260101T090000Z\r\nDURATION:PT1H\r\n');
    await index.close();
  });

  it('a fold inside a character of a time zone is healed, and its TZID still found', async () => {
    await checkReading(ZONE_FOLDED_INSIDE_CHARACTER, 'find.ics', path.join(dir, 'case'));
    const index = await read(ZONE_FOLDED_INSIDE_CHARACTER);
    const text = (await index.text(0)).toString();
    expect(text).toContain('\r\nTZID:Caf\u00e9\r\nCOMMENT:caf\u00e9\r\nBEGIN:STANDARD\r\nTZNAME:caf\u00e9\r\n');
    expect(text).toContain('\r\nDTSTART;TZID=Caf\u00e9:20260101T090000\r\n');
    await index.close();
  });

  it('too deep is refused by name, and compared without an end of the stack', async () => {
    const text = calendar([...EVENT, ...nested(5000), 'END:VEVENT']);
    const index = await read(text);
    expect(index.rejected).toMatchObject([{ code: 'too-deep' }]);
    await index.close();
    expect(meaningOf(text)).not.toBe(meaningOf(calendar([...EVENT, 'END:VEVENT'])));
    expect(fieldDifferences(text, calendar([...EVENT, ...nested(50), 'END:VEVENT']))).not.toEqual([]);
  });

  it('differences of nested components take no more room than the components', () => {
    const text = calendar([...EVENT, ...nested(40), 'END:VEVENT']);
    expect(fieldDifferences(text, text)).toEqual([]);
    expect(fieldDifferences(text, text.replace('BEGIN:X-NEST\r\nEND', 'BEGIN:X-NEST\r\nX-A:1\r\nEND'))).toMatchObject([
      { field: 'Alarms' },
    ]);
  });

  it('a folder for copies that is not there is made when jCal needs it', async () => {
    const jcal = [
      'vcalendar',
      [],
      [
        [
          'vevent',
          [
            ['uid', {}, 'text', 'a'],
            ['dtstart', {}, 'date', '2026-01-01'],
          ],
          [],
        ],
      ],
    ];
    const index = await read(JSON.stringify(jcal), 'find.json');
    expect([index.size, index.summary(0).uid]).toEqual([1, 'a']);
    await index.close();
  });
});
