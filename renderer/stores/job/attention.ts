import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { Resolution } from '../../../shared/model/plan.ts';
import type { Outcome } from '../../../shared/model/outcome.ts';
import type { ReportItem, RunEntry } from '../../../shared/model/report.ts';
import { useApp } from '../app.ts';
import { useFlow } from './flow.ts';
import { usePlan } from './plan.ts';
import { NO_FILTER, useRows } from './rows.ts';

interface AttentionState {
  /** The run of whose rows there is a plan, or will be in a moment. */
  readonly runId: string | null;
  /** The plan over the rows that need attention is here: they can be settled. */
  readonly planId: string | null;
  readonly planning: boolean;
  readonly failure: Failure | null;
  /** The row of the report that is open. */
  readonly item: ReportItem | null;
  /** Its row in the plan; null where nothing can be settled, or the plan is not here. */
  readonly row: number | null;
  /** What was chosen, by UID. */
  readonly settled: ReadonlyMap<string, Resolution>;
  readonly open: (run: RunEntry, item: ReportItem) => Promise<void>;
  readonly close: () => void;
  /** Makes the plan over the rows that need attention, against the calendar as it is now. */
  readonly prepare: (run: RunEntry) => Promise<boolean>;
  /** Runs the plan that was made here, with the number of messages that was typed. */
  readonly retry: (run: RunEntry, typedMessages: number | null) => Promise<void>;
}

const NOTHING = {
  runId: null,
  planId: null,
  planning: false,
  failure: null,
  item: null,
  row: null,
  settled: new Map<string, Resolution>(),
};

/** Jobs whose rows are texts that can be sent once more; others are done again as a whole. */
const WITH_TEXTS: readonly RunEntry['job'][] = ['restore', 'retry', 'migrate'];
const SETTLED_HERE: readonly Outcome[] = ['conflict', 'altered', 'failed', 'unknown', 'cancelled'];

/** A run that ended before its end; what is unknown in it is read by the resume, so there is nothing to retry yet. */
export function canResume(run: RunEntry): boolean {
  return (run.status === 'stopped' || run.status === 'interrupted') && !run.running;
}

/** Whether rows of a run can be settled and tried again where they are listed. */
export function canSettle(run: RunEntry): boolean {
  return WITH_TEXTS.includes(run.job) && !run.running && !canResume(run);
}

/** The result as a workplace: rows that need attention are opened, settled and tried again where they are listed. */
export const useAttention = create<AttentionState>()((set, get) => ({
  ...NOTHING,
  async open(run, item) {
    set({ item, row: null, failure: null });
    if (!canSettle(run) || !SETTLED_HERE.includes(item.outcome)) return;
    if (!(await get().prepare(run))) return;
    const { planId } = get();
    if (planId === null) return;
    try {
      const filter = { ...NO_FILTER, search: item.uid };
      const { rows } = await call('plan.rows', { planId, filter, offset: 0, limit: 50 });
      const found = rows.find(({ uid, action }) => uid === item.uid && action !== 'reject');
      if (get().item !== item || found === undefined) return;
      useRows.getState().openRow(found.id);
      set({ row: found.id });
    } catch (thrown) {
      if (get().item === item) set({ failure: toFailure(thrown) });
    }
  },
  close() {
    set({ item: null, row: null });
    useRows.getState().openRow(null);
  },
  async prepare(run) {
    const { runId, planId, planning } = get();
    if (runId === run.runId && planId !== null && usePlan.getState().plan?.planId === planId) return true;
    if (planning) return false;
    set({ runId: run.runId, planId: null, planning: true, failure: null, settled: new Map() });
    // In History the job on screen becomes this one; the end of a run stays on screen until the next one begins.
    if (useApp.getState().screen === 'history') {
      useFlow.setState({ kind: 'retry', step: 'review', origin: run, undoMode: null, considered: null });
    }
    const made = await usePlan.getState().make(() => call('history.retry', { runId: run.runId, attention: true }));
    if (get().runId !== run.runId) return false;
    const { plan, failure } = usePlan.getState();
    set({ planning: false, planId: made ? (plan?.planId ?? null) : null, failure: made ? null : failure });
    if (made) useRows.getState().begin();
    return made;
  },
  async retry(run, typedMessages) {
    useFlow.setState({ kind: 'retry', origin: run, undoMode: null, considered: null });
    await useFlow.getState().runPlan(typedMessages);
    if (useFlow.getState().step === 'run') useApp.getState().go('restore');
    set(NOTHING);
  },
}));

/** Joins what is chosen in the drawer, and its closing, to the row of the report. */
useRows.subscribe((now, before) => {
  const { item, row, settled } = useAttention.getState();
  if (item === null || row === null) return;
  if (before.open === row && now.open === null) useAttention.setState({ item: null, row: null });
  const detail = now.detail?.row;
  if (detail?.id !== row || detail.decided === settled.get(item.uid)) return;
  const next = new Map(settled);
  if (detail.decided === undefined) next.delete(item.uid);
  else next.set(item.uid, detail.decided);
  useAttention.setState({ settled: next });
});
