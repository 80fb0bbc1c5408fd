import { describe, expect, it } from 'vitest';
import { compareWithSource, isSame, neededRewrites } from './compare.ts';
import type { RealEvent } from './corpus.ts';
import { readComponents, splitLine } from './line-reader.ts';
import type { Component } from './line-reader.ts';
import { keeps, rewritesOf } from './rewrites.ts';

/** The measuring tools themselves: what they must see, and what they must not mind. */
const SOURCE = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//A//EN',
  'METHOD:PUBLISH',
  'BEGIN:VTIMEZONE',
  'TZID:Here',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0100',
  'END:STANDARD',
  'END:VTIMEZONE',
  'BEGIN:VEVENT',
  'UID:one',
  'DTSTAMP:20260101T000000Z',
  'DTSTART;TZID=Here:20270310T100000',
  'DURATION:PT1H',
  'RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=WE,MO',
  'SUMMARY:Talk\\, long',
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  'TRIGGER:-PT5M',
  'END:VALARM',
  'BEGIN:VALARM',
  'ACTION:AUDIO',
  'TRIGGER:-PT9M',
  'END:VALARM',
  'END:VEVENT',
  'END:VCALENDAR',
];

function calendarOf(lines: readonly string[]): Component {
  const [calendar] = readComponents(Buffer.from(lines.join('\r\n')));
  if (calendar === undefined) throw new Error('no calendar');
  return calendar;
}

function compare(stored: readonly string[], server: 'cyrus' | 'radicale' = 'cyrus') {
  const calendar = calendarOf(SOURCE);
  const events = calendar.components.filter(({ name }) => name === 'VEVENT');
  const source: RealEvent = { uid: 'one', file: 'one.ics', calendar, events };
  const rewrites = rewritesOf(server);
  return {
    difference: compareWithSource(source, calendarOf(stored), rewrites),
    needed: neededRewrites(source, calendarOf(stored), rewrites).map(({ name }) => name),
  };
}

const STORED = SOURCE.filter((line) => line !== 'METHOD:PUBLISH');
const replaced = (from: string, to: string) => STORED.map((line) => (line === from ? to : line));

describe('the comparison', () => {
  it('takes the same event for the same, in any order of its properties', () => {
    const moved = [...STORED];
    moved.splice(moved.indexOf('UID:one'), 0, ...moved.splice(moved.indexOf('DURATION:PT1H'), 1));
    expect(isSame(compare(STORED).difference)).toBe(true);
    expect(isSame(compare(moved).difference)).toBe(true);
  });

  it.each([
    ['a property that is gone', STORED.filter((line) => line !== 'DURATION:PT1H')],
    ['another value', replaced('SUMMARY:Talk\\, long', 'SUMMARY:Talk')],
    ['a parameter that is gone', replaced('DTSTART;TZID=Here:20270310T100000', 'DTSTART:20270310T100000')],
    ['a property that was not there', replaced('UID:one', 'UID:one\r\nCLASS:PRIVATE')],
    ['a METHOD that was left', SOURCE],
    [
      'alarms that swapped their times',
      STORED.map((line) => line.replace(/-PT(\d)M/, (_, n) => `-PT${n === '5' ? 9 : 5}M`)),
    ],
    ['a time zone with another offset', replaced('TZOFFSETTO:+0100', 'TZOFFSETTO:+0200')],
    ['a time zone that is gone', [...STORED.slice(0, 3), ...STORED.slice(STORED.indexOf('BEGIN:VEVENT'))]],
    ['a rule with another interval', replaced(STORED[15] ?? '', 'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,MO')],
  ])('sees %s', (_, stored) => {
    expect(isSame(compare(stored).difference)).toBe(false);
  });

  it('allows what the table says of one server, and not of another', () => {
    const rewritten = replaced('RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=WE,MO', 'RRULE:FREQ=WEEKLY;BYDAY=MO,WE');
    expect(isSame(compare(rewritten).difference)).toBe(true);
    expect(compare(rewritten).needed).toEqual([
      'INTERVAL=1 and WKST=MO dropped from rules',
      'parts of rules, and days in them, in another order',
    ]);
    expect(isSame(compare(rewritten, 'radicale').difference)).toBe(false);
    expect(compare(STORED).needed).toEqual([]);
  });

  it('knows which events a server does not keep', () => {
    const event = (line: string) => calendarOf(['BEGIN:VEVENT', 'DTSTART:20270310T100000Z', line, 'END:VEVENT']);
    expect(keeps('cyrus', [event('DURATION:PT1H')])).toBe(true);
    expect(keeps('cyrus', [event('SUMMARY:x')])).toBe(false);
    expect(keeps('radicale', [event('X-A:1,2')])).toBe(false);
    expect(keeps('radicale', [event('X-A:1\\,2')])).toBe(true);
  });
});

describe('the line reader', () => {
  const valueIn = (bytes: string | Buffer) => {
    const [component] = readComponents(
      Buffer.concat([Buffer.from('BEGIN:X\r\n'), Buffer.from(bytes), Buffer.from('\r\nEND:X')]),
    );
    return component?.lines[0]?.value;
  };

  it('unfolds: CRLF, LF, tab, inside a character, and between the CR and the LF of a line end', () => {
    expect(valueIn('A:one\r\n  two')).toBe('one two');
    expect(valueIn('A:one\n two')).toBe('onetwo');
    expect(valueIn('A:one\r\n\ttwo')).toBe('onetwo');
    expect(
      valueIn(Buffer.concat([Buffer.from('A:caf\xc3', 'latin1'), Buffer.from('\r\n '), Buffer.from('\xa9', 'latin1')])),
    ).toBe('café');
    expect(valueIn('A:one\r\r\n \nB:two')).toBe('one');
  });

  it('splits at the first colon outside quotes', () => {
    expect(splitLine('a;X="a:b;c",d;y=2:v:w')).toEqual({
      name: 'A',
      parameters: [
        ['X', ['a:b;c', 'd']],
        ['Y', ['2']],
      ],
      value: 'v:w',
    });
  });

  it('says what does not nest', () => {
    expect(() => readComponents(Buffer.from('BEGIN:A\r\nEND:B'))).toThrow('END:B closes A');
    expect(() => readComponents(Buffer.from('BEGIN:A'))).toThrow('A is not closed');
  });
});
