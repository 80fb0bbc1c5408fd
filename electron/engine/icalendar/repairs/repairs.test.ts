import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, test } from 'vitest';
import { readSources } from '../../read/read-sources.ts';
import { buildIndex } from '../index/build-index.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'hushcal-repairs-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
let count = 0;

interface Result {
  readonly text: string;
  /** Repairs and warnings as `code@line`. */
  readonly found: string[];
  readonly zones: number;
}

/** What becomes of the first resource of a file. */
async function send(content: string | Buffer, name = 'a.ics'): Promise<Result> {
  count += 1;
  const file = path.join(dir, `${String(count)}-${name}`);
  writeFileSync(file, content);
  const index = await buildIndex(await readSources([file], { spoolDir: path.join(dir, 'spool') }));
  const bytes = await index.text(0);
  const { findings } = index.summary(0);
  await index.close();
  const text = bytes.toString('utf8');
  return {
    text,
    found: findings.map((one) => `${one.code}@${String(one.line ?? '')}`),
    zones: text.split('BEGIN:VTIMEZONE').length - 1,
  };
}

const clean = ['UID:1', 'DTSTAMP:20260101T000000Z', 'DTSTART:20260301T100000Z', 'SUMMARY:x'];

function calendar(lines: string[], head: string[] = ['VERSION:2.0', 'PRODID:-//test//EN']): string {
  return ['BEGIN:VCALENDAR', ...head, 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
}

describe('nothing is changed without need', () => {
  test('a clean event goes out as it is', async () => {
    const text = calendar([
      ...clean,
      'X-ODD;P="a;b:c":1\\,2',
      'DESCRIPTION:folded',
      '  here',
      'ATTENDEE:mailto:a@x.test',
      'ORGANIZER:mailto:b@x.test',
    ]);
    expect(await send(text)).toEqual({ text, found: [], zones: 0 });
  });

  test('what stands in the calendar beside VERSION, PRODID and CALSCALE stays behind', async () => {
    const sent = await send(
      calendar(clean, ['PRODID:-//p//EN', 'X-WR-CALNAME:Home', 'VERSION:2.0', 'CALSCALE:GREGORIAN']),
    );
    expect(sent.text).toBe(calendar(clean, ['VERSION:2.0', 'PRODID:-//p//EN', 'CALSCALE:GREGORIAN']));
    expect(sent.found).toEqual([]);
  });

  test('long lines and lower-case names are kept', async () => {
    const text = calendar([...clean, `description:${'a'.repeat(300)}`]);
    expect((await send(text)).text).toBe(text);
  });
});

describe('each repair changes one thing, and says so', () => {
  test.each([
    ['METHOD', calendar(clean, ['VERSION:2.0', 'PRODID:-//test//EN', 'METHOD:PUBLISH']), ['method-removed@5']],
    ['LF', calendar(clean).replace(/\r\n/g, '\n'), ['line-ends@4']],
    ['CR', calendar(clean).replace(/\r\n/g, '\r'), ['line-ends@4']],
    ['CR CR LF', calendar(clean).replace(/\r\n/g, '\r\r\n'), ['line-ends@4']],
    ['mixed line ends', calendar(clean).replace('SUMMARY:x\r\n', 'SUMMARY:x\n'), ['line-ends@4']],
    ['NUL', calendar(clean).replace('SUMMARY:x', 'SUMMARY:\u0000x\u0001'), ['control-characters@4']],
    ['blank lines', calendar(clean).replace('SUMMARY:x', '\r\n\r\nSUMMARY:x'), ['blank-lines@4']],
    ['a byte order mark', `\ufeff${calendar(clean)}`, ['bom-removed@4']],
  ])('%s', async (_what, source, found) => {
    const sent = await send(source);
    expect(sent.text).toBe(calendar(clean));
    expect(sent.found).toEqual(found);
  });

  test('VERSION and PRODID are added', async () => {
    const sent = await send(calendar(clean, []));
    expect(sent.text).toBe(calendar(clean, ['VERSION:2.0', 'PRODID:-//Hushcal//Hushcal//EN']));
    expect(sent.found).toEqual(['version-added@2', 'prodid-added@2']);
  });

  test('an event that stands alone gets a calendar', async () => {
    const sent = await send(['BEGIN:VEVENT', ...clean, 'END:VEVENT', ''].join('\r\n'));
    expect(sent.text).toBe(calendar(clean, ['VERSION:2.0', 'PRODID:-//Hushcal//Hushcal//EN']));
    expect(sent.found).toEqual(['calendar-added@1']);
  });

  test('DTSTAMP is added from the last change', async () => {
    const lines = ['UID:1', 'DTSTART:20260301T100000Z', 'LAST-MODIFIED:20250101T000000Z'];
    const sent = await send(calendar(lines));
    expect(sent.text).toBe(calendar(['DTSTAMP:20250101T000000Z', ...lines]));
    expect(sent.found).toEqual(['dtstamp-added@4']);
  });

  test('SCHEDULE-STATUS and SCHEDULE-FORCE-SEND go, the rest of the line stays', async () => {
    const guest = 'ATTENDEE;CN="A;SCHEDULE-STATUS=1";PARTSTAT=ACCEPTED:mailto:a@x.test';
    const organizer = 'ORGANIZER:mailto:o@x.test';
    const marked = guest.replace(';PARTSTAT', ';SCHEDULE-STATUS="2.0,1.1";SCHEDULE-FORCE-SEND=REQUEST;PARTSTAT');
    const sent = await send(calendar([...clean, organizer, marked.replace(';PARTSTAT', '\r\n ;PARTSTAT')]));
    expect(sent.text).toBe(calendar([...clean, organizer, guest]));
    expect(sent.found).toEqual(['schedule-parameters@10']);
  });

  test('commas in a text are escaped, those that are already and those of lists stay', async () => {
    const lists = ['CATEGORIES:a,b', 'X-ANY:a,b'];
    const sent = await send(calendar([...clean, 'LOCATION;P="a,b":Vienna, Austria\\, 1\\\\, 2', ...lists]));
    expect(sent.text).toBe(calendar([...clean, 'LOCATION;P="a,b":Vienna\\, Austria\\, 1\\\\\\, 2', ...lists]));
    expect(sent.found).toEqual(['commas-escaped@9']);
  });

  test('a fold inside a character is moved', async () => {
    const bytes = Buffer.from(calendar([...clean, 'LOCATION:größe']), 'utf8');
    const at = bytes.indexOf(0xc3) + 1;
    const sent = await send(Buffer.concat([bytes.subarray(0, at), Buffer.from('\r\n '), bytes.subarray(at)]));
    expect(sent.text).toBe(calendar([...clean, 'LOCATION:größe']));
    expect(sent.found).toEqual(['fold-inside-character@9']);
  });

  test('another encoding is converted', async () => {
    const sent = await send(
      iconv.encode(calendar([...clean, 'LOCATION:Prüfung für Jürgen und große Größe']), 'windows-1252'),
    );
    expect(sent.text).toBe(calendar([...clean, 'LOCATION:Prüfung für Jürgen und große Größe']));
    expect(sent.found).toEqual(['charset-converted@4']);
  });

  test('jCal is converted', async () => {
    const sent = await send(
      '["vcalendar",[["version",{},"text","2.0"],["prodid",{},"text","-//test//EN"]],[["vevent",[["uid",{},"text","1"],["dtstamp",{},"date-time","2026-01-01T00:00:00Z"],["dtstart",{},"date-time","2026-03-01T10:00:00Z"],["summary",{},"text","x"]],[]]]]',
      'a.json',
    );
    expect(sent.text).toBe(calendar(clean));
    expect(sent.found).toEqual(['jcal-converted@']);
  });
});

describe('time zones', () => {
  const zone = (tzid: string): string[] => [
    'BEGIN:VTIMEZONE',
    `TZID:${tzid}`,
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    'TZOFFSETFROM:+0530',
    'TZOFFSETTO:+0530',
    'END:STANDARD',
    'END:VTIMEZONE',
  ];
  const head = ['VERSION:2.0', 'PRODID:-//test//EN'];
  const inZone = (tzid: string): string[] => [
    'UID:1',
    'DTSTAMP:20260101T000000Z',
    `DTSTART;TZID=${tzid}:20260301T100000`,
  ];

  test('only those that are used, as they are', async () => {
    const sent = await send(calendar(inZone('Custom'), [...head, ...zone('Unused'), ...zone('Custom')]));
    expect(sent.text).toBe(calendar(inZone('Custom'), [...head, ...zone('Custom')]));
    expect(sent.found).toEqual([]);
  });

  test('also from another calendar of the same file', async () => {
    const other = ['BEGIN:VCALENDAR', ...head, ...zone('Custom'), 'END:VCALENDAR', ''].join('\r\n');
    const sent = await send(calendar(inZone('Custom'), head) + other);
    expect(sent.text).toBe(calendar(inZone('Custom'), [...head, ...zone('Custom')]));
  });

  test.each(['Europe/Berlin', '"W. Europe Standard Time"', '/mozilla.org/20070129_1/Europe/Berlin', 'US/Eastern'])(
    'a missing one is added under its own name: %s',
    async (tzid) => {
      const sent = await send(calendar(inZone(tzid)));
      expect(sent.found).toEqual(['timezone-added@4']);
      expect(sent.zones).toBe(1);
      expect(sent.text).toContain(`\r\nTZID:${tzid.replaceAll('"', '')}\r\n`);
    },
  );

  test('one that nobody knows is a warning, and UTC needs none', async () => {
    expect((await send(calendar(inZone('Nowhere')))).found).toEqual(['timezone-unknown@4']);
    expect((await send(calendar(inZone('UTC')))).found).toEqual([]);
  });
});

describe('warnings', () => {
  test.each([
    ['guests-without-organizer@8', [...clean, 'ATTENDEE:mailto:a@x.test']],
    ['date-unreadable@7', ['UID:1', 'DTSTAMP:20260101T000000Z', 'DTSTART:soon']],
    ['alarm-email@10', [...clean, 'BEGIN:VALARM', 'ACTION:EMAIL', 'END:VALARM']],
  ])('%s', async (found, lines) => {
    const sent = await send(calendar(lines));
    expect(sent.text).toBe(calendar(lines));
    expect(sent.found.map((one) => one.split('@')[0])).toEqual([found.split('@')[0]]);
  });
});
