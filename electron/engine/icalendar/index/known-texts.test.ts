import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSources } from '../../read/read-sources.ts';
import { buildIndex } from './build-index.ts';
import { KnownTexts } from './known-texts.ts';
import { summarise } from '../summary/summarise.ts';
import type { CalendarIndex } from '../types.ts';

let folder: string;
let index: CalendarIndex | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hushcal-test-'));
});
afterEach(async () => {
  await index?.close();
  index = null;
  await rm(folder, { recursive: true, force: true });
});

async function open(...components: readonly (readonly string[])[]): Promise<CalendarIndex> {
  const path = join(folder, 'backup.ics');
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...components.flat(), 'END:VCALENDAR', ''];
  await writeFile(path, lines.join('\r\n'));
  index = await buildIndex(await readSources([path], { spoolDir: folder }));
  return index;
}

const event = (uid: string, ...lines: readonly string[]): readonly string[] => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  'DTSTAMP:20260101T000000Z',
  'DTSTART:20370105T090000Z',
  ...lines,
  'END:VEVENT',
];

it('knows the text that would be sent, whatever its line ends are', async () => {
  const found = await open(event('1', 'SUMMARY:Früh'), event('2', 'SUMMARY:a, b'));
  for (const ordinal of [0, 1]) {
    const text = (await found.text(ordinal)).toString('utf8');
    for (const stored of [text, text.replaceAll('\r\n', '\n'), text.replaceAll('\r\n', '\n').trimEnd()]) {
      const summary = await new KnownTexts(found).recognise(stored);
      expect(summary?.meaning).toBe(summarise(stored)[0]?.meaning);
      expect(summary?.uid).toBe(String(ordinal + 1));
    }
  }
});

it('knows no text that differs in an octet, in a fold or in its order', async () => {
  const found = await open(event('1', 'SUMMARY:one', 'LOCATION:here'), event('2'));
  const known = new KnownTexts(found);
  const text = (await found.text(0)).toString('utf8').replaceAll('\r\n', '\n');
  expect(await known.recognise(text)).not.toBeNull();
  for (const [a, b] of [
    ['SUMMARY:one', 'SUMMARY:One'],
    ['SUMMARY:one', 'SUMMARY:o\n ne'],
    ['SUMMARY:one\nLOCATION:here', 'LOCATION:here\nSUMMARY:one'],
    ['UID:1', 'UID:2'],
    ['UID:1', 'UID:3'],
    ['UID:1\n', ''],
    ['UID:1', 'uid:1'],
  ] as const) {
    expect(text).toContain(a);
    expect(await known.recognise(text.replace(a, b))).toBeNull();
  }
});

it('takes the guess by the UID for no more than that', async () => {
  const found = await open(event('1', 'SUMMARY:one'), ['BEGIN:VTODO', ...event('1').slice(1, -1), 'END:VTODO']);
  const known = new KnownTexts(found);
  const todo = (await found.text(1)).toString('utf8');
  expect(todo).toContain('VTODO');
  // The event is found first and is another text.
  expect(await known.recognise(todo)).toBeNull();
  expect((await known.recognise((await found.text(0)).toString('utf8')))?.kind).toBe('VEVENT');
  expect(known.summary(1).kind).toBe('VTODO');
});
