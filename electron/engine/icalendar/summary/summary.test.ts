import { describe, expect, it } from 'vitest';
import { summarise } from './summarise.ts';

const text = (...components: readonly (readonly string[])[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...components.flatMap((lines) => ['BEGIN:VEVENT', 'UID:one', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n');
const of = (...components: readonly (readonly string[])[]): ReturnType<typeof summarise>[number] | undefined =>
  summarise(text(...components))[0];
const AT = ['DTSTART:20310107T100000Z', 'DTEND:20310107T110000Z'];
const WEEKLY = [...AT, 'RRULE:FREQ=WEEKLY;COUNT=3'];
const PEOPLE = ['ORGANIZER:mailto:o@x.test', 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.test', 'ATTENDEE:mailto:b@x.test'];
const INSTANCE = ['RECURRENCE-ID:20310114T100000Z', 'DTSTART:20310114T120000Z'];
const ID = Date.UTC(2031, 0, 14, 10);

describe('instances that say something else', () => {
  it('are the answers that differ, and what was taken out', () => {
    const declined = PEOPLE.map((line) => line.replace('ACCEPTED', 'DECLINED'));
    expect(of([...WEEKLY, ...PEOPLE, 'EXDATE:20310121T100000Z'], [...INSTANCE, ...declined])?.instances).toEqual({
      answers: [{ id: ID, address: 'mailto:a@x.test', partstat: 'DECLINED' }],
      excluded: [Date.UTC(2031, 0, 21, 10)],
    });
  });
  it('are none where everybody answered alike, or nobody organizes', () => {
    expect(of([...WEEKLY, ...PEOPLE], [...INSTANCE, ...PEOPLE])?.instances).toBeUndefined();
    expect(of([...WEEKLY, 'EXDATE:20310121T100000Z'])?.instances).toBeUndefined();
  });
});

describe('guests of an instance', () => {
  const guests = (...lines: readonly string[]): unknown =>
    of([...WEEKLY, ...PEOPLE], [...INSTANCE, 'ORGANIZER:mailto:o@x.test', ...lines])?.instances?.guests;
  it('are those whom the series does not invite, or leaves to the client', () => {
    expect(guests('ATTENDEE:mailto:a@x.test', 'ATTENDEE:mailto:c@x.test')).toEqual([
      { id: ID, address: 'mailto:c@x.test' },
    ]);
    const left = PEOPLE.map((line) => line.replace('ATTENDEE:', 'ATTENDEE;SCHEDULE-AGENT=NONE:'));
    expect(of([...WEEKLY, ...left], [...INSTANCE, ...PEOPLE])?.instances?.guests).toEqual([
      { id: ID, address: 'mailto:b@x.test' },
    ]);
    expect(guests('ATTENDEE;SCHEDULE-AGENT=CLIENT:mailto:a@x.test')).toBeUndefined();
  });
  it('are none where the client tells them', () => {
    expect(guests('ATTENDEE;SCHEDULE-AGENT=CLIENT:mailto:c@x.test')).toBeUndefined();
  });
  it('are missed where another part has some', () => {
    const parts = (...components: readonly (readonly string[])[]): readonly unknown[] | undefined =>
      of(...components)?.series?.parts.map(({ guestless }) => guestless);
    expect(parts([...WEEKLY, ...PEOPLE], [...INSTANCE, 'ORGANIZER:mailto:o@x.test'])).toEqual([undefined, true]);
    expect(parts(WEEKLY, INSTANCE)).toEqual([undefined, undefined]);
  });
});

describe('whom a server tells', () => {
  it.each([
    ['CLIENT', 'SERVER', 'SERVER'],
    ['CLIENT', null, null],
    ['CLIENT', 'NONE', 'NONE'],
    ['NONE', 'CLIENT', 'NONE'],
    [null, 'CLIENT', null],
  ])('of %s in the series and %s in an instance is the one that tells most', (first, other, expected) => {
    const guest = (agent: string | null): string =>
      `ATTENDEE${agent === null ? '' : `;SCHEDULE-AGENT=${agent}`};PARTSTAT=ACCEPTED:mailto:a@x.test`;
    const summary = of([...WEEKLY, guest(first)], [...INSTANCE, guest(other)]);
    expect(summary?.attendees.map(({ scheduleAgent, partstat }) => [scheduleAgent, partstat])).toEqual([
      [expected, 'ACCEPTED'],
    ]);
  });
});

describe('alarms that send mail', () => {
  const alarm = (action: string, trigger: string): string[] => [
    'BEGIN:VALARM',
    `ACTION:${action}`,
    trigger,
    'END:VALARM',
  ];
  it.each([
    ['before the start', AT, 'TRIGGER:-PT15M', Date.UTC(2031, 0, 7, 9, 45)],
    ['after the end', AT, 'TRIGGER;RELATED=END:PT5M', Date.UTC(2031, 0, 7, 11, 5)],
    ['at a moment', AT, 'TRIGGER;VALUE=DATE-TIME:20301231T080000Z', Date.UTC(2030, 11, 31, 8)],
    ['of a series, for its last instance', WEEKLY, 'TRIGGER:-P1D', Date.UTC(2031, 0, 20, 10)],
    ['of a series without an end', [...AT, 'RRULE:FREQ=DAILY'], 'TRIGGER:-P1D', null],
  ] as const)('%s', (_what, when, trigger, lastMs) => {
    expect(of([...when, ...alarm('email', trigger)])?.mailAlarms).toEqual({ lastMs });
  });
  it('are not those that show or sound', () => {
    expect(of([...AT, ...alarm('DISPLAY', 'TRIGGER:-PT15M'), ...alarm('AUDIO', 'TRIGGER:PT0S')])?.mailAlarms).toBe(
      undefined,
    );
  });
});
