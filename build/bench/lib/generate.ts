import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** Small deterministic generator (mulberry32), so that every round works on the same bytes. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS = 'plan review budget site visit team call launch offer press print travel lunch survey audit'.split(' ');
const ZONE = [
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Vienna',
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'DTSTART:19700329T020000',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'DTSTART:19701025T030000',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'END:VTIMEZONE',
];

export interface EventShape {
  /** Events with an organizer and guests, 0–1. */
  readonly guests: number;
  /** Octets of description on average. */
  readonly description: number;
  /** Days over which they are spread, from 1 January 2030 on; 1500 where it is left out. */
  readonly days?: number;
}

/** About 1 KB each, like a real export: folded lines, guests, alarms, X-properties. */
export const REAL_SHAPE: EventShape = { guests: 0.4, description: 610 };
/** Without guests: nothing for a server to schedule. */
export const PLAIN_SHAPE: EventShape = { guests: 0, description: 610 };

/** The unfolded lines of event number `n`; the same for the same `n` and shape. */
function eventLines(n: number, shape: EventShape): string[] {
  const next = random(n + 1);
  const word = () => WORDS[Math.floor(next() * WORDS.length)] ?? 'event';
  const day = new Date(Date.UTC(2030, 0, 1) + Math.floor(next() * (shape.days ?? 1500)) * 86_400_000);
  const date = day.toISOString().slice(0, 10).replaceAll('-', '');
  const hour = String(8 + Math.floor(next() * 9)).padStart(2, '0');
  const lines = [
    'BEGIN:VEVENT',
    `UID:bench-${String(n)}@example.com`,
    'DTSTAMP:20260101T120000Z',
    'CREATED:20260101T120000Z',
    'LAST-MODIFIED:20260102T120000Z',
    `DTSTART;TZID=Europe/Vienna:${date}T${hour}0000`,
    `DTEND;TZID=Europe/Vienna:${date}T${hour}4500`,
    `SUMMARY:${word()} ${word()} ${String(n)}`,
    `LOCATION:Room ${String(Math.floor(next() * 40))}\\, second floor`,
    'SEQUENCE:0',
    'STATUS:CONFIRMED',
    'TRANSP:OPAQUE',
    'X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC',
  ];
  let text = '';
  while (text.length < shape.description * (0.5 + next())) text += `${word()} `;
  lines.push(`DESCRIPTION:${text.trim()}`);
  if (next() < shape.guests) {
    lines.push('ORGANIZER;CN=Alice Archer:mailto:alice@example.com');
    for (let guest = 0; guest < 3; guest += 1) {
      lines.push(
        `ATTENDEE;CN=Guest ${String(guest)};PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:mailto:guest${String(Math.floor(next() * 500))}@example.com`,
      );
    }
  }
  if (next() < 0.1) lines.push('RRULE:FREQ=WEEKLY;COUNT=10');
  if (next() < 0.3)
    lines.push('BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:Reminder', 'TRIGGER:-PT15M', 'END:VALARM');
  lines.push('END:VEVENT');
  return lines;
}

/** RFC 5545 §3.1 folding; the generator writes ASCII only. */
function fold(line: string): string {
  let rest = line;
  let folded = '';
  while (rest.length > 75) {
    folded += `${rest.slice(0, 74)}\r\n `;
    rest = rest.slice(74);
  }
  return `${folded}${rest}\r\n`;
}

const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Hushcal//Bench//EN', ...ZONE].map(fold).join('');
const tail = 'END:VCALENDAR\r\n';

/** One calendar object resource, ready to be PUT. */
export function resourceText(n: number, shape: EventShape): string {
  return head + eventLines(n, shape).map(fold).join('') + tail;
}

/** Writes one .ics of `count` events; resolves to the octets written. */
export async function writeCalendar(path: string, count: number, shape: EventShape): Promise<number> {
  const out = createWriteStream(path);
  let bytes = 0;
  const write = async (text: string): Promise<void> => {
    bytes += text.length;
    if (!out.write(text)) await once(out, 'drain');
  };
  await write(head);
  for (let n = 0; n < count; n += 500) {
    let chunk = '';
    for (let k = n; k < Math.min(n + 500, count); k += 1) chunk += eventLines(k, shape).map(fold).join('');
    await write(chunk);
  }
  await write(tail);
  out.end();
  await once(out, 'finish');
  return bytes;
}
