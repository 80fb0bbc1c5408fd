import { refuse, type Answer } from '../http/answer.ts';
import { occurrences, type TimeRange } from '../ical/occurrences.ts';
import { parseCalendar, property } from '../ical/reader.ts';
import { parseTime } from '../ical/times.ts';
import type { Collection } from '../store/model.ts';
import { CALDAV, element } from '../xml/names.ts';
import { childOf, type XmlElement } from '../xml/parse.ts';

const stamp = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, '');

function rangeOf(body: XmlElement): TimeRange {
  const range = childOf(body, CALDAV, 'time-range');
  const start = parseTime(range?.attributes['start'] ?? '');
  const end = parseTime(range?.attributes['end'] ?? '');
  if (start === null || end === null || end.wall <= start.wall) {
    throw refuse(403, element(CALDAV, 'valid-filter'), 'free-busy-query needs a time-range with start and end.');
  }
  return { start: start.wall, end: end.wall };
}

/** free-busy-query (RFC 4791 §7.10): opaque events that are not cancelled. */
export function freeBusy(body: XmlElement, collection: Collection): Answer {
  const range = rangeOf(body);
  const lines = [`DTSTART:${stamp(range.start)}`, `DTEND:${stamp(range.end)}`];
  for (const object of collection.objects.values()) {
    if (object.component !== 'VEVENT') continue;
    for (const { start, end, of } of occurrences(parseCalendar(object.text), 'VEVENT', range)) {
      const status = property(of, 'STATUS')?.value.toUpperCase();
      if (status === 'CANCELLED' || property(of, 'TRANSP')?.value.toUpperCase() === 'TRANSPARENT') continue;
      const kind = status === 'TENTATIVE' ? 'BUSY-TENTATIVE' : 'BUSY';
      const [from, to] = [Math.max(start, range.start), Math.min(end, range.end)];
      lines.push(`FREEBUSY;FBTYPE=${kind}:${stamp(from)}/${stamp(to)}`);
    }
  }
  const all = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hushcal//Practice//EN',
    'BEGIN:VFREEBUSY',
    ...lines,
    'END:VFREEBUSY',
    'END:VCALENDAR',
  ];
  return {
    status: 200,
    headers: { 'Content-Type': 'text/calendar; charset=utf-8' },
    body: all.map((line) => `${line}\r\n`).join(''),
  };
}
