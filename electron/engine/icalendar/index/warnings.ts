import type { Finding } from '../../../../shared/model/plan.ts';
import type { ContentLine } from '../lines.ts';
import { rawValue } from '../lines.ts';
import { whenOf } from '../zones/when.ts';

const DATE_ONLY = /^\d{8}$/;

/** Things that are sent as they are, but that a server or a person may stumble over. */
export function addWarnings(lines: readonly ContentLine[], firstLine: number, findings: Finding[]): void {
  const warn = (code: string, message: string, at: number): void => {
    findings.push({ kind: 'warning', code, message, line: firstLine + at });
  };
  let organizer = false;
  let attendee = -1;
  let depth = 0;
  const times = new Map<string, ContentLine>();
  for (const line of lines) {
    if (line.name === 'BEGIN') depth += 1;
    else if (line.name === 'END') depth -= 1;
    else if (depth === 1 && line.name === 'ORGANIZER') organizer = true;
    else if (depth === 1 && line.name === 'ATTENDEE') attendee = attendee < 0 ? line.at : attendee;
    else if (depth === 1 && TIMES.has(line.name)) {
      times.set(line.name, line);
      if (line.name !== 'DURATION') warnOfDate(line, warn);
    } else if (depth > 1 && line.name === 'ACTION' && rawValue(line.text).trim().toUpperCase() === 'EMAIL') {
      warn('alarm-email', 'An alarm sends mail; the server may send it when the event is restored.', line.at);
    }
  }
  warnOfEnd(times, warn);
  if (attendee >= 0 && !organizer) {
    warn('guests-without-organizer', 'There are guests but no organizer.', attendee);
  }
}

const TIMES = new Set(['DTSTART', 'DTEND', 'DUE', 'DURATION']);

/** RFC 5545 §3.6.1, §3.8.2.2: an end is later than its start and of its type, and DURATION stands instead of it. */
function warnOfEnd(
  times: ReadonlyMap<string, ContentLine>,
  warn: (code: string, message: string, at: number) => void,
): void {
  const start = times.get('DTSTART');
  const end = times.get('DTEND') ?? times.get('DUE');
  const duration = times.get('DURATION');
  if (duration !== undefined) {
    if (end !== undefined) warn('end-and-duration', `There are both ${end.name} and DURATION.`, duration.at);
    if (rawValue(duration.text).trim().startsWith('-')) {
      warn('ends-before-start', 'It ends before it starts: its DURATION is negative.', duration.at);
    }
  }
  if (start === undefined || end === undefined) return;
  const [from, to] = [rawValue(start.text).trim(), rawValue(end.text).trim()];
  if (DATE_ONLY.test(from) !== DATE_ONLY.test(to)) {
    warn('mixed-types', `DTSTART and ${end.name} are not both dates, or not both times.`, end.at);
  } else if (endsBefore(start, from, end, to)) warn('ends-before-start', 'It ends before it starts.', end.at);
}

/** Of the same zone, the values as written compare like their moments. */
function endsBefore(start: ContentLine, from: string, end: ContentLine, to: string): boolean {
  const headOf = ({ name, text }: ContentLine, value: string): string => text.slice(name.length, -value.length);
  if (to >= from && headOf(start, from) === headOf(end, to)) return false;
  const [a, b] = [whenOf(start), whenOf(end)];
  return a !== null && b !== null && b.ms < a.ms;
}

function warnOfDate(line: ContentLine, warn: (code: string, message: string, at: number) => void): void {
  const value = rawValue(line.text).trim();
  if (!/^\d{8}(T\d{6}Z?)?$/i.test(value)) {
    warn('date-unreadable', `${line.name} is no date or time: "${value.slice(0, 40)}".`, line.at);
  }
}
