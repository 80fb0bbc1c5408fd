import type { BatchHandle } from '../../engine/engine.ts';
import type { BatchEvent } from '../../../shared/model/batch/batch.ts';
import { EMPTY_BATCH, foldBatch, type BatchSnapshot } from '../../../shared/model/batch/batch-snapshot.ts';
import { HushError, type Failure } from '../../../shared/model/failure.ts';
import { ActiveHandles, type Watcher } from './active-handles.ts';
import type { Sent } from './stream.ts';
import type { Push } from '../types.ts';

/** The batches of this program that go on, and the last ones that have ended. */
export class ActiveBatches extends ActiveHandles<BatchHandle, BatchEvent, BatchSnapshot> {
  constructor(push: Push, watcher: Watcher<BatchSnapshot>) {
    const kind = {
      fold: { empty: EMPTY_BATCH, fold: foldBatch },
      endedKept: 3,
      idOf: ({ batchId }: BatchHandle) => batchId,
      push: (batchId: string, { events, ...sent }: Sent<BatchEvent, BatchSnapshot>) => {
        push('batch.events', { batchId, events: [...events], ...sent });
      },
      broken: (failure: Failure): BatchEvent => ({ kind: 'problem', mailbox: null, failure }),
      unknown,
    };
    super(kind, watcher);
  }
}

function unknown(): HushError {
  return new HushError({
    code: 'BATCH_NOT_ACTIVE',
    message: 'This job is not in progress in this window. Its report is in History.',
    reaction: 'fix-input',
  });
}
