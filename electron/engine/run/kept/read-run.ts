import type { RunStatus } from '../../../../shared/model/job.ts';
import { readResult, readSealedHead, readSteps, runPaths, type StoredResult } from './folder.ts';
import { runDamaged } from './kept.ts';
import { sends } from '../log.ts';
import { emptyRow, readJournal, type Replay, type RowState } from './replay.ts';
import type { RunHead, RunStep } from '../types.ts';

/** A run as its folder tells it. */
export interface StoredRun {
  readonly folder: string;
  readonly head: RunHead;
  readonly steps: readonly RunStep[];
  readonly journal: Replay;
  /** How it stood when it ended; null while it goes on, or when it was not ended in order. */
  readonly result: StoredResult | null;
}

/**
 * Reads a whole run, and checks every part of it. What is damaged in plan and journal costs the rows that it was about;
 * throws HushError when the folder as a whole cannot be believed.
 */
export async function readRun(folder: string): Promise<StoredRun> {
  const { head, sum } = await readSealedHead(folder);
  const [steps, result] = await Promise.all([readSteps(folder, head), readResult(folder)]);
  const journal = await readRunJournal(folder, head, steps, result, sum !== null);
  if (sum !== null && journal.head !== null && journal.head !== sum) {
    throw runDamaged(runPaths(folder).head, 'is not the one that this run was begun with');
  }
  return { folder, head, steps, journal, result };
}

/** The journal alone, for whoever has the steps already. */
export async function readJournalOf(folder: string, head: RunHead, steps: readonly RunStep[]): Promise<Replay> {
  const [{ sum }, result] = await Promise.all([readSealedHead(folder), readResult(folder)]);
  return readRunJournal(folder, head, steps, result, sum !== null);
}

/** Its first line is as old as the folder; its last one was there when the end was written down. */
async function readRunJournal(
  folder: string,
  head: RunHead,
  steps: readonly RunStep[],
  result: StoredResult | null,
  checked: boolean,
): Promise<Replay> {
  const replay = await readJournal(runPaths(folder).journal, checked ? Math.max(1, result?.lines ?? 0) : 0);
  if (!replay.damage.blind) return replay;
  const rows = new Map(replay.rows);
  for (const [row, step] of steps.entries()) if (sends(step)) rows.set(row, doubted(rows.get(row) ?? emptyRow(), head));
  return { ...replay, rows };
}

/** A row of a journal that lost a line of which nothing is known. */
function doubted(state: RowState, { job, summary }: RunHead): RowState {
  const notified = job === 'announce' && state.refused === null && DONE_OR_OPEN.includes(state.final?.outcome);
  const known = state.applied !== null || state.intended || DONE.includes(state.final?.outcome);
  // Where it may have notified people, what was on its way is not sent once more on a guess.
  const lost = state.lost || (state.intended && isLoud(summary.verdict));
  return { ...state, telling: state.telling || notified, lost, doubt: !known };
}

function isLoud({ effective, assurance }: RunHead['summary']['verdict']): boolean {
  return effective !== null && effective !== 'none' && assurance !== 'noScheduling';
}

/** Outcomes of which it is known that something was written. */
const DONE: readonly unknown[] = ['created', 'updated', 'deleted'];
const DONE_OR_OPEN: readonly unknown[] = [...DONE, undefined];

/** How it stands: as its journal or, where that lost the line, its end says; without an end it was interrupted. */
export function statusOf({ journal, result }: Pick<StoredRun, 'journal' | 'result'>): RunStatus {
  return journal.settled?.status ?? result?.result.status ?? 'interrupted';
}

/** When it ended; null when it did not. */
export function endOf({ journal, result }: Pick<StoredRun, 'journal' | 'result'>): string | null {
  return journal.settled?.at ?? result?.result.endedAt ?? null;
}
