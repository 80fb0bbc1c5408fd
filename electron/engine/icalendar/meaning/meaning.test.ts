import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { copyUidFor, withNewUid } from '../rewrites/copy-uid.ts';
import { differingProperties } from '../summary/differences.ts';
import { fieldDifferences } from '../summary/field-differences.ts';
import { fingerprintOf, meaningBehind, meaningOf } from './meaning.ts';
import { summarise } from '../summary/summarise.ts';

function event(...lines: string[]): string {
  const all = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//a//EN',
    'BEGIN:VEVENT',
    'UID:1',
    'DTSTART:20260301T100000Z',
  ];
  return [...all, ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
}

describe('the same meaning, as servers re-write it', () => {
  test.each<[what: string, ours: string[], theirs: string[]]>([
    ['INTERVAL=1 dropped', ['RRULE:FREQ=WEEKLY;INTERVAL=1'], ['RRULE:FREQ=WEEKLY']],
    [
      'parts of a rule in another order',
      ['RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO,TU'],
      ['RRULE:BYDAY=TU,MO;FREQ=WEEKLY;COUNT=3'],
    ],
    ['WKST=MO and a plus sign', ['RRULE:FREQ=MONTHLY;WKST=MO;BYDAY=+1MO'], ['RRULE:FREQ=MONTHLY;BYDAY=1MO']],
    ['PRIORITY:05', ['PRIORITY:05'], ['PRIORITY:5']],
    ['\\N', ['DESCRIPTION:a\\Nb'], ['DESCRIPTION:a\\nb']],
    ['a comma escaped or not', ['SUMMARY:a, b'], ['SUMMARY:a\\, b']],
    ['needless escapes', ['DESCRIPTION:say \\"a\\:b\\"'], ['DESCRIPTION:say "a:b"']],
    ['white space around a text', ['SUMMARY: a'], ['SUMMARY:a']],
    ['a list of words in quotes', ['CONFERENCE;FEATURE=CHAT,PHONE:x:y'], ['CONFERENCE;FEATURE="CHAT,PHONE":x:y']],
    ['an empty parameter', ['EXDATE;;VALUE=DATE:20260302'], ['EXDATE;VALUE=DATE:20260302']],
    ['folding', ['SUMMARY:a long', '  title'], ['SUMMARY:a long title']],
    ['the order of properties', ['SUMMARY:a', 'LOCATION:b'], ['LOCATION:b', 'SUMMARY:a']],
    ['categories split', ['CATEGORIES:a,b'], ['CATEGORIES:b', 'CATEGORIES:a']],
    [
      'dates split',
      ['EXDATE:20260302T100000Z,20260303T100000Z'],
      ['EXDATE:20260303T100000Z', 'EXDATE:20260302T100000Z'],
    ],
    [
      'order and case of parameters',
      ['ATTENDEE;CN=B;RSVP=true:mailto:b@x.test'],
      ['ATTENDEE;rsvp=TRUE;cn=B:mailto:b@x.test'],
    ],
    [
      'defaults of a guest',
      ['ATTENDEE;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT:mailto:b@x.test'],
      ['ATTENDEE:MAILTO:B@x.test'],
    ],
    ['needless quotes', ['ATTENDEE;CN="B":mailto:b@x.test'], ['ATTENDEE;CN=B:mailto:b@x.test']],
    ['SCHEDULE-STATUS added', ['ATTENDEE:mailto:b@x.test'], ['ATTENDEE;SCHEDULE-STATUS="1.2":mailto:b@x.test']],
    ['CLASS, TRANSP and SEQUENCE by default', [], ['CLASS:PUBLIC', 'TRANSP:OPAQUE', 'SEQUENCE:0', 'PRIORITY:0']],
    ['a name for the organizer', ['ORGANIZER:mailto:a@x.test'], ['ORGANIZER;CN=A:mailto:a@x.test']],
    [
      'bookkeeping',
      ['DTSTAMP:20260101T000000Z'],
      ['DTSTAMP:20270101T000000Z', 'CREATED:20270101T000000Z', 'X-RADICALE-NAME:1.ics'],
    ],
    ['durations', ['DURATION:P0DT1H0M0S'], ['DURATION:PT60M']],
    ['weeks', ['DURATION:P1W'], ['DURATION:P7D']],
    ['VALUE on a date', ['EXDATE;VALUE=DATE:20260302'], ['EXDATE:20260302']],
    ['UTC by name', ['EXDATE;TZID=Etc/UTC:20260302T100000'], ['EXDATE:20260302T100000Z']],
    ['an empty property', ['DESCRIPTION:'], []],
    ['numbers with zeros', ['GEO:37.3860;-122.0800'], ['GEO:37.386;-122.08']],
  ])('%s', (_what, ours, theirs) => {
    const [a, b] = [event(...ours), event(...theirs)];
    expect(meaningOf(a)).toBe(meaningOf(b));
    expect(differingProperties(a, b)).toEqual([]);
    expect(fieldDifferences(a, b)).toEqual([]);
  });

  test('PRODID, line ends and the body of a time zone', () => {
    const zone = 'BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nEND:VTIMEZONE\r\n';
    const a = event('SUMMARY:x').replace('BEGIN:VEVENT', `${zone}BEGIN:VEVENT`);
    expect(meaningOf(event('SUMMARY:x').replace('-//a//', '-//b//').replace(/\r\n/g, '\n'))).toBe(meaningOf(a));
  });
});

describe('another meaning', () => {
  test.each<[what: string, ours: string[], theirs: string[], names: string[], fields: string[]]>([
    ['title', ['SUMMARY:a'], ['SUMMARY:b'], ['SUMMARY'], ['Title']],
    ['a guest lost', ['ATTENDEE:mailto:a@x.test'], [], ['ATTENDEE'], ['Guests']],
    [
      'an answer lost',
      ['ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.test'],
      ['ATTENDEE:mailto:a@x.test'],
      ['ATTENDEE'],
      ['Guests'],
    ],
    [
      'a zone',
      ['EXDATE;TZID=Europe/Berlin:20260302T100000'],
      ['EXDATE;TZID=Europe/Rome:20260302T100000'],
      ['EXDATE'],
      ['Repeats'],
    ],
    ['floating is not UTC', ['EXDATE:20260302T100000'], ['EXDATE:20260302T100000Z'], ['EXDATE'], ['Repeats']],
    ['INTERVAL=2', ['RRULE:FREQ=DAILY;INTERVAL=2'], ['RRULE:FREQ=DAILY'], ['RRULE'], ['Repeats']],
    ['an extension lost', ['X-APPLE-THING:1'], [], ['X-APPLE-THING'], ['Other properties']],
    ['the same line twice', ['COMMENT:a', 'COMMENT:a'], ['COMMENT:a'], ['COMMENT'], ['Other properties']],
    ['a new version', ['SEQUENCE:1'], ['SEQUENCE:2'], ['SEQUENCE'], ['Sequence']],
    [
      'an alarm',
      ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT5M', 'END:VALARM'],
      ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT9M', 'END:VALARM'],
      ['VALARM.TRIGGER'],
      ['Alarms'],
    ],
  ])('%s', (_what, ours, theirs, names, fields) => {
    const [a, b] = [event(...ours), event(...theirs)];
    expect(meaningOf(a)).not.toBe(meaningOf(b));
    expect(differingProperties(a, b)).toEqual(names);
    const found = fieldDifferences(a, b);
    expect(found.map((one) => one.field)).toEqual(fields);
    for (const one of found) expect(one.server).not.toBe(one.backup);
  });

  test('an instance that was lost', () => {
    const override =
      'BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID:20260308T100000Z\r\nDTSTART:20260308T110000Z\r\nEND:VEVENT\r\n';
    const both = event('RRULE:FREQ=WEEKLY').replace('END:VCALENDAR', `${override}END:VCALENDAR`);
    expect(meaningOf(both)).not.toBe(meaningOf(event('RRULE:FREQ=WEEKLY')));
    expect(fieldDifferences(event('RRULE:FREQ=WEEKLY'), both).map((one) => one.field)).toEqual(['Changed instances']);
  });

  test('differingProperties is empty exactly when the meaning is the same', () => {
    const line = fc.constantFrom(
      'SUMMARY:a',
      'SUMMARY:b',
      'PRIORITY:5',
      'PRIORITY:05',
      'COMMENT:x',
      'CATEGORIES:a,b',
      'CATEGORIES:b',
    );
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (ours, theirs) => {
        const [a, b] = [event(...ours), event(...theirs)];
        expect(differingProperties(a, b).length === 0).toBe(meaningOf(a) === meaningOf(b));
      }),
    );
  });
});

describe('a copy', () => {
  test('has another UID, always the same one, in every component, and nothing else changed', () => {
    const text = event('SUMMARY:größe', 'BEGIN:VALARM', 'UID:alarm', 'TRIGGER:-PT5M', 'END:VALARM');
    const copy = withNewUid(Buffer.from(text), copyUidFor('1')).toString();
    expect(copy).toBe(text.replace('\r\nUID:1\r\n', `\r\nUID:${copyUidFor('1')}\r\n`));
    expect(copyUidFor('1')).toBe(copyUidFor('1'));
    expect(copyUidFor('1')).not.toBe(copyUidFor('2'));
    expect(summarise(copy)[0]?.uid).toBe(copyUidFor('1'));
  });
});

describe('fingerprints', () => {
  const text = event('SUMMARY:Planning');

  test('stand for the octets, and for their meaning when it is asked for', () => {
    const print = fingerprintOf(Buffer.from(text));
    expect(print).toMatch(/^text:[0-9a-f]{40}$/);
    expect(fingerprintOf(Buffer.from(text.replace('Planning', 'planning')))).not.toBe(print);
    expect(meaningBehind(print, text)).toBe(meaningOf(text));
  });

  test('are no meanings: a meaning stays what it is', () => {
    expect(meaningBehind(meaningOf(text), 'whatever')).toBe(meaningOf(text));
  });
});
