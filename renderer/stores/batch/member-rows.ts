import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { PlanSummary } from '../../../shared/model/plan.ts';
import { EMPTY_CACHE, missingWindows, putWindow, WINDOW_ROWS, type RowCache } from '../job/rowcache.ts';
import { NO_FILTER } from '../job/rows.ts';

interface MemberRowsState {
  /** The batch's plan and the member that is open. */
  readonly batchPlan: string | null;
  readonly member: number | null;
  readonly planId: string | null;
  readonly summary: PlanSummary | null;
  readonly cache: RowCache;
  readonly total: number;
  readonly failure: Failure | null;
  readonly open: (batchPlan: string, member: number) => Promise<void>;
  readonly need: (from: number, to: number) => void;
  readonly close: () => void;
}

const CLOSED = {
  batchPlan: null,
  member: null,
  planId: null,
  summary: null,
  cache: EMPTY_CACHE,
  total: 0,
  failure: null,
} as const;

/** The rows of one calendar of a batch that waits for consent; fetched in windows, as they come into sight. */
export const useMemberRows = create<MemberRowsState>()((set, get) => {
  const fetching = new Set<string>();
  const fetchWindow = async (planId: string, number: number): Promise<void> => {
    const key = `${planId} ${String(number)}`;
    if (fetching.has(key)) return;
    fetching.add(key);
    try {
      const offset = number * WINDOW_ROWS;
      const page = await call('plan.rows', { planId, filter: NO_FILTER, offset, limit: WINDOW_ROWS });
      if (get().planId === planId) set({ cache: putWindow(get().cache, number, page.rows), total: page.matching });
    } catch (thrown) {
      if (get().planId === planId) set({ failure: toFailure(thrown) });
    } finally {
      fetching.delete(key);
    }
  };
  return {
    ...CLOSED,
    async open(batchPlan, member) {
      get().close();
      set({ batchPlan, member });
      try {
        const { planId, summary } = await call('batch.open', { planId: batchPlan, member });
        if (get().member !== member || get().batchPlan !== batchPlan) {
          letGo(planId);
          return;
        }
        set({ planId, summary });
        await fetchWindow(planId, 0);
      } catch (thrown) {
        if (get().member === member) set({ failure: toFailure(thrown) });
      }
    },
    need(from, to) {
      const { planId, cache } = get();
      if (planId === null) return;
      for (const number of missingWindows(cache, from, to)) void fetchWindow(planId, number);
    },
    close() {
      const { planId } = get();
      if (planId !== null) letGo(planId);
      set(CLOSED);
    },
  };
});

function letGo(planId: string): void {
  call('plan.discard', { planId }).catch(() => undefined);
}
