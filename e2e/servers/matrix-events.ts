/**
 * The events of the matrix: every role of alice, in whose calendar they lie, and every kind of time. bob has a calendar
 * on the same server; dan and the boss are outside. Imports nothing of the engine.
 */
const ROLES = ['organizer', 'attendee', 'stranger', 'plain'] as const;
export type Role = (typeof ROLES)[number];
const KINDS = ['single', 'series', 'past'] as const;
export type Kind = (typeof KINDS)[number];

export interface MatrixEvent {
  readonly uid: string;
  readonly role: Role;
  readonly kind: Kind;
}

const DAN = 'mailto:dan@other.test';
const BOSS = 'mailto:boss@other.test';

/** All combinations; the story's name keeps UIDs apart. */
export function matrixEvents(story: string): readonly MatrixEvent[] {
  return ROLES.flatMap((role) => KINDS.map((kind) => ({ uid: `matrix-${story}-${role}-${kind}`, role, kind })));
}

/** The text of one backup file with such events, before and after the change that concerns the others. */
export function matrixText(events: readonly MatrixEvent[], version: 'first' | 'second', now: Date): string {
  const body = events.flatMap((event) => componentsOf(event, version, now));
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//matrix//EN', ...body, 'END:VCALENDAR', ''].join('\r\n');
}

function componentsOf({ uid, role, kind }: MatrixEvent, version: 'first' | 'second', now: Date): readonly string[] {
  const year = now.getUTCFullYear() + (kind === 'past' ? -2 : 1);
  // An organizer moves a meeting; everybody else may only say something else about it.
  const hour = role === 'organizer' && version === 'second' ? '11' : '09';
  const head = (date: string, more: readonly string[]): readonly string[] => [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${now.getUTCFullYear()}010${version === 'first' ? 1 : 2}T000000Z`,
    `DTSTART:${date}T${hour}0000Z`,
    `DTEND:${date}T${hour}3000Z`,
    `SEQUENCE:${role === 'organizer' && version === 'second' ? 1 : 0}`,
    `SUMMARY:${role} ${kind} ${version}`,
    ...more,
    ...peopleOf(role, version),
    'END:VEVENT',
  ];
  if (kind !== 'series') return head(`${year}0301`, []);
  return [
    ...head(`${year}0301`, ['RRULE:FREQ=WEEKLY;COUNT=4']),
    ...head(`${year}0309`, [`RECURRENCE-ID:${year}0308T${hour}0000Z`]),
  ];
}

function peopleOf(role: Role, version: 'first' | 'second'): readonly string[] {
  const alice = 'mailto:alice@example.com';
  switch (role) {
    case 'plain':
      return [];
    case 'organizer':
      return [
        `ORGANIZER:${alice}`,
        `ATTENDEE;PARTSTAT=ACCEPTED:${alice}`,
        'ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bob@example.com',
        `ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:${DAN}`,
      ];
    case 'attendee':
      return [
        `ORGANIZER:${BOSS}`,
        `ATTENDEE;PARTSTAT=ACCEPTED:${BOSS}`,
        `ATTENDEE;PARTSTAT=${version === 'first' ? 'ACCEPTED' : 'DECLINED'}:${alice}`,
      ];
    case 'stranger':
      return [`ORGANIZER:${BOSS}`, `ATTENDEE;PARTSTAT=ACCEPTED:${BOSS}`, `ATTENDEE;PARTSTAT=ACCEPTED:${DAN}`];
  }
}
