import type { BatchMember } from '../../../shared/model/batch/batch.ts';
import { messagesOfMember, notifiedByPlan } from '../../../shared/model/consent.ts';
import { HushError, toFailure, type Failure } from '../../../shared/model/failure.ts';
import { OUTCOMES, TROUBLE, type Totals } from '../../../shared/model/outcome.ts';
import type { RunStatus } from '../../../shared/model/job.ts';
import type { PreparedJob, RunHandle } from '../types.ts';
import { newRunId } from '../run/kept/folder.ts';
import { isOpen, readChild } from './child.ts';
import type { PlannedMember } from './kept/records.ts';
import type { Running } from './running.ts';
import { MemberWatch } from './pace/watch.ts';
import { formatNumber, plural } from '../../../shared/words/format.ts';

/** How a member is taken up: from the beginning, or in the middle of a run it has. */
export type TakeUp = { readonly kind: 'begin' } | { readonly kind: 'resume'; readonly runId: string };

/**
 * Brings one member to its end. Rejects only when the batch's own journal cannot be written: whatever goes wrong with
 * this calendar is its own trouble.
 */
export async function runMember(running: Running, id: number, takeUp: TakeUp): Promise<void> {
  const { states, guard, head } = running;
  const origin = head.members[id]?.origin ?? '';
  states.change(id, { state: 'checking', problem: null });
  const begun = takeUp.kind === 'begin' ? await begin(running, id) : await resume(running, id, takeUp.runId);
  if (begun.kind === 'stopped') {
    states.change(id, { state: takeUp.kind === 'begin' ? 'queued' : 'stopped' });
  } else if (begun.kind === 'held') {
    await hold(running, id, takeUp, begun.failure);
    guard.held(origin, begun.failure);
  } else {
    guard.began(origin);
    await follow(running, id, begun.handle);
  }
}

type Begun =
  | { readonly kind: 'runs'; readonly handle: RunHandle }
  | { readonly kind: 'held'; readonly failure: Failure }
  | { readonly kind: 'stopped' };

/** Makes the plan anew, holds it against the one that was consented to, and starts it. */
async function begin(running: Running, id: number): Promise<Begun> {
  const { work, ports, journal, head, states, batchControl, budgets } = running;
  let job: PreparedJob | null = null;
  try {
    job = await work.prepare(id, undefined, batchControl.signal);
    await checkPlan(running, id, job);
    if (!(await batchControl.mayGo()) || !running.mayBegin()) throw new Error('stopped');
    const now = ports.now();
    const runId = newRunId(now);
    await journal.commit({ k: 'began', member: id, runId, at: now.toISOString() });
    const pacer = budgets.pacer(head.members[id]?.origin ?? '');
    const typedMessages = numberFor(states.of(id), job);
    const handle = await job.start({ hash: job.summary.hash, typedMessages }, { runId, batch: head.batchId, pacer });
    states.change(id, { runIds: [...states.of(id).runIds, runId] });
    return { kind: 'runs', handle };
  } catch (error) {
    await job?.discard();
    return batchControl.stopped ? { kind: 'stopped' } : { kind: 'held', failure: toFailure(error) };
  }
}

async function checkPlan({ work, head }: Running, id: number, job: PreparedJob): Promise<void> {
  if (job.summary.hash === head.members[id]?.member.hash) return;
  const why = work.judgeChange === undefined ? '' : await work.judgeChange(id, job);
  if (why === null) return;
  throw new HushError({
    code: 'PLAN_CHANGED',
    message:
      `The calendar or its source was changed since the plan was made, so nothing was written. ${why} Make the plan again.`.replace(
        / {2,}/g,
        ' ',
      ),
    reaction: 'fix-input',
  });
}

/** The number that the batch was consented with stands for each calendar, and none may send more than it did then. */
function numberFor(member: BatchMember, { summary }: PreparedJob): number {
  const { messages } = notifiedByPlan(summary);
  if (messages <= messagesOfMember({ ...member, problem: null })) return messages;
  throw new HushError({
    code: 'PLAN_CHANGED',
    message:
      'It would notify more people by now than when the plan was made, so nothing was written. Make the plan again.',
    reaction: 'fix-input',
  });
}

async function resume(running: Running, id: number, runId: string): Promise<Begun> {
  const { ports, work, head, budgets, batchControl } = running;
  if (!running.mayBegin()) return { kind: 'stopped' };
  try {
    const pacer = budgets.pacer(head.members[id]?.origin ?? '');
    return { kind: 'runs', handle: await ports.resumeRun(runId, work.connection(id), pacer) };
  } catch (error) {
    return batchControl.stopped ? { kind: 'stopped' } : { kind: 'held', failure: toFailure(error) };
  }
}

async function follow(running: Running, id: number, handle: RunHandle): Promise<void> {
  const { states, batchControl } = running;
  batchControl.hold(handle);
  const watch = new MemberWatch(running, id);
  states.change(id, { state: 'moving' });
  for await (const batch of handle.events()) watch.see(batch);
  await handle.finished;
  batchControl.letGo(handle);
  const { settled, failure } = watch;
  if (settled === null) throw new Error('a run without an end');
  await end(running, id, handle.runId, { ...settled, failure });
}

/** How the run of a member ended. */
interface Ending {
  readonly status: RunStatus;
  readonly totals: Totals;
  readonly verified: number;
  readonly failure: Failure | null;
}

/** Writes down and says that a member's run has ended. */
async function end(running: Running, id: number, runId: string, ending: Ending): Promise<void> {
  const { journal, states, ports, head } = running;
  const { status, totals, verified, failure } = ending;
  const planned = head.members[id] ?? { member: states.of(id) };
  const at = ports.now().toISOString();
  await journal.commit({ k: 'ended', member: id, runId, status, totals, verified, failure, at });
  states.change(id, { runIds: [...new Set([...states.of(id).runIds, runId])], ...afterRun(ending, planned) });
}

/** What a member is after its run. What could not be read on the old side failed, however well the run went. */
export function afterRun(
  { status, totals: written, verified, failure }: Ending,
  { member, unread = 0 }: Pick<PlannedMember, 'member' | 'unread'>,
): Pick<BatchMember, 'state' | 'totals' | 'written' | 'verified' | 'problem'> {
  const totals = { ...written, failed: written.failed + unread };
  const numbers = { totals, verified, written: member.writes - written.cancelled };
  if (status === 'complete' && unread === 0) return { ...numbers, state: 'done', problem: null };
  const stoppedByUs = status !== 'incomplete' && status !== 'complete' && failure === null;
  const problem = failure ?? (unread > 0 ? unreadFailure(unread) : troubleOf(totals));
  return { ...numbers, state: stoppedByUs ? 'stopped' : 'needs-attention', problem };
}

function unreadFailure(unread: number): Failure {
  const message = `${plural(unread, 'event')} could not be read on the source and are not copied. Run the migration again: what exists already stays as it is.`;
  return { code: 'SOURCE_UNREAD', message, reaction: 'fix-input' };
}

/** Its run went to its end, and not everything came through. */
export const MEMBER_TROUBLE = 'MEMBER_TROUBLE';

function troubleOf(totals: Totals): Failure | null {
  const parts = OUTCOMES.filter((bucket) => TROUBLE.includes(bucket) && totals[bucket] > 0);
  if (parts.length === 0) return null;
  const counts = parts.map((bucket) => `${formatNumber(totals[bucket])} ${bucket}`).join(', ');
  return { code: MEMBER_TROUBLE, message: `Not everything came through: ${counts}.`, reaction: 'skip-item' };
}

async function hold({ journal, states, ports }: Running, id: number, takeUp: TakeUp, failure: Failure): Promise<void> {
  const runId = takeUp.kind === 'begin' ? null : takeUp.runId;
  await journal.commit({ k: 'held', member: id, runId, failure, at: ports.now().toISOString() });
  const { mailbox } = states.of(id);
  states.change(id, { state: 'needs-attention', problem: failure });
  states.say({ kind: 'problem', mailbox, failure });
}

/** What an earlier process left of a member's run: null when it has ended and that was written down now. */
export async function takeUpRun(running: Running, id: number, runId: string): Promise<TakeUp | null> {
  const child = await readChild(running.ports.runsDir, runId);
  if (child.kind === 'none') return { kind: 'begin' };
  if (isOpen(child.result)) return { kind: 'resume', runId };
  const { status, totals, verified } = child.result;
  await end(running, id, runId, { status, totals, verified, failure: null });
  return null;
}
