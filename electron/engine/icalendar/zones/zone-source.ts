import type { Finding } from '../../../../shared/model/plan.ts';
import type { CalendarTable, ZoneSlice } from '../scan/calendar-table.ts';
import { decode } from '../lines.ts';
import { zoneSince } from './zone-history.ts';
import { withoutBlankLines } from '../repairs/blank-lines.ts';
import { withoutSplitCharacters } from '../repairs/folds.ts';
import { normaliseText } from '../repairs/line-ends.ts';
import type { FileZones } from '../scan/scan-file.ts';
import { fold } from '../repairs/fold.ts';
import { isUtcName } from './used-zones.ts';
import { ianaName } from './zone-library.ts';

const MAX_CACHED = 500;

/** Which component uses a zone. */
interface ZonePlace {
  readonly file: number;
  readonly calendar: number;
  readonly line: number;
}

/** Where the VTIMEZONE for a TZID comes from: the component's own calendar, its file, or the library. */
export class ZoneSource {
  readonly #calendars: CalendarTable;
  readonly #ofFile: (file: number) => FileZones | undefined;
  readonly #read: (zone: ZoneSlice) => string;
  readonly #cache = new Map<string, string>();

  constructor(
    calendars: CalendarTable,
    ofFile: (file: number) => FileZones | undefined,
    read: (zone: ZoneSlice) => string,
  ) {
    this.#calendars = calendars;
    this.#ofFile = ofFile;
    this.#read = read;
  }

  /**
   * The definition with CRLF line ends, or null when there is none; what had to be done is noted in `findings`.
   *
   * @param since gives the first year that the definition must be right for
   */
  find(tzid: string, { file, calendar, line }: ZonePlace, since: () => number, findings: Finding[]): string | null {
    const slice = this.#slice(tzid, file, calendar);
    if (isUtcName(tzid) && slice === null) return null;
    if (slice !== null && slice.tzid !== tzid) {
      const message = `The definition of "${decode(slice.tzid)}" is sent under the name that is used here, "${decode(tzid)}".`;
      findings.push({ kind: 'repair', code: 'timezone-renamed', message, line });
    }
    if (slice !== null) return this.defined(tzid, { file, calendar });
    const shown = decode(tzid);
    const year = since();
    const added = this.#cached(`${String(year)}=${tzid}`, () => zoneSince(tzid, year) ?? '');
    if (added === '') {
      const message = `Time zone "${shown}" is defined nowhere and nobody knows it; times in it may be shown wrongly.`;
      findings.push({ kind: 'warning', code: 'timezone-unknown', message, line });
      return null;
    }
    const message = `Time zone "${shown}" is not defined in the file; its definition is added.`;
    findings.push({ kind: 'repair', code: 'timezone-added', message, line });
    return added;
  }

  /** The definition that the sources themselves give, or null. */
  defined(tzid: string, { file, calendar }: Omit<ZonePlace, 'line'>): string | null {
    const slice = this.#slice(tzid, file, calendar);
    return slice === null
      ? null
      : this.#cached(`${String(slice.file)}:${String(slice.offset)}=${tzid}`, () => this.#text(slice, tzid));
  }

  #slice(tzid: string, file: number, calendar: number): ZoneSlice | null {
    const own = this.#calendars.zones(calendar).find((zone) => zone.tzid === tzid);
    return own ?? this.#ofFile(file)?.get(tzid) ?? this.#sameZone(tzid, file, calendar);
  }

  /** The definition of the same zone under another name: in other letters, or in the words of Windows or Outlook. */
  #sameZone(tzid: string, file: number, calendar: number): ZoneSlice | null {
    const all = [...this.#calendars.zones(calendar), ...(this.#ofFile(file)?.values() ?? [])];
    if (all.length === 0) return null;
    const name = tzid.trim().toLowerCase();
    const found = all.find((zone) => zone.tzid.trim().toLowerCase() === name);
    if (found !== undefined) return found;
    const known = ianaName(tzid);
    return known === null ? null : (all.find((zone) => ianaName(zone.tzid) === known) ?? null);
  }

  #text(slice: ZoneSlice, tzid: string): string {
    const text = withoutSplitCharacters(withoutBlankLines(normaliseText(this.#read(slice))));
    const whole = text.endsWith('\r\n') ? text : `${text}\r\n`;
    if (slice.tzid === tzid) return whole;
    const name = fold(`TZID:${tzid.replace(/[\\;,]/g, '\\$&')}`);
    return whole.replace(/\r\nTZID[;:][^\r\n]*(?:\r\n[ \t][^\r\n]*)*/i, () => `\r\n${name}`);
  }

  #cached(key: string, make: () => string): string {
    const known = this.#cache.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (this.#cache.size >= MAX_CACHED) this.#cache.clear();
    this.#cache.set(key, made);
    return made;
  }
}
