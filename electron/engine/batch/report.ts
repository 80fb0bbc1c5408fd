import { join } from 'node:path';
import type { BatchEntry, BatchMember, BatchReport, MemberReport } from '../../../shared/model/batch/batch.ts';
import { isUnread, needsAttention, OUTCOMES, STORED, TROUBLE, type Outcome } from '../../../shared/model/outcome.ts';
import { batchNotes } from '../report/batch-notes.ts';
import { readRun } from '../run/kept/read-run.ts';
import { endOfRow, outcomeOf } from '../run/tally.ts';
import type { StoredBatch } from './kept/folder.ts';

/** Reasons per bucket that are named one by one; the others are counted together. */
const NAMED = 5;
/** Buckets of what is on the new side by now. */
const THERE: readonly Outcome[] = [...STORED, 'unchanged'];
/** Buckets of what stands on the new side as it was on the old one, or in a newer version: nothing to name. */
const AS_IT_WAS: readonly Outcome[] = ['created', 'updated', 'unchanged'];

/** The report of a batch; one run after the other is read, and only its numbers are kept. */
export async function buildBatchReport(
  batch: StoredBatch,
  members: readonly BatchMember[],
  entry: BatchEntry,
): Promise<BatchReport> {
  const { head, journal, runsDir } = batch;
  const hasOldSide = head.kind === 'migrate';
  const reports: MemberReport[] = [];
  let attention = 0;
  let unread = 0;
  for (const member of members) {
    const unseen = head.members[member.id]?.unread ?? 0;
    const tally = await tallyOf(runsDir, member);
    reports.push(memberReport(tally, member, hasOldSide, unseen));
    // What could not be read on the source counts as failed.
    attention += tally.attention + unseen;
    unread += tally.unread;
  }
  const notes = batchNotes(entry, head.summary, reports, journal.finished?.problems ?? [], journal.damaged);
  return { version: 1, batch: { ...entry, attention, unread }, summary: head.summary, members: reports, notes };
}

function memberReport(tally: Tally, member: BatchMember, hasOldSide: boolean, unread: number): MemberReport {
  const differences = [...tally.reasons].flatMap(([outcome, reasons]) =>
    AS_IT_WAS.includes(outcome) || (!hasOldSide && !TROUBLE.includes(outcome)) ? [] : named(outcome, reasons),
  );
  if (!hasOldSide || tally.rows === null) return { ...member, before: null, after: null, differences };
  const after = THERE.reduce((sum, outcome) => sum + count(tally.reasons.get(outcome)), 0);
  const what = 'could not be read on the source';
  const missing = unread === 0 ? [] : [{ outcome: 'failed' as const, count: unread, what }];
  return { ...member, before: tally.rows + unread, after, differences: [...differences, ...missing] };
}

interface Tally {
  /** Events on the old side; null when its plan could not be made. */
  readonly rows: number | null;
  /** Why, per bucket, and how often. */
  readonly reasons: ReadonlyMap<Outcome, ReadonlyMap<string, number>>;
  /** Rows that need attention, and those of them that could not be read back: as the report of the run counts them. */
  readonly attention: number;
  readonly unread: number;
}

/** Rows by bucket and reason. What is deleted because it is gone from the old side does not count as being there. */
async function tallyOf(runsDir: string, member: BatchMember): Promise<Tally> {
  const runId = member.runIds.at(-1);
  const reasons = new Map<Outcome, Map<string, number>>();
  const add = (outcome: Outcome, reason: string, times: number): void => {
    if (times === 0) return;
    const known = reasons.get(outcome) ?? new Map<string, number>();
    known.set(reason, (known.get(reason) ?? 0) + times);
    reasons.set(outcome, known);
  };
  if (runId === undefined) {
    const { counts } = member;
    if (counts === null) return { rows: null, reasons, attention: 0, unread: 0 };
    const why = member.problem?.message ?? 'Its calendar was not got to.';
    add('cancelled', why, counts.create + counts.update);
    add('unchanged', '', counts.unchanged);
    add('skipped', 'Left out.', counts.skip);
    add('superseded', 'A newer version was used.', counts.supersede);
    add('conflict', 'Another event already exists.', counts.conflict);
    add('rejected', 'It cannot become an event.', counts.reject);
    const rows = OUTCOMES.reduce((sum, outcome) => sum + count(reasons.get(outcome)), 0);
    return { rows, reasons, attention: counts.conflict + counts.reject, unread: 0 };
  }
  const folder = join(runsDir, runId);
  const { steps, journal } = await readRun(folder);
  let rows = 0;
  let attention = 0;
  let unread = 0;
  for (const [row, step] of steps.entries()) {
    const end = endOfRow(step, journal.rows.get(row));
    if (needsAttention(end)) attention += 1;
    if (isUnread(end)) unread += 1;
    if (step.row.action === 'delete') continue;
    const { outcome, reason } = outcomeOf(step, journal.rows.get(row));
    add(outcome, reason, 1);
    rows += 1;
  }
  return { rows, reasons, attention, unread };
}

function named(outcome: Outcome, reasons: ReadonlyMap<string, number>): MemberReport['differences'] {
  const all = [...reasons].sort((a, b) => b[1] - a[1]).map(([what, times]) => ({ outcome, count: times, what }));
  const rest = all.slice(NAMED).reduce((sum, one) => sum + one.count, 0);
  if (rest === 0) return all;
  return [
    ...all.slice(0, NAMED),
    { outcome, count: rest, what: 'for other reasons; the report of its run names each' },
  ];
}

function count(reasons: ReadonlyMap<string, number> | undefined): number {
  return [...(reasons?.values() ?? [])].reduce((sum, times) => sum + times, 0);
}
