import type { JobKind } from '../../shared/model/job.ts';
import type { Outcome, Totals } from '../../shared/model/outcome.ts';
import { countAttention, countWritten, OUTCOMES, TROUBLE } from '../../shared/model/outcome.ts';
import type { ReportItem, RunEntry } from '../../shared/model/kept/report.ts';
import { doneWords } from '../../shared/words/done.ts';
import { formatNumber, listWords, plural } from './format.ts';
import type { Tone } from './modes.ts';

export interface Headline {
  readonly title: string;
  readonly says: string;
  readonly tone: Tone;
}

type Ended = Pick<RunEntry, 'job' | 'status' | 'totals' | 'verified' | 'notified' | 'attention' | 'unread'>;

/** Over how many calendars a job went, and how many of them need somebody. */
interface Over {
  readonly members: number;
  readonly needsAttention: number;
}

/** Resources in the buckets that mean a person has to look. */
export function countTrouble(totals: Totals): number {
  return TROUBLE.reduce((sum, bucket) => sum + totals[bucket], 0);
}

export function countAll(totals: Totals): number {
  return OUTCOMES.reduce((sum, bucket) => sum + totals[bucket], 0);
}

/** How many people a run notified: `nobody notified`, `1 person notified`. */
export function notifiedWords(notified: number): string {
  return notified === 0 ? 'nobody notified' : `${plural(notified, 'person', 'people')} notified`;
}

/** What a job did, in one number: `31 restored`, `31 removed again`. */
export function doneHere(job: JobKind, totals: Totals): string {
  return `${formatNumber(countWritten(totals))} ${doneWords(job, totals)}`;
}

/** `1 needs attention`, `3 need attention`. */
export function lookWords(trouble: number): string {
  return `${formatNumber(trouble)} ${trouble === 1 ? 'needs' : 'need'} attention`;
}

/** What was read back of a run that has ended, as one sentence. */
export function readBackWords({ totals, verified }: Pick<RunEntry, 'totals' | 'verified'>): string {
  return verifiedWords(countWritten(totals), verified) || 'Nothing was written, so there was nothing to read back.';
}

/**
 * The report's first words, of one calendar or of several: the same numbers. Never says that all went well while one event
 * is in a bucket of trouble, or one calendar needs somebody.
 */
export function headline(run: Ended, over: Over | null = null): Headline {
  const written = countWritten(run.totals);
  const trouble = countAttention(run);
  const done = `${plural(written, 'event')} ${doneWords(run.job, run.totals)}`;
  const notified =
    run.notified === 0 ? 'Nobody was notified.' : `${plural(run.notified, 'person was', 'people were')} notified.`;
  switch (run.status) {
    case 'refused':
      return { title: 'Nothing was written', says: 'The run was refused before the first write.', tone: 'same' };
    case 'interrupted':
    case 'stopped': {
      const how = run.status === 'stopped' ? 'Stopped' : 'Interrupted';
      return { title: `${how}: ${done} so far`, says: stoppedWords(run, notified), tone: 'warn' };
    }
    case 'incomplete':
    case 'complete':
      if (trouble > 0 || run.status === 'incomplete' || (over?.needsAttention ?? 0) > 0)
        return attentionHeadline(done, notified, trouble, run, over);
      if (written === 0)
        return { title: 'Nothing to do', says: `Everything was already in the calendar. ${notified}`, tone: 'new' };
      return {
        title: over === null ? done : `${done} in ${plural(over.members, 'calendar')}`,
        says: `${verifiedWords(written, run.verified)} ${notified}`,
        tone: 'new',
      };
  }
}

function stoppedWords({ totals, unread = 0 }: Ended, notified: string): string {
  const left = [
    { count: unread, is: 'written and not read back' },
    { count: totals.unknown, is: 'with an unknown outcome' },
    { count: totals.cancelled, is: 'not reached yet' },
  ].flatMap(({ count, is }) => (count === 0 ? [] : [` ${plural(count, 'event')} ${is}.`]));
  return `${notified}${left.join('')} Resume continues where it ended; nothing is sent twice.`;
}

function attentionHeadline(done: string, notified: string, trouble: number, run: Ended, over: Over | null): Headline {
  const named = TROUBLE.filter((bucket) => run.totals[bucket] > 0).map(
    (bucket) => `${formatNumber(run.totals[bucket])} ${TROUBLE_WORDS[bucket] ?? bucket}`,
  );
  const unread = run.unread ?? 0;
  if (unread > 0) named.push(`${formatNumber(unread)} written and not read back`);
  const which = named.length === 0 ? '' : ` ${capital(listWords(named))}.`;
  return {
    title: `${done}, ${needed(trouble, over)}`,
    says: `${verifiedWords(countWritten(run.totals), run.verified)}${which} ${notified}`.trim(),
    tone: 'warn',
  };
}

/** What is to be looked at: events, and in how many calendars; or calendars, where none of their events tells. */
function needed(trouble: number, over: Over | null): string {
  const calendars = over?.needsAttention ?? 0;
  if (trouble > 0) return `${lookWords(trouble)}${calendars === 0 ? '' : ` in ${plural(calendars, 'calendar')}`}`;
  return calendars === 0 ? 'not all could be verified' : needWords(calendars);
}

/** `1 calendar needs attention`, `3 calendars need attention`. */
export function needWords(count: number): string {
  return `${plural(count, 'calendar')} ${count === 1 ? 'needs' : 'need'} attention`;
}

const TROUBLE_WORDS: Readonly<Partial<Record<Outcome, string>>> = {
  altered: 'saved, but changed by the server',
  conflict: 'in conflict',
  rejected: 'rejected',
  failed: 'failed',
  unknown: 'with an unknown outcome',
};

function verifiedWords(written: number, verified: number): string {
  if (written === 0) return '';
  if (verified >= written)
    return written === 1
      ? 'It was read back and verified.'
      : `All ${formatNumber(written)} were read back and verified.`;
  return `${formatNumber(verified)} of ${formatNumber(written)} were read back and are as they should be.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What can be done about a row that needs attention and is not settled where it is listed; empty where nothing is. */
export function nextWords(
  { job }: Pick<RunEntry, 'job'>,
  { outcome, retriable }: Pick<ReportItem, 'outcome' | 'retriable'>,
): string {
  if (!TROUBLE.includes(outcome) || retriable === true) return '';
  switch (job) {
    case 'undo':
      return 'Undo the same run once more to try it again: what was undone already is seen as such.';
    case 'cleanup':
      return 'Search with the same rules to try it again: what is gone is not found any more.';
    case 'announce':
      return 'Notify the guests of the same migration once more: who was notified is not notified twice.';
    default:
      return outcome === 'rejected'
        ? 'It cannot be stored as it is: mend it in the backup, and restore it from there.'
        : '';
  }
}
