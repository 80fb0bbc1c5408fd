import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { PreparedPlan, RouteOutput } from '../../../shared/ipc/contract.ts';
import type { RowFilter } from '../../../shared/model/plan.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { PlanRow, PlanRowDetail, ResolutionChoice } from '../../../shared/model/plan.ts';
import { EMPTY_CACHE, missingWindows, putWindow, rowAt, tickRows, WINDOW_ROWS, type RowCache } from './rowcache.ts';
import { usePlan } from './plan.ts';

export const NO_FILTER: RowFilter = { search: '', actions: [], attention: 'any', months: null };

type Numbers = Pick<RouteOutput<'plan.rows'>, 'matching' | 'matchingWrites' | 'matchingExcluded' | 'counts'>;

interface RowsState {
  readonly filter: RowFilter;
  readonly cache: RowCache;
  readonly numbers: Numbers | null;
  /** Position of the cursor in the filtered list. */
  readonly cursor: number;
  /** Id of the row whose drawer is open. */
  readonly open: number | null;
  readonly detail: PlanRowDetail | null;
  readonly detailFailure: Failure | null;
  readonly failure: Failure | null;
  /** Forgets everything: another plan. */
  readonly begin: (filter?: Partial<RowFilter>) => void;
  readonly setFilter: (part: Partial<RowFilter>) => void;
  readonly need: (from: number, to: number) => void;
  readonly setCursor: (cursor: number) => void;
  readonly openRow: (id: number | null) => void;
  readonly tick: (row: PlanRow, include: boolean) => Promise<void>;
  readonly tickAll: (include: boolean) => Promise<void>;
  /** Settles rows that differ from the server's copy: by id, or all that a filter lets through. */
  readonly resolve: (rows: readonly number[] | RowFilter, choice: ResolutionChoice) => Promise<void>;
}

/** Answers for an older filter or plan carry an older number and are dropped. */
let generation = 0;
let fetching = new Set<number>();

export const useRows = create<RowsState>()((set, get) => {
  const forget = (): void => {
    generation += 1;
    fetching = new Set();
  };

  const fetchWindow = async (number: number): Promise<void> => {
    const plan = usePlan.getState().plan;
    if (plan === null || fetching.has(number)) return;
    const mine = generation;
    fetching.add(number);
    const input = { planId: plan.planId, filter: get().filter, offset: number * WINDOW_ROWS, limit: WINDOW_ROWS };
    try {
      const { rows, ...numbers } = await call('plan.rows', input);
      if (mine !== generation) return;
      const last = Math.max(0, numbers.matching - 1);
      set({
        cache: putWindow(get().cache, number, rows),
        numbers,
        cursor: Math.min(get().cursor, last),
        failure: null,
      });
    } catch (thrown) {
      if (mine === generation) set({ failure: toFailure(thrown) });
    } finally {
      if (mine === generation) fetching.delete(number);
    }
  };

  /** The old rows stay in sight until the first new window is here, so that nothing jumps. */
  const refetch = async (): Promise<void> => {
    forget();
    const mine = generation;
    const first = Math.floor(get().cursor / WINDOW_ROWS);
    const old = get().cache;
    await fetchWindow(first);
    if (mine !== generation || get().cache === old) return;
    const fresh = get().cache.get(first);
    if (fresh !== undefined) set({ cache: putWindow(EMPTY_CACHE, first, fresh) });
  };

  /** Asks for another plan of the same rows, and shows them anew. */
  const changePlan = async (change: (planId: string) => Promise<PreparedPlan>): Promise<void> => {
    const plan = usePlan.getState().plan;
    if (plan === null) return;
    try {
      usePlan.getState().replace(await change(plan.planId));
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
    await refetch();
  };

  const select = (rows: readonly number[] | RowFilter, include: boolean): Promise<void> =>
    changePlan((planId) => call('plan.select', { planId, rows, include }));

  return {
    filter: NO_FILTER,
    cache: EMPTY_CACHE,
    numbers: null,
    cursor: 0,
    open: null,
    detail: null,
    detailFailure: null,
    failure: null,
    begin(filter = {}) {
      forget();
      set({ filter: { ...NO_FILTER, ...filter }, cache: EMPTY_CACHE, numbers: null, cursor: 0, failure: null });
      set({ open: null, detail: null, detailFailure: null });
      void fetchWindow(0);
    },
    setFilter(part) {
      set({ filter: { ...get().filter, ...part }, cursor: 0 });
      void refetch();
    },
    need(from, to) {
      for (const number of missingWindows(get().cache, from, to)) void fetchWindow(number);
    },
    setCursor(cursor) {
      set({ cursor });
      const row = rowAt(get().cache, cursor);
      if (get().open !== null && row !== undefined) get().openRow(row.id);
    },
    openRow(id) {
      if (id === get().open && get().detail !== null) return;
      set({ open: id, detailFailure: null, ...(id === null ? { detail: null } : {}) });
      if (id !== null) void fetchDetail(id);
    },
    async tick(row, include) {
      set({ cache: tickRows(get().cache, (other) => other.id === row.id, include) });
      await select([row.id], include);
    },
    async tickAll(include) {
      set({ cache: tickRows(get().cache, writes, include) });
      await select(get().filter, include);
    },
    async resolve(rows, choice) {
      await changePlan((planId) => call('plan.resolve', { planId, rows, choice }));
      const { open } = get();
      if (open !== null) await fetchDetail(open);
    },
  };
});

async function fetchDetail(id: number): Promise<void> {
  const plan = usePlan.getState().plan;
  if (plan === null) return;
  try {
    const detail = await call('plan.row', { planId: plan.planId, row: id });
    if (useRows.getState().open === id) useRows.setState({ detail, detailFailure: null });
  } catch (thrown) {
    if (useRows.getState().open === id) useRows.setState({ detailFailure: toFailure(thrown) });
  }
}

/** Only what would be written can be ticked. */
export function writes(row: PlanRow): boolean {
  return row.action === 'create' || row.action === 'update' || row.action === 'delete';
}
