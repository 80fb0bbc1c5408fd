import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { runYielding, type Work } from '../../yielding.ts';
import type { Failure } from '../../../../shared/model/failure.ts';
import { toFailureCode } from '../../../../shared/model/failure-codes.ts';
import type { RunStatus } from '../../../../shared/model/job.ts';
import type { ETag } from '../../caldav/types.ts';
import { journalDamaged, parseKept } from './kept.ts';
import { readLines, type LinesEnd, type Subject } from './sealed-lines.ts';
import { journalRecord, type ItemOutcome, type JournalRecord, type Slice, type VerdictWord } from '../types.ts';

/** What the journal knows of one row. */
export interface RowState {
  /** A request may have left whose answer is not known. */
  intended: boolean;
  /** Of an announcement: the request that tells people may have left. */
  telling: boolean;
  /** A request left that may have notified people, and its answer did not come: it is never sent again. */
  lost: boolean;
  /** Of an announcement: why the server refused it. */
  refused: string | null;
  original: { readonly body: Slice; readonly etag: ETag | null } | null;
  /** The answer to the write. */
  applied: ItemOutcome | null;
  verified: {
    readonly verdict: VerdictWord;
    readonly properties: readonly string[];
    readonly etag: string | null;
  } | null;
  /** The row's one outcome. */
  final: ItemOutcome | null;
  /** The answer to the write stood in a line that is damaged. */
  appliedLost: boolean;
  /** Whether anything was sent for it is not known: the line that says so may be among the damaged ones. */
  doubt: boolean;
}

export interface Replay {
  readonly rows: ReadonlyMap<number, RowState>;
  /** How the last process that ran it ended it; null when it did not. */
  readonly settled: { readonly status: RunStatus; readonly at: string; readonly problems: readonly Failure[] } | null;
  /** What concerned the run as a whole and was written down when it was seen, by whichever process. */
  readonly problems: readonly Failure[];
  /** The calendar that the run was to make. */
  readonly calendar: {
    /** A request may have left. */
    readonly intended: boolean;
    readonly made: boolean;
    readonly notSet: readonly string[];
    readonly adjusted: readonly string[];
  };
  /** The switch of the calendar's scheduling, where the run touched it: what goes back, and whether it is back. */
  readonly switch: { readonly former: string | null; readonly back: boolean } | null;
  /** Where it ends, for whoever goes on with it. */
  readonly end: LinesEnd;
  /** Checksum of the run.json that it was begun with; null where it does not say. */
  readonly head: string | null;
  readonly damage: Damage;
}

/** What is lost of a journal. */
interface Damage {
  /** Numbers of the damaged or missing lines. */
  readonly lines: readonly number[];
  /** What one of them was about is not known: it may have been anything. */
  readonly blind: boolean;
  /** What the switch of the calendar's scheduling was before is lost. */
  readonly switchLost: boolean;
}

export function emptyRow(): RowState {
  return {
    intended: false,
    telling: false,
    lost: false,
    refused: null,
    original: null,
    applied: null,
    verified: null,
    final: null,
    appliedLost: false,
    doubt: false,
  };
}

/**
 * Reads the journal of a run; a missing one is an empty one. A damaged line costs what it said (see sealed-lines.ts).
 *
 * @param atLeast number of the last line that was on the disk for certain
 * @throws HushError when the journal has no checksums, and a record before the last is unreadable
 */
export async function readJournal(path: string, atLeast = 0): Promise<Replay> {
  return runYielding(replaying(await readIfThere(path), basename(dirname(path)), atLeast));
}

/**
 * Folds the records of a journal, one by one: a long run has hundreds of thousands. What follows the last line end was torn
 * by a crash and is left out.
 */
export function* replaying(bytes: Buffer, owner: string, atLeast = 0): Work<Replay> {
  const fold = new Fold();
  const lines = readLines(bytes, owner, atLeast);
  for (let line = lines.next(); ; line = lines.next()) {
    if (line.done === true) return fold.result(line.value);
    const { value } = line;
    const record = value.kind === 'line' ? parseKept(journalRecord, value.value) : null;
    if (record !== null) fold.add(record);
    else fold.miss(value.n, value.kind === 'lost' ? value.about : (value.value as Subject));
    yield;
  }
}

/** The folding of records, and of what is known of the lost ones. */
class Fold {
  readonly #rows = new Map<number, RowState>();
  #settled: Replay['settled'] = null;
  #calendar: Replay['calendar'] = { intended: false, made: false, notSet: [], adjusted: [] };
  #switch: Replay['switch'] = null;
  readonly #problems: Failure[] = [];
  #head: string | null = null;
  readonly #lines: number[] = [];
  #blind = false;
  #switchLost = false;

  /** Throws HushError where nothing tells what a lost line was about, since it has no checksum. */
  result(end: LinesEnd): Replay {
    if (!end.checked && this.#lines.length > 0) throw journalDamaged();
    return {
      rows: this.#rows,
      settled: this.#settled,
      problems: this.#problems,
      calendar: this.#calendar,
      switch: this.#switch,
      end,
      head: this.#head,
      damage: { lines: this.#lines, blind: this.#blind, switchLost: this.#switchLost },
    };
  }

  add(record: JournalRecord): void {
    switch (record.k) {
      case 'open':
        this.#head = record.head ?? null;
        return;
      case 'settled':
        this.#settled = { status: record.status, at: record.at, problems: record.problems };
        return;
      case 'resumed':
        this.#settled = null;
        return;
      case 'problem':
        this.#problems.push(record.failure);
        return;
      case 'making':
        this.#calendar = { ...this.#calendar, intended: true };
        return;
      case 'made':
        this.#calendar = { intended: true, made: true, notSet: record.notSet, adjusted: record.adjusted ?? [] };
        return;
      case 'switching':
        this.#switch = { former: record.former, back: false };
        return;
      case 'switched':
        if (this.#switch !== null || record.former === undefined) return;
        this.#switch = { former: record.former, back: false };
        this.#switchLost = false;
        return;
      case 'switched-back':
        this.#switch = this.#switch === null ? null : { ...this.#switch, back: true };
        this.#switchLost = false;
        return;
      default:
        applyRecord(this.#rows, record);
    }
  }

  /** A line is lost; what its neighbour says of it counts as far as it goes. */
  miss(line: number, about: Subject | null): void {
    this.#lines.push(line);
    switch (about?.k) {
      case 'intent':
      case 'withdrawn':
        for (const row of rowsIn(about)) rowOf(this.#rows, row).intended = about.k === 'intent';
        return;
      case 'telling':
        for (const row of rowsIn(about)) rowOf(this.#rows, row).telling = true;
        return;
      case 'lost':
        for (const row of rowsIn(about)) rowOf(this.#rows, row).lost = true;
        return;
      case 'refused':
        for (const row of rowsIn(about)) rowOf(this.#rows, row).refused = 'The server refused it.';
        return;
      case 'applied':
        for (const row of rowsIn(about)) Object.assign(rowOf(this.#rows, row), { intended: true, appliedLost: true });
        return;
      case 'final':
        for (const row of rowsIn(about)) missFinal(rowOf(this.#rows, row));
        return;
      case 'problem':
        this.#problems.push({ code: toFailureCode(String(about.code)), message: PROBLEM_LOST, reaction: 'stop-job' });
        return;
      case 'making':
        this.#calendar = { ...this.#calendar, intended: true };
        return;
      case 'made':
        this.#calendar = { intended: true, made: true, notSet: [], adjusted: [] };
        return;
      case 'switching':
        this.#switchLost = true;
        return;
      case 'resumed':
        this.#settled = null;
        return;
      case 'open':
      case 'original':
      case 'verified':
      case 'switched':
      case 'switched-back':
      case 'settled':
        return;
      default:
        this.#blind = true;
    }
  }
}

const PROBLEM_LOST = 'The run was stopped; why stands in a line of its journal that is damaged.';

/** What became of it is read again; a row without an answer may have been sent or not. */
function missFinal(state: RowState): void {
  state.intended ||= state.applied === null;
}

function rowsIn({ row, rows }: Subject): readonly number[] {
  const all: readonly unknown[] = Array.isArray(rows) ? rows : [row];
  return all.filter((one) => typeof one === 'number');
}

async function readIfThere(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return Buffer.alloc(0);
  }
}

type RowRecord = Extract<JournalRecord, { row: number } | { rows: number[] }>;

function applyRecord(rows: Map<number, RowState>, record: RowRecord): void {
  switch (record.k) {
    case 'intent':
    case 'withdrawn':
      for (const row of record.rows) rowOf(rows, row).intended = record.k === 'intent';
      return;
    case 'telling':
      rowOf(rows, record.row).telling = true;
      return;
    case 'lost':
      rowOf(rows, record.row).lost = true;
      return;
    case 'refused':
      rowOf(rows, record.row).refused = record.reason;
      return;
    case 'original':
      rowOf(rows, record.row).original = { body: record.body, etag: record.etag };
      return;
    case 'applied':
      rowOf(rows, record.row).applied = outcomeOf(record);
      rowOf(rows, record.row).intended = false;
      return;
    case 'verified': {
      const { verdict, properties, etag } = record;
      rowOf(rows, record.row).verified = { verdict, properties, etag };
      return;
    }
    case 'final':
      rowOf(rows, record.row).final = outcomeOf(record);
      rowOf(rows, record.row).intended = false;
  }
}

function rowOf(rows: Map<number, RowState>, row: number): RowState {
  const known = rows.get(row);
  if (known !== undefined) return known;
  const fresh = emptyRow();
  rows.set(row, fresh);
  return fresh;
}

function outcomeOf({ outcome, reason, status, href, etag, ms }: ItemOutcome): ItemOutcome {
  return { outcome, reason, status, href, etag, ms };
}
