import { join } from 'node:path';
import type { BatchMember } from '../../../../shared/model/batch/batch.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import type { Undone } from '../../../../shared/model/kept/kept.ts';
import { countWritten, OUTCOMES, type Outcome } from '../../../../shared/model/outcome.ts';
import { listRuns, readHead, readResult, type StoredResult } from '../../run/kept/folder.ts';
import type { RunHead } from '../../run/types.ts';

/*
 * Whether a run was taken back is read from the runs that did it, never asked of a server: an undo has a row for each
 * change of its run, and its end says what became of them.
 */

/** What one undo has recorded. */
export interface UndoRecord {
  readonly runId: string;
  /** The run that it takes back. */
  readonly parent: string;
  readonly at: string;
  readonly batch: string | undefined;
  /** Every change of its run is back as it was. */
  readonly whole: boolean;
  /** It changed the calendar, or may have. */
  readonly wrote: boolean;
}

/** Which undo took a run back, whole; null where none did, or where that undo was itself taken back since. */
export type UndoneBy = (runId: string) => Undone | null;

/** Outcomes of an undo's rows that leave their event as it was before the run. */
const BACK: readonly Outcome[] = ['created', 'updated', 'deleted', 'unchanged'];

/**
 * Reads the undos in a folder of runs. One that cannot be believed is left out: what it took back counts as not taken
 * back, and the next undo looks at the calendar.
 *
 * @param after only those that began after this run: no undo is older than what it takes back
 */
export async function readUndone(runsDir: string, after = ''): Promise<UndoneBy> {
  const records: UndoRecord[] = [];
  for (const runId of await listRuns(runsDir)) {
    if (runId <= after) break;
    const record = await recordOf(runsDir, runId).catch(() => null);
    if (record !== null) records.push(record);
  }
  return undoneBy(records);
}

async function recordOf(runsDir: string, runId: string): Promise<UndoRecord | null> {
  const folder = join(runsDir, runId);
  const head = await readHead(folder);
  return head.job === 'undo' ? undoRecord(runId, head, await readResult(folder)) : null;
}

/** What a run has recorded as an undo; null where it is none. `stored`: its end, null where it has none. */
export function undoRecord(
  runId: string,
  { job, parent, batch, startedAt }: RunHead,
  stored: StoredResult | null,
): UndoRecord | null {
  if (job !== 'undo' || parent === null) return null;
  // One without an end was interrupted: it may have written, and it took back less than everything.
  if (stored === null) return { runId, parent, at: startedAt, batch, whole: false, wrote: true };
  const { status, totals, canUndo, endedAt } = stored.result;
  const whole = status === 'complete' && OUTCOMES.every((outcome) => totals[outcome] === 0 || BACK.includes(outcome));
  return { runId, parent, at: endedAt ?? startedAt, batch, whole, wrote: canUndo };
}

/** @param records newest first */
export function undoneBy(records: readonly UndoRecord[]): UndoneBy {
  const byParent = new Map<string, UndoRecord[]>();
  for (const record of records) byParent.set(record.parent, [...(byParent.get(record.parent) ?? []), record]);
  const find: UndoneBy = (runId) => {
    const undo = byParent.get(runId)?.find((one) => one.whole && !isTakenBack(one.runId));
    if (undo === undefined) return null;
    return { runId: undo.runId, at: undo.at, ...(undo.batch === undefined ? {} : { batch: undo.batch }) };
  };
  /** Part of it is enough: then its run is in the calendar again, in part. */
  const isTakenBack = (undoId: string): boolean =>
    (byParent.get(undoId) ?? []).some(({ runId, wrote }) => wrote && find(runId) === null);
  return find;
}

/** The newest of the undos that took back all that its calendars wrote; null where something is left. */
export function undoneOf(members: readonly BatchMember[], undoneBy: UndoneBy): Undone | null {
  let newest: Undone | null = null;
  for (const { runIds, totals } of members) {
    const runId = runIds.at(-1);
    if (runId === undefined || totals === null || countWritten(totals) + totals.unknown === 0) continue;
    const undone = undoneBy(runId);
    if (undone === null) return null;
    if (newest === null || undone.at > newest.at) newest = undone;
  }
  return newest;
}

/** Throws HushError (fix-input) for a run that was taken back, whole. */
export async function refuseUndone(runsDir: string, runId: string): Promise<void> {
  const undone = (await readUndone(runsDir, runId))(runId);
  if (undone !== null) throw new HushError({ code: 'ALREADY_UNDONE', message: ALREADY_UNDONE, reaction: 'fix-input' });
}

export const ALREADY_UNDONE = 'Already undone: nothing left to do.';
