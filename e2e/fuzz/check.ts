import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildIndex } from '../../electron/engine/icalendar/index/build-index.ts';
import { fieldDifferences } from '../../electron/engine/icalendar/summary/field-differences.ts';
import { meaningOf } from '../../electron/engine/icalendar/meaning/meaning.ts';
import { summarise } from '../../electron/engine/icalendar/summary/summarise.ts';
import type { CalendarIndex, ResourceSummary } from '../../electron/engine/icalendar/types.ts';
import { readSources } from '../../electron/engine/read/read-sources.ts';
import { linesOf } from './line-reader.ts';

/** Something the reader promises and did not keep. */
class BrokenPromise extends Error {}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new BrokenPromise(what);
}

/**
 * Reads one file as a restore would and checks what is promised for any input: nothing is thrown, every component is in
 * one place, each text is well formed and holds only lines of its source, listed repairs aside, and reading a stored
 * text gives the same event again, so that a second restore finds it unchanged.
 *
 * @param dir a folder of its own, emptied afterwards
 */
export async function checkReading(bytes: Buffer, name: string, dir: string): Promise<void> {
  const file = path.join(dir, name);
  await mkdir(dir, { recursive: true });
  await writeFile(file, bytes);
  const reading = await readSources([file], { spoolDir: path.join(dir, 'spool') });
  const index = await buildIndex(reading);
  try {
    const sources = await Promise.all(reading.files.map(({ path: at }) => readFile(at)));
    await checkIndex(index, reading.files.every(({ format }) => format === 'icalendar') ? sources : null);
  } finally {
    await index.close();
    await rm(dir, { recursive: true, force: true });
  }
}

async function checkIndex(index: CalendarIndex, sources: readonly Buffer[] | null): Promise<void> {
  const known = sources === null ? null : knownLines(sources);
  let stored = 0;
  let before: string | null = null;
  for (let ordinal = 0; ordinal < index.size; ordinal += 1) {
    const summary = index.summary(ordinal);
    stored += summary.components;
    const bytes = await index.text(ordinal);
    const text = bytes.toString('utf8');
    checkForm(bytes, text, summary);
    checkSameAgain(text, summary);
    if (known !== null && !isBroken(summary)) checkLines(bytes, summary, known);
    fieldDifferences(before ?? text, text);
    before = text;
  }
  for (const [at, rejection] of index.rejected.entries()) {
    must(rejection.reason.trim() !== '', 'a rejection without a reason');
    await index.rejectedText(at);
  }
  must(
    stored + index.duplicates + index.rejected.length === index.components,
    `${stored} stored + ${index.duplicates} duplicates + ${index.rejected.length} rejected are not ${index.components}`,
  );
}

function checkForm(bytes: Buffer, text: string, { uid, bytes: announced }: ResourceSummary): void {
  must(Buffer.from(text, 'utf8').equals(bytes), `${uid}: not UTF-8`);
  must(bytes.length === announced, `${uid}: ${announced} octets announced, ${bytes.length} there`);
  must(uid !== '', 'no UID');
  must(!/[^\r]\n|\r[^\n]|\n\r\n/.test(text), `${uid}: line ends that are not CRLF`);
  must(text.startsWith('BEGIN:VCALENDAR\r\n') && text.endsWith('END:VCALENDAR\r\n'), `${uid}: no VCALENDAR`);
  const open: string[] = [];
  for (const line of linesOf(bytes)) {
    const found = /^(BEGIN|END)\s*:\s*(.*?)\s*$/i.exec(line);
    if (found?.[1]?.toUpperCase() === 'BEGIN') open.push(found[2]?.toUpperCase() ?? '');
    else if (found === null) must(open.length > 1 || !/^METHOD[:;]/i.test(line), `${uid}: METHOD`);
    else must(open.pop() === found[2]?.toUpperCase(), `${uid}: END without its BEGIN`);
  }
  must(open.length === 0, `${uid}: BEGIN without its END`);
}

/** What a server gives back after it stored the text must be seen as the same event. */
function checkSameAgain(text: string, { uid, meaning, kind }: ResourceSummary): void {
  const again = summarise(text);
  must(again.length === 1, `${uid}: reads as ${again.length} events`);
  must(again[0]?.uid === uid, `${uid}: reads as ${again[0]?.uid ?? ''}`);
  must(again[0].kind === kind, `${uid}: reads as ${again[0].kind}`);
  must(again[0].meaning === meaning, `${uid}: means something else when it is read again`);
  must(meaningOf(text) === meaning, `${uid}: has two meanings`);
  must(meaningOf(text.replace(/\r\n/g, '\n')) === meaning, `${uid}: means something else with other line ends`);
}

/** Sent only with consent, and then mended: its lines are shown one by one. */
function isBroken({ findings }: ResourceSummary): boolean {
  return findings.some(({ code }) => code === 'broken-line');
}

/** Lines that the reader writes itself, and what listed repairs may have changed. */
function checkLines(bytes: Buffer, { uid, findings }: ResourceSummary, known: Known): void {
  const repairs = new Set(findings.filter(({ kind }) => kind === 'repair').map(({ code }) => code));
  let zone = false;
  for (const line of linesOf(bytes)) {
    // A zone may come from the library.
    if (/^BEGIN:VTIMEZONE$/i.test(line)) zone = true;
    const own =
      zone ||
      /^(?:BEGIN|END|VERSION|PRODID|CALSCALE)\b/i.test(line) ||
      (repairs.has('uid-added') && line.startsWith('UID:')) ||
      (repairs.has('dtstamp-added') && line.startsWith('DTSTAMP:')) ||
      (repairs.has('date-value-added') && /^[A-Z-]+;(?:.*;)?VALUE=DATE[;:]/i.test(line)) ||
      repairs.has('schedule-parameters') ||
      (repairs.has('charset-converted') && /[\x80-\xff]/.test(line)) ||
      (repairs.has('commas-escaped') && line.includes('\\,'));
    if (/^END:VTIMEZONE$/i.test(line)) zone = false;
    must(own || known(line), `${uid}: a line that the source does not have: ${line.slice(0, 200)}`);
  }
}

/** Whether a line stands in the source, wherever its line ends are: a stray CR may end a line or be none. */
type Known = (line: string) => boolean;

function knownLines(sources: readonly Buffer[]): Known {
  const lines = new Set(sources.flatMap((source) => [...linesOf(source)]));
  const whole = sources.map((source) => squashed(source.toString('latin1'))).join('\n');
  return (line) => lines.has(line) || whole.includes(squashed(line));
}

function squashed(text: string): string {
  return text.replace(/(?:\r+\n|\r|\n)[ \t]?/g, '').replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
}
