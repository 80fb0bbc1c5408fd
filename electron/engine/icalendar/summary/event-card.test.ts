import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventCard as schema, LONGEST_CARD_TEXT, MOST_LISTED } from '../../../../shared/model/found/event-card.ts';
import { eventCard } from './event-card.ts';

const object = (...lines: readonly string[]): string => ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: readonly string[]): string => object('BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT');

describe('when', () => {
  it('is an instant where the zone is known, and none elsewhere', () => {
    expect(eventCard(event('DTSTART;TZID=Europe/Berlin:20261201T100000', 'DTEND:20261201T103000Z'))).toMatchObject({
      start: { text: '2026-12-01T10:00:00', tzid: 'Europe/Berlin', at: Date.UTC(2026, 11, 1, 9) },
      end: { text: '2026-12-01T10:30:00Z', tzid: null, at: Date.UTC(2026, 11, 1, 10, 30) },
    });
    expect(eventCard(event('DTSTART;TZID=Nowhere:20261201T100000'))?.start).toEqual({
      text: '2026-12-01T10:00:00',
      tzid: 'Nowhere',
    });
    expect(eventCard(event('DTSTART;VALUE=DATE:20261201'))?.start).toEqual({ text: '2026-12-01', tzid: null });
  });

  it('asks the definition in the text for a zone that only it knows', () => {
    const zone = ['BEGIN:VTIMEZONE', 'TZID:Ours', 'BEGIN:STANDARD', 'DTSTART:19700101T000000'];
    const rest = ['TZOFFSETFROM:+0300', 'TZOFFSETTO:+0300', 'END:STANDARD', 'END:VTIMEZONE'];
    const text = object(...zone, ...rest, 'BEGIN:VEVENT', 'UID:u', 'DTSTART;TZID=Ours:20261201T100000', 'END:VEVENT');
    expect(eventCard(text)?.start?.at).toBe(Date.UTC(2026, 11, 1, 7));
  });

  it.each([
    ['DTSTART;VALUE=DATE:20261201', 'P3D', '2026-12-04', undefined],
    ['DTSTART:20261201T100000Z', 'PT90M', '2026-12-01T11:30:00Z', Date.UTC(2026, 11, 1, 11, 30)],
    // Days keep the clock, hours do not: the clock goes back in between.
    ['DTSTART;TZID=Europe/Berlin:20261024T120000', 'P1D', '2026-10-25T12:00:00', Date.UTC(2026, 9, 25, 11)],
    ['DTSTART;TZID=Europe/Berlin:20261025T013000', 'PT3H', '2026-10-25T03:30:00', Date.UTC(2026, 9, 25, 2, 30)],
  ])('%s, %s long, ends at %s', (start, duration, text, at) => {
    const end = eventCard(event(start, `DURATION:${duration}`))?.end;
    expect([end?.text, end?.at]).toEqual([text, at]);
  });
});

describe('what is in it', () => {
  it('is people, text, links, attachments and alarms', () => {
    const card = eventCard(
      event(
        'SUMMARY:Budget\\, again',
        'ORGANIZER;CN="Berg, Anna":mailto:anna@x.org',
        'ATTENDEE;PARTSTAT=accepted;ROLE=OPT-PARTICIPANT:MAILTO:bob@x.org',
        'ATTENDEE:mailto:carol@x.org',
        'DESCRIPTION:One\\nTwo',
        'URL:https://x.org/a',
        'ATTACH;FILENAME=plan.pdf;FMTTYPE=application/pdf:https://x.org/plan.pdf',
        'ATTACH;VALUE=BINARY;ENCODING=BASE64;FMTTYPE=image/png:AAAA',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'TRIGGER;RELATED=END:-PT15M',
        'REPEAT:2',
        'DESCRIPTION:not the text of the event',
        'END:VALARM',
      ),
    );
    expect(card).toMatchObject({
      title: 'Budget, again',
      organizer: { name: 'Berg, Anna', address: 'anna@x.org' },
      guests: [
        { address: 'bob@x.org', name: null, answer: 'ACCEPTED', role: 'OPT-PARTICIPANT' },
        { address: 'carol@x.org', answer: null },
      ],
      text: 'One\nTwo',
      links: ['https://x.org/a'],
      attachments: [
        { name: 'plan.pdf', what: 'https://x.org/plan.pdf' },
        { name: '', what: 'image/png in the event, about 1 kB' },
      ],
      alarms: [{ action: 'DISPLAY', offsetMs: -900_000, fromEnd: true, time: null, trigger: '-PT15M', repeat: 2 }],
      recurrence: null,
    });
  });

  it('is of a series its master, and what single dates say otherwise', () => {
    const text = object(
      ...['BEGIN:VEVENT', 'UID:u', 'RECURRENCE-ID:20261208T090000Z', 'DTSTART:20261208T140000Z', 'SUMMARY:Later'],
      ...['STATUS:CANCELLED', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:u', 'DTSTART:20261201T090000Z', 'SUMMARY:Weekly'],
      ...['RRULE:FREQ=WEEKLY', 'EXDATE:20261215T090000Z,20261222T090000Z', 'END:VEVENT'],
    );
    expect(eventCard(text)).toMatchObject({
      title: 'Weekly',
      recurrence: { rules: ['FREQ=WEEKLY'], exceptDates: [{ text: '2026-12-15T09:00:00Z' }, {}], changed: 1 },
      instances: [{ of: { text: '2026-12-08T09:00:00Z' }, title: 'Later', cancelled: true, andLater: false }],
    });
  });

  it('is nothing where there is no event', () => {
    expect(eventCard('')).toBeNull();
    expect(eventCard(object('BEGIN:VTIMEZONE', 'TZID:Ours', 'END:VTIMEZONE'))).toBeNull();
  });
});

describe('whatever the text', () => {
  it('a card fits its schema and stays small', () => {
    const line = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc
        .tuple(
          fc.constantFrom(
            'SUMMARY',
            'DTSTART',
            'DTEND',
            'DURATION',
            'RRULE',
            'EXDATE',
            'ATTENDEE',
            'TRIGGER',
            'BEGIN',
            'END',
          ),
          fc.oneof(
            fc.string({ maxLength: 30 }),
            fc.constantFrom('20261201T100000Z', 'PT1H', 'VALARM', 'VEVENT', 'P99999999W'),
          ),
        )
        .map((parts) => parts.join(':')),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
        const card = eventCard(event(...lines));
        if (card !== null) schema.parse(card);
      }),
    );
  });

  it('lists are cut and counted, and texts end', () => {
    const guests = Array.from({ length: MOST_LISTED + 7 }, (_, at) => `ATTENDEE:mailto:u${String(at)}@x.org`);
    const card = eventCard(
      event(
        `DESCRIPTION:${'long '.repeat(50_000)}`,
        `EXDATE:${'20261201,'.repeat(5000)}20261201`,
        'RRULE:FREQ=DAILY',
        ...guests,
      ),
    );
    expect(card?.guests).toHaveLength(MOST_LISTED);
    expect(card?.moreGuests).toBe(7);
    expect(card?.recurrence?.moreExceptDates).toBe(5001 - MOST_LISTED);
    expect(card?.text.length).toBeLessThanOrEqual(LONGEST_CARD_TEXT + 1);
  });
});
