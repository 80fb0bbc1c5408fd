import { canRun } from '../../../shared/model/batch/batch-mode.ts';
import { HushError, type Failure } from '../../../shared/model/failure.ts';
import { auditOfBatch } from './audit.ts';
import { Budgets } from './pace/budgets.ts';
import { isOpen, notifiedAnywayIn } from './child.ts';
import type { StoredBatch } from './kept/folder.ts';
import { runBatch } from './run.ts';
import type { BatchHandle, BatchPorts, BatchWork } from './types.ts';

/** Whether something of a batch is left to do: a member that was never begun, or a run in the middle. */
export function canResume({ head, journal }: Pick<StoredBatch, 'head' | 'journal'>): boolean {
  if (whoWasNotified(journal) !== null) return false;
  if (journal.finished === null) return true;
  return head.members.some(({ member }) => {
    const ended = journal.members.get(member.id)?.ended ?? null;
    return canRun(member) && (ended === null || isOpen(ended));
  });
}

/** Throws HushError when the batch is going on elsewhere, or nothing of it is left to do. */
export function checkResume(batch: StoredBatch): void {
  if (batch.running) {
    throw new HushError({
      code: 'RUN_LOCKED',
      message: 'This run is in progress in another window or command. Wait until it ends, or stop it there.',
      reaction: 'fix-input',
    });
  }
  const notified = whoWasNotified(batch.journal);
  if (notified !== null) throw notifiedAnyway(notified);
  if (canResume(batch)) return;
  throw new HushError({
    code: 'RUN_FINISHED',
    message: 'This run has ended; nothing of it is left to do. What failed can be tried again with a retry.',
    reaction: 'fix-input',
  });
}

/**
 * Goes on with a batch: members that are done are not touched, runs in the middle are resumed, and members that were
 * never begun are planned anew and held against the plan that was consented to.
 */
export async function resumeBatch(
  ports: BatchPorts,
  batch: StoredBatch,
  work: BatchWork,
  budgets = new Budgets(),
): Promise<BatchHandle> {
  try {
    checkResume(batch);
    await checkChildren(batch);
    budgets.perOrigin = batch.head.limits.perOrigin;
    const audit = auditOfBatch(ports, batch.head, true);
    await audit.consented(batch.note.ticket);
    return await runBatch({ ports, folder: batch.folder, head: batch.head, work, budgets, audit });
  } catch (error) {
    await work.close();
    throw error;
  }
}

/** What a server did against the mode in one of the calendars; null where none did. */
function whoWasNotified({ members, finished }: StoredBatch['journal']): Failure | null {
  const failures = [...members.values()].flatMap(({ ended, held }) => [ended?.failure ?? null, held]);
  return [...failures, ...(finished?.problems ?? [])].find((failure) => failure?.code === 'NOTIFIED_ANYWAY') ?? null;
}

/** What a member's run saw before the process was killed, and the batch never heard of. */
async function checkChildren({ runsDir, journal }: StoredBatch): Promise<void> {
  for (const { runIds, ended } of journal.members.values()) {
    const last = runIds.at(-1);
    const notified = ended !== null || last === undefined ? null : await notifiedAnywayIn(runsDir, last);
    if (notified !== null) throw notifiedAnyway(notified);
  }
}

/** The mode proved to be a promise that the server does not keep: the next calendar would tell more people. */
function notifiedAnyway({ message }: Failure): HushError {
  return new HushError({
    code: 'NOTIFIED_ANYWAY',
    message: `${message} The other calendars are not begun either. When the server is mended, plan the same again: what exists already is not written twice.`,
    reaction: 'fix-input',
  });
}
