import type { BatchEvent } from '../../../shared/model/batch.ts';
import { toFailure } from '../../../shared/model/failure.ts';
import { EventQueue } from '../run/events.ts';
import { Journal } from '../run/journal.ts';
import { lockRun, type RunLock } from '../run/lock.ts';
import { Board } from './member-states.ts';
import { Brakes } from './batch-control.ts';
import type { Budgets } from './budgets.ts';
import { batchPaths, dropBatchResult } from './folder.ts';
import { BatchGuard } from './guard.ts';
import { restsUntil } from './hours.ts';
import { membersNow } from './members-now.ts';
import type { BatchHead, BatchRecord } from './records.ts';
import { readBatchJournal, type BatchReplay } from './replay.ts';
import type { Running } from './running.ts';
import { walk } from './schedule.ts';
import { settleBatch } from './settle.ts';
import type { BatchHandle, BatchPorts, BatchWork } from './types.ts';

/** Milliseconds between two looks at the clock: a computer that slept is noticed at the first look after it. */
const LOOK = 20_000;

export interface BatchRequest {
  readonly ports: BatchPorts;
  readonly folder: string;
  readonly head: BatchHead;
  readonly work: BatchWork;
  readonly budgets: Budgets;
}

/**
 * Starts a batch, or goes on with one. Throws HushError when another process has it, or its journal is damaged; the work
 * is closed when the batch ends, not when this throws.
 */
export async function runBatch(request: BatchRequest): Promise<BatchHandle> {
  const { folder, head, ports, work, budgets } = request;
  const lock = lockRun(folder);
  try {
    const paths = batchPaths(folder);
    const before = await readBatchJournal(paths.journal);
    await dropBatchResult(folder);
    const journal = await Journal.open<BatchRecord>(paths.journal, before.validBytes);
    const events = new EventQueue<BatchEvent>();
    const board = new Board(membersNow(head, before), events);
    const brakes = new Brakes();
    const stop = (): void => {
      brakes.stop();
      budgets.hurry();
    };
    const guard = new BatchGuard(head.limits.stopAfter, (failure) => {
      board.problem(failure);
      stop();
    });
    const running: Running = { ports, work, head, journal, board, brakes, budgets, guard };
    const finished = toTheEnd(running, folder, before, lock).finally(() => events.close());
    return {
      batchId: head.batchId,
      events: () => events.batches(),
      pause(paused) {
        brakes.pause(paused);
        journal.append({ k: 'paused', paused, at: ports.now().toISOString() });
        board.say({ kind: 'paused', paused });
      },
      stop,
      finished,
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Never rejects; `settled` is said last, whatever happens. */
async function toTheEnd(running: Running, folder: string, before: BatchReplay, lock: RunLock): Promise<void> {
  const { head, board, journal, ports, work } = running;
  let watch: NodeJS.Timeout | undefined;
  try {
    const at = ports.now().toISOString();
    const { batchId, summary, kind } = head;
    await journal.commit(
      before.validBytes === 0 ? { k: 'batch', v: 1, batchId, hash: summary.hash, at } : { k: 'again', at },
    );
    board.say({ kind: 'started', runId: batchId, job: kind, at, members: head.members.length });
    board.say({ kind: 'plan', hash: summary.hash, told: summary.told, summary });
    for (const { id } of board.members) board.change(id, {});
    watch = watchClock(running);
    await walk(running, before);
  } catch (error) {
    running.brakes.stop();
    board.problem(toFailure(error));
  } finally {
    clearInterval(watch);
  }
  await settleBatch(running, folder);
  await work.close().catch((error: unknown) => board.problem(toFailure(error)));
  lock.release();
}

/** Rests outside of the allowed hours. The wall clock decides, not time that was slept through. */
function watchClock({ head, ports, board, brakes }: Running): NodeJS.Timeout {
  const { hours } = head.limits;
  let resting = false;
  const look = (): void => {
    const until = restsUntil(hours, ports.now());
    if ((until !== null) === resting) return;
    resting = until !== null;
    brakes.rest(resting);
    board.say({ kind: 'resting', until: until?.toISOString() ?? null });
  };
  look();
  return setInterval(look, ports.lookAtClock ?? LOOK);
}
