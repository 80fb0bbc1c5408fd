/** The words that the events of prediction-events.ts are written in. Imports nothing. */
export interface PredictionEvent {
  readonly name: string;
  /** What is created; `UID` stands for the event's own. */
  readonly first: string;
  /** What it becomes; the same text where nothing changes. */
  readonly second: string;
  /** What bob has of it beforehand, put there without telling anybody. */
  readonly atBob?: string;
}

export const [ALICE, OTHER, BOB, CAROL] = [
  'alice@example.com',
  'alice.archer@example.com',
  'bob@example.com',
  'carol@example.com',
];
export const [EXT, EXT2, BOSS] = ['ext@other.test', 'ext2@partner.test', 'boss@other.test'];

type Lines = readonly string[];

export const calendar = (...components: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Hushcal tests//EN', ...components, 'END:VCALENDAR', ''].join('\r\n');
export const vevent = (...lines: Lines): string =>
  ['BEGIN:VEVENT', 'UID:UID', 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'].join('\r\n');
export const by = (address: string, more = ''): string => `ORGANIZER${more}:mailto:${address}`;
export const to = (address: string, more = ''): string => `ATTENDEE${more}:mailto:${address}`;

export const YES = ';PARTSTAT=ACCEPTED';
export const NO = ';PARTSTAT=DECLINED';
export const ASKED = ';PARTSTAT=NEEDS-ACTION';
export const MAYBE = ';PARTSTAT=TENTATIVE';
export const CLIENT = ';SCHEDULE-AGENT=CLIENT';
export const NONE = ';SCHEDULE-AGENT=NONE';

export const span = (day: string, hour = 10): Lines => [
  `DTSTART:${day}T${String(hour)}0000Z`,
  `DTEND:${day}T${String(hour + 1)}0000Z`,
];
export const TITLE = 'SUMMARY:Budget round';
const AT = [...span('20310107'), TITLE];
/** A change with a higher SEQUENCE, as an organizer's program makes it. */
const LATER = [...span('20310107', 15), TITLE, 'SEQUENCE:2'];
export const PAST = [...span('20200107'), TITLE];
export const PAST_LATER = [...span('20200107', 15), TITLE, 'SEQUENCE:2'];

/** A day so many days ago, as `20261121`. */
export function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
}

export const one = (...lines: Lines): string => calendar(vevent(...AT, ...lines));
export const late = (...lines: Lines): string => calendar(vevent(...LATER, ...lines));

/** Created, then moved to the afternoon. */
export const moved = (name: string, ...lines: Lines): PredictionEvent => ({
  name,
  first: one(...lines),
  second: late(...lines),
});
export const changed = (name: string, first: string, second: string): PredictionEvent => ({ name, first, second });

export const MINE = [by(ALICE), to(ALICE, YES)];
export const BOTH = [...MINE, to(BOB), to(EXT)];
export const from = (answer: string, ...more: Lines): Lines => [by(BOSS), to(BOSS, YES), to(ALICE, answer), ...more];

export const WEEKLY = 'RRULE:FREQ=WEEKLY;COUNT=5';
export const instance = (id: string, start: Lines, ...lines: Lines): string =>
  vevent(`RECURRENCE-ID:${id}T100000Z`, ...start, TITLE, ...lines);
export const series = (people: Lines, more: Lines = [], ...overrides: readonly string[]): string =>
  calendar(vevent(...AT, WEEKLY, ...more, ...people), ...overrides);
export const SECOND_WEEK = '20310114';

export const BERLIN = [
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Berlin',
  'BEGIN:STANDARD',
  'DTSTART:19701025T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:19700329T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
].join('\r\n');
export const inBerlin = (hour: number): Lines => [
  `DTSTART;TZID=Europe/Berlin:20310107T${String(hour)}0000`,
  `DTEND;TZID=Europe/Berlin:20310107T${String(hour + 1)}0000`,
];
export const alarm = (minutes: number): Lines => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  'DESCRIPTION:Soon',
  `TRIGGER:-PT${String(minutes)}M`,
  'END:VALARM',
];
export const MAIL_ALARM: Lines = [
  'BEGIN:VALARM',
  'ACTION:EMAIL',
  'DESCRIPTION:Soon',
  'SUMMARY:Soon',
  `ATTENDEE:mailto:${ALICE}`,
  'TRIGGER:-PT10M',
  'END:VALARM',
];
