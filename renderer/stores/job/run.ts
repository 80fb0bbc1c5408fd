import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { PushData } from '../../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { JobEvent } from '../../../shared/model/job.ts';
import type { JobNote } from '../../../shared/model/kept/job-note.ts';
import type { ReportHead } from '../../../shared/model/kept/report.ts';
import { EMPTY_SNAPSHOT, foldEvents, type RunSnapshot } from '../../../shared/model/snapshot.ts';
import { writeProgress } from '../../words/pace.ts';
import { Attached } from './attached.ts';
import { perFrame } from './frame.ts';
import type { Sample } from './rate.ts';

type Batch = PushData<'run.events'>;

interface RunState {
  readonly runId: string | null;
  readonly snapshot: RunSnapshot;
  /** Sequence number of the last event in the snapshot. */
  readonly seq: number;
  readonly samples: readonly Sample[];
  readonly starting: boolean;
  readonly failure: Failure | null;
  readonly report: ReportHead | null;
  readonly start: (planId: string, hash: string, typedMessages: number | null, jobNote: JobNote) => Promise<boolean>;
  readonly resume: (runId: string, typedMessages: number | null) => Promise<boolean>;
  readonly attach: (runId: string) => Promise<void>;
  readonly pause: (paused: boolean) => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly clear: () => void;
}

export const useRun: UseBoundStore<StoreApi<RunState>> = create<RunState>()((set, get) => {
  const begin = async (work: () => Promise<{ readonly runId: string }>): Promise<boolean> => {
    if (get().starting) return false;
    set({ starting: true, failure: null });
    try {
      const { runId } = await work();
      await get().attach(runId);
      return true;
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
      return false;
    } finally {
      set({ starting: false });
    }
  };
  const tell = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work;
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
  };
  return {
    runId: null,
    snapshot: EMPTY_SNAPSHOT,
    seq: 0,
    samples: [],
    starting: false,
    failure: null,
    report: null,
    start: (planId, hash, typedMessages, jobNote) =>
      begin(() => call('run.start', { planId, hash, typedMessages, jobNote })),
    async resume(runId, typedMessages) {
      // The report of the part that has ended is not that of the run which goes on.
      set({ runId: null, snapshot: EMPTY_SNAPSHOT, report: null });
      if (await begin(() => call('run.resume', { runId, typedMessages }))) return true;
      set({ runId });
      await attached.readReport(runId);
      return false;
    },
    attach: (runId) => attached.attach(runId),
    async pause(paused) {
      const { runId } = get();
      if (runId !== null) await tell(call('run.pause', { runId, paused }));
    },
    async stop() {
      const { runId } = get();
      if (runId !== null) await tell(call('run.stop', { runId }));
    },
    clear() {
      set({ runId: null, snapshot: EMPTY_SNAPSHOT, seq: 0, samples: [], report: null, failure: null });
    },
  };
});

const attached = new Attached<Batch, JobEvent, RunSnapshot, ReportHead>({
  empty: EMPTY_SNAPSHOT,
  idNow: () => useRun.getState().runId,
  get: () => useRun.getState(),
  set: (part) => {
    useRun.setState(part);
  },
  begin: (runId, nothing) => {
    useRun.setState({ runId, ...nothing });
  },
  idOf: ({ runId }: Batch) => runId,
  fold: foldEvents,
  countDone: (snapshot: RunSnapshot) => writeProgress(snapshot).done,
  askSnapshot: (runId) => call('run.snapshot', { runId }),
  askReport: (runId) => call('history.report', { runId }),
});

/** Takes a pushed batch; the store changes at most once per animation frame. */
export const takeBatches: (batches: readonly Batch[]) => void = perFrame((batches) => {
  attached.take(batches);
});
