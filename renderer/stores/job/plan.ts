import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { PreparedPlan, PushData, RouteInput } from '../../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';

type PlanProgress = PushData<'plan.progress'>;

interface PlanState {
  /** The newest plan of this backup and calendar; while another answer is planned the old one stays in sight. */
  readonly plan: PreparedPlan | null;
  /** The request that `plan` answers, as text, to know whether it is still the one asked for. */
  readonly madeFor: string | null;
  readonly planning: boolean;
  readonly progress: PlanProgress | null;
  readonly failure: Failure | null;
  /** How the plan was asked for last. */
  readonly work: (() => Promise<PreparedPlan>) | null;
  readonly request: (input: RouteInput<'restore.plan'>, afterMs: number) => void;
  readonly make: (work: () => Promise<PreparedPlan>) => Promise<boolean>;
  /** Asks for it once more, as it was asked for last. */
  readonly again: () => Promise<boolean>;
  /** The engine has this plan no more: it is none. */
  readonly lose: (planId: string, failure: Failure) => void;
  readonly replace: (plan: PreparedPlan) => void;
  readonly clear: () => void;
}

/** Made by a store and dropped by the next request: only the newest answer counts. */
let newest = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

export const usePlan = create<PlanState>()((set, get) => {
  const run = async (work: () => Promise<PreparedPlan>, madeFor: string | null): Promise<boolean> => {
    const mine = (newest += 1);
    set({ planning: true, failure: null, progress: null, work });
    try {
      const plan = await work();
      if (mine !== newest) return false;
      set({ plan, madeFor, planning: false, progress: null });
      return true;
    } catch (thrown) {
      if (mine === newest) set({ failure: toFailure(thrown), planning: false, progress: null });
      return false;
    }
  };
  return {
    plan: null,
    madeFor: null,
    planning: false,
    progress: null,
    failure: null,
    work: null,
    request(input, afterMs) {
      const madeFor = JSON.stringify(input);
      clearTimeout(timer);
      if (get().plan !== null && subjectOf(madeFor) !== subjectOf(get().madeFor)) set({ plan: null, madeFor: null });
      if (madeFor === get().madeFor && !get().planning && get().failure === null) return;
      newest += 1;
      set({ planning: true, failure: null });
      timer = setTimeout(() => void run(() => call('restore.plan', input), madeFor), afterMs);
    },
    make(work) {
      clearTimeout(timer);
      set({ plan: null, madeFor: null });
      return run(work, null);
    },
    again() {
      const { work, make } = get();
      return work === null ? Promise.resolve(false) : make(work);
    },
    lose(planId, failure) {
      if (get().plan?.planId === planId) set({ plan: null, madeFor: null, failure });
    },
    replace(plan) {
      set({ plan });
    },
    clear() {
      clearTimeout(timer);
      newest += 1;
      set({ plan: null, madeFor: null, planning: false, progress: null, failure: null, work: null });
    },
  };
});

/** What a plan is about: its numbers say nothing of another backup, server or calendar. */
function subjectOf(madeFor: string | null): string | null {
  if (madeFor === null) return null;
  const { sourceId, serverId, forUser, calendarUrl, only, makeCalendar } = JSON.parse(
    madeFor,
  ) as RouteInput<'restore.plan'>;
  return JSON.stringify([sourceId, serverId, forUser, calendarUrl, only, makeCalendar]);
}

/** Takes over how far a plan is; only while one is being made. */
export function showPlanProgress(progress: PlanProgress): void {
  if (usePlan.getState().planning) usePlan.setState({ progress });
}
