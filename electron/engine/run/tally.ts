import { isUnread, needsAttention, ZERO_TOTALS, type RowEnd, type Totals } from '../../../shared/model/outcome.ts';
import type { RunStatus } from '../../../shared/model/job.ts';
import type { Work } from '../yielding.ts';
import type { RunResult } from './kept/folder.ts';
import { quietOutcome, sends } from './log.ts';
import type { RowState } from './kept/replay.ts';
import type { ItemOutcome, RunStep } from './types.ts';

/** The outcome of one row as it stands: its final one, or what its not having one means. */
export function outcomeOf(step: RunStep, state: RowState | undefined): ItemOutcome {
  if (!sends(step)) return quietOutcome(step);
  if (state?.final !== null && state?.final !== undefined) return state.final;
  if (state?.doubt === true) return { ...doubtful(step), outcome: 'unknown' };
  const href = step.row.href;
  if (state?.applied !== null && state?.applied !== undefined) {
    return { ...state.applied, outcome: 'unknown', reason: 'It was written and not read back yet.' };
  }
  if (state?.intended === true) {
    const reason = 'Whether it was written is not known; a resume reads it.';
    return { outcome: 'unknown', reason, status: null, href, etag: null, ms: null };
  }
  return { outcome: 'cancelled', reason: 'Not sent.', status: null, href, etag: null, ms: null };
}

/** A row that the journal of its run may have lost: it is never sent by that run again. */
export function doubtful({ row }: RunStep): ItemOutcome {
  return { outcome: 'failed', reason: DOUBT, status: null, href: row.href, etag: null, ms: null };
}

const DOUBT =
  'Whether it was written is not known: the journal of the run is damaged where it may have said so. ' +
  'A retry looks at the calendar and plans it anew.';

/** Whether the server was changed by this row, or may have been, whatever was made of it afterwards. */
export function wasApplied(state: RowState | undefined): boolean {
  if (state === undefined) return false;
  return (
    state.applied !== null || state.intended || state.appliedLost || state.doubt || state.final?.outcome === 'unknown'
  );
}

/** What is known of one row as it stands. */
export function endOfRow(step: RunStep, state: RowState | undefined): RowEnd {
  return {
    outcome: outcomeOf(step, state).outcome,
    verified: state?.verified?.verdict ?? null,
    open: sends(step) && state !== undefined && isOpen(state),
  };
}

/** It left, and what became of it is read back later: by this process, or by the one that resumes the run. */
function isOpen({ final, applied, intended, doubt }: RowState): boolean {
  return final === null && !doubt && (applied !== null || intended);
}

/** Whether it was written and could not be read back. */
export function isUnreadRow(step: RunStep, state: RowState | undefined): boolean {
  return isUnread(endOfRow(step, state));
}

/** Rejected as a whole event, by the calendar or for want of a consent, and its text is kept: what has no meaning was never one. */
export function isRetriable({ row, meaning, body }: RunStep): boolean {
  return row.action === 'reject' && meaning !== '' && body !== null;
}

/** The run in numbers, from the rows' states. */
export function* summariseRun(
  steps: readonly RunStep[],
  stateOf: (row: number) => RowState | undefined,
  status: RunStatus,
  endedAt: string | null,
): Work<RunResult> {
  const totals: Totals = { ...ZERO_TOTALS };
  let verified = 0;
  let attention = 0;
  let unread = 0;
  let canUndo = false;
  for (const [row, step] of steps.entries()) {
    const state = stateOf(row);
    const end = endOfRow(step, state);
    totals[end.outcome] += 1;
    if (needsAttention(end)) attention += 1;
    if (isUnread(end)) unread += 1;
    if (state?.verified?.verdict === 'same' || state?.verified?.verdict === 'rewritten') verified += 1;
    canUndo ||= wasApplied(state);
    yield;
  }
  return { endedAt, status, totals, verified, attention, unread, canUndo };
}
