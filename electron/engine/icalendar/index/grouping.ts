import { createHash, randomInt } from 'node:crypto';
import { AS_NEW, SUPERSEDED } from '../../../../shared/model/found/inspection.ts';
import type { CalendarTable } from '../scan/calendar-table.ts';
import { int32, RowTable } from '../scan/columns.ts';
import { STATES, STATUS } from '../scan/component-table.ts';
import type { ComponentState } from '../scan/splitter.ts';
import type { ComponentTable } from '../scan/component-table.ts';
import { meaningOfLines } from '../meaning/meaning.ts';
import { splitLines, unescapeText } from '../lines.ts';
import { normaliseText } from '../repairs/line-ends.ts';
import { readFacts } from '../facts/component-facts.ts';
import type { ContentLine } from '../lines.ts';
import { readWhen } from '../zones/when.ts';
import type { ZoneOffset } from '../zones/zone-offset.ts';
import { versionOf } from '../meaning/version.ts';
import { attach, isMessage, leftBy, readMessage, readStanding, type Attached, type Standing } from './cancellations.ts';
import { refusal } from './refusals.ts';
import type { Refusal } from './refusals.ts';

/** The text of a component, as a binary string. */
type SliceText = (row: number) => string;

/** Components that make resources, and those that do not. */
interface Groups {
  /** Row of the first component of each resource, in order of first appearance; the others follow by `next`. */
  readonly first: ReturnType<typeof int32>;
  readonly refused: { readonly row: number; readonly refusal: Refusal }[];
  readonly duplicates: number;
  /** Cancellations for some, by the row of the first component of the resource that they speak of. */
  readonly cancellations: ReadonlyMap<number, readonly Attached[]>;
}

/**
 * Sorts components into resources: one per UID and component type over all files (RFC 4791 §4.1). Of two components
 * for the same instance the one with the higher SEQUENCE, then the younger DTSTAMP, then LAST-MODIFIED stays, then the
 * one read first; the other counts as a duplicate when it means the same, and is refused by name when it does not.
 * A cancellation for some of the guests is no version of its event: it is kept beside it, see cancellations.ts.
 */
export class Grouper {
  readonly #table: ComponentTable;
  readonly #calendars: CalendarTable;
  readonly #slice: SliceText;
  readonly #label: (row: number) => string;
  readonly #seed = randomInt(0x7fffffff);
  readonly #resources: RowTable;
  readonly #instances: RowTable;
  /** Last component of the resource that starts with this row. */
  readonly #last = new Map<number, number>();
  /** The row that now stands for an instance first seen at the key row. */
  readonly #standing = new Map<number, number>();
  /** How the moments of changed instances are written (UTC, or a zone), by resource; only the first spelling. */
  readonly #spelling = new Map<number, string>();
  /** Resources whose instances are not all written alike: two of them may be one moment. */
  readonly #mixed = new Set<number>();
  /** Cancellations that wait for their event. */
  readonly #messages: number[] = [];
  /** Cancellations for everybody that are versions of their events. */
  readonly #cancelled: number[] = [];
  readonly #attached = new Map<number, Attached[]>();
  readonly groups: { first: ReturnType<typeof int32>; refused: Groups['refused']; duplicates: number } & Pick<
    Groups,
    'cancellations'
  > = {
    first: int32(),
    refused: [],
    duplicates: 0,
    cancellations: this.#attached,
  };

  /** `label` names the file of a component for a person. */
  constructor(table: ComponentTable, calendars: CalendarTable, slice: SliceText, label: (row: number) => string) {
    this.#table = table;
    this.#label = label;
    this.#calendars = calendars;
    this.#slice = slice;
    this.#resources = new RowTable(table.size);
    this.#instances = new RowTable(table.size);
  }

  /** Takes the next component in order. */
  add(row: number): void {
    const table = this.#table;
    const header = this.#calendars.header(table.calendar.at(row));
    const state = STATES[table.state.at(row)] ?? 'complete';
    const hasStart = table.hasStart.at(row) === 1;
    const waits = header.method === 'CANCEL' && isSound(state) && isMessage(this.#slice(row), hasStart);
    const refused = refusal({
      kind: table.kindName(row),
      state,
      octets: table.length.at(row),
      hasStart: hasStart || waits,
      hasUid: table.uidLength.at(row) > 0,
      header,
    });
    if (refused !== null) {
      this.#refuse(row, refused);
      return;
    }
    if (table.uidLength.at(row) === 0) this.#makeUid(row);
    if (waits) {
      this.#messages.push(row);
      return;
    }
    this.#place(row);
    if (header.method === 'CANCEL' && table.recurrenceLength.at(row) === 0) this.#cancelled.push(row);
  }

  #place(row: number): void {
    const table = this.#table;
    const start = table.uidStart.at(row);
    const seed = this.#seed + table.kind.at(row);
    const instanceHash = table.keys.hash(start, table.uidLength.at(row) + table.recurrenceLength.at(row), seed);
    const twin = this.#instances.find(instanceHash, (other) => table.sameInstance(row, other));
    if (twin >= 0) {
      this.#settle(twin, row);
      return;
    }
    this.#instances.add(instanceHash, row);
    const hash = table.keys.hash(start, table.uidLength.at(row), seed);
    const first = this.#resources.find(hash, (other) => table.sameResource(row, other));
    if (first < 0) {
      this.#resources.add(hash, row);
      this.groups.first.push(row);
    } else {
      this.#append(first, row);
    }
    if (table.recurrenceLength.at(row) > 0) this.#noteSpelling(first < 0 ? row : first, row);
  }

  #noteSpelling(first: number, row: number): void {
    const written = this.#recurrence(row);
    const zone = written.indexOf('@');
    const spelling = zone < 0 ? written.slice(-1).toUpperCase() : written.slice(zone);
    const known = this.#spelling.get(first);
    if (known === undefined) this.#spelling.set(first, spelling);
    else if (known !== spelling) this.#mixed.add(first);
  }

  /** The RECURRENCE-ID with its TZID, as its key is kept. */
  #recurrence(row: number): string {
    const table = this.#table;
    return table.keys.text(table.uidStart.at(row) + table.uidLength.at(row), table.recurrenceLength.at(row));
  }

  /**
   * To be called after the last component: cancellations find their events, and of instances that are one moment in two
   * spellings, one stays.
   *
   * @param offset of the zones that the component's file defines
   */
  finish(offset: (row: number) => ZoneOffset): void {
    this.#attachMessages(offset);
    const table = this.#table;
    for (const first of this.#mixed) {
      const byMoment = new Map<string, number>();
      for (let row = first; row >= 0; row = table.next.at(row)) {
        if (table.recurrenceLength.at(row) === 0 || table.status.at(row) !== STATUS.live) continue;
        const [value = '', zone = null] = this.#recurrence(row).split('@');
        const when = readWhen(value, zone, offset(row));
        // A day and a moment of it are two instances.
        const key = when === null ? '' : `${when.text.length === 10 ? 'day' : 'at'} ${String(when.ms)}`;
        const twin = key === '' ? undefined : byMoment.get(key);
        if (twin === undefined) byMoment.set(key, row);
        else byMoment.set(key, this.#outdo(twin, row, offset(row)));
      }
    }
  }

  #attachMessages(offset: (row: number) => ZoneOffset): void {
    const alone: number[] = [];
    const events = new Map<number, { readonly components: readonly Standing[]; readonly said: Set<string> }>();
    for (const row of this.#messages) {
      const first = this.#firstOf(row);
      if (first < 0) {
        alone.push(row);
        continue;
      }
      const event = events.get(first) ?? { components: this.#components(first, offset), said: new Set() };
      events.set(first, event);
      const message = readMessage(row, this.#slice(row), offset(row));
      if (event.said.has(message.meaning)) {
        this.#table.status.set(row, STATUS.duplicate);
        this.groups.duplicates += 1;
        continue;
      }
      event.said.add(message.meaning);
      const result = attach(message, event.components);
      if ('attached' in result) this.#addAttached(first, result.attached);
      else this.#refuse(row, { code: SUPERSEDED, reason: `${OUTDONE}: ${this.#where(result.outdone)}.` });
    }
    for (const row of alone) this.#placeAlone(row);
    for (const row of this.#cancelled) {
      if (this.#table.status.at(row) !== STATUS.live) continue;
      const first = this.#firstOf(row);
      const attached = leftBy(row, this.#components(first, offset));
      if (attached !== null) this.#addAttached(first, attached);
    }
  }

  #addAttached(first: number, attached: Attached): void {
    const known = this.#attached.get(first);
    if (known === undefined) this.#attached.set(first, [attached]);
    else known.push(attached);
  }

  /** Nothing else is there of its event: it stands for it, to be named. */
  #placeAlone(row: number): void {
    const table = this.#table;
    if (table.kindName(row) === 'VEVENT' && table.hasStart.at(row) === 0) {
      this.#refuse(row, { code: 'cancellation', reason: ONLY_MESSAGE });
      return;
    }
    this.#place(row);
    if (table.status.at(row) !== STATUS.live) return;
    this.#addAttached(this.#firstOf(row), { row, cancels: [row], adds: false, alone: true });
  }

  #components(first: number, offset: (row: number) => ZoneOffset): Standing[] {
    const found: Standing[] = [];
    for (let row = first; row >= 0; row = this.#table.next.at(row)) {
      if (this.#table.status.at(row) !== STATUS.live) continue;
      found.push(readStanding(row, this.#slice(row), offset(row)));
    }
    return found;
  }

  #where(row: number): string {
    return `${this.#label(row)}, line ${String(this.#table.line.at(row))}`;
  }

  #append(first: number, row: number): void {
    this.#table.next.set(this.#last.get(first) ?? first, row);
    this.#last.set(first, row);
  }

  /** Two components for one instance: one stays. */
  #settle(twin: number, row: number): void {
    const standing = this.#standing.get(twin) ?? twin;
    if (this.#outdo(standing, row) !== row) return;
    this.#standing.set(twin, row);
    this.#append(this.#firstOf(twin), row);
  }

  /** Gives the row that stays; the other one is named, or counted where it means the same. */
  #outdo(standing: number, row: number, offset?: ZoneOffset): number {
    const table = this.#table;
    const older = normaliseText(this.#slice(standing));
    const newer = normaliseText(this.#slice(row));
    const rowWins = older !== newer && versionOf(newer).isAfter(versionOf(older));
    const loser = rowWins ? standing : row;
    if (older === newer || meansSame(splitLines(older), splitLines(newer), offset)) {
      table.status.set(loser, STATUS.duplicate);
      this.groups.duplicates += 1;
    } else {
      this.#refuse(loser, this.#outdone(older, newer, rowWins ? row : standing));
    }
    return rowWins ? row : standing;
  }

  /** Why one of two components is left out, and where the other one stands. */
  #outdone(older: string, newer: string, winner: number): Refusal {
    const [a, b] = [versionOf(older), versionOf(newer)];
    const where = this.#where(winner);
    if (a.isAfter(b) || b.isAfter(a)) {
      return { code: SUPERSEDED, reason: `A newer version of the same event is used instead: ${where}.` };
    }
    const reason = `Another version of the same event, just as new, was read first and is used instead: ${where}.`;
    return { code: AS_NEW, reason };
  }

  #firstOf(row: number): number {
    const table = this.#table;
    const hash = table.keys.hash(table.uidStart.at(row), table.uidLength.at(row), this.#seed + table.kind.at(row));
    return this.#resources.find(hash, (other) => table.sameResource(row, other));
  }

  #refuse(row: number, refused: Refusal): void {
    this.#table.status.set(row, STATUS.rejected);
    this.groups.refused.push({ row, refusal: refused });
  }

  /** The same content gives the same UID, today and in a later run, wherever it stands. */
  #makeUid(row: number): void {
    const lines = splitLines(normaliseText(this.#slice(row)))
      .filter((line) => line.name !== 'DTSTAMP' && line.name !== 'UID')
      .map((line) => unescapeText(line.text))
      .sort();
    const digest = createHash('sha256').update(lines.join('\n'), 'latin1').digest('hex').slice(0, 32);
    const uid = Buffer.from(`${digest}@uid-from-content`, 'latin1');
    const table = this.#table;
    const start = table.uidStart.at(row);
    const length = table.recurrenceLength.at(row);
    const recurrence = Buffer.from(table.keys.text(start, length), 'latin1');
    table.uidStart.set(row, table.keys.add(uid, 0, uid.length));
    table.uidLength.set(row, uid.length);
    table.keys.add(recurrence, 0, recurrence.length);
    table.uidMade.set(row, 1);
  }
}

const OUTDONE = 'The event was changed since this cancellation, and that newer version is used';
const ONLY_MESSAGE =
  'This is a cancellation (METHOD:CANCEL) of an event that is not in the backup, and it does not say when that event starts.';

/** Its lines can be told apart. */
function isSound(state: ComponentState): boolean {
  return state === 'complete' || state === 'long-key' || state === 'indented';
}

const MOMENTS = ['RECURRENCE-ID', 'DTSTART', 'DTEND', 'DUE'];

/** @param offset where given, one moment in two spellings is one */
function meansSame(a: readonly ContentLine[], b: readonly ContentLine[], offset: ZoneOffset | undefined): boolean {
  if (offset === undefined) return meaningOfLines(a) === meaningOfLines(b);
  const [one, other] = [readFacts(a, offset), readFacts(b, offset)];
  const rest = (lines: readonly ContentLine[]): string =>
    meaningOfLines(lines.filter(({ name }) => !MOMENTS.includes(name)));
  return one.start?.ms === other.start?.ms && one.end?.ms === other.end?.ms && rest(a) === rest(b);
}
