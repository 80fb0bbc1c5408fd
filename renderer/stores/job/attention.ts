import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { RouteOutput } from '../../../shared/ipc/contract.ts';
import { copyText } from '../../bridge/copy-text.ts';
import { HushError, toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { PlanRow, Resolution, RowFilter } from '../../../shared/model/plan.ts';
import type { Outcome } from '../../../shared/model/outcome.ts';
import type { ReportItem, RunEntry } from '../../../shared/model/kept/report.ts';
import { canResume } from '../../../shared/model/kept/resumable.ts';
import { useApp } from '../app.ts';
import { showOne } from '../batch/navigation.ts';
import { useFlow } from './flow.ts';
import { usePlan } from './plan.ts';
import { useRows } from './rows.ts';
import { NO_FILTER } from '../../../shared/model/plan.ts';

interface AttentionState {
  /** The run of whose rows there is a plan, or will be in a moment. */
  readonly runId: string | null;
  /** The plan over the rows that need attention is here: they can be settled. */
  readonly planId: string | null;
  /** Its rows by the UID of the event; what is added as a copy gets another one there. */
  readonly rows: ReadonlyMap<string, number>;
  readonly planning: boolean;
  readonly failure: Failure | null;
  /** The row of the report that is open. */
  readonly item: ReportItem | null;
  /** What it says, as the run keeps it; null while it is read, and where the run keeps no text of it. */
  readonly text: RouteOutput<'history.row'>;
  readonly reading: boolean;
  /** Its row in the plan; null where nothing can be settled, or the plan is not here. */
  readonly row: number | null;
  /** What was chosen, by UID. */
  readonly settled: ReadonlyMap<string, Resolution>;
  readonly open: (run: RunEntry, item: ReportItem) => Promise<void>;
  readonly close: () => void;
  /** Puts the text of a row on the clipboard. */
  readonly copyRaw: (run: RunEntry, item: ReportItem) => Promise<void>;
  /** Makes the plan over the rows that need attention, against the calendar as it is now. */
  readonly prepare: (run: RunEntry) => Promise<boolean>;
  /** The same with broken lines mended: a person consents to it. */
  readonly mend: (run: RunEntry) => Promise<boolean>;
  /** Settles some rows where they are listed; `items` gives them. */
  readonly settle: (run: RunEntry, items: () => Promise<readonly ReportItem[]>, choice: Resolution) => Promise<void>;
  /** Runs the plan that was made here, with the number of messages that was typed. */
  readonly retry: (run: RunEntry, typedMessages: number | null) => Promise<void>;
}

const NOTHING = {
  runId: null,
  planId: null,
  rows: new Map<string, number>(),
  planning: false,
  failure: null,
  item: null,
  text: null,
  reading: false,
  row: null,
  settled: new Map<string, Resolution>(),
};

/** Jobs whose rows are texts that can be sent once more; others are done again as a whole. */
const WITH_TEXTS: readonly RunEntry['job'][] = ['restore', 'retry', 'migrate'];
const TRIED_HERE: readonly Outcome[] = ['conflict', 'altered', 'failed', 'unknown', 'cancelled'];
const TO_SETTLE: readonly Outcome[] = ['conflict', 'altered'];
/** Rows that one request gives. */
const PAGE = 500;
/** Rows that one request may name. */
const MOST_IDS = 10_000;

/** Whether rows of a run can be settled and tried again where they are listed. */
export function canSettle(run: RunEntry): boolean {
  return WITH_TEXTS.includes(run.job) && !run.running && !canResume(run);
}

/** Whether a row can be tried again where it is listed. */
function isTriedHere(run: RunEntry, { outcome, retriable }: Pick<ReportItem, 'outcome' | 'retriable'>): boolean {
  return canSettle(run) && (TRIED_HERE.includes(outcome) || retriable === true);
}

/** Whether a person chooses what becomes of a row: the backup's, the server's, or both. */
export function isSettledHere(run: RunEntry, { outcome }: Pick<ReportItem, 'outcome'>): boolean {
  return canSettle(run) && TO_SETTLE.includes(outcome);
}

/** The result as a workplace: rows that need attention are opened, settled and tried again where they are listed. */
export const useAttention = create<AttentionState>()((set, get) => ({
  ...NOTHING,
  async open(run, item) {
    set({ item, row: null, text: null, failure: null });
    void read(run, item);
    if (!isTriedHere(run, item)) return;
    if (!(await get().prepare(run))) return;
    const row = get().rows.get(item.uid);
    if (get().item !== item || row === undefined) return;
    useRows.getState().openRow(row);
    set({ row });
  },
  close() {
    set({ item: null, row: null, text: null, reading: false });
    useRows.getState().openRow(null);
  },
  async copyRaw(run, item) {
    try {
      const text = await call('history.row', { runId: run.runId, row: item.row });
      if (text === null) throw noText();
      copyText(text.raw);
    } catch (thrown) {
      set({ item, row: null, text: null, failure: toFailure(thrown) });
    }
  },
  async prepare(run) {
    const { runId, planId, planning } = get();
    if (runId === run.runId && planId !== null && usePlan.getState().plan?.planId === planId) return true;
    return planning ? false : makePlan(run);
  },
  async mend(run) {
    get().close();
    return get().planning ? false : makePlan(run, { brokenLines: true });
  },
  async settle(run, items, choice) {
    if (!(await get().prepare(run))) return;
    try {
      const { rows } = get();
      const chosen = (await items()).filter((item) => isSettledHere(run, item));
      const ids = [...new Set(chosen.flatMap(({ uid }) => rows.get(uid) ?? []))];
      for (let from = 0; from < ids.length; from += MOST_IDS)
        await useRows.getState().resolve(ids.slice(from, from + MOST_IDS), choice);
      const { failure } = useRows.getState();
      if (failure !== null) set({ failure });
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
  },
  async retry(run, typedMessages) {
    useFlow.setState({ kind: 'retry', origin: run, undoMode: null, considered: null });
    await useFlow.getState().runPlan(typedMessages);
    if (useFlow.getState().step === 'run') showOne();
    set(NOTHING);
  },
}));

/** What the open row says. An answer for another one is dropped. */
async function read(run: RunEntry, item: ReportItem): Promise<void> {
  useAttention.setState({ reading: true });
  const isOpen = (): boolean => useAttention.getState().item === item;
  try {
    const text = await call('history.row', { runId: run.runId, row: item.row });
    if (isOpen()) useAttention.setState({ text, reading: false });
  } catch (thrown) {
    if (isOpen()) useAttention.setState({ failure: toFailure(thrown), reading: false });
  }
}

function noText(): HushError {
  return new HushError({
    code: 'EVENT_GONE',
    message: 'The run keeps no text of this event: nothing was sent for it, and nothing was removed.',
    reaction: 'fix-input',
  });
}

async function makePlan(run: RunEntry, rewrites?: { readonly brokenLines: boolean }): Promise<boolean> {
  const { setState: set, getState: get } = useAttention;
  set({ runId: run.runId, planId: null, planning: true, failure: null, settled: new Map() });
  // In History the job on screen becomes this one; the end of a run stays on screen until the next one begins.
  if (useApp.getState().screen === 'history') {
    useFlow.setState({ kind: 'retry', step: 'review', origin: run, undoMode: null, considered: null });
  }
  const made = await usePlan
    .getState()
    .make(() => call('history.retry', { runId: run.runId, attention: true, ...(rewrites && { rewrites }) }));
  if (get().runId !== run.runId) return false;
  const { plan, failure } = usePlan.getState();
  if (!made || plan === null) {
    set({ planning: false, failure });
    return false;
  }
  try {
    const all = await rowsOfPlan(plan.planId, NO_FILTER);
    if (get().runId !== run.runId) return false;
    const rows = new Map(all.map(({ uid, id }) => [uid, id]));
    useRows.getState().begin();
    set({ planning: false, planId: plan.planId, rows });
    return true;
  } catch (thrown) {
    if (get().runId === run.runId) set({ planning: false, failure: toFailure(thrown) });
    return false;
  }
}

/** The rows of a plan that a filter lets through: what needs attention is not the whole run. */
async function rowsOfPlan(planId: string, filter: RowFilter): Promise<readonly PlanRow[]> {
  const rows: PlanRow[] = [];
  for (;;) {
    const page = await call('plan.rows', { planId, filter, offset: rows.length, limit: PAGE });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.matching) return rows;
  }
}

/** Closing the row of the plan closes that of the report. */
useRows.subscribe((now, before) => {
  const { item, row } = useAttention.getState();
  if (item !== null && row !== null && before.open === row && now.open === null)
    useAttention.setState({ item: null, row: null });
});

/** What is settled stands in the plan, however it was chosen: in the drawer, for all, or by the menu of a row. */
usePlan.subscribe(({ plan }, before) => {
  const { planId, rows } = useAttention.getState();
  if (plan === null || plan.planId !== planId || plan === before.plan) return;
  void rowsOfPlan(planId, { ...NO_FILTER, attention: 'decided' }).then(
    (decided) => {
      if (usePlan.getState().plan !== plan) return;
      const choices = new Map(decided.map((row) => [row.id, row.decided]));
      const settled = [...rows].flatMap(([uid, id]) => {
        const choice = choices.get(id);
        return choice === undefined ? [] : [[uid, choice] as const];
      });
      useAttention.setState({ settled: new Map(settled) });
    },
    (thrown: unknown) => {
      useAttention.setState({ failure: toFailure(thrown) });
    },
  );
});
