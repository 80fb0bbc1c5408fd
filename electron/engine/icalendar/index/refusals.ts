import type { CalendarHeader } from '../scan/calendar-table.ts';
import type { ComponentState } from '../scan/splitter.ts';

/** Why a component cannot become a resource: a stable code and one sentence for a person. */
export interface Refusal {
  readonly code: string;
  readonly reason: string;
}

interface Candidate {
  readonly kind: string;
  readonly state: ComponentState;
  readonly octets: number;
  readonly hasStart: boolean;
  readonly hasUid: boolean;
  readonly header: CalendarHeader;
}

/** Octets of one component: what no calendar server takes, and what still fits into memory many times over. */
const MAX_COMPONENT = 64 * 1024 * 1024;

const STORABLE = new Set(['VEVENT', 'VTODO', 'VJOURNAL', 'VPOLL', 'VAVAILABILITY', 'VFREEBUSY']);

/** iTIP messages that speak about an event without being it (RFC 5546 §1.4); a cancelled event still is one. */
const MESSAGES: ReadonlyMap<string, string> = new Map([
  ['REPLY', 'a reply to an invitation'],
  ['REFRESH', 'a request for a fresh copy of an event'],
  ['COUNTER', 'a counter-proposal to an invitation'],
  ['DECLINECOUNTER', 'a refusal of a counter-proposal'],
]);

/** Null when the component can be stored. Prefers sending with a warning: what is refused here could not be stored by any server. */
export function refusal(one: Candidate): Refusal | null {
  if (one.state === 'unfinished') {
    return { code: 'unfinished', reason: `This ${named(one.kind)} has no end: the file is cut off or damaged here.` };
  }
  if (one.state === 'unbalanced') {
    return { code: 'unbalanced', reason: `BEGIN and END lines inside this ${named(one.kind)} do not match.` };
  }
  if (one.state === 'too-deep') {
    return { code: 'too-deep', reason: `There are too many components inside each other in this ${named(one.kind)}.` };
  }
  if (one.state === 'long-key') {
    return {
      code: 'uid-too-long',
      reason: `The UID or the RECURRENCE-ID of this ${named(one.kind)} is longer than 8 KiB; give it a shorter one.`,
    };
  }
  const { cut } = one.header;
  if (cut !== null && cut !== 'PRODID') {
    return {
      code: 'header-too-long',
      reason: `${cut} of this calendar is longer than 64 KiB, so what it says is not known; shorten that line.`,
    };
  }
  if (isVcalendar1(one.header)) {
    return {
      code: 'vcalendar-1.0',
      reason: 'This is vCalendar 1.0, an older format that cannot be converted without loss; export it as iCalendar.',
    };
  }
  return refusedKind(one) ?? refusedContent(one);
}

/** CALSCALE and METHOD came with iCalendar 2.0: where they stand, VERSION:1.0 is a slip of the pen. */
function isVcalendar1(header: CalendarHeader): boolean {
  return header.version === '1.0' && header.calscale === null && header.method === null;
}

function refusedKind(one: Candidate): Refusal | null {
  if (one.kind === 'VTIMEZONE')
    return { code: 'only-time-zones', reason: 'There are only time zones here, no events.' };
  if (!STORABLE.has(one.kind)) {
    return {
      code: 'unknown-component',
      reason: `${article(one.kind)} ${named(one.kind)} cannot be stored in a calendar by itself.`,
    };
  }
  if (one.kind === 'VFREEBUSY' && (!one.hasUid || one.header.method !== null)) {
    return { code: 'free-busy', reason: 'This is a free/busy answer, which servers compute from events themselves.' };
  }
  return null;
}

function refusedContent(one: Candidate): Refusal | null {
  const message = one.header.method === null ? undefined : MESSAGES.get(one.header.method);
  if (message !== undefined) {
    return {
      code: 'scheduling-message',
      reason: `This is ${message} (METHOD:${one.header.method ?? ''}), not an event.`,
    };
  }
  if (one.octets > MAX_COMPONENT) {
    return { code: 'too-large', reason: 'This is larger than 64 MiB; no calendar server takes that.' };
  }
  if (one.kind === 'VEVENT' && !one.hasStart) {
    return { code: 'no-start', reason: 'This event has no DTSTART, so it has no place in a calendar.' };
  }
  return null;
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['VEVENT', 'event'],
  ['VTODO', 'task'],
  ['VJOURNAL', 'journal entry'],
  ['VALARM', 'alarm (VALARM)'],
  ['VTIMEZONE', 'time zone'],
  ['VFREEBUSY', 'free/busy block'],
]);

function named(kind: string): string {
  return NAMES.get(kind) ?? `component "${kind.slice(0, 40)}"`;
}

function article(kind: string): 'A' | 'An' {
  return /^[aeiou]/.test(named(kind)) ? 'An' : 'A';
}
