import { expect, it } from 'vitest';
import { summarise } from '../summary/summarise.ts';
import { occurrencesIn, spanOf } from './occurrences.ts';

const NOVEMBER = [Date.parse('2026-11-01T00:00:00Z'), Date.parse('2026-12-01T00:00:00Z')] as const;

function summaryOf(...lines: readonly (readonly string[])[]) {
  const text = ['BEGIN:VCALENDAR', ...lines.flatMap((event) => ['BEGIN:VEVENT', 'UID:a', ...event, 'END:VEVENT'])];
  const [summary] = summarise([...text, 'END:VCALENDAR', ''].join('\r\n'));
  if (summary === undefined) throw new Error('no event');
  return summary;
}

function november(...lines: readonly (readonly string[])[]): readonly string[] {
  const { occurrences } = occurrencesIn(summaryOf(...lines), ...NOVEMBER, { left: 10_000 });
  return occurrences.map(({ title, startMs, endMs, clock }) => `${title} ${iso(startMs)}–${iso(endMs)} ${clock}`);
}

function iso(ms: number): string {
  return new Date(ms).toISOString().slice(5, 16);
}

const VIENNA = 'DTSTART;TZID=Europe/Vienna:20261018T090000';

it('a series keeps its clock over a change of the clock', () => {
  expect(november(['SUMMARY:Run', VIENNA, 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=4']).slice(0, 3)).toEqual([
    'Run 11-01T08:00–11-01T09:00 instant',
    'Run 11-08T08:00–11-08T09:00 instant',
  ]);
  const october = [Date.parse('2026-10-18T00:00:00Z'), Date.parse('2026-10-31T00:00:00Z')] as const;
  const summary = summaryOf(['SUMMARY:Run', VIENNA, 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY']);
  const times = occurrencesIn(summary, ...october, { left: 100 }).occurrences.map(({ startMs }) => iso(startMs));
  // 09:00 in Vienna is 07:00 in UTC until 25 October 2026.
  expect(times.slice(0, 2)).toEqual(['10-18T07:00', '10-25T08:00']);
});

it('what was taken out is not there, and what was moved is where it was moved to', () => {
  const series = [
    'SUMMARY:Jour fixe',
    'DTSTART:20261102T100000Z',
    'DTEND:20261102T103000Z',
    'RRULE:FREQ=WEEKLY;UNTIL=20261130T100000Z',
    'EXDATE:20261109T100000Z',
  ];
  const moved = [
    'SUMMARY:Jour fixe, later',
    'RECURRENCE-ID:20261116T100000Z',
    'DTSTART:20261117T150000Z',
    'DURATION:PT2H',
  ];
  const off = ['RECURRENCE-ID:20261123T100000Z', 'DTSTART:20261123T100000Z', 'STATUS:CANCELLED'];
  expect(november(series, moved, off)).toEqual([
    'Jour fixe 11-02T10:00–11-02T10:30 instant',
    'Jour fixe 11-30T10:00–11-30T10:30 instant',
    'Jour fixe, later 11-17T15:00–11-17T17:00 instant',
  ]);
});

it('whole days, times without a zone, and days that are added', () => {
  expect(november(['SUMMARY:Fair', 'DTSTART;VALUE=DATE:20261103', 'DTEND;VALUE=DATE:20261106'])).toEqual([
    'Fair 11-03T00:00–11-06T00:00 day',
  ]);
  expect(november(['SUMMARY:Pill', 'DTSTART:20261103T080000', 'RDATE:20261110T080000'])).toEqual([
    'Pill 11-10T08:00–11-10T08:00 floating',
    'Pill 11-03T08:00–11-03T08:00 floating',
  ]);
});

it('of a rule that is not walked over the first instance is there, and it is said', () => {
  const summary = summaryOf(['SUMMARY:Week 45', 'DTSTART:20261103T080000Z', 'RRULE:FREQ=YEARLY;BYWEEKNO=45']);
  const { occurrences, cut } = occurrencesIn(summary, ...NOVEMBER, { left: 100 });
  expect([occurrences.length, cut]).toEqual([1, true]);
});

it('a zone that only the source knows counts by its definition', () => {
  const zone = [
    'BEGIN:VTIMEZONE',
    'TZID:Our time',
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    'TZOFFSETFROM:+0500',
    'TZOFFSETTO:+0500',
    'END:STANDARD',
    'END:VTIMEZONE',
  ];
  const event = [
    'BEGIN:VEVENT',
    'UID:a',
    'DTSTART;TZID=Our time:20261103T080000',
    'RRULE:FREQ=DAILY;COUNT=2',
    'END:VEVENT',
  ];
  const [summary] = summarise(['BEGIN:VCALENDAR', ...zone, ...event, 'END:VCALENDAR', ''].join('\r\n'));
  const found = summary === undefined ? [] : occurrencesIn(summary, ...NOVEMBER, { left: 100 }).occurrences;
  expect(found.map(({ startMs, clock }) => [iso(startMs), clock])).toEqual([
    ['11-03T03:00', 'instant'],
    ['11-04T03:00', 'instant'],
  ]);
});

it('the span of a series reaches from its earliest instance on', () => {
  const earlier = ['RECURRENCE-ID:20261102T100000Z', 'DTSTART:20261030T100000Z'];
  const span = spanOf(summaryOf(['DTSTART:20261102T100000Z', 'RRULE:FREQ=DAILY'], earlier));
  expect(span).toEqual({ fromMs: Date.parse('2026-10-30T10:00:00Z'), toMs: null });
});
