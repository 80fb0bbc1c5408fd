import type { JobKind } from '../../../shared/model/job.ts';
import { sends } from './log.ts';
import type { StoredRun } from './kept/read-run.ts';
import type { RowState } from './kept/replay.ts';

/**
 * Messages that a run has still to send by its plan, at most: of a write without a noted answer, which is read first, it
 * is not known yet whether it arrived.
 */
export function messagesLeft({ head, steps, journal }: Pick<StoredRun, 'head' | 'steps' | 'journal'>): number {
  const { effective, assurance } = head.summary.verdict;
  if (effective === null || assurance === 'noScheduling') return 0;
  let messages = 0;
  for (const [row, step] of steps.entries()) {
    if (sends(step) && mayBeSent(journal.rows.get(row), head.job)) messages += step.row.notified;
  }
  return messages;
}

function mayBeSent(state: RowState | undefined, job: JobKind): boolean {
  if (state === undefined) return true;
  const { final, applied, lost, doubt, intended } = state;
  if (final !== null || applied !== null || lost || doubt) return false;
  // An announcement that was begun puts its event back silently.
  return job !== 'announce' || !intended;
}
