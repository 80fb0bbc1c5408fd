import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { JobKind } from '../../../shared/model/job.ts';
import { ACTIONS, type PlanSummary } from '../../../shared/model/plan.ts';
import type { SchedulingMode } from '../../../shared/model/scheduling.ts';
import type { RunEntry } from '../../../shared/model/kept/report.ts';
import { showOne } from '../batch/navigation.ts';
import { useDraft } from './draft.ts';
import { useHistory } from '../history/history.ts';
import { jobKey, noteFor, useJobNotes } from '../job-note.ts';
import { usePlan } from './plan.ts';
import { useResume } from '../resume.ts';
import { useRows } from './rows.ts';
import { useRun } from './run.ts';
import { useServers } from '../servers.ts';
import { useSource } from './source.ts';

const STEPS = ['choose', 'decide', 'review', 'run'] as const;
export type Step = (typeof STEPS)[number];

interface FlowState {
  readonly kind: JobKind;
  readonly step: Step;
  /** For undo, retry and a resumed run: the run it goes back to. */
  readonly origin: RunEntry | null;
  readonly go: (step: Step) => void;
  /** Back to an empty restore; the chosen server and calendar stay. */
  readonly startOver: () => void;
  /** Makes the plan that takes a run back, or tries again what failed, and shows it in Review. */
  readonly revisit: (kind: 'undo' | 'retry', origin: RunEntry) => Promise<void>;
  /** Who hears of an undo; null: not answered yet. Asked when the run told people. */
  readonly undoMode: SchedulingMode | null;
  /** The answer that is ticked and not given yet. */
  readonly considered: SchedulingMode | null;
  readonly consider: (mode: SchedulingMode) => void;
  /** Answers it: the undo is planned anew in this mode. */
  readonly tellUndo: (mode: SchedulingMode) => Promise<void>;
  readonly askAgain: () => void;
  readonly resume: (origin: RunEntry) => Promise<void>;
  /** Makes the plan on screen anew: it expired, or its target changed. */
  readonly remake: () => Promise<void>;
  /** What was taken for granted about a server or its calendars is no longer so: a plan for it must be made again. */
  readonly targetChanged: () => void;
  /** Shows a run that is going on. */
  readonly watch: (runId: string, origin: RunEntry | null) => Promise<void>;
  readonly runPlan: (typedMessages: number | null) => Promise<void>;
}

/** Of a backup from which one event was picked, the rest is no business of this restore. */
const NOT_LEFT_ALONE = ACTIONS.filter((action) => action !== 'skip');

/** Where a person is in a job: which job, which step. */
export const useFlow = create<FlowState>()((set, get) => ({
  kind: 'restore',
  step: 'choose',
  origin: null,
  go(step) {
    if (step === 'review')
      useRows.getState().begin(useSource.getState().pick === null ? {} : { actions: NOT_LEFT_ALONE });
    set({ step });
  },
  startOver() {
    useJobNotes.getState().forget(jobNow(get()));
    usePlan.getState().clear();
    useRun.getState().clear();
    if (get().kind === 'restore') useSource.getState().clear();
    set({ kind: 'restore', step: 'choose', origin: null });
    showOne();
    const { list } = useServers.getState();
    const { serverId, forUser, newCalendar } = useDraft.getState();
    const made = newCalendar === null ? null : serverId;
    useDraft.getState().forgetNewCalendar();
    useDraft.getState().tellNobody();
    // Calendars hold other numbers now, and there may be one more.
    for (const { id, practice } of list ?? [])
      if (practice || id === made) void useServers.getState().open(id, id === serverId ? forUser : null);
  },
  undoMode: null,
  considered: null,
  consider(mode) {
    set({ considered: mode });
  },
  async revisit(kind, origin) {
    useRun.getState().clear();
    set({ kind, step: 'review', origin, undoMode: null, considered: null });
    showOne();
    const route = kind === 'undo' ? 'history.undo' : 'history.retry';
    const made = await usePlan.getState().make(() => call(route, { runId: origin.runId }));
    if (made) useRows.getState().begin();
  },
  async tellUndo(mode) {
    const { origin } = get();
    if (origin === null) return;
    useRun.getState().clear();
    set({ undoMode: mode });
    const made = await usePlan.getState().make(() => call('history.undo', { runId: origin.runId, mode }));
    if (made) useRows.getState().begin();
  },
  askAgain() {
    set({ undoMode: null, considered: get().undoMode });
  },
  async remake() {
    useRun.getState().clear();
    if (await usePlan.getState().again()) useRows.getState().begin();
  },
  targetChanged() {
    if (get().kind !== 'restore' || get().step === 'run') return;
    usePlan.getState().clear();
    if (get().step === 'review') set({ step: 'decide' });
  },
  async resume(origin) {
    await useResume.getState().ask(origin, async (typedMessages) => {
      usePlan.getState().clear();
      set({ kind: origin.job, step: 'run', origin });
      showOne();
      await useRun.getState().resume(origin.runId, typedMessages);
    });
  },
  async watch(runId, origin) {
    if (useRun.getState().runId !== runId) {
      usePlan.getState().clear();
      set({ kind: origin?.job ?? 'restore', origin });
      await useRun.getState().attach(runId);
    }
    set({ step: 'run' });
    showOne();
  },
  async runPlan(typedMessages) {
    const { plan } = usePlan.getState();
    if (plan === null) return;
    const job = jobNow(get());
    if (!(await useRun.getState().start(plan.planId, plan.summary.hash, typedMessages, noteFor(job)))) return;
    useJobNotes.getState().forget(job);
    set({ step: 'run' });
  },
}));

/** The job on screen, for its ticket and note. */
export function jobNow({ kind, origin }: Pick<FlowState, 'kind' | 'origin'>): string {
  return jobKey(kind, origin?.runId ?? null);
}

/** The entry of a run in History, when the list is here. */
export function findRun(runId: string): RunEntry | null {
  return useHistory.getState().runs?.find((entry) => entry.runId === runId) ?? null;
}

/** The run that is taken back told people, and nobody said yet who hears of the undo. */
export function asksWhoIsNotified(
  kind: JobKind,
  undoMode: SchedulingMode | null,
  summary: PlanSummary | null,
): boolean {
  return kind === 'undo' && undoMode === null && summary?.undoes !== undefined;
}
