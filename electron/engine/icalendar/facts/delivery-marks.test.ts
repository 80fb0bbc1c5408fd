import { describe, expect, it } from 'vitest';
import { deliveryMarks } from './delivery-marks.ts';

const object = (...lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:a', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

describe('marks of delivery', () => {
  it('are read from organizer and guests, folded, quoted, in any case, with any line end', () => {
    const text = object(
      'ORGANIZER;SCHEDULE-STATUS=2.0:mailto:o@x.test',
      'ATTENDEE;CN="a;SCHEDULE-STATUS=9";schedule-status="1.2,1.1":mailto:a@x.test',
      'ATTENDEE;SCHED\r\n ULE-STATUS=1.1:mailto:b@x.test',
      'ATTENDEE;CN="SCHEDULE-STATUS=1.1":mailto:c@x.test',
      'DESCRIPTION:SCHEDULE-STATUS=1.1',
    );
    const expected = [
      { role: 'organizer', address: 'mailto:o@x.test', status: '2.0' },
      { role: 'attendee', address: 'mailto:a@x.test', status: '1.2' },
      { role: 'attendee', address: 'mailto:a@x.test', status: '1.1' },
      { role: 'attendee', address: 'mailto:b@x.test', status: '1.1' },
    ];
    expect(deliveryMarks(text)).toEqual(expected);
    expect(deliveryMarks(text.replaceAll('\r\n', '\n'))).toEqual(expected);
  });

  it('are none where there are none', () => {
    expect(deliveryMarks(object('ATTENDEE:mailto:a@x.test'))).toEqual([]);
  });
});
