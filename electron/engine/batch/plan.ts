import { canRun } from '../../../shared/model/batch/batch-mode.ts';
import type { BatchMember, BatchSummary } from '../../../shared/model/batch/batch.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import { ZERO_COUNTS, type PlanSummary, type SafetyStop } from '../../../shared/model/plan.ts';
import type { PreparedJob, Progress } from '../types.ts';
import { NotifiedSum } from '../scheduling/notified/notified.ts';
import { addCounts, hashOfBatch } from './sums.ts';
import type { BatchWork, MemberPlan } from './types.ts';
import { formatNumber, plural } from '../../../shared/words/format.ts';

/** Sentences of single calendars that the summary names. */
const NAMED = 20;

interface PlannedBatch {
  readonly members: readonly BatchMember[];
  readonly summary: BatchSummary;
}

/**
 * Plans every member, a few at a time, and keeps of each plan its numbers only. A member that cannot be planned is named
 * and costs no other. Rejects when `signal` says so.
 */
export async function planBatch(
  work: BatchWork,
  progress: Progress = () => undefined,
  signal?: AbortSignal,
): Promise<PlannedBatch> {
  const members = work.members.map(unplanned);
  const notified = new NotifiedSum();
  const stops = new Map<number, readonly SafetyStop[]>();
  const notes = new Map<string, number>();
  let done = 0;
  let unseen = 0;
  progress('planning', 0, members.length);
  const next = members.keys();
  const worker = async (): Promise<void> => {
    for (const id of next) {
      signal?.throwIfAborted();
      const member = members[id];
      if (member === undefined) continue;
      const planned = await planMember(work, member, signal, (job) => {
        // A server without scheduling tells nobody, whatever is asked.
        if (job.summary.verdict.assurance !== 'noScheduling') for (const item of job.notified()) notified.add(item);
        stops.set(id, job.summary.stops);
        unseen += job.summary.unseen ?? 0;
        for (const note of job.summary.notes ?? []) notes.set(note, (notes.get(note) ?? 0) + 1);
      });
      members[id] = planned;
      done += 1;
      progress('planning', done, members.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(work.limits.members, members.length) }, worker));
  const runnable = members.filter(canRun);
  const missing = unseen + work.members.reduce((sum, one) => sum + (one.unread ?? 0), 0);
  const summary: BatchSummary = {
    hash: hashOfBatch(work.kind, work.asked, members),
    kind: work.kind,
    asked: work.asked,
    members: members.length,
    blocked: members.length - runnable.length,
    counts: runnable.reduce((sum, { counts }) => addCounts(sum, counts ?? ZERO_COUNTS), ZERO_COUNTS),
    ...(missing === 0 ? {} : { unseen: missing }),
    notified: notified.total(),
    stops: [...work.stops, ...(runnable.length === 0 ? [nothingCanRun(members)] : []), ...namedStops(members, stops)],
    notes: [
      ...work.notes,
      ...unreadNotes(work.members),
      ...[...notes].map(([note, count]) => (count === 1 ? note : `${note} (${plural(count, 'calendar')})`)),
    ],
  };
  return { members, summary };
}

function unreadNotes(members: readonly MemberPlan[]): readonly string[] {
  const unread = members.reduce((sum, one) => sum + (one.unread ?? 0), 0);
  if (unread === 0) return [];
  const calendars = members.filter((one) => (one.unread ?? 0) > 0).length;
  return [
    `${plural(unread, 'event')} of ${plural(calendars, 'calendar')} could not be read on the source: they are not copied, and count as failed.`,
  ];
}

/** A member before its plan is made. */
function unplanned(plan: MemberPlan, id: number): BatchMember {
  const { mailbox, calendar, calendarUrl, sources, notCarried, problem } = plan;
  const failure: Failure | null =
    problem === null ? null : { code: 'MEMBER_BLOCKED', message: problem, reaction: 'fix-input' };
  return {
    id,
    mailbox,
    calendar,
    calendarUrl,
    sources,
    state: problem === null ? 'queued' : 'needs-attention',
    hash: null,
    verdict: null,
    counts: null,
    writes: 0,
    written: 0,
    verified: 0,
    notified: null,
    totals: null,
    runIds: [],
    problem: failure,
    notCarried,
  };
}

/** @param keep called with a plan that can run, before it is put away */
async function planMember(
  work: BatchWork,
  member: BatchMember,
  signal: AbortSignal | undefined,
  keep: (job: PreparedJob) => void,
): Promise<BatchMember> {
  if (member.problem !== null) return member;
  try {
    const job = await work.prepare(member.id, undefined, signal);
    try {
      const planned = withPlan(member, job.summary);
      if (canRun(planned)) keep(job);
      return planned;
    } finally {
      await job.discard();
    }
  } catch (error) {
    signal?.throwIfAborted();
    return { ...member, state: 'needs-attention', problem: toFailure(error) };
  }
}

function withPlan(member: BatchMember, { hash, verdict, counts, notified, stops }: PlanSummary): BatchMember {
  const problem = whyNot(verdict, stops);
  const writes = counts.create + counts.update + counts.delete;
  const state = problem === null ? 'queued' : 'needs-attention';
  return { ...member, state, hash, verdict, counts, notified, writes, problem };
}

/** A mode that is not kept and a stop that no consent lifts are the member's own: the others may go on. */
function whyNot(verdict: PlanSummary['verdict'], stops: readonly SafetyStop[]): Failure | null {
  if (verdict.effective === null) {
    return { code: 'MODE_BLOCKED', message: verdict.because, reaction: 'fix-input' };
  }
  const stop = stops.find(({ override }) => !override);
  return stop === undefined ? null : { code: stop.code, message: stop.message, reaction: 'fix-input' };
}

/** What a person should look at before saying yes, by calendar; of very many one of each code and the first others. */
export function namedStops(
  members: readonly Pick<BatchMember, 'id' | 'mailbox' | 'calendar'>[],
  stops: ReadonlyMap<number, readonly SafetyStop[]>,
): readonly SafetyStop[] {
  const all = members.flatMap((member) =>
    (stops.get(member.id) ?? []).map(({ code, message }) => ({
      code,
      message: `${member.mailbox}, "${member.calendar}": ${message}`,
      override: true,
    })),
  );
  if (all.length <= NAMED) return all;
  // One of each code first: whoever looks for a code must find it.
  const codes = new Map([...all].reverse().map((stop) => [stop.code, stop]));
  const first = all.filter((stop) => codes.get(stop.code) === stop);
  const rest = all.filter((stop) => codes.get(stop.code) !== stop);
  const named = [...first, ...rest.slice(0, Math.max(0, NAMED - first.length))];
  const more = `… and ${formatNumber(all.length - named.length)} more like these, in other calendars.`;
  return [...named, { code: 'MORE_STOPS', message: more, override: true }];
}

function nothingCanRun(members: readonly BatchMember[]): SafetyStop {
  const first = members.find(({ problem }) => problem !== null)?.problem?.message;
  const message =
    members.length === 0 ? 'There is nothing to do.' : `None of the calendars can be worked on. ${first ?? ''}`.trim();
  return { code: 'NOTHING_CAN_RUN', message, override: false };
}
