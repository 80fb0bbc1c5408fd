import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSources } from '../../read/read-sources.ts';
import { buildIndex } from './build-index.ts';
import type { CalendarIndex } from '../types.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'hushcal-limits-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
let count = 0;

async function read(content: string | Buffer, name = 'a.ics'): Promise<CalendarIndex> {
  count += 1;
  const file = path.join(dir, `${String(count)}-${name}`);
  writeFileSync(file, content);
  return buildIndex(await readSources([file], { spoolDir: path.join(dir, 'spool') }));
}

const event = (lines: string[]): string =>
  ['BEGIN:VEVENT', 'DTSTAMP:20260101T000000Z', 'DTSTART:20260301T100000Z', ...lines, 'END:VEVENT', ''].join('\r\n');
const calendar = (body: string, head = 'VERSION:2.0\r\nPRODID:-//test//EN'): string =>
  `BEGIN:VCALENDAR\r\n${head}\r\n${body}END:VCALENDAR\r\n`;

const codes = (index: CalendarIndex): string[] => index.rejected.map(({ code, line }) => `${code}@${String(line)}`);
const found = (index: CalendarIndex, ordinal: number): string[] =>
  index.summary(ordinal).findings.map(({ code, line }) => `${code}@${String(line ?? '')}`);
const long = 'p'.repeat(70_000);

describe('lines of a calendar that are too long to be held', () => {
  // Wherever the file is cut into chunks of reading.
  test.each([0, 1_000_000])(
    'PRODID: what is beyond is left out, and that is said (%s octets before)',
    async (before) => {
      const padding = `X-PAD:${'x'.repeat(before)}\r\n`;
      const index = await read(calendar(event(['UID:1']), `${padding}VERSION:2.0\r\nPRODID:${long}`));
      expect([index.size, codes(index), found(index, 0)]).toEqual([1, [], ['prodid-cut@5']]);
      expect((await index.text(0)).length).toBeLessThan(70_000);
    },
  );

  test.each(['VERSION', 'CALSCALE', 'METHOD'])('%s: its events are refused by name', async (name) => {
    const index = await read(
      calendar(event(['UID:1']), `PRODID:x\r\n${name};X=${long}:2.0`) + calendar(event(['UID:2'])),
    );
    expect([index.size, codes(index)]).toEqual([1, ['header-too-long@4']]);
    expect(index.rejected[0]?.reason).toContain(name);
  });
});

test('a UID or RECURRENCE-ID that is too long to be compared is refused, never taken for another', async () => {
  const uids = ['1', '2'].map((end) => event([`UID:${'u'.repeat(9000)}${end}`])).join('');
  const longer = ['1', '2'].map((end) => event([`UID:${long}${end}`])).join('');
  const instances = event(['UID:r', `RECURRENCE-ID;X=${long}:20260301T100000Z`]);
  const index = await read(calendar(uids + longer + instances + event([`UID:${'v'.repeat(8000)}`])));
  expect(index.size).toBe(1);
  expect(codes(index)).toEqual(['4', '9', '14', '19', '24'].map((line) => `uid-too-long@${line}`));
});

test('a file that is cut off between two events is not taken for a whole one', async () => {
  const whole = calendar(event(['UID:1']) + event(['UID:2']));
  const index = await read(whole.replace('END:VCALENDAR\r\n', ''));
  expect([found(index, 0), found(index, 1)]).toEqual([[], ['calendar-unfinished@9']]);
  const closed = await read(whole);
  expect(found(closed, 1)).toEqual([]);
});

test('the zone that is added to an old event has the rules of its years', async () => {
  const old =
    'BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=America/New_York:20061030T120000\r\nEND:VEVENT\r\n';
  const index = await read(calendar(old) + calendar(old.replace('UID:1', 'UID:2').replace('2006', '2016')));
  const [before, after] = [String(await index.text(0)), String(await index.text(1))];
  expect(before).toContain('\r\nRDATE:20061029T020000\r\n');
  expect(after).toContain('\r\nDTSTART:19701101T020000\r\n');
});

test.each([
  ['with a byte order mark', (json: string) => `\ufeff${json}`],
  ['in UTF-16', (json: string) => Buffer.from(`\ufeff${json}`, 'utf16le')],
])('jCal %s', async (_how, write) => {
  const json = '["vcalendar",[],[["vevent",[["uid",{},"text","j"],["dtstart",{},"date","2026-01-02"]],[]]]]';
  expect((await read(write(json), 'a.json')).size).toBe(1);
});
