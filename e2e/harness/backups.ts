/* Backups that tests write: calendar text as an export of a calendar app has it. */

const TITLES = [
  'Weekly planning',
  'Review of the help desk',
  'Lunch with the new colleagues',
  'Budget round',
  'Interview, second round',
  'Visit at the customer',
  'Training: first aid',
  'One to one',
  'Release meeting',
  'Dentist',
  'Supplier call',
  'Quarterly figures',
] as const;

const GUESTS = [
  'bob@example.com',
  'carol@example.com',
  'eve@partner.test',
  'pat@customer.test',
  'olga@elsewhere.test',
] as const;

const DAY_MS = 86_400_000;

/** The UID of an event of `manyEvents`. */
export function uidOf(index: number): string {
  return `event-${index}@tests.hushcal.example`;
}

/** Alice's calendar over the past and the coming months: every second event has guests, every tenth repeats. */
export function manyEvents(count: number): string {
  const today = Date.now();
  const from = Math.round(count * -0.6);
  const events = Array.from({ length: count }, (_, index) => {
    const start = new Date(today + ((from + index) * 500 * DAY_MS) / count);
    return eventText({
      uid: uidOf(index),
      title: TITLES[(index * 7) % TITLES.length] ?? '',
      start,
      guests: index % 2 === 0 ? GUESTS.filter((_guest, at) => (index / 2 + at) % 3 !== 0) : [],
      more: index % 10 === 5 ? ['RRULE:FREQ=WEEKLY;COUNT=6'] : [],
    });
  });
  return calendarText(events.flat());
}

interface EventParts {
  readonly uid: string;
  readonly title: string;
  readonly start: Date;
  /** Addresses without a scheme; with one alice is the organizer. */
  readonly guests?: readonly string[];
  readonly more?: readonly string[];
}

/** The lines of one VEVENT of an hour. */
export function eventText({ uid, title, start, guests = [], more = [] }: EventParts): readonly string[] {
  const hour = `${start.toISOString().slice(0, 10).replaceAll('-', '')}T${String(8 + (start.getUTCDate() % 9)).padStart(2, '0')}0000Z`;
  const people =
    guests.length === 0
      ? []
      : [
          'ORGANIZER;CN=Alice Archer:mailto:alice@example.com',
          'ATTENDEE;PARTSTAT=ACCEPTED:mailto:alice@example.com',
          ...guests.map((guest) => `ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${guest}`),
        ];
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T090000Z',
    `DTSTART:${hour}`,
    'DURATION:PT1H',
    `SUMMARY:${title}`,
    ...people,
    ...more,
    'END:VEVENT',
  ];
}

export function calendarText(lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Hushcal tests//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

/** A moment so many days from today, for events that are not over. */
export function inDays(days: number): Date {
  return new Date(Date.now() + days * DAY_MS);
}
