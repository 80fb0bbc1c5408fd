import { describe, expect, test } from 'vitest';
import { summarise } from '../summary/summarise.ts';

/** End of the last instance of an event, as text in UTC. */
function endOf(lines: string): string | null {
  const text = `BEGIN:VEVENT\nUID:1\n${lines}\nEND:VEVENT\n`;
  const ms = summarise(text)[0]?.endsMs ?? null;
  return ms === null ? null : new Date(ms).toISOString();
}

describe('the end of the last instance', () => {
  test.each([
    ['DTSTART:20260301T100000Z\nDTEND:20260301T110000Z', '2026-03-01T11:00:00.000Z'],
    ['DTSTART:20260301T100000Z\nDURATION:PT90M', '2026-03-01T11:30:00.000Z'],
    ['DTSTART:20260301T100000Z', '2026-03-01T10:00:00.000Z'],
    ['DTSTART;VALUE=DATE:20260301', '2026-03-02T00:00:00.000Z'],
    ['DTSTART;TZID=Europe/Berlin:20260701T100000\nDURATION:PT1H', '2026-07-01T09:00:00.000Z'],
    ['DTSTART;TZID=Europe/Berlin:20260101T100000\nDURATION:PT1H', '2026-01-01T10:00:00.000Z'],
    ['DTSTART;TZID="W. Europe Standard Time":20260701T100000', '2026-07-01T08:00:00.000Z'],
    ['DTSTART;TZID=Nowhere/Atall:20260701T100000', '2026-07-01T10:00:00.000Z'],
    ['DTSTART:20260301T100000Z\nRRULE:FREQ=DAILY;COUNT=3\nDURATION:PT1H', '2026-03-03T11:00:00.000Z'],
    ['DTSTART:20260301T100000Z\nRRULE:FREQ=MONTHLY;COUNT=3', '2026-05-01T10:00:00.000Z'],
    ['DTSTART:20260301T100000Z\nRRULE:FREQ=DAILY;UNTIL=20260310T100000Z', '2026-03-10T10:00:00.000Z'],
    ['DTSTART:20260301T100000Z\nRDATE:20260401T100000Z,20260501T100000Z', '2026-05-01T10:00:00.000Z'],
    ['DTSTART:20260131T100000Z\nRRULE:FREQ=MONTHLY;COUNT=3', '2026-05-31T10:00:00.000Z'],
    ['DTSTART:20240229T100000Z\nRRULE:FREQ=YEARLY;COUNT=2', '2028-02-29T10:00:00.000Z'],
    ['DTSTART:20260310T100000Z\nRRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=2', '2026-06-01T00:00:00.000Z'],
    ['DTSTART:20260301T100000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2', null],
    ['DTSTART:20260301T100000Z\nRRULE:FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2', null],
    ['DTSTART:20260301T100000Z\nRRULE:FREQ=DAILY', null],
    ['DTSTART:20260301T100000Z\nRRULE:FREQ=NEVER;COUNT=x', null],
    ['SUMMARY:no time at all', null],
    ['DTSTART:garbage', null],
  ])('%s', (lines, end) => {
    expect(endOf(lines)).toBe(end);
  });

  test('a zone that only the file defines is followed', () => {
    const zone =
      'BEGIN:VTIMEZONE\nTZID:Customized\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0530\nTZOFFSETTO:+0530\nEND:STANDARD\nEND:VTIMEZONE';
    const event = 'BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Customized:20260301T100000\nEND:VEVENT';
    const one = summarise(`BEGIN:VCALENDAR\n${zone}\n${event}\nEND:VCALENDAR\n`)[0];
    expect(one?.start).toEqual({ text: '2026-03-01T10:00:00', tzid: 'Customized', ms: Date.UTC(2026, 2, 1, 4, 30) });
  });
});
