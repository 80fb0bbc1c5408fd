import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Rejection } from '../../../shared/model/found/inspection.ts';
import { readSources } from '../read/read-sources.ts';
import { BROKEN_LINE } from './repairs/broken-lines.ts';
import { buildIndex } from './index/build-index.ts';
import { KnownTexts } from './index/known-texts.ts';
import { summarise } from './summary/summarise.ts';
import type { CalendarIndex, ResourceSummary } from './types.ts';

const CORPUS = path.resolve(import.meta.dirname, '../../../../shared/corpus');
const REJECTED = path.join(import.meta.dirname, 'corpus-rejected.tsv');

const spoolDir = mkdtempSync(path.join(tmpdir(), 'hushcal-corpus-'));
const folders: { name: string; index: CalendarIndex }[] = [];

beforeAll(async () => {
  if (!existsSync(CORPUS))
    throw new Error(`This test needs the corpus at ${CORPUS}; a fresh clone sits beside shared/.`);
  for (const name of readdirSync(CORPUS).sort()) {
    if (!statSync(path.join(CORPUS, name)).isDirectory()) continue;
    folders.push({ name, index: await buildIndex(await readSources([path.join(CORPUS, name)], { spoolDir })) });
  }
}, 120_000);

afterAll(async () => {
  for (const { index } of folders) await index.close();
  rmSync(spoolDir, { recursive: true, force: true });
});

/**
 * A line reader that shares nothing with the code under test: octets as characters, any line end, unfolded, without
 * blank lines and control characters; components by BEGIN and END alone.
 */
function componentsIn(bytes: Buffer): string[][] {
  const text = bytes.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  const logical: string[] = [];
  let physical = '';
  const flush = (): void => {
    const printable = physical.replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
    if (/^[ \t]/.test(physical) && logical.length > 0) logical.push(`${logical.pop() ?? ''}${printable.slice(1)}`);
    else if (printable !== '') logical.push(printable);
    physical = '';
  };
  for (const one of text) {
    if (one === '\n' || one === '\r') flush();
    else physical += one;
  }
  flush();
  const found: string[][] = [];
  let open: string[] | null = null;
  let end = '';
  for (const line of logical) {
    const begin = /^BEGIN\s*:\s*(\S+)\s*$/i.exec(line)?.[1]?.toUpperCase();
    if (open === null && begin !== undefined && begin !== 'VCALENDAR') {
      open = [];
      end = begin;
    }
    open?.push(line);
    if (open !== null && new RegExp(`^END\\s*:\\s*${end}\\s*$`, 'i').test(line)) {
      if (end !== 'VTIMEZONE') found.push(open);
      open = null;
    }
  }
  return found;
}

type Listed = ReadonlySet<ResourceSummary['findings'][number]['code']>;

function repairsIn(summary: ResourceSummary): Listed {
  return new Set(summary.findings.filter((one) => one.kind === 'repair').map((one) => one.code));
}

/** What the listed repairs may have changed is taken away from both sides; nothing else is. */
function comparable(lines: readonly string[], listed: Listed): string {
  let depth = 0;
  const kept = lines.filter((line) => {
    if (/^BEGIN:/i.test(line)) depth += 1;
    else if (/^END:/i.test(line)) depth -= 1;
    else if (depth === 1 && listed.has('uid-added') && /^UID[;:]/i.test(line)) return false;
    else if (depth === 1 && listed.has('dtstamp-added') && /^DTSTAMP:/i.test(line)) return false;
    return true;
  });
  let text = kept.join('\n');
  if (listed.has('schedule-parameters'))
    text = text.replace(/;SCHEDULE-(?:STATUS|FORCE-SEND)=(?:"[^"]*"|[^;:]*)/gi, '');
  if (listed.has('date-value-added')) text = text.replace(/;VALUE=DATE(?=[;:])/gi, '');
  // An escaped comma for a comma, on both sides.
  if (listed.has('commas-escaped')) text = text.replace(/\\,/g, ',');
  if (listed.has('charset-converted')) text = text.replace(/[\x80-\xff]+/g, '?');
  return text;
}

test('every component is in exactly one place: a resource, the duplicates or the rejected', () => {
  for (const { name, index } of folders) {
    let stored = 0;
    for (let ordinal = 0; ordinal < index.size; ordinal += 1) stored += index.summary(ordinal).components;
    expect([name, stored + index.duplicates + index.rejected.length]).toEqual([name, index.components]);
  }
});

test('at least 4,300 components can be stored', () => {
  let stored = 0;
  for (const { index } of folders) {
    for (let ordinal = 0; ordinal < index.size; ordinal += 1) stored += index.summary(ordinal).components;
  }
  expect(stored).toBeGreaterThanOrEqual(4300);
});

test('the text of each resource has exactly the lines of its source, listed repairs aside', async () => {
  const lost: string[] = [];
  const broken: string[] = [];
  for (const { name, index } of folders) {
    const sources = new Map<string, string[][]>();
    const inFile = (file: string): string[][] => {
      const known = sources.get(file) ?? componentsIn(readFileSync(file));
      sources.set(file, known);
      return known;
    };
    // Resources of the same files with the same repairs are looked for among the same texts.
    const texts = new Map<string, ReadonlySet<string>>();
    const textsIn = (files: readonly string[], listed: Listed): ReadonlySet<string> => {
      const key = [...files, ...[...listed].sort()].join('\n');
      const known = texts.get(key) ?? new Set(files.flatMap(inFile).map((lines) => comparable(lines, listed)));
      texts.set(key, known);
      return known;
    };
    for (let ordinal = 0; ordinal < index.size; ordinal += 1) {
      const summary = index.summary(ordinal);
      if (summary.file.endsWith('.json')) continue;
      // Sent only with consent, and then mended.
      if (summary.findings.some(({ code }) => code === BROKEN_LINE)) {
        broken.push(path.basename(summary.file));
        continue;
      }
      const stored = componentsIn(await index.text(ordinal));
      expect(stored.length).toBe(summary.components);
      // The other instances of a series may stand in other files of the same folder.
      const files = summary.components === 1 ? [summary.file] : calendarFiles(path.join(CORPUS, name));
      const listed = repairsIn(summary);
      const candidates = textsIn(files, listed);
      for (const lines of stored) {
        if (!candidates.has(comparable(lines, listed)))
          lost.push(`${summary.file}:${String(summary.line)} ${summary.uid}`);
      }
    }
  }
  expect(lost).toEqual([]);
  expect(broken).toEqual(['bhav23-2.ics', 'issue_104_mark_events_broken.ics']);
}, 120_000);

function calendarFiles(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ics')).map((name) => path.join(folder, name));
}

test('what is sent is UTF-8 with CRLF line ends, without METHOD, one UID, and as long as announced', async () => {
  for (const { index } of folders) {
    for (let ordinal = 0; ordinal < index.size; ordinal += 1) {
      const summary = index.summary(ordinal);
      const bytes = await index.text(ordinal);
      const text = bytes.toString('utf8');
      const where = `${summary.file}:${String(summary.line)}`;
      expect([where, bytes.length]).toEqual([where, summary.bytes]);
      expect([where, Buffer.from(text, 'utf8').equals(bytes)]).toEqual([where, true]);
      expect([where, /[^\r]\n|\r[^\n]|\n\r\n/.test(text)]).toEqual([where, false]);
      expect([where, /^METHOD[:;]/im.test(text)]).toEqual([where, false]);
      expect(summary.uid).not.toBe('');
    }
  }
});

test('the rejected components are those of the list that was read and judged', () => {
  const rows = folders
    .flatMap(({ index }) => index.rejected)
    .map(row)
    .sort();
  expect(rows).toEqual(
    readFileSync(REJECTED, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .slice(1),
  );
});

function row(one: Rejection): string {
  return [path.relative(CORPUS, one.file), String(one.line), one.code, one.reason.replaceAll(`${CORPUS}/`, '')].join(
    '\t',
  );
}

test('a text that is recognised in a calendar means what it says', async () => {
  let recognised = 0;
  let all = 0;
  for (const { index } of folders) {
    const known = new KnownTexts(index);
    for (let ordinal = 0; ordinal < index.size; ordinal += 1) {
      const text = (await index.text(ordinal)).toString('utf8').replaceAll('\r\n', '\n');
      const found = await known.recognise(text);
      const [read, ...more] = summarise(text);
      all += 1;
      if (found === null) continue;
      recognised += 1;
      expect(more).toEqual([]);
      const { uid, kind, meaning, sequence, dtstamp, lastModified } = found;
      expect(read).toMatchObject({ uid, kind, meaning, sequence, dtstamp, lastModified });
    }
  }
  // The others have a UID that is folded or not ASCII, or share it with an entry of another kind.
  expect(recognised / all).toBeGreaterThan(0.85);
}, 60_000);
