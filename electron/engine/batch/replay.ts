import { readFile } from 'node:fs/promises';
import type { Failure } from '../../../shared/model/failure.ts';
import type { RunStatus } from '../../../shared/model/job.ts';
import { journalLine } from '../run/journal-line.ts';
import { batchRecord, type BatchRecord } from './records.ts';

/** How far a member is, as the batch's journal tells it. */
export interface MemberReplay {
  /** Runs it was to become, newest last; of the last one it is not known whether it exists. */
  readonly runIds: readonly string[];
  /** Why it could not begin or go on; null when it did, or nobody got to it. */
  readonly held: Failure | null;
  /** How its last run ended. */
  readonly ended: Extract<BatchRecord, { k: 'ended' }> | null;
}

export interface BatchReplay {
  readonly members: ReadonlyMap<number, MemberReplay>;
  readonly finished: { readonly status: RunStatus; readonly at: string; readonly problems: readonly Failure[] } | null;
  /** Octets up to the end of the last whole record. */
  readonly validBytes: number;
}

export const UNTOUCHED: MemberReplay = { runIds: [], held: null, ended: null };

/** Reads a batch's journal; a missing one is an empty one. Throws HushError when a record before the last is unreadable. */
export async function readBatchJournal(path: string): Promise<BatchReplay> {
  try {
    return replayBatch(await readFile(path));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return replayBatch(Buffer.alloc(0));
  }
}

/** Folds the records. What follows the last line end was torn by a crash and is left out. */
export function replayBatch(bytes: Buffer): BatchReplay {
  const members = new Map<number, MemberReplay>();
  let finished: BatchReplay['finished'] = null;
  const validBytes = bytes.lastIndexOf(0x0a) + 1;
  const text = bytes.toString('utf8', 0, validBytes);
  for (const line of text.split('\n').slice(0, -1)) {
    const record = journalLine(batchRecord, line);
    if (record.k === 'finished') finished = record;
    else if (record.k === 'again') finished = null;
    else if ('member' in record) {
      members.set(record.member, fold(members.get(record.member) ?? UNTOUCHED, record));
    }
  }
  return { members, finished, validBytes };
}

function fold(before: MemberReplay, record: Extract<BatchRecord, { member: number }>): MemberReplay {
  switch (record.k) {
    case 'began': {
      const known = before.runIds.includes(record.runId);
      return { runIds: known ? before.runIds : [...before.runIds, record.runId], held: null, ended: null };
    }
    case 'held':
      return { ...before, runIds: record.runId === null ? [] : before.runIds, held: record.failure };
    case 'ended':
      return { ...before, held: null, ended: record };
  }
}
