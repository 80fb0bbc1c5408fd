/** A meeting for a test. Times are local times of a day in March 2027 unless given. */
export interface Meeting {
  readonly uid?: string;
  readonly organizer?: string;
  /** `address` or `address PARAM=VALUE;…`. */
  readonly guests?: readonly string[];
  readonly summary?: string;
  readonly start?: string;
  readonly end?: string;
  /** More lines of the master. */
  readonly lines?: readonly string[];
  readonly overrides?: readonly Override[];
  /** Leaves the master out: only single instances are there. */
  readonly noMaster?: boolean;
  readonly component?: 'VEVENT' | 'VTODO';
}

interface Override {
  /** RECURRENCE-ID. */
  readonly at: string;
  readonly start?: string;
  readonly end?: string;
  readonly summary?: string;
  readonly guests?: readonly string[];
  readonly lines?: readonly string[];
}

const address = (a: string): string => (a.includes(':') ? a : `mailto:${a}`);

function guestLine(guest: string): string {
  const [who = '', parameters] = guest.split(' ');
  return `ATTENDEE${parameters === undefined ? '' : `;${parameters}`}:${address(who)}`;
}

function organizerLine(organizer: string): string {
  const [who = '', parameters] = organizer.split(' ');
  return `ORGANIZER${parameters === undefined ? '' : `;${parameters}`}:${address(who)}`;
}

const plusHour = (time: string): string =>
  time.replace(/T(\d\d)/, (_, hour: string) => `T${String(Number(hour) + 1).padStart(2, '0')}`);

/** The calendar object of a meeting, CRLF and all. */
export function meeting(m: Meeting = {}): string {
  const kind = m.component ?? 'VEVENT';
  const start = m.start ?? '20270301T100000Z';
  const guests = m.guests ?? [];
  const head = [`UID:${m.uid ?? 'meeting'}`, 'DTSTAMP:20270101T000000Z'];
  const people = (list: readonly string[]): string[] =>
    m.organizer === undefined ? list.map(guestLine) : [organizerLine(m.organizer), ...list.map(guestLine)];
  const times = (from: string, to: string): string[] => [
    `DTSTART:${from}`,
    `${kind === 'VTODO' ? 'DUE' : 'DTEND'}:${to}`,
  ];
  const wrap = (lines: readonly string[]): string[] => [`BEGIN:${kind}`, ...lines, `END:${kind}`];
  const master = wrap([
    ...head,
    ...times(start, m.end ?? plusHour(start)),
    `SUMMARY:${m.summary ?? 'Meeting'}`,
    ...people(guests),
    ...(m.lines ?? []),
  ]);
  const overrides = (m.overrides ?? []).flatMap((o) =>
    wrap([
      ...head,
      `RECURRENCE-ID:${o.at}`,
      ...times(o.start ?? o.at, o.end ?? plusHour(o.start ?? o.at)),
      `SUMMARY:${o.summary ?? m.summary ?? 'Meeting'}`,
      ...people(o.guests ?? guests),
      ...(o.lines ?? []),
    ]),
  );
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    ...(m.noMaster === true ? [] : master),
    ...overrides,
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}
