import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSources } from '../../read/read-sources.ts';
import { buildIndex } from './build-index.ts';
import type { CalendarIndex } from '../types.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hushcal-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ZONE = ['BEGIN:VTIMEZONE', 'TZID:Here', 'BEGIN:STANDARD', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0100'].concat([
  'DTSTART:19700101T000000',
  'END:STANDARD',
  'END:VTIMEZONE',
]);
const HEAD = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN'];
const event = (uid: string, ...lines: readonly string[]): readonly string[] => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  'DTSTAMP:20260101T000000Z',
  'DTSTART;TZID=Here:20370105T090000',
  ...lines,
  'END:VEVENT',
];
const folded = ['SUMMARY:a long', '  one'];

async function open(name: string, lines: readonly string[], end = '\r\n'): Promise<CalendarIndex> {
  const path = join(folder, name);
  await writeFile(path, lines.map((line) => line + end).join(''));
  return buildIndex(await readSources([path], { spoolDir: folder }));
}

/** The text before and after the resource was summed up; both ways of putting it together must agree. */
async function bothTexts(index: CalendarIndex, ordinal: number): Promise<readonly [string, string]> {
  // Another one in between, so that nothing is remembered of this one.
  const before = (await index.text(ordinal)).toString('latin1');
  const other = (ordinal + 1) % index.size;
  index.summary(other);
  expect(index.summary(ordinal).bytes).toBe(before.length);
  index.summary(other);
  return [before, (await index.text(ordinal)).toString('latin1')];
}

describe('the text of a resource', () => {
  it('is the component as it stands with its calendar and its zones around it', async () => {
    const index = await open('plain.ics', [...HEAD, ...ZONE, ...event('1', ...folded), ...event('2'), 'END:VCALENDAR']);
    const [before, after] = await bothTexts(index, 0);
    expect(after).toBe([...HEAD, ...ZONE, ...event('1', ...folded), 'END:VCALENDAR', ''].join('\r\n'));
    expect(before).toBe(after);
    await index.close();
  });

  it.each([
    ['line ends', [...HEAD, ...ZONE, ...event('1', 'SUMMARY:x'), ...event('2'), 'END:VCALENDAR'], '\n'],
    ['a bare comma', [...HEAD, ...ZONE, ...event('1', 'SUMMARY:a, b'), ...event('2'), 'END:VCALENDAR'], '\r\n'],
    ['a blank line', [...HEAD, ...ZONE, ...event('1', ''), ...event('2'), 'END:VCALENDAR'], '\r\n'],
    ['a blank line that is folded', [...HEAD, ...event('1', ' '), ...event('2'), 'END:VCALENDAR'], '\r\n'],
    ['a missing DTSTAMP', [...HEAD, 'BEGIN:VEVENT', 'UID:1', 'END:VEVENT', ...event('2'), 'END:VCALENDAR'], '\r\n'],
    ['no calendar around it', [...event('1'), ...event('2')], '\r\n'],
    ['a missing UID', [...HEAD, 'BEGIN:VEVENT', 'DTSTART:20370101', 'END:VEVENT', ...event('2')], '\r\n'],
  ])('is the same once it was looked at: %s', async (_name, lines, end) => {
    const index = await open('repaired.ics', lines, end);
    for (let ordinal = 0; ordinal < index.size; ordinal += 1) {
      const [before, after] = await bothTexts(index, ordinal);
      expect(after).toBe(before);
    }
    await index.close();
  });

  it('is the same with several components, whichever stands first', async () => {
    const override = event('1', 'RECURRENCE-ID;TZID=Here:20370112T090000');
    const index = await open('series.ics', [...HEAD, ...ZONE, ...override, ...event('1'), ...event('2')]);
    const [before, after] = await bothTexts(index, 0);
    expect(after).toBe(before);
    expect(after.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    await index.close();
  });

  it('is refused when the file was changed before it was read', async () => {
    const lines = [...HEAD, ...ZONE, ...event('1'), 'END:VCALENDAR'];
    const index = await open('changed.ics', lines);
    const path = join(folder, 'changed.ics');
    await writeFile(path, lines.map((line) => `${line.replace('UID:1', 'UID:9')}\r\n`).join(''));
    await utimes(path, new Date(), new Date(Date.now() + 10_000));
    await expect(index.text(0)).rejects.toMatchObject({ failure: { code: 'SOURCE_CHANGED' } });
    await index.close();
  });
});
