import { expect, test } from 'vitest';
import { calendarObjects } from './property-list.ts';

const CONTENT = String.raw`"BEGIN:VCALENDAR
SUMMARY:M\U00FCller \"quoted\" \\, a
DESCRIPTION:1\\n2 \UD83C\UDF82
END:VCALENDAR"`;

test('objects of a backup by sogo-tool are decoded, once', () => {
  const list = `{ "ldif_record" = "uid: a\n"; preferences = ({ }, { Calendar = { }; }); tables = {
    "/Users/a/Calendar/personal" = { records = (
      { "c_content" = ${CONTENT}; "c_name" = "one.ics"; },
      { "c_content" = "BEGIN:VCARD\nEND:VCARD"; "c_name" = "two.vcf"; }
    ); }; }; }`;
  expect(calendarObjects(list)).toEqual([
    { name: 'one.ics', text: 'BEGIN:VCALENDAR\nSUMMARY:Müller "quoted" \\, a\nDESCRIPTION:1\\n2 🎂\nEND:VCALENDAR' },
  ]);
});

test.each(['', '{', '{ a = b }', '{ a = (b; }', 'a', '{ a = "open; }', '{} {}'])('is no such list: %s', (text) => {
  expect(calendarObjects(text) ?? []).toEqual([]);
});

test('lists without end inside each other are given up', () => {
  expect(calendarObjects('('.repeat(100_000))).toBeNull();
});
