import { refuse, type Answer } from '../../http/answer.ts';
import { occurrences, type TimeRange } from '../../ical/occurrences.ts';
import { parseCalendar, property } from '../../ical/reader.ts';
import { parseTime, utcStamp } from '../../ical/times.ts';
import type { Collection } from '../../store/model.ts';
import { CALDAV, element, key } from '../../xml/names.ts';
import { childOf, type XmlElement } from '../../xml/parse.ts';

function rangeOf(body: XmlElement): TimeRange {
  const range = childOf(body, CALDAV, 'time-range');
  const start = parseTime(range?.attributes['start'] ?? '');
  const end = parseTime(range?.attributes['end'] ?? '');
  if (start === null || end === null || end.wall <= start.wall) {
    throw refuse(403, element(CALDAV, 'valid-filter'), 'free-busy-query needs a time-range with start and end.');
  }
  return { start: start.wall, end: end.wall };
}

/** Whether a calendar counts for other people (RFC 6638 §9.1). */
export const isOpaque = (collection: Collection): boolean =>
  collection.kind === 'calendar' &&
  !(collection.properties.get(key(CALDAV, 'schedule-calendar-transp')) ?? '').includes('<transparent');

/** The FREEBUSY lines of a calendar: opaque events that are not cancelled. */
export function busyLines(collection: Collection, range: TimeRange): string[] {
  const lines: string[] = [];
  for (const object of collection.objects.values()) {
    if (object.component !== 'VEVENT') continue;
    for (const { start, end, of } of occurrences(parseCalendar(object.text), 'VEVENT', range)) {
      const status = property(of, 'STATUS')?.value.toUpperCase();
      if (status === 'CANCELLED' || property(of, 'TRANSP')?.value.toUpperCase() === 'TRANSPARENT') continue;
      const kind = status === 'TENTATIVE' ? 'BUSY-TENTATIVE' : 'BUSY';
      const [from, to] = [Math.max(start, range.start), Math.min(end, range.end)];
      lines.push(`FREEBUSY;FBTYPE=${kind}:${utcStamp(from)}/${utcStamp(to)}`);
    }
  }
  return lines;
}

/** A calendar with one VFREEBUSY. `head` stands before its components, e.g. METHOD. */
export function freeBusyText(range: TimeRange, head: readonly string[], lines: readonly string[]): string {
  const all = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hushcal//Practice//EN',
    ...head,
    'BEGIN:VFREEBUSY',
    `DTSTART:${utcStamp(range.start)}`,
    `DTEND:${utcStamp(range.end)}`,
    ...lines,
    'END:VFREEBUSY',
    'END:VCALENDAR',
  ];
  return all.map((text) => `${text}\r\n`).join('');
}

/** free-busy-query (RFC 4791 §7.10). */
export function freeBusy(body: XmlElement, collection: Collection): Answer {
  const range = rangeOf(body);
  return {
    status: 200,
    headers: { 'Content-Type': 'text/calendar; charset=utf-8' },
    body: freeBusyText(range, [], busyLines(collection, range)),
  };
}
