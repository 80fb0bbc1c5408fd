import type { BatchEntry, BatchSummary, MemberReport } from '../../../shared/model/batch/batch.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import { count } from './words.ts';
import { formatNumber } from '../../../shared/words/format.ts';

/** Sentences that a reader of a batch's report must know. */
export function batchNotes(
  entry: BatchEntry,
  summary: BatchSummary,
  members: readonly MemberReport[],
  problems: readonly Failure[],
  damaged: readonly number[] = [],
): readonly string[] {
  const notes: string[] = [];
  if (damaged.length > 0) {
    notes.push(
      `${count(damaged.length, 'line', 'lines')} of the journal of this job cannot be read: what became of a calendar is read from its own run.`,
    );
  }
  if (entry.running) notes.push('This run is still in progress: the numbers are those of this moment.');
  else if (entry.status === 'interrupted') notes.push('The program ended in the middle. It can be resumed.');
  else if (entry.status === 'stopped') notes.push('It was stopped before its end. It can be resumed.');
  const sentence = reconciled(members);
  if (sentence !== null) notes.push(sentence);
  if (entry.needsAttention > 0) {
    notes.push(`${count(entry.needsAttention, 'calendar needs', 'calendars need')} attention: they are listed first.`);
  }
  return [...new Set([...problems.map(({ message }) => message), ...notes, ...summary.notes])];
}

/** `1,000 events on the old side = 996 on the new side + 4 that are named below`; null where there is no old side. */
export function reconciled(members: readonly Pick<MemberReport, 'before' | 'after' | 'differences'>[]): string | null {
  const sides = members.filter(({ before }) => before !== null);
  if (sides.length === 0) return null;
  const before = sides.reduce((sum, member) => sum + (member.before ?? 0), 0);
  const after = sides.reduce((sum, member) => sum + (member.after ?? 0), 0);
  const named = sides.reduce((sum, { differences }) => differences.reduce((all, one) => all + one.count, sum), 0);
  const rest = named === 0 ? '' : ` + ${formatNumber(named)} that are named with each calendar`;
  const unread = members.length - sides.length;
  const more =
    unread === 0 ? '' : ` ${count(unread, 'calendar', 'calendars')} could not be read and are not among them.`;
  return `${count(before, 'event')} on the source = ${formatNumber(after)} on the target${rest}.${more}`;
}
