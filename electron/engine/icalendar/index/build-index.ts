import { randomUUID } from 'node:crypto';
import { mkdir, stat, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HushError } from '../../../../shared/model/failure.ts';
import type { Rejection } from '../../../../shared/model/found/inspection.ts';
import type { Reading, SourceFile } from '../../read/types.ts';
import { Turn } from '../../yielding.ts';
import { CalendarTable } from '../scan/calendar-table.ts';
import { TableIndex } from './calendar-index.ts';
import { ComponentTable } from '../scan/component-table.ts';
import { Grouper } from './grouping.ts';
import { textFromJcal } from '../zones/ical-adapter.ts';
import type { FileZones } from '../scan/scan-file.ts';
import { dedented, dedentedZone } from '../scan/dedent.ts';
import { FileScan, scanFile } from '../scan/scan-file.ts';
import type { IndexedFile } from '../scan/slice-reader.ts';
import { SliceReader } from '../scan/slice-reader.ts';
import { rejectionOf } from './rejections.ts';
import type { CalendarIndex } from '../types.ts';
import { offsetsWith } from '../zones/zone-offset.ts';
import { ZoneSource } from '../zones/zone-source.ts';

interface IndexOptions {
  readonly signal?: AbortSignal;
  /** Octets read so far, and in total. */
  readonly progress?: (done: number, of: number | null) => void;
}

/**
 * Splits all files of a reading and sorts their components into resources. What cannot become a resource is in
 * `rejected`, by file and line; a file that could not be read at all is one rejected row with line 0 and counts as one
 * component, so that `components` = components in resources + `duplicates` + `rejected.length`.
 */
export async function buildIndex(reading: Reading, options: IndexOptions = {}): Promise<CalendarIndex> {
  const table = new ComponentTable();
  const calendars = new CalendarTable();
  const indexed: IndexedFile[] = [];
  const zonesByFile: (FileZones | undefined)[] = [];
  const whole: Rejection[] = reading.problems.map((one) => wholeFile(one.label, one.code, one.reason));
  const total = reading.files.reduce((sum, file) => sum + file.bytes, 0);
  let done = 0;

  for (const file of reading.files) {
    options.signal?.throwIfAborted();
    const readable = await plainText(file, reading.spoolDir);
    const scan = new FileScan(table, calendars, file.index);
    const before = await fileState(file, readable);
    indexed[file.index] = before;
    if (readable === null) {
      whole.push(wholeFile(file.label, 'not-jcal', 'This is JSON, but not a calendar (jCal, RFC 7265).'));
      continue;
    }
    const noted = (octets: number): void => options.progress?.((done += octets), total);
    await scanFile(readable, before.bytes, scan, noted, options.signal);
    zonesByFile[file.index] = scan.zones.size > 0 ? scan.zones : undefined;
    if (scan.found === 0) whole.push(emptyFile(file.label, scan.firstZoneLine));
  }

  const slices = new SliceReader((file) => indexed[file] ?? { label: '', path: '', bytes: 0, changedMs: 0 });
  const sliceText = (row: number): string => {
    const slice = slices.read(table.file.at(row), table.offset.at(row), table.length.at(row));
    return (table.isIndented(row) ? dedented(slice) : slice).toString('latin1');
  };
  const label = (row: number): string => reading.files[table.file.at(row)]?.label ?? '';
  const grouper = new Grouper(table, calendars, sliceText, label);
  const found = table.size;
  const turn = new Turn();
  for (let row = 0; row < found; row += 1) {
    if (turn.due) {
      await turn.take();
      options.signal?.throwIfAborted();
    }
    grouper.add(row);
  }

  const zones = new ZoneSource(
    calendars,
    (file) => zonesByFile[file],
    (zone) => dedentedZone(slices.read(zone.file, zone.offset, zone.length)),
  );
  grouper.finish((row) => {
    const place = { file: table.file.at(row), calendar: table.calendar.at(row) };
    return offsetsWith((tzid) => zones.defined(tzid, place));
  });
  const { groups } = grouper;
  const rejected = groups.refused.map(({ row, refusal }) => rejectionOf(table, row, refusal, label(row), sliceText));
  const parts = {
    table,
    calendars,
    first: groups.first,
    cancellations: groups.cancellations,
    files: reading.files,
    slices,
    zones,
    rejected: [...rejected, ...whole],
    rejectedRows: [...groups.refused.map((one) => one.row), ...whole.map(() => -1)],
    bytes: indexed.reduce((sum, file) => sum + file.bytes, 0),
    components: found + whole.length,
    duplicates: groups.duplicates,
  };
  return new TableIndex(parts, [
    ...reading.files.filter((file) => file.spooled).map((file) => file.path),
    ...indexed.filter((one, at) => one.path !== reading.files[at]?.path).map((one) => one.path),
  ]);
}

function wholeFile(file: string, code: string, reason: string): Rejection {
  return { file, line: 0, uid: '', title: '', code, reason };
}

function emptyFile(label: string, zoneLine: number): Rejection {
  if (zoneLine > 0) {
    return { ...wholeFile(label, 'only-time-zones', 'There are only time zones here, no events.'), line: zoneLine };
  }
  return wholeFile(label, 'no-components', 'There is no event, task or journal entry in this file.');
}

/** Path of the text to split: the file itself, or for jCal a converted copy; null when it is no jCal after all. */
async function plainText(file: SourceFile, spoolDir: string): Promise<string | null> {
  if (file.format === 'icalendar') return file.path;
  let text: string;
  try {
    text = textFromJcal((await readFile(file.path, 'utf8')).replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
  // Several readings share the folder.
  const converted = path.join(spoolDir, `jcal-${randomUUID()}.ics`);
  await mkdir(spoolDir, { recursive: true, mode: 0o700 });
  await writeFile(converted, text, { mode: 0o600, flag: 'wx' });
  return converted;
}

async function fileState(file: SourceFile, readable: string | null): Promise<IndexedFile> {
  const at = readable ?? file.path;
  try {
    const status = await stat(at);
    return { label: file.label, path: at, bytes: status.size, changedMs: status.mtimeMs };
  } catch (cause) {
    const message = `"${file.label}" was changed or removed since it was read; read it again.`;
    throw new HushError({ code: 'SOURCE_CHANGED', message, reaction: 'fix-input' }, { cause });
  }
}
