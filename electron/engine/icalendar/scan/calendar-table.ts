import { uint32 } from './columns.ts';
import { LINE_HEAD } from './line-scanner.ts';
import { ANY_LINE_END, rawValue, toLine } from '../lines.ts';
import { withoutControls } from '../repairs/control-characters.ts';

/** The lines of a VCALENDAR itself, as far as they matter for its components. Values are binary strings. */
export interface CalendarHeader {
  readonly version: string | null;
  readonly prodid: string | null;
  readonly calscale: string | null;
  readonly method: string | null;
  /** The line among these four that is too long to be read to its end; PRODID only where none of the others is. */
  readonly cut: 'VERSION' | 'PRODID' | 'CALSCALE' | 'METHOD' | null;
  /** Its END is missing. */
  readonly unclosed: boolean;
  /** There was no VCALENDAR around the component at all. */
  readonly bare: boolean;
}

/** A VTIMEZONE as it stands in a file. */
export interface ZoneSlice {
  readonly tzid: string;
  readonly file: number;
  readonly offset: number;
  readonly length: number;
  readonly line: number;
}

const BARE: CalendarHeader = {
  version: null,
  prodid: null,
  calscale: null,
  method: null,
  cut: null,
  unclosed: false,
  bare: true,
};
const EMPTY: CalendarHeader = { ...BARE, bare: false };

/** What is remembered of each VCALENDAR: equal headers and equal sets of zones are kept once, for a million of them. */
export class CalendarTable {
  readonly #header = uint32();
  readonly #zoneSet = uint32();
  readonly #headers: CalendarHeader[] = [];
  readonly #headerOf = new Map<string, number>();
  readonly #zoneSets: (readonly ZoneSlice[])[] = [[]];
  readonly #zoneSetOf = new Map<string, number>([['', 0]]);

  /** Opens a calendar; `close` says what was in it. */
  open(): number {
    this.#zoneSet.push(0);
    return this.#header.push(0);
  }

  close(row: number, header: CalendarHeader, zones: readonly ZoneSlice[]): void {
    const key = JSON.stringify(header);
    let at = this.#headerOf.get(key);
    if (at === undefined) {
      at = this.#headers.push(header) - 1;
      this.#headerOf.set(key, at);
    }
    this.#header.set(row, at);
    this.#zoneSet.set(row, this.#internZones(zones));
  }

  #internZones(zones: readonly ZoneSlice[]): number {
    const key = zones.map((zone) => `${String(zone.file)}:${String(zone.offset)}`).join(' ');
    const known = this.#zoneSetOf.get(key);
    if (known !== undefined) return known;
    const at = this.#zoneSets.push(zones) - 1;
    this.#zoneSetOf.set(key, at);
    return at;
  }

  header(row: number): CalendarHeader {
    return this.#headers[this.#header.at(row)] ?? BARE;
  }

  zones(row: number): readonly ZoneSlice[] {
    return this.#zoneSets[this.#zoneSet.at(row)] ?? [];
  }
}

/** The first octets of a UTF-8 character at the end of a text, the rest missing: a very long line is held only in part. */
const CUT_CHARACTER = /(?:[\xc0-\xff]|[\xe0-\xff][\x80-\xbf]|[\xf0-\xff][\x80-\xbf]{2})$/;

/** Collects the lines of one VCALENDAR. */
export class HeaderReader {
  #header: CalendarHeader;

  constructor(bare: boolean) {
    this.#header = bare ? BARE : EMPTY;
  }

  /** The calendar ended without its END. */
  unclosed(): void {
    this.#header = { ...this.#header, unclosed: true };
  }

  get header(): CalendarHeader {
    return this.#header;
  }

  line(bytes: Buffer, from: number, to: number): void {
    const first = (bytes[from] ?? 0) | 0x20;
    // c, m, p, v
    if (first !== 0x63 && first !== 0x6d && first !== 0x70 && first !== 0x76) return;
    const line = toLine(bytes.toString('latin1', from, to).replace(ANY_LINE_END, '\r\n'), true, 0);
    const value = withoutControls(rawValue(line.text)).replace(CUT_CHARACTER, '').trim();
    const { name } = line;
    if (to - from >= LINE_HEAD && (name === 'VERSION' || name === 'CALSCALE' || name === 'METHOD')) {
      this.#header = { ...this.#header, cut: name };
    } else if (to - from >= LINE_HEAD && name === 'PRODID') {
      this.#header = { ...this.#header, cut: this.#header.cut ?? name };
    }
    if (line.name === 'VERSION') this.#header = { ...this.#header, version: value };
    else if (line.name === 'PRODID') this.#header = { ...this.#header, prodid: value };
    else if (line.name === 'CALSCALE') this.#header = { ...this.#header, calscale: value };
    else if (line.name === 'METHOD') this.#header = { ...this.#header, method: value.toUpperCase() };
  }
}
