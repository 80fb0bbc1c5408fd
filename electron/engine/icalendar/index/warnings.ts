import type { Finding } from '../../../../shared/model/plan.ts';
import type { ContentLine } from '../lines.ts';
import { parameter, rawValue } from '../lines.ts';

const DATE_ONLY = /^\d{8}$/;

/** Things that are sent as they are, but that a server or a person may stumble over. */
export function addWarnings(lines: readonly ContentLine[], firstLine: number, findings: Finding[]): void {
  const warn = (code: string, message: string, at: number): void => {
    findings.push({ kind: 'warning', code, message, line: firstLine + at });
  };
  let organizer = false;
  let attendee = -1;
  let depth = 0;
  for (const line of lines) {
    if (line.name === 'BEGIN') depth += 1;
    else if (line.name === 'END') depth -= 1;
    else if (line.name === '') warn('not-a-property', 'A line that is no property is sent as it is.', line.at);
    else if (depth === 1 && line.name === 'ORGANIZER') organizer = true;
    else if (depth === 1 && line.name === 'ATTENDEE') attendee = attendee < 0 ? line.at : attendee;
    else if (depth === 1 && (line.name === 'DTSTART' || line.name === 'DTEND')) warnOfDate(line, warn);
    else if (depth > 1 && line.name === 'ACTION' && rawValue(line.text).trim().toUpperCase() === 'EMAIL') {
      warn('alarm-email', 'An alarm sends mail; the server may send it when the event is restored.', line.at);
    }
  }
  if (attendee >= 0 && !organizer) {
    warn('guests-without-organizer', 'There are guests but no organizer.', attendee);
  }
}

function warnOfDate(line: ContentLine, warn: (code: string, message: string, at: number) => void): void {
  const value = rawValue(line.text).trim();
  if (DATE_ONLY.test(value) && parameter(line.text, 'VALUE')?.toUpperCase() !== 'DATE') {
    warn('date-without-value', `${line.name} is a date without VALUE=DATE.`, line.at);
  } else if (!/^\d{8}(T\d{6}Z?)?$/i.test(value)) {
    warn('date-unreadable', `${line.name} is no date or time: "${value.slice(0, 40)}".`, line.at);
  }
}
