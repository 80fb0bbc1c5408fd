import type { BatchMember } from '../../../../shared/model/batch/batch.ts';
import { canRun } from '../../../../shared/model/batch/batch-mode.ts';
import { isOpen } from '../child.ts';
import { runMember, takeUpRun, type TakeUp } from '../member.ts';
import type { BatchReplay } from '../kept/replay.ts';
import type { Running } from '../running.ts';

/**
 * Walks through the members, stage by stage, so many at the same time as the admin allows. A stage begins when every
 * member of the one before has ended, well or not.
 */
export async function walk(running: Running, before: BatchReplay): Promise<void> {
  const { head, batchControl } = running;
  const stages = [...new Set(head.members.map(({ stage }) => stage))].sort((a, b) => a - b);
  for (const stage of stages) {
    const members = head.members.filter((one) => one.stage === stage && canRun(one.member));
    const next = members.values();
    const worker = async (): Promise<void> => {
      for (const { member } of next) {
        if (!(await batchControl.mayGo())) return;
        const takeUp = await whatIsLeft(running, before, member);
        if (takeUp !== null) await runMember(running, member.id, takeUp);
      }
    };
    await allOrStop(Array.from({ length: Math.min(head.limits.members, members.length) }, worker), () =>
      batchControl.stop(),
    );
    if (batchControl.stopped) return;
  }
}

/** What there is to do for a member; null when it has ended. */
async function whatIsLeft(running: Running, before: BatchReplay, { id }: BatchMember): Promise<TakeUp | null> {
  const known = before.members.get(id);
  const runId = known?.runIds.at(-1);
  if (known === undefined || runId === undefined) return { kind: 'begin' };
  if (known.ended === null) return takeUpRun(running, id, runId);
  return isOpen(known.ended) ? { kind: 'resume', runId } : null;
}

/** When one worker fails, the others are stopped and waited for; then the failure is thrown. */
async function allOrStop(workers: readonly Promise<void>[], stop: () => void): Promise<void> {
  const failures: unknown[] = [];
  await Promise.all(
    workers.map((worker) =>
      worker.catch((error: unknown) => {
        failures.push(error);
        stop();
      }),
    ),
  );
  if (failures.length > 0) throw failures[0];
}
