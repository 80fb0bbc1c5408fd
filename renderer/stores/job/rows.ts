import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { PreparedPlan, RouteOutput } from '../../../shared/ipc/contract.ts';
import { NO_FILTER, type ChosenRows, type RowFilter, type RowSort } from '../../../shared/model/plan.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { PlanRow, PlanRowDetail, ResolutionChoice } from '../../../shared/model/plan.ts';
import { EMPTY_CACHE, missingWindows, putWindow, rowAt, tickRows, WINDOW_ROWS, type RowCache } from './rowcache.ts';
import { usePlan } from './plan.ts';
import { countIn, holds, moveMark, spanOf, type MarkHow, type Spans } from './spans.ts';

/** Rows that one request may name. */
const MOST_IDS = 10_000;

type Numbers = Pick<RouteOutput<'plan.rows'>, 'matching' | 'matchingWrites' | 'matchingExcluded' | 'counts' | 'varied'>;

interface RowsState {
  readonly filter: RowFilter;
  /** Null: the order of the plan. */
  readonly sort: RowSort | null;
  readonly cache: RowCache;
  readonly numbers: Numbers | null;
  /** Position of the cursor in the filtered list. */
  readonly cursor: number;
  /** Rows that a deed is about: the one under the cursor, or more. */
  readonly marks: Spans;
  /** Where a stretch of marked rows began. */
  readonly anchor: number;
  /** Id of the row whose drawer is open. */
  readonly open: number | null;
  readonly detail: PlanRowDetail | null;
  readonly detailFailure: Failure | null;
  readonly failure: Failure | null;
  /** Forgets everything: another plan. */
  readonly begin: (filter?: Partial<RowFilter>) => void;
  readonly setFilter: (part: Partial<RowFilter>) => void;
  /** In the order of a column; once more the other way round, and once more in the order of the plan. */
  readonly sortBy: (by: RowSort['by']) => void;
  readonly need: (from: number, to: number) => void;
  /** Moves the cursor and marks that row `alone`, all from where a stretch began (`range`), or one more or less (`toggle`). */
  readonly setCursor: (cursor: number, how?: MarkHow) => void;
  readonly markAll: () => void;
  readonly openRow: (id: number | null) => void;
  readonly tick: (row: PlanRow, include: boolean) => Promise<void>;
  /** The same by id, for rows that may not be in the window of the list. */
  readonly tickIds: (ids: readonly number[], include: boolean) => Promise<void>;
  readonly tickAll: (include: boolean) => Promise<void>;
  readonly tickMarked: (include: boolean) => Promise<void>;
  readonly resolveMarked: (choice: ResolutionChoice) => Promise<void>;
  /** Settles rows that differ from the server's copy: by id, or all that a filter lets through. */
  readonly resolve: (rows: ChosenRows, choice: ResolutionChoice) => Promise<void>;
}

/** Answers for an older filter or plan carry an older number and are dropped. */
let generation = 0;
let fetching = new Set<number>();

export const useRows = create<RowsState>()((set, get) => {
  const forget = (): void => {
    generation += 1;
    fetching = new Set();
  };

  const mark = (at: number): void => {
    set({ anchor: at, marks: spanOf(at, at) });
  };

  /** The marked rows, as main finds them. */
  const marked = (): ChosenRows => ({ filter: get().filter, sort: get().sort, spans: get().marks });

  const fetchWindow = async (number: number): Promise<void> => {
    const plan = usePlan.getState().plan;
    if (plan === null || fetching.has(number)) return;
    const mine = generation;
    fetching.add(number);
    const { filter, sort } = get();
    const input = { planId: plan.planId, filter, sort, offset: number * WINDOW_ROWS, limit: WINDOW_ROWS };
    try {
      const { rows, ...numbers } = await call('plan.rows', input);
      if (mine !== generation) return;
      const before = get().numbers?.matching;
      const cursor = Math.min(get().cursor, Math.max(0, numbers.matching - 1));
      set({ cache: putWindow(get().cache, number, rows), numbers, cursor, failure: null });
      // The list is another one: what was marked in it stands somewhere else now.
      if (before !== undefined && before !== numbers.matching) mark(cursor);
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
    let failure: Failure | null = null;
    try {
      usePlan.getState().replace(await change(plan.planId));
    } catch (thrown) {
      failure = toFailure(thrown);
      set({ failure });
    }
    await refetch();
    // The rows are here again; why nothing was changed in them stays said.
    if (failure !== null) set({ failure });
  };

  const select = (rows: ChosenRows, include: boolean): Promise<void> =>
    changePlan((planId) => call('plan.select', { planId, rows, include }));

  return {
    filter: NO_FILTER,
    sort: null,
    cache: EMPTY_CACHE,
    numbers: null,
    cursor: 0,
    marks: spanOf(0, 0),
    anchor: 0,
    open: null,
    detail: null,
    detailFailure: null,
    failure: null,
    begin(filter = {}) {
      forget();
      mark(0);
      set({
        filter: { ...NO_FILTER, ...filter },
        sort: null,
        cache: EMPTY_CACHE,
        numbers: null,
        cursor: 0,
        failure: null,
      });
      set({ open: null, detail: null, detailFailure: null });
      void fetchWindow(0);
    },
    setFilter(part) {
      set({ filter: { ...get().filter, ...part }, cursor: 0 });
      mark(0);
      void refetch();
    },
    sortBy(by) {
      const { sort } = get();
      const again = sort?.by === by;
      set({ sort: again && sort.descending ? null : { by, descending: again }, cursor: 0 });
      mark(0);
      void refetch();
    },
    need(from, to) {
      for (const number of missingWindows(get().cache, from, to)) void fetchWindow(number);
    },
    setCursor(cursor, how = 'alone') {
      set(moveMark(get(), cursor, how));
      const row = rowAt(get().cache, cursor);
      if (get().open !== null && row !== undefined) get().openRow(row.id);
    },
    markAll() {
      const { numbers } = get();
      if (numbers !== null && numbers.matching > 0) set({ anchor: 0, marks: spanOf(0, numbers.matching - 1) });
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
    async tickIds(ids, include) {
      const all = new Set(ids);
      set({ cache: tickRows(get().cache, (row) => all.has(row.id), include) });
      for (let from = 0; from < ids.length; from += MOST_IDS) await select(ids.slice(from, from + MOST_IDS), include);
    },
    async tickAll(include) {
      set({ cache: tickRows(get().cache, writes, include) });
      await select(get().filter, include);
    },
    async tickMarked(include) {
      if (countIn(get().marks) === 0) return;
      const ids = new Set(seenIn(get().cache, get().marks).map(({ id }) => id));
      const rows = marked();
      set({ cache: tickRows(get().cache, (row) => writes(row) && ids.has(row.id), include) });
      await select(rows, include);
    },
    async resolveMarked(choice) {
      if (countIn(get().marks) > 0) await get().resolve(marked(), choice);
    },
    async resolve(rows, choice) {
      await changePlan((planId) => call('plan.resolve', { planId, rows, choice }));
      const { open } = get();
      if (open !== null) await fetchDetail(open);
    },
  };
});

/** The marked rows that are here. */
function seenIn(cache: RowCache, marks: Spans): readonly PlanRow[] {
  return [...cache].flatMap(([number, rows]) => rows.filter((_, at) => holds(marks, number * WINDOW_ROWS + at)));
}

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
