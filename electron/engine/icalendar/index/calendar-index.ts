import { rm } from 'node:fs/promises';
import type { Finding } from '../../../../shared/model/plan.ts';
import type { Rejection } from '../../../../shared/model/found/inspection.ts';
import type { SourceFile } from '../../read/types.ts';
import { assemble, assembledBytes, assemblePlain, envelopeOf } from './calendar-text.ts';
import type { CalendarTable } from '../scan/calendar-table.ts';
import { STATUS } from '../scan/component-table.ts';
import type { ComponentTable } from '../scan/component-table.ts';
import { cancellationFinding, cancellationOf, type Attached } from './cancellations.ts';
import { draftComponent } from './draft.ts';
import { readFacts } from '../facts/component-facts.ts';
import type { Draft } from '../repairs/repair.ts';
import { fileFindings, markFinding } from './file-findings.ts';
import type { ContentLine } from '../lines.ts';
import { decode, unescapeText } from '../lines.ts';
import { isPlain, PlainTexts } from './plain-texts.ts';
import { dedented } from '../scan/dedent.ts';
import type { SliceReader } from '../scan/slice-reader.ts';
import { fingerprintOf } from '../meaning/meaning.ts';
import { glanceOf, summaryOf, type ResourceLines } from '../summary/summary.ts';
import type { CalendarIndex, CancellationParts, ResourceGlance, ResourceParts, ResourceSummary } from '../types.ts';
import { firstYear, usedZones } from '../zones/used-zones.ts';
import { addWarnings } from './warnings.ts';
import { offsetsWith } from '../zones/zone-offset.ts';
import type { ZoneSource } from '../zones/zone-source.ts';

/** Characters of a rejected component that are shown. */
const SHOWN = 64 * 1024;

interface IndexParts {
  readonly table: ComponentTable;
  readonly calendars: CalendarTable;
  /** Row of the first component of each resource. */
  readonly first: { readonly size: number; at(row: number): number };
  /** By the row of the first component. */
  readonly cancellations: ReadonlyMap<number, readonly Attached[]>;
  readonly files: readonly SourceFile[];
  readonly slices: SliceReader;
  readonly zones: ZoneSource;
  readonly rejected: readonly Rejection[];
  /** Row of each rejected component, -1 for a whole file. */
  readonly rejectedRows: readonly number[];
  readonly bytes: number;
  readonly components: number;
  readonly duplicates: number;
}

const UNFINISHED =
  'Its calendar has no END:VCALENDAR: the file may be cut off after this event. Compare it with another copy.';

interface Prepared {
  readonly head: string;
  /** Definition by TZID; empty for those that need none or that nobody knows. */
  readonly zones: ReadonlyMap<string, string>;
  readonly components: readonly (readonly ContentLine[])[];
  readonly cancellations: readonly CancellationParts[];
  readonly findings: readonly Finding[];
  readonly firstRow: number;
}

/** The index over the tables: everything about a resource is made from its slices when it is asked for. */
export class TableIndex implements CalendarIndex {
  readonly #parts: IndexParts;
  readonly #spooled: readonly string[];
  /** The last resource that was looked at: its summary, its meaning and its text are asked for one after the other. */
  #last: { readonly ordinal: number; readonly prepared: Prepared } | null = null;
  readonly #plain: PlainTexts;
  /** By UID; made when somebody asks for one. */
  #ordinals: ReadonlyMap<string, number> | null = null;

  constructor(parts: IndexParts, spooled: readonly string[]) {
    this.#parts = parts;
    this.#spooled = spooled;
    this.#plain = new PlainTexts(parts.first.size);
  }

  get size(): number {
    return this.#parts.first.size;
  }
  get bytes(): number {
    return this.#parts.bytes;
  }
  get files(): number {
    return this.#parts.files.length;
  }
  get components(): number {
    return this.#parts.components;
  }
  get duplicates(): number {
    return this.#parts.duplicates;
  }
  get rejected(): readonly Rejection[] {
    return this.#parts.rejected;
  }

  summary(ordinal: number): ResourceSummary {
    return summaryOf(this.#lines(ordinal));
  }

  glance(ordinal: number): ResourceGlance {
    return glanceOf(this.#lines(ordinal));
  }

  #lines(ordinal: number): ResourceLines {
    const prepared = this.#prepare(ordinal);
    const { table, files } = this.#parts;
    return {
      components: prepared.components,
      file: files[table.file.at(prepared.firstRow)]?.label ?? '',
      line: table.line.at(prepared.firstRow),
      bytes: assembledBytes(prepared.head, [...prepared.zones.values()], prepared.components),
      findings: prepared.findings,
      cancellations: prepared.cancellations,
      offset: offsetsWith((tzid) => prepared.zones.get(tzid) ?? null),
    };
  }

  parts(ordinal: number): ResourceParts {
    const { head, zones, components, cancellations, findings } = this.#prepare(ordinal);
    const { table, files } = this.#parts;
    const rows = this.#rows(ordinal);
    const [first = 0] = rows;
    const lines = rows.map((row) => table.line.at(row));
    const file = files[table.file.at(first)]?.label ?? '';
    return { head, zones, components, cancellations, findings, file, line: table.line.at(first), lines };
  }

  ordinalOf(uid: string): number {
    this.#ordinals ??= this.#numberUids();
    return this.#ordinals.get(uid) ?? -1;
  }

  loneUids(): ReadonlySet<string> {
    const { table, first } = this.#parts;
    const lone = new Set<string>();
    for (let ordinal = 0; ordinal < first.size; ordinal += 1) {
      const row = first.at(ordinal);
      if (!this.#hasMaster(row)) lone.add(decode(unescapeText(table.uid(row))).trim());
    }
    return lone;
  }

  #hasMaster(first: number): boolean {
    const { table } = this.#parts;
    for (let row = first; row >= 0; row = table.next.at(row)) {
      if (table.recurrenceLength.at(row) === 0 && table.status.at(row) === STATUS.live) return true;
    }
    return false;
  }

  fingerprint(ordinal: number): string {
    return fingerprintOf(this.#text(ordinal));
  }

  text(ordinal: number): Promise<Buffer> {
    try {
      return Promise.resolve(this.#text(ordinal));
    } catch (thrown) {
      return Promise.reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  }

  rejectedText(index: number): Promise<string> {
    const row = this.#parts.rejectedRows[index] ?? -1;
    if (row < 0) return Promise.resolve('');
    try {
      const { table } = this.#parts;
      const length = Math.min(table.length.at(row), SHOWN);
      const bytes = this.#parts.slices.read(table.file.at(row), table.offset.at(row), length);
      return Promise.resolve(bytes.toString('utf8') + (length < table.length.at(row) ? '\n…' : ''));
    } catch (thrown) {
      return Promise.reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  }

  async close(): Promise<void> {
    this.#last = null;
    this.#parts.slices.close();
    await Promise.all(this.#spooled.map((path) => rm(path, { force: true })));
  }

  #text(ordinal: number): Buffer {
    const prefix = this.#plain.prefix(ordinal);
    if (prefix !== null) return assemblePlain(prefix, this.#slice(this.#rows(ordinal)[0] ?? 0));
    const { head, zones, components } = this.#prepare(ordinal);
    return assemble(head, [...zones.values()], components);
  }

  /** Rows of the components that are sent, the one without RECURRENCE-ID first. */
  #rows(ordinal: number): number[] {
    if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal >= this.size) {
      throw new RangeError(`There is no resource ${String(ordinal)}.`);
    }
    const { table } = this.#parts;
    const rows: number[] = [];
    for (let row = this.#parts.first.at(ordinal); row >= 0; row = table.next.at(row)) {
      if (table.status.at(row) !== STATUS.live) continue;
      if (table.recurrenceLength.at(row) === 0) rows.unshift(row);
      else rows.push(row);
    }
    return rows;
  }

  #numberUids(): ReadonlyMap<string, number> {
    const { table, first } = this.#parts;
    const ordinals = new Map<string, number>();
    // From the end, so that of several the first one stays.
    for (let ordinal = first.size - 1; ordinal >= 0; ordinal -= 1) ordinals.set(table.uid(first.at(ordinal)), ordinal);
    return ordinals;
  }

  #slice(row: number): Buffer {
    const { table, slices } = this.#parts;
    const slice = slices.read(table.file.at(row), table.offset.at(row), table.length.at(row));
    return table.isIndented(row) ? dedented(slice) : slice;
  }

  #prepare(ordinal: number): Prepared {
    if (this.#last?.ordinal !== ordinal) this.#last = { ordinal, prepared: this.#readResource(ordinal) };
    return this.#last.prepared;
  }

  #readResource(ordinal: number): Prepared {
    const rows = this.#rows(ordinal);
    const { table, calendars, files } = this.#parts;
    const firstRow = rows[0] ?? 0;
    const findings: Finding[] = [];
    const zones = new Map<string, string>();
    const drafts: { readonly draft: Draft; readonly slice: string }[] = [];
    const components = rows.map((row) => {
      const file = table.file.at(row);
      const line = table.line.at(row);
      const { draft, slice } = this.#draft(row);
      const calendar = table.calendar.at(row);
      const header = calendars.header(calendar);
      findings.push(...envelopeOf(header, line).findings);
      // Told with the last event before the place where something may be missing.
      if (header.unclosed && (row + 1 === table.size || table.calendar.at(row + 1) !== calendar)) {
        findings.push({ kind: 'warning', code: 'calendar-unfinished', message: UNFINISHED, line });
      }
      if (row === 0 || table.file.at(row - 1) !== file) findings.push(...markFinding(files[file], line));
      findings.push(...fileFindings(files[file], slice, line), ...draft.findings);
      addWarnings(draft.lines, line, findings);
      drafts.push({ draft, slice });
      return draft.lines;
    });
    for (const [at, row] of rows.entries()) this.#addZones(row, components[at] ?? [], components, zones, findings);
    const attached = this.#parts.cancellations.get(this.#parts.first.at(ordinal)) ?? [];
    // One that stood for its event was perhaps outdone by a newer one since.
    const cancellations = attached
      .filter(({ alone, row }) => !alone || rows.includes(row))
      .map((one) => this.#cancellation(one, rows, findings));
    const { head } = envelopeOf(calendars.header(table.calendar.at(firstRow)), 0);
    const [only] = drafts;
    if (drafts.length === 1 && only !== undefined && isPlain(only.draft, only.slice)) {
      this.#plain.note(ordinal, head + [...zones.values()].join(''));
    }
    return { head, zones, components, cancellations, findings: onceEach(findings), firstRow };
  }

  #draft(row: number): { readonly draft: Draft; readonly slice: string } {
    const { table } = this.#parts;
    const slice = this.#slice(row).toString('latin1');
    const madeUid = table.uidMade.at(row) === 1 ? decode(table.uid(row)) : null;
    const [kind, firstLine, indented] = [table.kindName(row), table.line.at(row), table.isIndented(row)];
    const draft = draftComponent({ slice, kind, firstLine, madeUid, indented });
    return { draft, slice };
  }

  /** Adds the definitions of the zones that the lines of one component use. */
  #addZones(
    row: number,
    lines: readonly ContentLine[],
    all: readonly (readonly ContentLine[])[],
    zones: Map<string, string>,
    findings: Finding[],
  ): void {
    const { table } = this.#parts;
    const place = { file: table.file.at(row), calendar: table.calendar.at(row), line: table.line.at(row) };
    for (const tzid of usedZones(lines)) {
      if (zones.has(tzid)) continue;
      zones.set(tzid, this.#parts.zones.find(tzid, place, () => firstYear(all, tzid), findings) ?? '');
    }
  }

  #cancellation(one: Attached, rows: readonly number[], findings: Finding[]): CancellationParts {
    const { table, files } = this.#parts;
    const { lines } = this.#draft(one.row).draft;
    const zones = new Map<string, string>();
    const line = table.line.at(one.row);
    // What is not sent has no findings of its own.
    if (one.adds) this.#addZones(one.row, lines, [lines], zones, []);
    const place = { file: table.file.at(one.row), calendar: table.calendar.at(one.row) };
    const facts = readFacts(
      lines,
      offsetsWith((tzid) => this.#parts.zones.defined(tzid, place)),
    );
    const whole = rows.every((row) => one.cancels.includes(row));
    const cancellation = cancellationOf(facts, whole, one.alone);
    const where = `${files[place.file]?.label ?? ''}, line ${String(line)}`;
    findings.push(cancellationFinding(lines, cancellation, where));
    return {
      ...cancellation,
      cancels: one.cancels.map((row) => rows.indexOf(row)).filter((at) => at >= 0),
      sequence: facts.sequence,
      adds: one.adds ? { lines, zones } : null,
      line,
    };
  }
}

/** One finding of each kind per resource is enough: 500 overrides do not lose their METHOD one by one. */
function onceEach(findings: readonly Finding[]): Finding[] {
  if (findings.length < 2) return [...findings];
  const seen = new Set<string>();
  return findings.filter((one) => {
    const key = `${one.code} ${one.message}`;
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
}
