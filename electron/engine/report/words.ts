import type { JobKind } from '../../../shared/model/job.ts';
import type { Outcome } from '../../../shared/model/outcome.ts';
import type { RunEntry } from '../../../shared/model/report.ts';

/** A mode in plain words. */
export function modeWords(mode: string): string {
  const known: Readonly<Record<string, string>> = {
    none: 'nobody is told (none)',
    'internal-only': 'only calendars here, silently (internal-only)',
    'external-only': 'only guests outside are told (external-only)',
    all: 'everybody is told (all)',
  };
  return known[mode] ?? mode;
}

/** A bucket in plain words, lower case. */
export function outcomeWords(outcome: Outcome): string {
  const words: Readonly<Record<Outcome, string>> = {
    created: 'created',
    updated: 'updated',
    deleted: 'deleted',
    unchanged: 'already the same',
    skipped: 'skipped',
    conflict: 'conflict',
    rejected: 'rejected',
    failed: 'failed',
    unknown: 'unknown',
    cancelled: 'not sent',
  };
  return words[outcome];
}

export function jobTitle(job: JobKind): string {
  const titles: Readonly<Record<JobKind, string>> = { restore: 'Restore', undo: 'Undo', retry: 'Retry' };
  return titles[job];
}

/** How a run ended, in one sentence; "everything" is only said when it is true. */
export function statusWords(run: Pick<RunEntry, 'status' | 'running'>): string {
  if (run.running) return 'Going on now.';
  switch (run.status) {
    case 'complete':
      return 'Everything was done and verified.';
    case 'incomplete':
      return 'Finished, but some rows need a person.';
    case 'stopped':
      return 'Stopped before the end; it can be resumed.';
    case 'interrupted':
      return 'Interrupted; it can be resumed.';
    case 'refused':
      return 'Refused: nothing was written.';
  }
}
