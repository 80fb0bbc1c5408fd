import type { BatchHandle } from '../engine/engine.ts';
import { EMPTY_BATCH, foldBatch, type BatchSnapshot } from '../../shared/model/batch-snapshot.ts';
import type { BatchEvent } from '../../shared/model/batch.ts';
import { HushError, toFailure } from '../../shared/model/failure.ts';
import { Stream } from './stream.ts';
import type { Push } from './types.ts';

/** Snapshots of ended batches that are kept for a window that is reloaded. */
const ENDED_KEPT = 3;
const FOLD = { empty: EMPTY_BATCH, fold: foldBatch };

export interface BatchWatcher {
  /** After some events of a batch that goes on. */
  progressed(snapshots: readonly BatchSnapshot[]): void;
  /** A batch has ended; `remaining` go on. */
  ended(snapshot: BatchSnapshot, remaining: number): void;
}

interface ActiveBatch {
  readonly handle: BatchHandle;
  readonly stream: Stream<BatchEvent, BatchSnapshot>;
  going: boolean;
  /** Everything has been passed on. */
  passed: Promise<void>;
}

/** The batches of this program that go on, and the last ones that have ended. */
export class ActiveBatches {
  readonly #batches = new Map<string, ActiveBatch>();
  readonly #push: Push;
  readonly #watcher: BatchWatcher;

  constructor(push: Push, watcher: BatchWatcher) {
    this.#push = push;
    this.#watcher = watcher;
  }

  /** Takes over a batch that was just started and passes its events on until it ends. */
  follow(handle: BatchHandle): void {
    const { batchId } = handle;
    const stream = new Stream<BatchEvent, BatchSnapshot>(FOLD, ({ seq, events, snapshot }) => {
      const whole = snapshot === undefined ? {} : { snapshot };
      this.#push('batch.events', { batchId, seq, events: [...events], ...whole });
      this.#watcher.progressed(this.#going().map((batch) => batch.stream.snapshot().snapshot));
    });
    const batch: ActiveBatch = { handle, stream, going: true, passed: Promise.resolve() };
    this.#batches.delete(batchId);
    this.#batches.set(batchId, batch);
    batch.passed = this.#pump(batch);
  }

  active(): readonly string[] {
    return this.#going().map((batch) => batch.handle.batchId);
  }

  /** Throws HushError for a batch that this program does not know. */
  snapshot(batchId: string): { readonly seq: number; readonly snapshot: BatchSnapshot } {
    return this.#get(batchId).stream.snapshot();
  }

  pause(batchId: string, paused: boolean): void {
    this.#get(batchId).handle.pause(paused);
  }

  stop(batchId: string): void {
    this.#get(batchId).handle.stop();
  }

  /** Stops all batches; resolves when each has ended, said so, and is not active any more. */
  async stopAll(): Promise<void> {
    const going = this.#going();
    for (const batch of going) batch.handle.stop();
    await Promise.all(going.map((batch) => batch.passed));
  }

  async #pump(batch: ActiveBatch): Promise<void> {
    try {
      for await (const events of batch.handle.events()) batch.stream.add(events);
      await batch.handle.finished;
    } catch (thrown) {
      batch.stream.add([{ kind: 'problem', mailbox: null, failure: toFailure(thrown) }]);
    }
    batch.going = false;
    batch.stream.flush();
    this.#forgetOld();
    this.#watcher.ended(batch.stream.snapshot().snapshot, this.#going().length);
  }

  #going(): readonly ActiveBatch[] {
    return [...this.#batches.values()].filter((batch) => batch.going);
  }

  #forgetOld(): void {
    const ended = [...this.#batches.values()].filter((batch) => !batch.going);
    for (const batch of ended.slice(0, -ENDED_KEPT)) this.#batches.delete(batch.handle.batchId);
  }

  #get(batchId: string): ActiveBatch {
    const batch = this.#batches.get(batchId);
    if (batch !== undefined) return batch;
    throw new HushError({
      code: 'BATCH_NOT_ACTIVE',
      message: 'This job is not going on in this window. Its report is in History.',
      reaction: 'fix-input',
    });
  }
}
