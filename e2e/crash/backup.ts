/** A meeting or an appointment of alice's, as lines; `people` are guests beside her. */
interface Entry {
  readonly uid: string;
  readonly title: string;
  readonly people?: readonly string[];
  readonly sequence?: number;
  readonly modified?: string;
}

/** Two guests with a calendar on the server, two without. */
const INSIDE = ['bob@example.com', 'carol@example.com'] as const;
const OUTSIDE = ['dora@elsewhere.test', 'emil@elsewhere.test'] as const;
const PEOPLE = [...INSIDE, ...OUTSIDE];

function lines({ uid, title, people = [], sequence = 0, modified = '20260101T000000Z' }: Entry): readonly string[] {
  const guests = people.length === 0 ? [] : ['ORGANIZER:mailto:alice@example.com', ...people.map(attendee)];
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${modified}`,
    `LAST-MODIFIED:${modified}`,
    `SEQUENCE:${sequence}`,
    'DTSTART:20370105T090000Z',
    'DTEND:20370105T100000Z',
    `SUMMARY:${title}`,
    ...guests,
    'END:VEVENT',
  ];
}

function attendee(address: string): string {
  return `ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${address}`;
}

function calendar(entries: readonly Entry[]): string {
  const body = entries.flatMap(lines);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//crash//EN', ...body, 'END:VCALENDAR', ''].join('\r\n');
}

const LATER = { sequence: 1, modified: '20260201T000000Z' } as const;
const LATEST = { sequence: 2, modified: '20260301T000000Z' } as const;

const SAME: readonly Entry[] = [
  { uid: 'same-meeting', title: 'Weekly', people: PEOPLE },
  { uid: 'same-alone', title: 'Dentist' },
];

/** What the backup holds: six to create, three to update, two unchanged, one that is newer on the server. */
export const BACKUP = calendar([
  { uid: 'new-meeting', title: 'Kick-off', people: PEOPLE },
  { uid: 'new-inside', title: 'One to one', people: [INSIDE[0]] },
  { uid: 'new-outside', title: 'Call', people: OUTSIDE },
  { uid: 'new-second', title: 'Review', people: PEOPLE },
  { uid: 'new-alone', title: 'Gym' },
  { uid: 'new-todo-like', title: 'Write the report, é' },
  { uid: 'old-meeting', title: 'Moved', people: PEOPLE, ...LATER },
  { uid: 'old-inside', title: 'Renamed', people: INSIDE, ...LATER },
  { uid: 'old-alone', title: 'Lunch at two', ...LATER },
  ...SAME,
  { uid: 'conflict', title: 'As it was', people: PEOPLE, ...LATER },
]);

/** What the calendar holds before: one object each. */
export const BEFORE: ReadonlyMap<string, string> = new Map(
  [
    { uid: 'old-meeting', title: 'Planned', people: PEOPLE },
    { uid: 'old-inside', title: 'Working title', people: INSIDE },
    { uid: 'old-alone', title: 'Lunch' },
    ...SAME,
    { uid: 'conflict', title: 'As somebody changed it', people: PEOPLE, ...LATEST },
    { uid: 'not-in-backup', title: 'Mine', people: PEOPLE },
  ].map((entry) => [`${entry.uid}.ics`, calendar([entry])]),
);

/** What an unkilled restore ends with. */
export const TOTALS = { created: 6, updated: 3, unchanged: 2, conflict: 1 } as const;

const THREE: readonly Entry[] = ['first', 'second', 'third'].map((uid) => ({ uid, title: uid, people: PEOPLE }));

/** Three meetings with all guests; `changed`: newer than those of THREE_BEFORE. */
export function three(changed: boolean): string {
  return calendar(changed ? THREE.map((entry) => ({ ...entry, title: `${entry.title} moved`, ...LATER })) : THREE);
}

export const THREE_BEFORE: ReadonlyMap<string, string> = new Map(
  THREE.map((entry) => [`${entry.uid}.ics`, calendar([entry])]),
);
