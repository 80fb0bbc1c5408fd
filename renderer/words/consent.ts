import type { JobKind } from '../../shared/model/job.ts';
import type { PlanSummary } from '../../shared/model/plan.ts';
import type { NotifiedCount, SchedulingMode } from '../../shared/model/scheduling.ts';
import { formatNumber, plural } from './format.ts';
import { isCalendarsAlone, notifiedIn, pastWords } from './modes.ts';

/** Resources that the plan would write. */
export function countWrites(summary: PlanSummary): number {
  return summary.counts.create + summary.counts.update + summary.counts.delete;
}

/** All rows of the plan. */
export function countRows(summary: PlanSummary): number {
  return Object.values(summary.counts).reduce((sum, count) => sum + count, 0);
}

/** What the button says: how many events, and who is notified. Null when the plan may not run. */
export function consentWords(job: JobKind, summary: PlanSummary): string | null {
  const { asked, effective } = summary.verdict;
  const notified = notifiedIn(summary, asked);
  if (notified === null || effective === null) return null;
  return `${deedWords(job, countWrites(summary))}, ${notifyWords(notified, effective)}`;
}

function deedWords(job: JobKind, writes: number): string {
  switch (job) {
    case 'restore':
      return `Restore ${plural(writes, 'event')}`;
    case 'undo':
      return `Undo ${plural(writes, 'change')}`;
    case 'retry':
      return `Try ${plural(writes, 'event')} again`;
    case 'migrate':
      return `Copy ${plural(writes, 'event')}`;
    case 'cleanup':
      return `Remove ${plural(writes, 'event')}`;
    case 'announce':
      return `Announce ${plural(writes, 'event')}`;
  }
}

/** Who hears of it in a mode, as the end of a button's words; of one run and of many calendars alike. */
export function notifyWords(notified: NotifiedCount, mode: SchedulingMode): string {
  if (isCalendarsAlone(notified)) return `update ${plural(notified.calendars, 'other calendar')} without messages`;
  if (notified.people === 0) return 'notify nobody';
  if (mode === 'external-only') return `notify ${plural(notified.people, 'external guest')}`;
  return `notify ${plural(notified.people, 'person', 'people')}`;
}

/** Who gets the messages, in sentences. */
export function recipientWords(notified: NotifiedCount): string {
  const { people, inside, outside } = notified;
  const who = `They go to ${plural(people, 'person', 'people')}: ${formatNumber(inside)} internal, ${formatNumber(outside)} external.`;
  return `${who} ${pastWords(notified)}`.trim();
}

/** Why the plan may not run, as one sentence; null when it may. */
export function whyNot(summary: PlanSummary): string | null {
  if (summary.verdict.effective === null) return 'Blocked: choose another answer to “Who should be notified?”';
  if (summary.stops.some((stop) => !stop.override)) return 'Stopped for safety: see the reason above';
  if (countWrites(summary) === 0) return 'Nothing to write: no selected event differs from the calendar';
  return null;
}
