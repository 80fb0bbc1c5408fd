import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Failure } from '../../../../shared/model/failure.ts';
import { toFailureCode } from '../../../../shared/model/failure-codes.ts';
import type { RunStatus } from '../../../../shared/model/job.ts';
import { journalDamaged, parseKept } from '../../run/kept/kept.ts';
import { readLines, type LinesEnd, type Subject } from '../../run/kept/sealed-lines.ts';
import { batchRecord, type BatchRecord } from './records.ts';

/** How far a member is, as the batch's journal tells it. */
interface MemberReplay {
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
  /** Where it ends, for whoever goes on with it. */
  readonly end: LinesEnd;
  /** Numbers of the damaged or missing lines. */
  readonly damaged: readonly number[];
}

export const UNTOUCHED: MemberReplay = { runIds: [], held: null, ended: null };

/**
 * Reads a batch's journal; a missing one is an empty one. A damaged line costs what it said (see sealed-lines.ts).
 *
 * @param atLeast number of the last line that was on the disk for certain
 * @throws HushError when the journal has no checksums, and a record before the last is unreadable
 */
export async function readBatchJournal(path: string, atLeast = 0): Promise<BatchReplay> {
  const owner = basename(dirname(path));
  try {
    return replayBatch(await readFile(path), owner, atLeast);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return replayBatch(Buffer.alloc(0), owner, atLeast);
  }
}

/** Folds the records. What follows the last line end was torn by a crash and is left out. */
export function replayBatch(bytes: Buffer, owner: string, atLeast = 0): BatchReplay {
  const members = new Map<number, MemberReplay>();
  const damaged: number[] = [];
  let finished: BatchReplay['finished'] = null;
  const note = (record: MemberRecord): void => {
    members.set(record.member, fold(members.get(record.member) ?? UNTOUCHED, record));
  };
  const lines = readLines(bytes, owner, atLeast);
  for (let line = lines.next(); ; line = lines.next()) {
    if (line.done === true) {
      if (!line.value.checked && damaged.length > 0) throw journalDamaged();
      return { members, finished, end: line.value, damaged };
    }
    const { value } = line;
    const record = value.kind === 'line' ? parseKept(batchRecord, value.value) : null;
    if (record === null) {
      damaged.push(value.n);
      const lost = value.kind === 'lost' ? recordBehind(value.about) : null;
      if (lost !== null) note(lost);
    } else if (record.k === 'finished') finished = record;
    else if (record.k === 'again') finished = null;
    else if ('member' in record) note(record);
  }
}

/** What is known of a lost line that matters: which run a member became, and that people were told against the mode. */
function recordBehind(about: Subject | null): MemberRecord | null {
  if (about === null || typeof about.member !== 'number') return null;
  const { k, member, runId } = about;
  const at = '';
  if (k === 'began' && typeof runId === 'string') return { k, member, runId, at };
  const code = toFailureCode(String(about.code));
  if (k !== 'held' && code !== 'NOTIFIED_ANYWAY') return null;
  const failure: Failure = { code, message: LOST, reaction: 'stop-job' };
  return { k: 'held', member, runId: typeof runId === 'string' ? runId : null, failure, at };
}

const LOST = 'It was held up; why stands in a line of the journal that is damaged.';

type MemberRecord = Extract<BatchRecord, { member: number }>;

function fold(before: MemberReplay, record: MemberRecord): MemberReplay {
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
