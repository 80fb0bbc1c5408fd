/** What a sample object is made of; times are `YYYYMMDDTHHMMSS` in the zone, or `YYYYMMDD` for whole days. */
export interface Sample {
  readonly uid: string;
  readonly summary: string;
  readonly start?: string;
  readonly end?: string;
  readonly kind?: 'VEVENT' | 'VTODO';
  readonly location?: string;
  readonly description?: string;
  readonly organizer?: string;
  /** `user` or a mail address → PARTSTAT. */
  readonly guests?: Readonly<Record<string, string>>;
  /** More lines of the master, unfolded. */
  readonly lines?: readonly string[];
  readonly overrides?: readonly SampleOverride[];
  readonly alarmMinutes?: number;
}

interface SampleOverride {
  readonly at: string;
  readonly start: string;
  readonly end: string;
  readonly summary?: string;
}

const ZONE = 'Europe/Berlin';

/** The zone definition that goes with the sample times. */
export const ZONE_LINES: readonly string[] = [
  'BEGIN:VTIMEZONE',
  `TZID:${ZONE}`,
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'TZNAME:CEST',
  'DTSTART:19700329T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'TZNAME:CET',
  'DTSTART:19701025T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
];

const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  alice: ['Alice Archer', 'alice@example.com'],
  'alice.archer': ['Alice Archer', 'alice.archer@example.com'],
  bob: ['Bob Baker', 'bob@example.com'],
  carol: ['Carol Carter', 'carol@example.com'],
  eve: ['Eve Elsewhere', 'eve@elsewhere.test'],
  pat: ['Pat Partner', 'pat@partner.test'],
  olga: ['Olga Outside', 'olga@elsewhere.test'],
};

const person = (who: string): readonly [string, string] => NAMES[who] ?? [who, who];
const escape = (text: string): string => text.replace(/[\\;,]/g, (c) => `\\${c}`).replace(/\n/g, '\\n');

function time(name: string, value: string): string {
  if (!value.includes('T')) return `${name};VALUE=DATE:${value}`;
  return value.endsWith('Z') ? `${name}:${value}` : `${name};TZID=${ZONE}:${value}`;
}

function people(sample: Sample): string[] {
  if (sample.organizer === undefined) return [];
  const [name, mail] = person(sample.organizer);
  const guests = Object.entries(sample.guests ?? {}).map(([who, answer]) => {
    const [guestName, guestMail] = person(who);
    const rsvp = answer === 'NEEDS-ACTION' ? ';RSVP=TRUE' : '';
    return `ATTENDEE;CN=${guestName};ROLE=REQ-PARTICIPANT;PARTSTAT=${answer}${rsvp}:mailto:${guestMail}`;
  });
  const chair = `ATTENDEE;CN=${name};ROLE=CHAIR;PARTSTAT=ACCEPTED:mailto:${mail}`;
  return [`ORGANIZER;CN=${name}:mailto:${mail}`, chair, ...guests];
}

/** The lines of a sample's components, unfolded. */
export function componentLines(sample: Sample, stamp: string): string[] {
  const kind = sample.kind ?? 'VEVENT';
  const shared = (summary: string): string[] => [
    `SUMMARY:${escape(summary)}`,
    ...(sample.location === undefined ? [] : [`LOCATION:${escape(sample.location)}`]),
    ...(sample.description === undefined ? [] : [`DESCRIPTION:${escape(sample.description)}`]),
    ...people(sample),
  ];
  const head = [`UID:${sample.uid}`, `DTSTAMP:${stamp}`];
  const alarm =
    sample.alarmMinutes === undefined
      ? []
      : [
          'BEGIN:VALARM',
          'ACTION:DISPLAY',
          `DESCRIPTION:${escape(sample.summary)}`,
          `TRIGGER:-PT${String(sample.alarmMinutes)}M`,
          'END:VALARM',
        ];
  const ends = kind === 'VTODO' ? 'DUE' : 'DTEND';
  return [
    `BEGIN:${kind}`,
    ...head,
    ...(sample.start === undefined ? [] : [time('DTSTART', sample.start)]),
    ...(sample.end === undefined ? [] : [time(ends, sample.end)]),
    ...(sample.lines ?? []),
    ...shared(sample.summary),
    ...alarm,
    `END:${kind}`,
    ...(sample.overrides ?? []).flatMap((o) => [
      `BEGIN:${kind}`,
      ...head,
      time('RECURRENCE-ID', o.at),
      time('DTSTART', o.start),
      time(ends, o.end),
      ...shared(o.summary ?? sample.summary),
      `END:${kind}`,
    ]),
  ];
}

/** Folds at 75 octets (ASCII is enough to count where the text is ASCII). */
function folded(line: string): string {
  const out: string[] = [];
  let rest = line;
  while (Buffer.byteLength(rest) > 74) {
    let cut = 74;
    while (Buffer.byteLength(rest.slice(0, cut)) > 74) cut--;
    out.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...out, rest].join('\r\n ');
}

export const joinLines = (lines: readonly string[]): string => lines.map((line) => `${folded(line)}\r\n`).join('');

/** One sample as a calendar object of its own. */
export function objectText(sample: Sample, stamp: string): string {
  const lines = componentLines(sample, stamp);
  const zone = lines.some((line) => line.includes(`TZID=${ZONE}`)) ? ZONE_LINES : [];
  return joinLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hushcal//Practice//EN',
    ...zone,
    ...lines,
    'END:VCALENDAR',
  ]);
}
