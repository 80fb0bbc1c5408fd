import { open } from 'node:fs/promises';
import type { CalendarTable, ZoneSlice } from './calendar-table.ts';
import { HeaderReader } from './calendar-table.ts';
import { STATES } from './component-table.ts';
import type { ComponentTable } from './component-table.ts';
import { LINE_HEAD } from './line-scanner.ts';
import { ANY_LINE_END, parameter, rawValue, toLine, unescapeText } from '../lines.ts';
import { withoutControls } from '../repairs/control-characters.ts';
import { Splitter } from './splitter.ts';
import type { ComponentState, SplitHandler } from './splitter.ts';

const CHUNK = 1024 * 1024;
/** Components with a longer UID or RECURRENCE-ID are refused; nobody writes them. */
const MAX_KEY = 8 * 1024;
const NO_KEY = Buffer.alloc(0);

/** Every zone of a file by TZID: the first VTIMEZONE of that name. */
export type FileZones = Map<string, ZoneSlice>;

/** Notes each component of one file in the tables while the splitter runs over it. */
export class FileScan implements SplitHandler {
  readonly #table: ComponentTable;
  readonly #calendars: CalendarTable;
  readonly #file: number;
  /** VTIMEZONEs with the same text are remembered once for the whole reading. */
  readonly zones: FileZones = new Map();
  /** First line of a VTIMEZONE without any other component in the file; 0 when there is none. */
  firstZoneLine = 0;
  found = 0;

  #calendar = -1;
  #header = new HeaderReader(true);
  #calendarZones: ZoneSlice[] = [];

  #name = '';
  #start = 0;
  #line = 0;
  #hasStart = false;
  #tzid = '';
  #longKey = false;
  #uid: Buffer | null = null;
  #recurrence: Buffer | null = null;

  constructor(table: ComponentTable, calendars: CalendarTable, file: number) {
    this.#table = table;
    this.#calendars = calendars;
    this.#file = file;
  }

  calendarStart(): void {
    this.#leave();
    this.#calendar = this.#calendars.open();
    this.#header = new HeaderReader(false);
  }

  calendarEnd(closed: boolean): void {
    if (!closed) this.#header.unclosed();
    this.#leave();
  }

  calendarLine(bytes: Buffer, from: number, to: number): void {
    this.#header.line(bytes, from, to);
  }

  componentStart(name: string, start: number, line: number): void {
    if (this.#calendar < 0) {
      this.#calendar = this.#calendars.open();
      this.#header = new HeaderReader(true);
    }
    this.#name = name;
    this.#start = start;
    this.#line = line;
    this.#hasStart = false;
    this.#tzid = '';
    this.#longKey = false;
    this.#uid = null;
    this.#recurrence = null;
  }

  componentLine(bytes: Buffer, from: number, to: number): void {
    // Only four properties matter here; their first letters sort out nearly all lines.
    switch ((bytes[from] ?? 0) | 0x20) {
      case 0x64:
        this.#hasStart ||= startsWith(bytes, from, to, 'DTSTART');
        break;
      case 0x75:
        if (this.#uid === null && startsWith(bytes, from, to, 'UID')) this.#uid = this.#key(bytes, from, to, false);
        break;
      case 0x72:
        if (startsWith(bytes, from, to, 'RECURRENCE-ID')) this.#recurrence = this.#key(bytes, from, to, true);
        break;
      case 0x74:
        if (this.#name === 'VTIMEZONE' && startsWith(bytes, from, to, 'TZID')) this.#tzid = text(bytes, from, to);
        break;
    }
  }

  componentEnd(end: number, state: ComponentState): void {
    if (this.#name === 'VTIMEZONE' && (state === 'complete' || state === 'indented')) this.#addZone(end);
    else this.#addComponent(end, state);
  }

  #key(bytes: Buffer, from: number, to: number, zoned: boolean): Buffer {
    const whole = key(bytes, from, to, zoned);
    if (to - from >= LINE_HEAD || whole.length > MAX_KEY) this.#longKey = true;
    return whole.subarray(0, MAX_KEY);
  }

  /** To be called after the splitter's `end`. */
  finish(): void {
    this.#leave();
  }

  #leave(): void {
    if (this.#calendar >= 0) this.#calendars.close(this.#calendar, this.#header.header, this.#calendarZones);
    this.#calendar = -1;
    this.#calendarZones = [];
  }

  #addZone(end: number): void {
    if (this.firstZoneLine === 0) this.firstZoneLine = this.#line;
    const zone: ZoneSlice = {
      tzid: this.#tzid,
      file: this.#file,
      offset: this.#start,
      length: end - this.#start,
      line: this.#line,
    };
    // A concatenation of exports repeats its zones; one of the same name and length is taken for the same.
    const known = this.zones.get(this.#tzid);
    if (known === undefined) this.zones.set(this.#tzid, zone);
    this.#calendarZones.push(known?.length === zone.length ? known : zone);
  }

  #addComponent(end: number, state: ComponentState): void {
    const table = this.#table;
    this.found += 1;
    table.file.push(this.#file);
    table.calendar.push(this.#calendar);
    table.offset.push(this.#start);
    table.length.push(end - this.#start);
    table.line.push(this.#line);
    table.kind.push(table.kindNumber(this.#name));
    table.state.push(
      STATES.indexOf((state === 'complete' || state === 'indented') && this.#longKey ? 'long-key' : state),
    );
    table.hasStart.push(this.#hasStart ? 1 : 0);
    table.status.push(0);
    table.uidMade.push(0);
    table.next.push(-1);
    const uid = this.#uid ?? NO_KEY;
    const recurrence = this.#recurrence ?? NO_KEY;
    table.uidStart.push(table.keys.add(uid, 0, uid.length));
    table.uidLength.push(uid.length);
    table.keys.add(recurrence, 0, recurrence.length);
    table.recurrenceLength.push(recurrence.length);
  }
}

/**
 * Runs the splitter over a file. Returns its length in octets.
 *
 * @param size its octets, as far as they are known: an archive of thousands of small files needs no large room for each
 */
export async function scanFile(
  path: string,
  size: number,
  scan: FileScan,
  read: (octets: number) => void,
  signal: AbortSignal | undefined,
): Promise<number> {
  const splitter = new Splitter(scan);
  const handle = await open(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(Math.min(Math.max(size, 1), CHUNK));
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, null);
      if (bytesRead === 0) break;
      splitter.write(chunk.subarray(0, bytesRead));
      read(bytesRead);
    }
  } finally {
    await handle.close();
  }
  const length = splitter.end();
  scan.finish();
  return length;
}

function startsWith(bytes: Buffer, from: number, to: number, name: string): boolean {
  for (let at = 0; at < name.length; at += 1) {
    if (((bytes[from + at] ?? 0) & 0xdf) !== (name.charCodeAt(at) & 0xdf)) return false;
  }
  const after = from + name.length >= to ? 0 : bytes[from + name.length];
  // `:`, `;`, white space, or the name is folded before its colon
  return after === 0x3a || after === 0x3b || after === 0x20 || after === 0x09 || after === 0x0d || after === 0x0a;
}

function logical(bytes: Buffer, from: number, to: number): string {
  const raw = bytes.toString('latin1', from, to);
  return raw.includes('\n') || raw.includes('\r') ? toLine(raw.replace(ANY_LINE_END, '\r\n'), true, 0).text : raw;
}

function text(bytes: Buffer, from: number, to: number): string {
  return unescapeText(cleanKey(rawValue(logical(bytes, from, to))));
}

function key(bytes: Buffer, from: number, to: number, zoned: boolean): Buffer {
  const line = logical(bytes, from, to);
  const value = cleanKey(rawValue(line));
  const zone = zoned ? parameter(line, 'TZID') : null;
  return Buffer.from(zone === null ? value : `${value}@${zone}`, 'latin1');
}

/** Control characters go, as they will from the text; so does white space around the value. */
function cleanKey(value: string): string {
  return withoutControls(value).trim();
}
