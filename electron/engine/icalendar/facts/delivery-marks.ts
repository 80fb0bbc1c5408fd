import { parameters, rawValue, splitLines } from '../lines.ts';

/** A server's note that it told somebody, or tried to (RFC 6638 §3.2.9, §7.3). */
export interface DeliveryMark {
  readonly role: 'organizer' | 'attendee';
  /** As written. */
  readonly address: string;
  /** `1.2` and the like; where several stand in one parameter, each makes a mark. */
  readonly status: string;
}

/** Every SCHEDULE-STATUS in a calendar object, of all its components. */
export function deliveryMarks(text: string): readonly DeliveryMark[] {
  if (!/SCHEDULE-STATUS/i.test(unfolded(text))) return [];
  const marks: DeliveryMark[] = [];
  for (const line of splitLines(text.replace(/\r?\n/g, '\r\n'))) {
    if (line.name !== 'ORGANIZER' && line.name !== 'ATTENDEE') continue;
    const role = line.name === 'ORGANIZER' ? 'organizer' : 'attendee';
    const address = rawValue(line.text).trim();
    for (const { name, values } of parameters(line.text)) {
      if (name !== 'SCHEDULE-STATUS') continue;
      for (const status of values.flatMap((value) => value.split(','))) {
        marks.push({ role, address, status: status.trim() });
      }
    }
  }
  return marks;
}

/** A fold may stand in the middle of the parameter's name. */
function unfolded(text: string): string {
  return text.replace(/\r?\n[ \t]/g, '');
}
