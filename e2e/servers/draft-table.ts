/**
 * Who hears of what, written from the text of draft-gondwana-caldav-scheduling-controls-00 §4.1 and of RFC 6638 §3.2,
 * and from no server: alice organizes a meeting; bob and carol have calendars on the same server; dan and erin are
 * outside. Imports nothing, so that every server and the app can be held against the same rows.
 */

export type DraftMode = 'none' | 'internal-only' | 'external-only' | 'all';
export type DraftMethod = 'create' | 'update' | 'delete';

/**
 * What happened before the request: nothing; the first version was stored in mode `all`, so that everybody has it; or
 * it was stored in the same mode as the request.
 */
type Before = 'nothing' | 'told' | 'same-mode';

/** The copy in a calendar: none, the first version, the second, or cancelled (a server may also remove it). */
export type Copy = 'absent' | 'first' | 'second' | 'cancelled';

/** The iTIP message that arrived, if any. */
export type Notice = 'none' | 'REQUEST' | 'CANCEL';

export interface Effects {
  readonly bobCalendar: Copy;
  readonly carolCalendar: Copy;
  readonly bobInbox: Notice;
  readonly mailToDan: Notice;
  readonly mailToErin: Notice;
}

export interface DraftRow extends Effects {
  readonly mode: DraftMode;
  readonly method: DraftMethod;
  readonly before: Before;
}

/*
 * The sentences of the draft that the rows follow.
 * all: "instructs the server to follow the behaviour in [RFC6638] Section 3.2": messages to every attendee, and the
 *   calendars of those on this server are changed
 * none: "to perform no scheduling at all, and to just store the event"
 * internal-only: "to update the events in other calendars within its system where that can be done silently, but not to
 *   send visible notifications to users": no inbox item, no mail
 * external-only: "to import the data without updating local calendars, but to send notifications to external attendees"
 */

function row(
  mode: DraftMode,
  method: DraftMethod,
  before: Before,
  calendars: Copy,
  bobInbox: Notice,
  mail: Notice,
): DraftRow {
  return {
    mode,
    method,
    before,
    bobCalendar: calendars,
    carolCalendar: calendars,
    bobInbox,
    mailToDan: mail,
    mailToErin: mail,
  };
}

// oxfmt-ignore
export const DRAFT_TABLE: readonly DraftRow[] = [
  //  mode             method    before       calendars    inbox      mail
  row('all',           'create', 'nothing',   'first',     'REQUEST', 'REQUEST'),
  row('all',           'update', 'told',      'second',    'REQUEST', 'REQUEST'),
  row('all',           'delete', 'told',      'cancelled', 'CANCEL',  'CANCEL'),

  row('none',          'create', 'nothing',   'absent',    'none',    'none'),
  row('none',          'update', 'told',      'first',     'none',    'none'),
  row('none',          'update', 'same-mode', 'absent',    'none',    'none'),
  row('none',          'delete', 'told',      'first',     'none',    'none'),
  row('none',          'delete', 'same-mode', 'absent',    'none',    'none'),

  row('internal-only', 'create', 'nothing',   'first',     'none',    'none'),
  row('internal-only', 'update', 'told',      'second',    'none',    'none'),
  row('internal-only', 'update', 'same-mode', 'second',    'none',    'none'),
  row('internal-only', 'delete', 'told',      'cancelled', 'none',    'none'),
  row('internal-only', 'delete', 'same-mode', 'cancelled', 'none',    'none'),

  row('external-only', 'create', 'nothing',   'absent',    'none',    'REQUEST'),
  row('external-only', 'update', 'told',      'first',     'none',    'REQUEST'),
  row('external-only', 'update', 'same-mode', 'absent',    'none',    'REQUEST'),
  row('external-only', 'delete', 'told',      'first',     'none',    'CANCEL'),
  row('external-only', 'delete', 'same-mode', 'absent',    'none',    'CANCEL'),
];

/** The row for a case. In mode `all`, `same-mode` is `told`. */
export function draftRow(mode: DraftMode, method: DraftMethod, before: Before): DraftRow {
  const asked = mode === 'all' && before === 'same-mode' ? 'told' : before;
  const found = DRAFT_TABLE.find((one) => one.mode === mode && one.method === method && one.before === asked);
  if (found === undefined) throw new Error(`The draft table has no row for ${mode}, ${method} after ${before}.`);
  return found;
}

export interface MeetingPeople {
  /** Calendar user addresses with their scheme, e.g. `mailto:alice@example.com`. */
  readonly alice: string;
  readonly bob: string;
  readonly carol: string;
}

export const DAN = 'mailto:dan@partner.test';
export const ERIN = 'mailto:erin@customer.test';

/** The start of a version, in UTC; always in the coming year, since servers keep quiet about what is over. */
export function startOf(version: 'first' | 'second'): string {
  return `${new Date().getUTCFullYear() + 1}0${version === 'first' ? '3' : '4'}10T100000Z`;
}

/** The meeting of the table as a backup holds it. The second version is moved by a month. */
export function meetingText(uid: string, version: 'first' | 'second', people: MeetingPeople): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hushcal tests//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T090000Z',
    // Cyrus delivers a first SEQUENCE:0 as 1, and leaves no inbox item for an update with the same number.
    `SEQUENCE:${version === 'first' ? 0 : 2}`,
    `DTSTART:${startOf(version)}`,
    'DURATION:PT1H',
    'SUMMARY:Budget round',
    `ORGANIZER:${people.alice}`,
    `ATTENDEE;PARTSTAT=ACCEPTED:${people.alice}`,
    ...[people.bob, people.carol, DAN, ERIN].map((guest) => `ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:${guest}`),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}
