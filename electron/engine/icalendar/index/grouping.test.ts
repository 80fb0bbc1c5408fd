import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSources } from '../../read/read-sources.ts';
import { buildIndex } from './build-index.ts';
import type { CalendarIndex } from '../types.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'hushcal-grouping-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
let count = 0;

/** An index over files with the given texts, LF written as CRLF. */
async function indexOf(...texts: string[]): Promise<CalendarIndex> {
  const files = texts.map((text) => {
    count += 1;
    const file = path.join(dir, `${String(count)}.ics`);
    writeFileSync(file, text.replace(/\n/g, '\r\n'));
    return file;
  });
  return buildIndex(await readSources(files, { spoolDir: path.join(dir, 'spool') }));
}

function calendar(...components: string[]): string {
  return `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n${components.join('')}END:VCALENDAR\n`;
}

function event(uid: string, more = ''): string {
  const id = uid === '' ? '' : `UID:${uid}\n`;
  return `BEGIN:VEVENT\n${id}DTSTAMP:20260101T000000Z\nDTSTART:20260301T100000Z\n${more}END:VEVENT\n`;
}

async function texts(index: CalendarIndex): Promise<string[]> {
  const all: string[] = [];
  for (let ordinal = 0; ordinal < index.size; ordinal += 1) all.push((await index.text(ordinal)).toString());
  return all;
}

function reconcile(index: CalendarIndex): void {
  let stored = 0;
  for (let ordinal = 0; ordinal < index.size; ordinal += 1) stored += index.summary(ordinal).components;
  expect(stored + index.duplicates + index.rejected.length).toBe(index.components);
}

describe('one resource per UID and type, over all files', () => {
  test('an override far from its master, before it, in another file', async () => {
    const override = event('a', 'RECURRENCE-ID:20260308T100000Z\nSUMMARY:moved\n');
    const index = await indexOf(
      calendar(override, event('b')),
      calendar(event('c'), event('a', 'RRULE:FREQ=WEEKLY\n')),
    );
    expect(index.size).toBe(3);
    const one = index.summary(0);
    expect([one.uid, one.components, one.hasMaster, one.recurring, one.endsMs]).toEqual(['a', 2, true, true, null]);
    const [text = ''] = await texts(index);
    expect(text.indexOf('RRULE')).toBeLessThan(text.indexOf('RECURRENCE-ID'));
    reconcile(index);
  });

  test('an override without a master is a resource by itself', async () => {
    const index = await indexOf(calendar(event('a', 'RECURRENCE-ID:20260308T100000Z\n')));
    expect([index.size, index.summary(0).hasMaster]).toEqual([1, false]);
  });

  test('the same UID in an event and a task makes two resources', async () => {
    const index = await indexOf(calendar(event('a'), 'BEGIN:VTODO\nUID:a\nDTSTAMP:20260101T000000Z\nEND:VTODO\n'));
    expect([index.summary(0).kind, index.summary(1).kind]).toEqual(['VEVENT', 'VTODO']);
  });
});

describe('the same instance twice', () => {
  test('the same text counts once', async () => {
    const index = await indexOf(calendar(event('a')), calendar(event('a')));
    expect([index.size, index.components, index.duplicates, index.rejected.length]).toEqual([1, 2, 1, 0]);
  });

  test('the same meaning counts once', async () => {
    const index = await indexOf(
      calendar(event('a', 'PRIORITY:5\nCATEGORIES:x,y\n')),
      calendar(event('a', 'CATEGORIES:y\nPRIORITY:05\nCATEGORIES:x\n')),
    );
    expect([index.size, index.duplicates, index.rejected.length]).toEqual([1, 1, 0]);
  });

  test.each([
    ['SEQUENCE', 'SEQUENCE:1\nSUMMARY:old\n', 'SEQUENCE:2\nSUMMARY:new\n'],
    ['SEQUENCE', 'SEQUENCE:2\nSUMMARY:new\n', 'SEQUENCE:1\nSUMMARY:old\n'],
    ['LAST-MODIFIED', 'LAST-MODIFIED:20260101T000000Z\nSUMMARY:old\n', 'LAST-MODIFIED:20260102T000000Z\nSUMMARY:new\n'],
  ])('with another content the newer by %s stays and the other is named', async (_by, first, second) => {
    const index = await indexOf(calendar(event('a', first), event('b')), calendar(event('a', second)));
    const all = await texts(index);
    expect(all[0]).toContain('SUMMARY:new');
    expect(all.join('')).not.toContain('SUMMARY:old');
    expect(index.rejected.map((one) => [one.code, one.title, one.uid])).toEqual([['superseded', 'old', 'a']]);
    reconcile(index);
  });

  test.each([
    ['UTC first', true, 'SEQUENCE:1\nSUMMARY:old\n', 'SEQUENCE:2\nSUMMARY:new\n'],
    ['UTC second', false, 'SEQUENCE:1\nSUMMARY:old\n', 'SEQUENCE:2\nSUMMARY:new\n'],
    ['the newer one first', true, 'SEQUENCE:2\nSUMMARY:new\n', 'SEQUENCE:1\nSUMMARY:old\n'],
  ])('one moment once in UTC and once in a zone is one instance, %s', async (_name, utcFirst, first, second) => {
    const utc = 'RECURRENCE-ID:20260309T100000Z\n';
    const zoned = 'RECURRENCE-ID;TZID=Europe/Berlin:20260309T110000\n';
    const index = await indexOf(
      calendar(
        event('a', 'RRULE:FREQ=DAILY\n'),
        event('a', (utcFirst ? utc : zoned) + first),
        event('a', (utcFirst ? zoned : utc) + second),
      ),
    );
    expect([index.size, index.summary(0).components]).toEqual([1, 2]);
    expect(index.rejected.map(({ code, title }) => [code, title])).toEqual([['superseded', 'old']]);
    expect((await texts(index))[0]).toContain('SUMMARY:new');
    reconcile(index);
  });

  test('one moment in two spellings that means the same counts once; a day and a moment are two', async () => {
    const index = await indexOf(
      calendar(
        event('a', 'RECURRENCE-ID:20260309T100000Z\nSUMMARY:x\n'),
        event('a', 'RECURRENCE-ID;TZID=Europe/Berlin:20260309T110000\nSUMMARY:x\n'),
        event('b', 'RECURRENCE-ID:20260309T000000Z\n'),
        event('b', 'RECURRENCE-ID;VALUE=DATE:20260309\n'),
      ),
    );
    expect([index.size, index.duplicates, index.rejected.length, index.summary(1).components]).toEqual([2, 1, 0, 2]);
    reconcile(index);
  });

  test('three versions of a master with overrides of each', async () => {
    const version = (sequence: number): string =>
      event('a', `SEQUENCE:${String(sequence)}\nSUMMARY:v${String(sequence)}\nRRULE:FREQ=DAILY\n`) +
      event('a', `RECURRENCE-ID:2026030${String(sequence)}T100000Z\n`);
    const index = await indexOf(calendar(version(2), version(3), version(1)));
    expect(index.size).toBe(1);
    expect([index.summary(0).components, index.summary(0).title, index.rejected.length]).toEqual([4, 'v3', 2]);
    reconcile(index);
  });
});

describe('events without a UID', () => {
  test('get the same one in every run, whatever their DTSTAMP', async () => {
    const one = await indexOf(calendar(event('', 'SUMMARY:x\n')));
    const other = await indexOf(calendar(event('b'), event('', 'SUMMARY:x\n').replace('DTSTAMP:2026', 'DTSTAMP:2025')));
    expect(one.summary(0).uid).toMatch(/^[0-9a-f]{32}@/);
    expect(other.summary(1).uid).toBe(one.summary(0).uid);
    expect((await texts(one))[0]).toContain(`\r\nUID:${one.summary(0).uid}\r\n`);
    expect(one.summary(0).findings.map((finding) => finding.code)).toContain('uid-added');
  });

  test('an empty UID counts as none, and is replaced', async () => {
    const index = await indexOf(calendar(event('', 'UID:\nSUMMARY:x\n')));
    expect((await texts(index))[0]?.match(/^UID:.*$/gm)).toHaveLength(1);
    expect(index.summary(0).uid).not.toBe('');
  });
});

describe('what cannot be stored', () => {
  test.each([
    ['no-start', calendar('BEGIN:VEVENT\nUID:a\nSUMMARY:x\nEND:VEVENT\n'), 4],
    ['unfinished', calendar('BEGIN:VEVENT\nUID:a\nDTSTART:20260101\n'), 4],
    ['unbalanced', calendar('BEGIN:VEVENT\nDTSTART:20260101\nBEGIN:VALARM\nEND:VEVENT\n'), 4],
    ['unknown-component', 'BEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM\n', 1],
    ['only-time-zones', calendar('BEGIN:VTIMEZONE\nTZID:x\nEND:VTIMEZONE\n'), 4],
    ['no-components', calendar(), 0],
    ['vcalendar-1.0', `BEGIN:VCALENDAR\nVERSION:1.0\n${event('a')}END:VCALENDAR\n`, 3],
    ['scheduling-message', `BEGIN:VCALENDAR\nVERSION:2.0\n${event('a')}METHOD:REPLY\nEND:VCALENDAR\n`, 3],
    ['free-busy', calendar('BEGIN:VFREEBUSY\nDTSTAMP:20260101T000000Z\nEND:VFREEBUSY\n'), 4],
  ])('%s', async (code, text, line) => {
    const index = await indexOf(text, calendar(event('good')));
    expect(index.rejected.map((one) => [one.code, one.line])).toEqual([[code, line]]);
    expect(index.size).toBe(1);
    expect(await index.rejectedText(0)).toEqual(
      line === 0 || code === 'only-time-zones' ? '' : expect.stringMatching(/^BEGIN:/),
    );
    reconcile(index);
  });

  test('VERSION:1.0 over what can only be iCalendar is a slip', async () => {
    const index = await indexOf(`BEGIN:VCALENDAR\nVERSION:1.0\nCALSCALE:GREGORIAN\n${event('a')}END:VCALENDAR\n`);
    expect((await texts(index))[0]).toContain('VERSION:2.0');
    expect(index.summary(0).findings.map((one) => one.code)).toContain('version-corrected');
  });
});

test('a file that changed since it was read is refused', async () => {
  const index = await indexOf(calendar(event('a')));
  writeFileSync(path.join(dir, `${String(count)}.ics`), 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n');
  await expect(index.text(0)).rejects.toThrow(/was changed or removed since it was read/);
});
