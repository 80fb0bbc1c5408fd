import type { JobKind } from '../../shared/model/job.ts';
import type { ListEntry, ListState } from '../stores/history/history-list.ts';
import { BATCH_DEEDS } from './batch.ts';
import { actorName } from '../../shared/text/display-names.ts';
import { isolate } from '../../shared/words/isolate.ts';
import { formatMoment, formatNumber, plural } from './format.ts';
import { countAll } from './report.ts';

const JOB_WORDS: Readonly<Record<JobKind, string>> = {
  restore: 'Restore into',
  undo: 'Undo in',
  retry: 'Retry in',
  migrate: 'Migration into',
  cleanup: 'Clean-up of',
  announce: 'Notification from',
};

export const KIND_WORDS: Readonly<Record<JobKind, string>> = {
  restore: 'Restore',
  undo: 'Undo',
  retry: 'Retry',
  migrate: 'Migration',
  cleanup: 'Clean-up',
  announce: 'Notify external guests',
};

export const STATE_WORDS: Readonly<Record<ListState, string>> = {
  complete: 'Complete',
  attention: 'Needs attention',
  open: 'Can be resumed',
  running: 'Running',
  undone: 'Undone',
};

/** What a line of History is called. */
export function entryTitle(entry: ListEntry): string {
  if (entry.kind === 'run') return `${JOB_WORDS[entry.run.job]} ${isolate(entry.run.calendar)}`;
  return `${BATCH_DEEDS[entry.batch.kind]} ${plural(entry.batch.members, 'calendar')}`;
}

/** An interrupted job, and how far it came. `server`: how a person calls the server of a run. */
export function interruptedWords(entry: ListEntry, server: string): string {
  if (entry.kind === 'batch') {
    const { done, members } = entry.batch;
    return `${entryTitle(entry)} was interrupted at ${formatNumber(done)} of ${formatNumber(members)}`;
  }
  const { job, calendar, totals } = entry.run;
  const all = countAll(totals);
  const reached = all - totals.cancelled - totals.unknown;
  const where = `${JOB_WORDS[job]} ${actorName(entry.run)}’s ${isolate(calendar)} on ${server}`;
  return `${where} was interrupted at ${formatNumber(reached)} of ${formatNumber(all)}`;
}

/** The two directions of an undo; null where there is none. */
export function undoneWords(entry: ListEntry, now: Date): string | null {
  const { undone } = entry.kind === 'run' ? entry.run : entry.batch;
  return undone === undefined ? null : `Undone ${formatMoment(undone.at, now)}`;
}
