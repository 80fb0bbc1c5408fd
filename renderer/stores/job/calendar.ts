import { useMemo } from 'react';
import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import { NO_OCCURRENCES, type DayRange, type Occurrences } from '../../../shared/model/found/occurrences.ts';
import type { PlanSummary } from '../../../shared/model/plan.ts';
import { usePlan } from './plan.ts';
import { useRows } from './rows.ts';

/** How events are looked at. */
export type EventView = 'list' | 'week' | 'month';

interface ReviewViewState {
  /** How the events of a plan are looked at; it stays from one plan to the next. */
  readonly tab: EventView;
  readonly show: (tab: EventView) => void;
}

export const useReviewView = create<ReviewViewState>()((set) => ({
  tab: 'list',
  show(tab) {
    set({ tab });
  },
}));

/** The calendar of the plan, with the list's filter: another function as soon as the plan or the filter is another one. */
export function usePlanCalendar(): (range: DayRange) => Promise<Occurrences> {
  const plan = usePlan((state) => state.plan);
  const filter = useRows((state) => state.filter);
  return useMemo(
    () => (range) =>
      plan === null
        ? Promise.resolve(NO_OCCURRENCES)
        : call('plan.occurrences', { planId: plan.planId, filter, range }),
    [plan, filter],
  );
}

/** Per month, how many events are written. */
export function writesByMonth(
  months: PlanSummary['months'],
): readonly { readonly month: string; readonly writes: number }[] {
  return months.map(({ month, counts }) => ({
    month,
    writes: (counts.create ?? 0) + (counts.update ?? 0) + (counts.delete ?? 0),
  }));
}
