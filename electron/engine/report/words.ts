import type { JobKind } from '../../../shared/model/job.ts';
import type { Outcome } from '../../../shared/model/outcome.ts';
import { UNDID } from '../../../shared/words/done.ts';
import { formatMomentInZone, plural } from '../../../shared/words/format.ts';
import { MODE_TITLES, isStandard } from '../../../shared/words/modes.ts';
import { localZone } from '../../../shared/words/here.ts';
import type { SchedulingMode } from '../../../shared/model/scheduling.ts';
import type { RunEntry } from '../../../shared/model/kept/report.ts';

/** A mode in plain words, with its token beside it. */
export function modeWords(mode: SchedulingMode): string {
  return isStandard(mode) ? `${MODE_TITLES[mode]} (${mode})` : mode;
}

/** A bucket in plain words, lower case; an undo says what it undid. */
export function outcomeWords(outcome: Outcome, job: JobKind): string {
  const words: Readonly<Record<Outcome, string>> = {
    created: 'created',
    updated: 'updated',
    altered: 'saved, but changed by the server',
    deleted: 'deleted',
    unchanged: 'already the same',
    skipped: 'skipped',
    superseded: 'superseded: newer version used',
    conflict: 'conflict',
    rejected: 'rejected',
    failed: 'failed',
    unknown: 'unknown',
    cancelled: 'not sent',
  };
  return (job === 'undo' ? UNDID[outcome]?.label.toLowerCase() : undefined) ?? words[outcome];
}

export function jobTitle(job: JobKind): string {
  const titles: Readonly<Record<JobKind, string>> = {
    restore: 'Restore',
    undo: 'Undo',
    retry: 'Retry',
    migrate: 'Migration',
    cleanup: 'Clean-up',
    announce: 'Announcement',
  };
  return titles[job];
}

/** How a run ended, in one sentence; "everything" is only said when it is true. */
export function statusWords(run: Pick<RunEntry, 'status' | 'running'>): string {
  if (run.running) return 'In progress.';
  switch (run.status) {
    case 'complete':
      return 'Everything was done and verified.';
    case 'incomplete':
      return 'Finished, but some events need attention.';
    case 'stopped':
      return 'Stopped before the end; it can be resumed.';
    case 'interrupted':
      return 'Interrupted; it can be resumed.';
    case 'refused':
      return 'Refused: nothing was written.';
  }
}

/** `1 person`, `2 people`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return plural(number, one, many);
}

/** The product's signature: how many people a run notified. */
export function notifiedTitle(run: Pick<RunEntry, 'notified'>): string {
  if (run.notified === 0) return 'Nobody was notified';
  return `${count(run.notified, 'person was', 'people were')} notified`;
}

/** A moment for whoever reads it, wherever: in the zone of the computer that it was made on, which is named. */
export function moment(iso: string): string {
  return formatMomentInZone(iso, localZone());
}

/** From and to of a run. */
export function period({ startedAt, endedAt }: Pick<RunEntry, 'startedAt' | 'endedAt'>): string {
  if (endedAt === null || moment(endedAt) === moment(startedAt)) return moment(startedAt);
  return `${moment(startedAt)} to ${moment(endedAt)}`;
}

/** When a run began, by its id: `2026-11-22 12:52 UTC`. A sentence says the moment; the id stands apart, to be copied. */
export function momentOfRun(runId: string): string {
  return moment(runId.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2}).*$/, '$1-$2-$3T$4:$5Z'));
}

/** What a ticket needs of a place: the file's own name, and where in an archive; folders of this computer stay out. */
export function placeWords({ file, line }: { readonly file: string; readonly line: number }): string {
  const [outer = '', ...inner] = file.split(' › ');
  const name = [outer.split(/[\\/]/).findLast((part) => part !== '') ?? outer, ...inner].join(' › ');
  return name === '' || line === 0 ? name : `${name}:${line}`;
}
