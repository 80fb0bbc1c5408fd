import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { PreparedBatchView } from '../../../shared/ipc/batch-routes.ts';
import type { PushData } from '../../../shared/ipc/contract.ts';
import type { BatchEntry, BatchEvent, BatchKind, BatchReport } from '../../../shared/model/batch/batch.ts';
import { EMPTY_BATCH, foldBatch, type BatchSnapshot } from '../../../shared/model/batch/batch-snapshot.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import { Attached } from '../job/attached.ts';
import { jobKey, noteFor, useJobNotes } from '../job-note.ts';
import { perFrame } from '../job/frame.ts';
import type { Sample } from '../job/rate.ts';

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
  /** How the plan was asked for last. */
  readonly work: (() => Promise<PreparedBatchView>) | null;
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
  /** Takes pushed events; those of other batches are let go. */
  readonly take: (pushed: readonly Pushed[]) => void;
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
  work: null,
  batchId: null,
  snapshot: EMPTY_BATCH,
  seq: 0,
  samples: [],
  starting: false,
  report: null,
  member: null,
} as const;

/** The batches of each section stand on screens of their own and do not disturb each other. */
export const useMigrateBatch = createBatchStore();
export const useCleanupBatch = createBatchStore();
export const useRestoreBatch = createBatchStore();

export const BATCH_STORES: readonly BatchStore[] = [useMigrateBatch, useCleanupBatch, useRestoreBatch];

function createBatchStore(): BatchStore {
  /** Only the newest request for a plan counts. */
  let newest = 0;
  return create<BatchState>()((set, get) => {
    const attached = attachedTo({ get, set });
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
        set({ ...NOTHING, kind, origin, planning: true, work });
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
        const job = batchJob(get());
        return begin(async () => {
          const started = await call('batch.start', {
            planId,
            hash: summary.hash,
            typedMessages,
            jobNote: noteFor(job),
          });
          useJobNotes.getState().forget(job);
          return started;
        });
      },
      async resume(origin, typedMessages) {
        const { batchId, kind } = origin;
        newest += 1;
        set({ ...NOTHING, kind, origin });
        if (await begin(() => call('batch.resume', { batchId, typedMessages }))) return true;
        set({ batchId });
        await attached.readReport(batchId);
        return false;
      },
      attach: (batchId) => attached.attach(batchId),
      take: (pushed) => {
        attached.take(pushed);
      },
      async showReport(origin) {
        newest += 1;
        discard(get().plan);
        set({ ...NOTHING, kind: origin.kind, origin, batchId: origin.batchId });
        await attached.readReport(origin.batchId);
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

/** The job that a store shows, for its ticket and note. */
export function batchJob({ kind, origin }: Pick<BatchState, 'kind' | 'origin'>): string {
  return jobKey(kind, origin?.batchId ?? null);
}

/** Asks for the plan once more, as it was asked for last. */
export function planAgain(store: BatchStore): void {
  const { kind, origin, work, make } = store.getState();
  if (work !== null) void make(kind, origin, work);
}

/** The engine has this plan no more: it is none. */
export function loseBatchPlan(planId: string, failure: Failure): void {
  for (const store of BATCH_STORES)
    if (store.getState().plan?.planId === planId) store.setState({ plan: null, failure });
}

interface BatchAccess {
  readonly get: () => BatchState;
  readonly set: (part: Partial<BatchState>) => void;
}

/** A plan that nobody looks at any more is let go; when it is gone already, all the better. */
function discard(plan: PreparedBatchView | null): void {
  if (plan !== null) call('batch.discard', { planId: plan.planId }).catch(() => undefined);
}

function attachedTo({ get, set }: BatchAccess): Attached<Pushed, BatchEvent, BatchSnapshot, BatchReport> {
  return new Attached({
    empty: EMPTY_BATCH,
    idNow: () => get().batchId,
    get,
    set: (part) => {
      set({ ...part, kind: part.snapshot?.kind ?? get().kind });
    },
    begin: (batchId, nothing) => {
      set({ batchId, member: null, ...nothing });
    },
    idOf: ({ batchId }: Pushed) => batchId,
    fold: foldBatch,
    countDone,
    askSnapshot: (batchId) => call('batch.snapshot', { batchId }),
    askReport: (batchId) => call('batch.report', { batchId }),
  });
}

/** Takes pushed events; a store changes at most once per animation frame. */
export const takeBatchEvents: (pushed: readonly Pushed[]) => void = perFrame((pushed) => {
  for (const store of BATCH_STORES) store.getState().take(pushed);
});

/** Takes over how far a plan is; only while one is being made. */
export function showBatchProgress(progress: BatchProgress): void {
  for (const store of BATCH_STORES) if (store.getState().planning) store.setState({ progress });
}

/** Events that have an outcome. */
export function countDone({ done }: BatchSnapshot): number {
  return done.reduce((sum, count) => sum + count, 0);
}
