import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { PreparedBatchView } from '../../../shared/ipc/batch-routes.ts';
import type { PushData } from '../../../shared/ipc/contract.ts';
import type { BatchEntry, BatchKind, BatchReport } from '../../../shared/model/batch.ts';
import { EMPTY_BATCH, foldBatch, type BatchSnapshot } from '../../../shared/model/batch-snapshot.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import { perFrame } from '../job/frame.ts';
import { reach } from '../job/pushed.ts';
import { addSample, type Sample } from '../job/rate.ts';

type Pushed = PushData<'batch.events'>;
type BatchProgress = PushData<'batch.progress'>;

export interface BatchState {
  readonly kind: BatchKind;
  /** The batch that an announcement, an undo or a resumed batch goes back to. */
  readonly origin: BatchEntry | null;
  readonly plan: PreparedBatchView | null;
  readonly planning: boolean;
  readonly progress: BatchProgress | null;
  readonly failure: Failure | null;
  readonly batchId: string | null;
  readonly snapshot: BatchSnapshot;
  /** Sequence number of the last event in the snapshot. */
  readonly seq: number;
  readonly samples: readonly Sample[];
  readonly starting: boolean;
  readonly report: BatchReport | null;
  /** The member whose events are on show. */
  readonly member: number | null;
  readonly make: (
    kind: BatchKind,
    origin: BatchEntry | null,
    work: () => Promise<PreparedBatchView>,
  ) => Promise<boolean>;
  readonly start: (typedMessages: number | null) => Promise<boolean>;
  readonly resume: (origin: BatchEntry, typedMessages: number | null) => Promise<boolean>;
  readonly attach: (batchId: string) => Promise<void>;
  readonly showReport: (origin: BatchEntry) => Promise<void>;
  readonly pause: (paused: boolean) => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly openMember: (member: number | null) => void;
  readonly clear: () => void;
}

export type BatchStore = UseBoundStore<StoreApi<BatchState>>;

const NOTHING = {
  kind: 'migrate',
  origin: null,
  plan: null,
  planning: false,
  progress: null,
  failure: null,
  batchId: null,
  snapshot: EMPTY_BATCH,
  seq: 0,
  samples: [],
  starting: false,
  report: null,
  member: null,
} as const;

/** The batches of migrations and the batches of clean-ups stand on screens of their own and do not disturb each other. */
export const useMigrateBatch = createBatchStore();
export const useCleanupBatch = createBatchStore();

const STORES: readonly BatchStore[] = [useMigrateBatch, useCleanupBatch];

/** Pushes that came while the snapshot which they continue was on its way. */
const early = new Map<string, Pushed[]>();

function createBatchStore(): BatchStore {
  /** Only the newest request for a plan counts. */
  let newest = 0;
  return create<BatchState>()((set, get) => {
    const tell = async (work: Promise<unknown>): Promise<void> => {
      try {
        await work;
      } catch (thrown) {
        set({ failure: toFailure(thrown) });
      }
    };
    const begin = async (work: () => Promise<{ readonly batchId: string }>): Promise<boolean> => {
      if (get().starting) return false;
      set({ starting: true, failure: null });
      try {
        const { batchId } = await work();
        await get().attach(batchId);
        return true;
      } catch (thrown) {
        set({ failure: toFailure(thrown) });
        return false;
      } finally {
        set({ starting: false });
      }
    };
    return {
      ...NOTHING,
      async make(kind, origin, work) {
        const mine = (newest += 1);
        discard(get().plan);
        set({ ...NOTHING, kind, origin, planning: true });
        try {
          const plan = await work();
          if (mine !== newest) {
            discard(plan);
            return false;
          }
          set({ plan, planning: false, progress: null });
          return true;
        } catch (thrown) {
          if (mine === newest) set({ failure: toFailure(thrown), planning: false, progress: null });
          return false;
        }
      },
      start(typedMessages) {
        const { plan } = get();
        if (plan === null) return Promise.resolve(false);
        const { planId, summary } = plan;
        return begin(() => call('batch.start', { planId, hash: summary.hash, typedMessages }));
      },
      async resume(origin, typedMessages) {
        const { batchId, kind } = origin;
        newest += 1;
        set({ ...NOTHING, kind, origin });
        if (await begin(() => call('batch.resume', { batchId, typedMessages }))) return true;
        set({ batchId });
        await loadReport({ get, set }, batchId);
        return false;
      },
      async attach(batchId) {
        early.set(batchId, []);
        set({ batchId, snapshot: EMPTY_BATCH, seq: 0, samples: [], report: null, failure: null, member: null });
        try {
          const found = await call('batch.snapshot', { batchId });
          const waited = early.get(batchId) ?? [];
          early.delete(batchId);
          if (get().batchId !== batchId) return;
          const kind = found.snapshot.kind ?? get().kind;
          set({ ...found, kind, samples: addSample([], performance.now(), countDone(found.snapshot)) });
          if (found.snapshot.status === null) applyTo({ get, set }, waited);
          else await loadReport({ get, set }, batchId);
        } catch (thrown) {
          early.delete(batchId);
          set({ failure: toFailure(thrown) });
        }
      },
      async showReport(origin) {
        newest += 1;
        discard(get().plan);
        set({ ...NOTHING, kind: origin.kind, origin, batchId: origin.batchId });
        await loadReport({ get, set }, origin.batchId);
      },
      async pause(paused) {
        const { batchId } = get();
        if (batchId !== null) await tell(call('batch.pause', { batchId, paused }));
      },
      async stop() {
        const { batchId } = get();
        if (batchId !== null) await tell(call('batch.stop', { batchId }));
      },
      openMember(member) {
        set({ member });
      },
      clear() {
        newest += 1;
        discard(get().plan);
        set(NOTHING);
      },
    };
  });
}

interface BatchAccess {
  readonly get: () => BatchState;
  readonly set: (part: Partial<BatchState>) => void;
}

/** A plan that nobody looks at any more is let go; when it is gone already, all the better. */
function discard(plan: PreparedBatchView | null): void {
  if (plan !== null) call('batch.discard', { planId: plan.planId }).catch(() => undefined);
}

/** Takes pushed events; a store changes at most once per animation frame. */
export const takeBatchEvents: (pushed: readonly Pushed[]) => void = perFrame((pushed: readonly Pushed[]) => {
  for (const store of STORES) applyTo({ get: store.getState, set: store.setState }, pushed);
});

function applyTo(store: BatchAccess, pushed: readonly Pushed[]): void {
  const before = store.get();
  const mine = pushed.filter(({ batchId }) => batchId === before.batchId);
  if (mine.length === 0 || before.batchId === null) return;
  const waiting = early.get(before.batchId);
  if (waiting !== undefined) {
    waiting.push(...mine);
    return;
  }
  const reached = reach(before, mine, foldBatch);
  if (reached === null) {
    void before.attach(before.batchId);
    return;
  }
  const { seq, snapshot } = reached;
  store.set({ snapshot, seq, samples: addSample(before.samples, performance.now(), countDone(snapshot)) });
  if (snapshot.status !== null && before.snapshot.status === null) void loadReport(store, snapshot.batchId);
}

async function loadReport({ get, set }: BatchAccess, batchId: string): Promise<void> {
  try {
    const report = await call('batch.report', { batchId });
    if (get().batchId === batchId) set({ report });
  } catch (thrown) {
    if (get().batchId === batchId) set({ failure: toFailure(thrown) });
  }
}

/** Takes over how far a plan is; only while one is being made. */
export function showBatchProgress(progress: BatchProgress): void {
  for (const store of STORES) if (store.getState().planning) store.setState({ progress });
}

/** Events that have an outcome. */
export function countDone({ done }: BatchSnapshot): number {
  return done.reduce((sum, count) => sum + count, 0);
}
