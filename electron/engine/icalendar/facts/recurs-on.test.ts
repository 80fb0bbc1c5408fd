import { describe, expect, it } from 'vitest';
import { encode, splitLines } from '../lines.ts';
import { readWhen } from '../zones/when.ts';
import { zoneOffset } from '../zones/zone-offset.ts';
import { readFacts } from './component-facts.ts';
import { recursOn } from './recurs-on.ts';

function on(lines: string, id: string, tzid: string | null = null): boolean {
  const facts = readFacts(splitLines(encode(`BEGIN:VEVENT\n${lines}\nEND:VEVENT\n`.replace(/\n/g, '\r\n'))));
  const when = readWhen(id, tzid);
  return when !== null && recursOn(facts, when, zoneOffset);
}

describe('where a series has an instance', () => {
  const berlin = 'DTSTART;TZID=Europe/Berlin:20270301T100000';
  it.each([
    ['the first', 'DTSTART:20270301T100000Z\nRRULE:FREQ=WEEKLY', '20270301T100000Z', true],
    ['the second week', 'DTSTART:20270301T100000Z\nRRULE:FREQ=WEEKLY', '20270308T100000Z', true],
    ['another time of the day', 'DTSTART:20270301T100000Z\nRRULE:FREQ=WEEKLY', '20270308T110000Z', false],
    ['another day', 'DTSTART:20270301T100000Z\nRRULE:FREQ=WEEKLY', '20270309T100000Z', false],
    ['a week that is left out', 'DTSTART:20270301T100000Z\nRRULE:FREQ=WEEKLY;INTERVAL=2', '20270308T100000Z', false],
    ['a day of the rule', 'DTSTART:20270301T100000Z\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU', '20270309T100000Z', true],
    ['after the last', 'DTSTART:20270301T100000Z\nRRULE:FREQ=WEEKLY;COUNT=2', '20270315T100000Z', false],
    ['before the first', 'DTSTART:20270301T100000Z\nRRULE:FREQ=WEEKLY', '20270222T100000Z', false],
    ['taken out', 'DTSTART:20270301T100000Z\nRRULE:FREQ=DAILY\nEXDATE:20270302T100000Z', '20270302T100000Z', false],
    ['an RDATE', 'DTSTART:20270301T100000Z\nRDATE:20270303T170000Z', '20270303T170000Z', true],
    ['no series at all', 'DTSTART:20270301T100000Z', '20270301T100000Z', false],
    ['a day, of times', 'DTSTART:20270301T100000Z\nRRULE:FREQ=DAILY', '20270302', false],
    ['a day, of days', 'DTSTART;VALUE=DATE:20270301\nRRULE:FREQ=DAILY', '20270302', true],
    ['the same date of a month', 'DTSTART:20270131T100000Z\nRRULE:FREQ=MONTHLY', '20270331T100000Z', true],
    ['another date of a month', 'DTSTART:20270131T100000Z\nRRULE:FREQ=MONTHLY', '20270330T100000Z', false],
    ['hours', 'DTSTART:20270301T100000Z\nRRULE:FREQ=HOURLY', '20270301T130000Z', true],
    // After the clock has changed: 10:00 in Berlin is 08:00 in UTC.
    ['in UTC, of a zone', `${berlin}\nRRULE:FREQ=WEEKLY`, '20270329T080000Z', true],
    ['in UTC, an hour off', `${berlin}\nRRULE:FREQ=WEEKLY`, '20270329T090000Z', false],
  ])('%s', (_name, lines, id, expected) => {
    expect(on(lines, id)).toBe(expected);
  });

  it('in the zone of the series', () => {
    expect(on(`${berlin}\nRRULE:FREQ=WEEKLY`, '20270329T100000', 'Europe/Berlin')).toBe(true);
  });
});
