import type {
  BatchEntry,
  BatchKind,
  BatchLimits,
  BatchMember,
  BatchSummary,
  MemberState,
} from '../../shared/model/batch/batch.ts';
import type { NotifiedCount } from '../../shared/model/scheduling.ts';
import { notifyWords } from './consent.ts';
import { plural, shortPath } from './format.ts';
import { effectTitle } from './effect.ts';
import { isStandard } from './modes.ts';
import type { Word } from './outcomes.ts';
import { headline, type Headline } from './report.ts';

const GOING: Readonly<Record<BatchKind, string>> = {
  migrate: 'Copying',
  cleanup: 'Removing',
  announce: 'Notifying',
  undo: 'Undoing',
  restore: 'Restoring',
};

/** The state of one calendar, in the words of its kind of batch. */
export function memberWord(state: MemberState, kind: BatchKind, problem?: string, paused = false): Word {
  // What only waits for a password has no trouble of its own.
  if (problem === 'USER_PASSWORD_MISSING') return { label: 'Waiting', tone: 'same', means: 'Waiting for its password' };
  if (paused && state === 'moving')
    return { label: 'Paused', tone: 'same', means: 'Nothing is written until you resume' };
  switch (state) {
    case 'queued':
      return { label: 'Queued', tone: 'same', means: 'Waiting for its turn' };
    case 'checking':
      return { label: 'Checking', tone: 'upd', means: 'Its plan is made again and compared with the one you saw' };
    case 'moving':
      return { label: GOING[kind], tone: 'upd', means: 'Events are being written' };
    case 'verifying':
      return { label: 'Verifying', tone: 'upd', means: 'What was written is fetched and compared' };
    case 'done':
      return { label: 'Done', tone: 'new', means: 'Everything done and read back' };
    case 'needs-attention':
      return { label: 'Needs attention', tone: 'bad', means: 'It ended with trouble, or could not begin' };
    case 'stopped':
      return { label: 'Stopped', tone: 'warn', means: 'Stopped on the way; can be resumed' };
  }
}

export const BATCH_TITLES: Readonly<Record<BatchKind, string>> = {
  migrate: 'Migrate mailboxes',
  cleanup: 'Clean up calendars',
  announce: 'Notify external guests',
  undo: 'Undo',
  restore: 'Restore calendars',
};

/** What a batch did, for the list of History. */
export const BATCH_DEEDS: Readonly<Record<BatchKind, string>> = {
  migrate: 'Migration of',
  cleanup: 'Clean-up of',
  announce: 'Announcement for',
  undo: 'Undo in',
  restore: 'Restore of',
};

/** Who would be notified by the batch as it was asked for; nobody where all its servers are silent. */
export function notifiedOf(summary: Pick<BatchSummary, 'asked' | 'notified'>): NotifiedCount {
  // Of a server's own mode nobody can count more than with `all`.
  return summary.notified[isStandard(summary.asked) ? summary.asked : 'all'];
}

export function countBatchWrites({ counts }: Pick<BatchSummary, 'counts'>): number {
  return counts.create + counts.update + counts.delete;
}

/** Calendars that have something to be written, and can. */
export function countRunning(members: readonly BatchMember[]): number {
  return members.filter((member) => member.writes > 0 && member.problem === null).length;
}

/** What the button says: how many events, where, and who is notified. */
export function batchConsent(
  summary: Pick<BatchSummary, 'kind' | 'asked' | 'counts' | 'notified'>,
  calendars: number,
): string {
  const writes = countBatchWrites(summary);
  const count = notifiedOf(summary);
  const notified = notifyWords(count, summary.asked);
  switch (summary.kind) {
    case 'migrate':
      return `Copy ${plural(writes, 'event')} into ${plural(calendars, 'calendar')}, ${notified}`;
    case 'cleanup':
      return `Remove ${plural(writes, 'event')} from ${plural(calendars, 'calendar')}, ${notified}`;
    case 'announce':
      return `Notify ${plural(count.people, 'external guest')}`;
    case 'restore':
      return `Restore ${plural(writes, 'event')} into ${plural(calendars, 'calendar')}, ${notified}`;
    case 'undo':
      return `${putsBack(summary.counts) ? `Restore ${plural(writes, 'removed event')}` : `Undo ${plural(writes, 'change')}`} in ${plural(calendars, 'calendar')}, ${notified}`;
  }
}

/** What was taken out comes back, rather than that what came goes again. */
function putsBack({ create, delete: gone }: BatchSummary['counts']): boolean {
  return create >= gone;
}

/** Why the batch may not run, as one sentence; null when it may. */
export function whyNotBatch(summary: BatchSummary): string | null {
  if (summary.blocked === summary.members) return 'None of these calendars can run: see their reasons';
  if (summary.stops.some((stop) => !stop.override)) return 'Stopped for safety: see the reason above';
  if (countBatchWrites(summary) === 0) return 'Nothing to write: everything is as it should be';
  return null;
}

/** The report's first words: those of a run, with the calendars: `written`, those in which something was, where that is known. */
export function batchHeadline(
  batch: Pick<
    BatchEntry,
    'kind' | 'status' | 'totals' | 'verified' | 'attention' | 'unread' | 'members' | 'needsAttention' | 'notified'
  >,
  written: number = batch.members,
): Headline {
  return headline({ ...batch, job: batch.kind }, { members: written, needsAttention: batch.needsAttention });
}

/** The bounds of a batch in one sentence. */
export function limitWords({ members, perOrigin, stopAfter, hours }: BatchLimits): string {
  const parts = [
    `${plural(members, 'calendar')} at once`,
    `${plural(perOrigin, 'connection')} per server`,
    hours === null ? 'at any hour' : `between ${clock(hours.from)} and ${clock(hours.to)}`,
    stopAfter === null ? 'does not stop at errors' : `stops after ${plural(stopAfter, 'error')}`,
  ];
  return parts.join(' · ');
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** What the servers will do in the calendars that are not blocked, each once. */
export function effectTitles(members: readonly BatchMember[]): readonly string[] {
  const verdicts = members.map(({ verdict }) => verdict).filter((verdict) => verdict !== null);
  return [
    ...new Set(verdicts.flatMap((verdict) => (verdict.effective === null ? [] : [effectTitle(verdict, 'will')]))),
  ];
}

/** Where the events of calendars come from and go to: hosts, and files by their names; each once, the most frequent first. */
export function endsOf(members: readonly Pick<BatchMember, 'sources' | 'calendarUrl'>[]): {
  readonly sources: readonly string[];
  readonly targets: readonly string[];
} {
  return {
    sources: byFrequency(members.flatMap(({ sources }) => sources.map((source) => hostOf(source)))),
    targets: byFrequency(members.flatMap(({ calendarUrl }) => (calendarUrl === null ? [] : [hostOf(calendarUrl)]))),
  };
}

function byFrequency(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

function hostOf(source: string): string {
  return /^https?:/i.test(source) && URL.canParse(source) ? new URL(source).host : shortPath(source);
}
