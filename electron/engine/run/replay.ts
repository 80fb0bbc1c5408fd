import { readFile } from 'node:fs/promises';
import { atOnce, runYielding, type Work } from '../yielding.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import type { RunStatus } from '../../../shared/model/job.ts';
import { journalLine } from './journal-line.ts';
import { journalRecord, type ItemOutcome, type JournalRecord, type Slice, type VerdictWord } from './types.ts';

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
  original: { readonly body: Slice; readonly etag: string | null } | null;
  /** The answer to the write. */
  applied: ItemOutcome | null;
  verified: {
    readonly verdict: VerdictWord;
    readonly properties: readonly string[];
    readonly etag: string | null;
  } | null;
  /** The row's one outcome. */
  final: ItemOutcome | null;
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
  };
  /** The switch of the calendar's scheduling, where the run touched it: what goes back, and whether it is back. */
  readonly switch: { readonly former: string | null; readonly back: boolean } | null;
  /** Octets up to the last whole record; a crash may have torn the one after it. */
  readonly validBytes: number;
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
  };
}

/** Reads a journal; a missing one is an empty one. Throws HushError when a record before the last is unreadable. */
export async function readJournal(path: string): Promise<Replay> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    bytes = Buffer.alloc(0);
  }
  return runYielding(replaying(bytes));
}

/** Folds the records of a journal. What follows the last line end was torn by a crash and is left out. */
export function replay(bytes: Buffer): Replay {
  return atOnce(replaying(bytes));
}

/** The same record by record: a long run has hundreds of thousands. */
export function* replaying(bytes: Buffer): Work<Replay> {
  const rows = new Map<number, RowState>();
  let settled: Replay['settled'] = null;
  let calendar: Replay['calendar'] = { intended: false, made: false, notSet: [] };
  let switched: Replay['switch'] = null;
  const problems: Failure[] = [];
  const validBytes = bytes.lastIndexOf(0x0a) + 1;
  for (let at = 0; at < validBytes;) {
    const end = bytes.indexOf(0x0a, at);
    const record = journalLine(journalRecord, bytes.toString('utf8', at, end));
    at = end + 1;
    yield;
    if (record.k === 'settled') settled = { status: record.status, at: record.at, problems: record.problems };
    else if (record.k === 'resumed') settled = null;
    else if (record.k === 'problem') problems.push(record.failure);
    else if (record.k === 'making') calendar = { ...calendar, intended: true };
    else if (record.k === 'made') calendar = { intended: true, made: true, notSet: record.notSet };
    else if (record.k === 'switching' || record.k === 'switched-back') switched = switchAfter(switched, record);
    else applyRecord(rows, record);
  }
  return { rows, settled, problems, calendar, switch: switched, validBytes };
}

function switchAfter(
  before: Replay['switch'],
  record: Extract<JournalRecord, { k: 'switching' | 'switched-back' }>,
): Replay['switch'] {
  if (record.k === 'switching') return { former: record.former, back: false };
  return before === null ? null : { ...before, back: true };
}

function applyRecord(rows: Map<number, RowState>, record: JournalRecord): void {
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
      return;
    case 'open':
    case 'problem':
    case 'making':
    case 'made':
    case 'switching':
    case 'switched':
    case 'switched-back':
    case 'resumed':
    case 'settled':
      return;
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
