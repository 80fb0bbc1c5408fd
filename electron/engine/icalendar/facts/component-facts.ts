import type { ContentLine } from '../lines.ts';
import { decodeCopy, parameter, parameters, rawValue, unescapeText } from '../lines.ts';
import type { CalendarUser, When } from '../types.ts';
import { durationMs, endOf, readWhen, whenOf } from '../zones/when.ts';
import type { ZoneOffset } from '../zones/zone-offset.ts';

/** What one component says, read in one walk over its own lines (not those of its alarms). */
export interface ComponentFacts {
  kind: string;
  uid: string;
  recurrenceId: When | null;
  title: string;
  location: string;
  start: When | null;
  end: When | null;
  durationMs: number | null;
  rrules: string[];
  /** RDATEs in milliseconds. */
  rdates: number[];
  /** Latest RDATE in milliseconds, null when there is none. */
  lastRdate: number | null;
  /** EXDATEs in milliseconds. */
  excluded: number[];
  /** An alarm inside it sends mail. */
  mailAlarm: boolean;
  organizer: CalendarUser | null;
  attendees: CalendarUser[];
  /** STATUS:CANCELLED. */
  cancelled: boolean;
  sequence: number;
  dtstamp: number | null;
  lastModified: number | null;
  created: number | null;
}

/** Reads the component whose BEGIN is the first line. */
export function readFacts(lines: readonly ContentLine[], offset?: ZoneOffset): ComponentFacts {
  const facts: ComponentFacts = {
    kind: '',
    uid: '',
    recurrenceId: null,
    title: '',
    location: '',
    start: null,
    end: null,
    durationMs: null,
    rrules: [],
    rdates: [],
    lastRdate: null,
    excluded: [],
    mailAlarm: false,
    organizer: null,
    attendees: [],
    cancelled: false,
    sequence: 0,
    dtstamp: null,
    lastModified: null,
    created: null,
  };
  let depth = 0;
  for (const line of lines) {
    if (line.name === 'BEGIN') {
      depth += 1;
      if (depth === 1) facts.kind = rawValue(line.text).trim().toUpperCase();
    } else if (line.name === 'END') depth -= 1;
    else if (depth === 1) READERS[line.name]?.(facts, line, offset);
    else if (line.name === 'ACTION' && sendsMail(line)) facts.mailAlarm = true;
  }
  return facts;
}

/** `ACTION:EMAIL` (RFC 5545 §3.8.6.1). */
export function sendsMail(line: ContentLine): boolean {
  return line.name === 'ACTION' && rawValue(line.text).trim().toUpperCase() === 'EMAIL';
}

type Reader = (facts: ComponentFacts, line: ContentLine, offset?: ZoneOffset) => void;

const READERS: Readonly<Record<string, Reader | undefined>> = {
  UID: (facts, line) => {
    if (facts.uid === '') facts.uid = readText(line).trim();
  },
  'RECURRENCE-ID': (facts, line, offset) => (facts.recurrenceId = whenOf(line, offset)),
  SUMMARY: (facts, line) => (facts.title = readText(line)),
  LOCATION: (facts, line) => (facts.location = readText(line)),
  DTSTART: (facts, line, offset) => (facts.start = whenOf(line, offset)),
  DTEND: (facts, line, offset) => (facts.end = whenOf(line, offset)),
  DUE: (facts, line, offset) => (facts.end = whenOf(line, offset)),
  DURATION: (facts, line) => (facts.durationMs = durationMs(rawValue(line.text))),
  RRULE: (facts, line) => {
    facts.rrules.push(rawValue(line.text));
  },
  RDATE: readRdate,
  EXDATE: readExdate,
  ORGANIZER: (facts, line) => (facts.organizer ??= readUser(line)),
  ATTENDEE: (facts, line) => {
    facts.attendees.push(readUser(line));
  },
  STATUS: (facts, line) => (facts.cancelled = rawValue(line.text).trim().toUpperCase() === 'CANCELLED'),
  SEQUENCE: (facts, line) => (facts.sequence = Number.parseInt(rawValue(line.text), 10) || 0),
  DTSTAMP: (facts, line, offset) => (facts.dtstamp = whenOf(line, offset)?.ms ?? null),
  'LAST-MODIFIED': (facts, line, offset) => (facts.lastModified = whenOf(line, offset)?.ms ?? null),
  CREATED: (facts, line, offset) => (facts.created = whenOf(line, offset)?.ms ?? null),
};

function readText(line: ContentLine): string {
  return decodeCopy(unescapeText(rawValue(line.text)));
}

function readUser(line: ContentLine): CalendarUser {
  const given = parameters(line.text);
  const one = (name: string): string | null => {
    const value = given.find((each) => each.name === name)?.values[0];
    return value === undefined || value === '' ? null : decodeCopy(value);
  };
  return {
    address: decodeCopy(rawValue(line.text)).trim(),
    name: one('CN'),
    partstat: one('PARTSTAT')?.toUpperCase() ?? null,
    scheduleAgent: one('SCHEDULE-AGENT')?.toUpperCase() ?? null,
    cutype: one('CUTYPE')?.toUpperCase() ?? null,
  };
}

function readRdate(facts: ComponentFacts, line: ContentLine, offset?: ZoneOffset): void {
  const zone = parameter(line.text, 'TZID');
  for (const value of rawValue(line.text).split(',')) {
    const when = readWhen(value, zone, offset);
    if (when === null) continue;
    facts.rdates.push(when.ms);
    facts.lastRdate = Math.max(facts.lastRdate ?? -Infinity, when.ms);
  }
}

function readExdate(facts: ComponentFacts, line: ContentLine, offset?: ZoneOffset): void {
  const zone = parameter(line.text, 'TZID');
  for (const value of rawValue(line.text).split(',')) {
    const when = readWhen(value, zone, offset);
    if (when !== null) facts.excluded.push(when.ms);
  }
}

/** How long one instance lasts, in milliseconds. */
export function lengthMs(facts: ComponentFacts): number {
  if (facts.start === null) return 0;
  if (facts.end !== null) return Math.max(facts.end.ms - facts.start.ms, 0);
  return facts.durationMs ?? endOf(facts.start) - facts.start.ms;
}
