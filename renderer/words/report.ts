import type { Outcome, Totals } from '../../shared/model/outcome.ts';
import { countAttention, countWritten, OUTCOMES, TROUBLE } from '../../shared/model/outcome.ts';
import type { RunEntry } from '../../shared/model/report.ts';
import { formatNumber, listWords, plural } from './format.ts';
import type { Tone } from './modes.ts';

export interface Headline {
  readonly title: string;
  readonly says: string;
  readonly tone: Tone;
}

type Notified = Pick<RunEntry, 'job' | 'status' | 'totals' | 'verified' | 'notified' | 'attention' | 'unread'>;

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

/** `1 needs attention`, `3 need attention`. */
export function lookWords(trouble: number): string {
  return `${formatNumber(trouble)} ${trouble === 1 ? 'needs' : 'need'} attention`;
}

/** What was read back of a run that has ended, as one sentence. */
export function readBackWords({ totals, verified }: Pick<RunEntry, 'totals' | 'verified'>): string {
  return verifiedWords(countWritten(totals), verified) || 'Nothing was written, so there was nothing to read back.';
}

/** The report's first words. Never says that all went well while one event is in a bucket of trouble. */
export function headline(run: Notified): Headline {
  const written = countWritten(run.totals);
  const trouble = countAttention(run);
  const done = `${plural(written, 'event')} ${DEED[run.job]}`;
  const notified =
    run.notified === 0 ? 'Nobody was notified.' : `${plural(run.notified, 'person was', 'people were')} notified.`;
  const left = run.totals.cancelled;
  switch (run.status) {
    case 'refused':
      return { title: 'Nothing was written', says: 'The run was refused before the first write.', tone: 'same' };
    case 'interrupted':
    case 'stopped': {
      const how = run.status === 'stopped' ? 'Stopped' : 'Interrupted';
      const rest = left === 0 ? '' : ` ${plural(left, 'event')} not reached yet.`;
      const unknown = run.totals.unknown === 0 ? '' : ` ${plural(run.totals.unknown, 'event')} not read back yet.`;
      return {
        title: `${how}: ${done} so far`,
        says: `${notified}${unknown}${rest} Resume continues where it ended.`,
        tone: 'warn',
      };
    }
    case 'incomplete':
    case 'complete':
      if (trouble > 0 || run.status === 'incomplete') return needsLook(done, notified, trouble, run);
      if (written === 0)
        return { title: 'Nothing to do', says: `Everything was already in the calendar. ${notified}`, tone: 'new' };
      return { title: done, says: `${verifiedWords(written, run.verified)} ${notified}`, tone: 'new' };
  }
}

function needsLook(done: string, notified: string, trouble: number, run: Notified): Headline {
  const named = TROUBLE.filter((bucket) => run.totals[bucket] > 0).map(
    (bucket) => `${formatNumber(run.totals[bucket])} ${TROUBLE_WORDS[bucket] ?? bucket}`,
  );
  const unread = run.unread ?? 0;
  if (unread > 0) named.push(`${formatNumber(unread)} written and not read back`);
  const need = trouble === 0 ? 'not all could be verified' : lookWords(trouble);
  const which = named.length === 0 ? '' : ` ${capital(listWords(named))}.`;
  return {
    title: `${done}, ${need}`,
    says: `${verifiedWords(countWritten(run.totals), run.verified)}${which} ${notified}`.trim(),
    tone: 'warn',
  };
}

const DEED = {
  restore: 'restored',
  undo: 'undone',
  retry: 'restored',
  migrate: 'copied',
  cleanup: 'removed',
  announce: 'announced',
} as const;

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
