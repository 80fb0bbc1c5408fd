import type { Random } from './random.ts';

/** Changes a file somehow; may give it back as it is. */
type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

/** Values and lines at which readers stumble. */
const TOKENS = [
  'RRULE:FREQ=SECONDLY',
  'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'RRULE:FREQ=DAILY;COUNT=999999999',
  'RRULE:FREQ=MONTHLY;BYDAY=-99MO;BYSETPOS=-366',
  'DTSTART:99999999T999999Z',
  'DTSTART;TZID=Nowhere/At All:20260101T000000',
  'DTSTART;VALUE=PERIOD:20260101T000000Z/PT1H',
  'DTEND:00000000',
  'DURATION:P99999999999999999W',
  'RECURRENCE-ID;RANGE=THISANDFUTURE:20260101T000000Z',
  'EXDATE:,,,,',
  'UID:',
  'UID:a\u2028b',
  'UID;X="',
  'UID:__proto__',
  'SEQUENCE:-1e400',
  'SEQUENCE:99999999999999999999',
  'DTSTAMP:constructor',
  'METHOD:REQUEST',
  'METHOD:CANCEL',
  'STATUS:CANCELLED',
  'ACTION:EMAIL',
  'ATTENDEE;CN="a\\"b";PARTSTAT=:MAILTO:',
  'ORGANIZER;SCHEDULE-STATUS="1.1;x:y:mailto:z',
  'CATEGORIES:a,b\\,c\\;d\\\\,\\n',
  'SUMMARY;LANGUAGE=de;LANGUAGE=en:\\n\\N\\',
  'X-;=;::',
  ':',
  ';',
  ' ',
  '=',
  'BEGIN:VEVENT',
  'BEGIN:VCALENDAR',
  'BEGIN:VTIMEZONE',
  'BEGIN:',
  'begin : vevent ',
  'END:VEVENT',
  'END:VCALENDAR',
  'END:VALARM',
  'END:',
  '\u00e9\u{1f600}\ufeff\u0000',
] as const;

const BREAKS = ['\r\n', '\n', '\r', '\r\r\n', '\n\r', '\r\n\r\n', '\u2028', '\r\n \r\n '] as const;

/** Names of the mutations, as they are told of a find. */
const MUTATIONS: Readonly<Record<string, Mutation>> = {
  flipBits: (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let left = 1 + random.below(8); left > 0 && copy.length > 0; left -= 1) {
      const at = random.below(copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    }
    return copy;
  },
  setBytes: (bytes, random) => {
    const copy = Buffer.from(bytes);
    const value = random.pick([0x00, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x3a, 0x3b, 0x5c, 0x7f, 0x80, 0xc3, 0xff]);
    for (let left = 1 + random.below(4); left > 0 && copy.length > 0; left -= 1)
      copy[random.below(copy.length)] = value;
    return copy;
  },
  truncate: (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  behead: (bytes, random) => bytes.subarray(random.below(Math.min(bytes.length, 2000) + 1)),
  dropLines: (bytes, random) =>
    onLines(bytes, (lines) => lines.splice(random.below(lines.length), 1 + random.below(3))),
  repeatLines: (bytes, random) =>
    onLines(bytes, (lines) => {
      const at = random.below(lines.length);
      lines.splice(at, 0, ...lines.slice(at, at + 1 + random.below(5)));
    }),
  swapLines: (bytes, random) =>
    onLines(bytes, (lines) => {
      const [one, two] = [random.below(lines.length), random.below(lines.length)];
      [lines[one], lines[two]] = [lines[two] ?? '', lines[one] ?? ''];
    }),
  insertToken: (bytes, random) =>
    onLines(bytes, (lines) => lines.splice(random.below(lines.length + 1), 0, latin(random.pick(TOKENS)))),
  insertTokenInLine: (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(TOKENS)), bytes.subarray(at)]);
  },
  foldAnywhere: (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return Buffer.concat([
      bytes.subarray(0, at),
      Buffer.from(random.pick(['\r\n ', '\n\t', '\r '])),
      bytes.subarray(at),
    ]);
  },
  indentLines: (bytes, random) =>
    onLines(bytes, (lines) => {
      const [from, blanks] = [random.below(lines.length), random.pick(['  ', '\t', '    ', ' '])];
      const to = from + 1 + random.below(30);
      for (let at = from; at < Math.min(to, lines.length); at += 1) lines[at] = blanks + (lines[at] ?? '');
    }),
  unindentFolds: (bytes, random) =>
    Buffer.from(
      bytes.toString('latin1').replace(/(\r?\n)[ \t]/g, (found, end: string) => (random.below(4) === 0 ? end : found)),
      'latin1',
    ),
  otherBreaks: (bytes, random) => {
    const one = latin(random.pick(BREAKS));
    return Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, one), 'latin1');
  },
  mixedBreaks: (bytes, random) =>
    Buffer.from(
      bytes
        .toString('latin1')
        .replace(/\r?\n/g, (found) => (random.below(4) === 0 ? latin(random.pick(BREAKS)) : found)),
      'latin1',
    ),
  hugeLine: (bytes, random) => {
    const filler = random
      .pick(['x', '\\', ',', ';', '"', ':', '\u00e9', ' ', '=a;'])
      .repeat(20_000 + random.below(60_000));
    return onLines(bytes, (lines) => lines.splice(random.below(lines.length + 1), 0, latin(`DESCRIPTION:${filler}`)));
  },
  nest: (bytes, random) =>
    onLines(bytes, (lines) => {
      const name = random.pick(['VEVENT', 'VALARM', 'X-NEST', 'VCALENDAR', 'VTIMEZONE']);
      const depth = 1 + random.below(random.pick([5, 300, 30_000]));
      const closed = random.below(2) === 0;
      const open = Array.from({ length: depth }, () => `BEGIN:${name}`);
      const close = closed ? Array.from({ length: depth }, () => `END:${name}`) : [];
      lines.splice(random.below(lines.length + 1), 0, ...open, ...close);
    }),
  manyTimes: (bytes, random) => {
    const times = 2 + random.below(20);
    return bytes.length * times > 500_000 ? bytes : Buffer.concat(Array.from({ length: times }, () => bytes));
  },
  splice: (bytes, random, other) => {
    const from = random.below(other.length + 1);
    const at = random.below(bytes.length + 1);
    const part = other.subarray(from, from + random.below(3000));
    return Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
  },
  utf16: (bytes, random) => {
    const little = Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le');
    return random.below(2) === 0 ? little : little.swap16();
  },
  latin1: (bytes) => Buffer.from(bytes.toString('utf8'), 'latin1'),
  mark: (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  upsideDown: (bytes) => onLines(bytes, (lines) => lines.reverse()),
};

/** Characters of a string as octets of UTF-8, one character each. */
function latin(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function onLines(bytes: Buffer, edit: (lines: string[]) => unknown): Buffer {
  const lines = bytes.toString('latin1').split('\n');
  edit(lines);
  return Buffer.from(lines.join('\n'), 'latin1');
}

/** Mutates a file one to four times; gives what was done by name. */
export function mutate(bytes: Buffer, random: Random, other: Buffer): { bytes: Buffer; done: readonly string[] } {
  const done: string[] = [];
  let mutated = bytes;
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const [name, mutation] = random.pick(Object.entries(MUTATIONS));
    mutated = mutation(mutated, random, other);
    done.push(name);
  }
  return { bytes: mutated, done };
}
