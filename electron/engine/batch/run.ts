import { basename } from 'node:path';
import type { BatchEvent } from '../../../shared/model/batch/batch.ts';
import type { JobNote } from '../../../shared/model/kept/job-note.ts';
import { toFailure } from '../../../shared/model/failure.ts';
import { EventQueue } from '../run/events.ts';
import { readNote } from '../run/kept/job-note.ts';
import { Journal } from '../run/kept/journal.ts';
import { LOCK_LOST, lockRun, type RunLock } from '../run/kept/lock.ts';
import { MemberStates } from './member-states.ts';
import { BatchControl } from './batch-control.ts';
import type { Budgets } from './pace/budgets.ts';
import { batchPaths, dropBatchResult, openBatch } from './kept/folder.ts';
import { BatchGuard } from './pace/guard.ts';
import type { JobAudit } from '../types.ts';
import { restsUntil } from './pace/hours.ts';
import { membersAtStart } from './members-now.ts';
import type { BatchHead, BatchRecord } from './kept/records.ts';
import type { BatchReplay } from './kept/replay.ts';
import type { Running } from './running.ts';
import { walk } from './pace/schedule.ts';
import { settleBatch } from './settle.ts';
import type { BatchHandle, BatchPorts, BatchWork } from './types.ts';

/** Milliseconds between two looks at the clock: a computer that slept is noticed at the first look after it. */
const LOOK = 20_000;

interface BatchRequest {
  readonly ports: BatchPorts;
  readonly folder: string;
  readonly head: BatchHead;
  readonly work: BatchWork;
  readonly budgets: Budgets;
  readonly audit: JobAudit;
}

/**
 * Starts a batch, or goes on with one. Throws HushError when another process has it, or its journal is damaged; the work
 * is closed when the batch ends, not when this throws.
 */
export async function runBatch(request: BatchRequest): Promise<BatchHandle> {
  const { folder, head, ports, work, budgets } = request;
  const lock = lockRun(folder);
  let opened: Journal<BatchRecord> | null = null;
  try {
    const paths = batchPaths(folder);
    const { journal: before } = await openBatch(ports.runsDir, head.batchId);
    const note = await readNote(folder);
    const journal = await Journal.open<BatchRecord>(paths.journal, basename(folder), before.end);
    opened = journal;
    // With all that may fail before it: what has a start comes to an end.
    await request.audit.started();
    await dropBatchResult(folder);
    const events = new EventQueue<BatchEvent>();
    const states = new MemberStates(membersAtStart(head, before), events);
    const batchControl = new BatchControl();
    const stop = (): void => {
      batchControl.stop();
      budgets.ignoreRetryAfter();
    };
    journal.whenBroken((error) => {
      states.problem(toFailure(error));
      stop();
    });
    const guard = new BatchGuard(head.limits.stopAfter, (failure) => {
      states.problem(failure);
      stop();
    });
    const mayBegin = (): boolean => {
      if (lock.stillHeld()) return true;
      journal.abandon(LOCK_LOST);
      states.problem(LOCK_LOST.failure);
      stop();
      return false;
    };
    const running: Running = {
      mayBegin,
      ports,
      work,
      head,
      journal,
      states,
      batchControl,
      budgets,
      guard,
      audit: request.audit,
    };
    const finished = toTheEnd(running, folder, note, before, lock).finally(() => events.close());
    return {
      batchId: head.batchId,
      events: () => events.batches(),
      pause(paused) {
        batchControl.pause(paused);
        journal.append({ k: 'paused', paused, at: ports.now().toISOString() });
        states.say({ kind: 'paused', paused });
      },
      stop() {
        request.audit.stopping();
        stop();
      },
      finished,
    };
  } catch (error) {
    await opened?.close();
    lock.release();
    throw error;
  }
}

/** Never rejects; `settled` is said last, whatever happens. */
async function toTheEnd(
  running: Running,
  folder: string,
  note: JobNote,
  before: BatchReplay,
  lock: RunLock,
): Promise<void> {
  const { head, states, journal, ports, work } = running;
  let watch: NodeJS.Timeout | undefined;
  try {
    const at = ports.now().toISOString();
    const { batchId, summary, kind } = head;
    // The folder was made with the first line.
    if (before.end.last !== 1) await journal.commit({ k: 'again', at });
    states.say({ kind: 'started', runId: batchId, job: kind, at, members: head.members.length, ...note });
    states.say({ kind: 'plan', hash: summary.hash, notified: summary.notified, summary });
    for (const { id } of states.members) states.change(id, {});
    watch = watchClock(running);
    await walk(running, before);
  } catch (error) {
    running.batchControl.stop();
    states.problem(toFailure(error));
  } finally {
    clearInterval(watch);
  }
  const settled = await settleBatch(running, folder);
  await work.close().catch((error: unknown) => states.problem(toFailure(error)));
  // Whoever hears that it ended may take it up at once.
  lock.release();
  states.say(settled);
}

/** Rests outside of the allowed hours. The wall clock decides, not time that was slept through. */
function watchClock({ head, ports, states, batchControl }: Running): NodeJS.Timeout {
  const { hours } = head.limits;
  let resting = false;
  const look = (): void => {
    const until = restsUntil(hours, ports.now());
    if ((until !== null) === resting) return;
    resting = until !== null;
    batchControl.rest(resting);
    states.say({ kind: 'resting', until: until?.toISOString() ?? null });
  };
  look();
  return setInterval(look, ports.lookAtClock ?? LOOK);
}
