import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { PushData, RouteOutput } from '../../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { ReportHead } from '../../../shared/model/report.ts';
import { EMPTY_SNAPSHOT, foldEvents, type RunSnapshot } from '../../../shared/model/snapshot.ts';
import { perFrame } from './frame.ts';
import { reach } from './pushed.ts';
import { addSample, type Sample } from './rate.ts';

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
  readonly start: (planId: string, hash: string, typedMessages: number | null) => Promise<boolean>;
  readonly resume: (runId: string, typedMessages: number | null) => Promise<boolean>;
  readonly attach: (runId: string) => Promise<void>;
  readonly pause: (paused: boolean) => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly clear: () => void;
}

/** Batches that came while the snapshot they continue was on its way. */
let early: Batch[] | null = null;

export const useRun = create<RunState>()((set, get) => {
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
    start: (planId, hash, typedMessages) => begin(() => call('run.start', { planId, hash, typedMessages })),
    async resume(runId, typedMessages) {
      // The report of the part that has ended is not that of the run which goes on.
      set({ runId: null, snapshot: EMPTY_SNAPSHOT, report: null });
      if (await begin(() => call('run.resume', { runId, typedMessages }))) return true;
      set({ runId });
      await loadReport(runId);
      return false;
    },
    async attach(runId) {
      const waited: Batch[] = [];
      early = waited;
      set({ runId, snapshot: EMPTY_SNAPSHOT, seq: 0, samples: [], report: null, failure: null });
      const found = await snapshotOf(runId);
      stopWaiting(waited);
      if (get().runId !== runId || found === null) return;
      set({ ...found, samples: addSample([], performance.now(), found.snapshot.reached) });
      if (found.snapshot.status === null) applyBatches(waited);
      else await loadReport(runId);
    },
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

async function snapshotOf(runId: string): Promise<RouteOutput<'run.snapshot'> | null> {
  try {
    return await call('run.snapshot', { runId });
  } catch (thrown) {
    useRun.setState({ failure: toFailure(thrown) });
    return null;
  }
}

/** Unless another attach began to wait meanwhile. */
function stopWaiting(waited: Batch[]): void {
  if (early === waited) early = null;
}

/** Takes a pushed batch; the store changes at most once per animation frame. */
export const takeBatches: (batches: readonly Batch[]) => void = perFrame(applyBatches);

function applyBatches(batches: readonly Batch[]): void {
  const before = useRun.getState();
  const mine = batches.filter((batch) => batch.runId === before.runId);
  if (mine.length === 0) return;
  if (early !== null) {
    early.push(...mine);
    return;
  }
  const reached = reach(before, mine, foldEvents);
  if (reached === null) {
    if (before.runId !== null) void useRun.getState().attach(before.runId);
    return;
  }
  const { seq, snapshot } = reached;
  useRun.setState({ snapshot, seq, samples: addSample(before.samples, performance.now(), snapshot.reached) });
  if (snapshot.status !== null && before.snapshot.status === null) void loadReport(snapshot.runId);
}

async function loadReport(runId: string): Promise<void> {
  try {
    const report = await call('history.report', { runId });
    if (useRun.getState().runId === runId) useRun.setState({ report });
  } catch (thrown) {
    if (useRun.getState().runId === runId) useRun.setState({ failure: toFailure(thrown) });
  }
}
