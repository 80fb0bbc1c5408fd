import type { RunHandle } from '../../engine/types.ts';
import { HushError, type Failure } from '../../../shared/model/failure.ts';
import type { JobEvent } from '../../../shared/model/job.ts';
import { EMPTY_SNAPSHOT, foldEvents, type RunSnapshot } from '../../../shared/model/snapshot.ts';
import { ActiveHandles, type Watcher } from './active-handles.ts';
import type { Sent } from './stream.ts';
import type { Push } from '../types.ts';

/** The runs of this program that go on, and the last ones that have ended. */
export class ActiveRuns extends ActiveHandles<RunHandle, JobEvent, RunSnapshot> {
  constructor(push: Push, watcher: Watcher<RunSnapshot>) {
    const kind = {
      fold: { empty: EMPTY_SNAPSHOT, fold: foldEvents },
      endedKept: 10,
      idOf: ({ runId }: RunHandle) => runId,
      push: (runId: string, { events, ...sent }: Sent<JobEvent, RunSnapshot>) => {
        push('run.events', { runId, events: [...events], ...sent });
      },
      broken: (failure: Failure): JobEvent => ({ kind: 'problem', failure }),
      unknown,
    };
    super(kind, watcher);
  }
}

function unknown(): HushError {
  return new HushError({
    code: 'RUN_NOT_ACTIVE',
    message: 'This run is not in progress in this window. Its report is in History.',
    reaction: 'fix-input',
  });
}
