import type { JobKind } from '../model/job.ts';
import type { Outcome, Totals } from '../model/outcome.ts';

const DONE: Readonly<Record<Exclude<JobKind, 'undo'>, string>> = {
  restore: 'restored',
  retry: 'restored',
  migrate: 'copied',
  cleanup: 'removed',
  announce: 'announced',
};

/** What a job did to events, behind their number; an undo says which way it went, where it went one way. */
export function doneWords(job: JobKind, { created, updated, altered, deleted }: Totals): string {
  if (job !== 'undo') return DONE[job];
  if (deleted > 0) return created + updated + altered === 0 ? 'removed again' : 'undone';
  return created > 0 && updated + altered === 0 ? 'restored' : 'undone';
}

/** What will be done to events, as said of a plan: what is `put` into the calendar, and what is taken `out`. */
export function deedsOf(job: JobKind): { readonly put: string; readonly out: string } {
  return job === 'undo' ? { put: 'restored', out: 'removed again' } : { put: 'written', out: 'removed' };
}

/** What an undo did to an event, where that is not what the same outcome of another job says. */
export const UNDID: Readonly<Partial<Record<Outcome, { readonly label: string; readonly means: string }>>> = {
  created: { label: 'Restored', means: 'Back in the calendar, as it was before that run' },
  updated: { label: 'Reverted', means: 'Back to what it was before that run; what it was until now is kept' },
  deleted: { label: 'Removed again', means: 'That run had added it; a copy is kept' },
};
