import { FORMAT } from '../run/kept/format.ts';
import { checkNumber, messagesOfBatch } from '../../../shared/model/consent.ts';
import type { BatchMember, BatchSummary } from '../../../shared/model/batch/batch.ts';
import { HushError, hasCode } from '../../../shared/model/failure.ts';
import type { FailureCode } from '../../../shared/model/failure-codes.ts';
import { operatorIn, type Progress } from '../types.ts';
import { newRunId, removeFolder } from '../run/kept/folder.ts';
import { SerialQueue } from '../serial-queue.ts';
import { auditOfBatch } from './audit.ts';
import { Budgets } from './pace/budgets.ts';
import { createBatch } from './kept/folder.ts';
import { planBatch } from './plan.ts';
import type { BatchHead } from './kept/records.ts';
import { runBatch } from './run.ts';
import type { BatchConsent, BatchPorts, BatchWork, PreparedBatch } from './types.ts';

/**
 * Plans a batch: every member once, one after the other or a few at a time. What comes out waits for consent; nothing is
 * written. The work is closed when this throws, and at the end of the batch.
 */
export async function prepareBatch(
  ports: BatchPorts,
  work: BatchWork,
  budgets = new Budgets(),
  progress?: Progress,
  signal?: AbortSignal,
): Promise<PreparedBatch> {
  budgets.perOrigin = work.limits.perOrigin;
  try {
    const { members, summary } = await planBatch(work, progress, signal);
    return waiting(ports, work, budgets, members, summary);
  } catch (error) {
    await work.close();
    throw error;
  }
}

function waiting(
  ports: BatchPorts,
  work: BatchWork,
  budgets: Budgets,
  members: readonly BatchMember[],
  summary: BatchSummary,
): PreparedBatch {
  // What is put away while it is being started waits until it is known whether it was.
  const acts = new SerialQueue();
  let over = false;
  return {
    summary,
    members,
    open: (member) => work.prepare(member),
    start: (consent) =>
      acts.after(async () => {
        if (over) throw refusal('PLAN_USED', 'This plan has already been run or put away. Make a new one.');
        checkConsent(summary, members, consent);
        const head = headOf(ports, work, members, summary);
        const audit = auditOfBatch(ports, head, false);
        await audit.consented(consent.jobNote?.ticket);
        over = true;
        const folder = await createBatch(ports.runsDir, head, consent.jobNote);
        try {
          return await runBatch({ ports, folder, head, work, budgets, audit });
        } catch (error) {
          // Nothing was sent, and nothing of it is there to be resumed.
          if (hasCode(error, ['AUDIT_NOT_WRITTEN'])) await removeFolder(folder);
          throw error;
        }
      }),
    discard: () =>
      acts.after(async () => {
        if (over) return;
        over = true;
        await work.close();
      }),
  };
}

function headOf(ports: BatchPorts, work: BatchWork, members: readonly BatchMember[], summary: BatchSummary): BatchHead {
  const now = ports.now();
  return {
    formatVersion: FORMAT,
    batchId: newRunId(now),
    kind: work.kind,
    startedAt: now.toISOString(),
    ...operatorIn(ports),
    summary,
    limits: work.limits,
    members: members.map((member, id) => {
      const { stage = 0, origin = '', login = null, unread } = work.members[id] ?? {};
      return { member, stage, origin, login, ...(unread === undefined ? {} : { unread }) };
    }),
    spec: work.spec,
  };
}

function checkConsent(summary: BatchSummary, members: readonly BatchMember[], consent: BatchConsent): void {
  if (consent.hash !== summary.hash) {
    throw refusal('PLAN_CHANGED', 'The plan is not the one that was shown. Look at it again, then confirm it.');
  }
  const stop = summary.stops.find(({ override }) => !override);
  if (stop !== undefined) throw refusal(stop.code, stop.message);
  checkNumber(messagesOfBatch(members), consent.typedMessages);
}

function refusal(code: FailureCode, message: string): HushError {
  return new HushError({ code, message, reaction: 'fix-input' });
}
