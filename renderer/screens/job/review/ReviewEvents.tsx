import { useCallback, type JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { CalendarTools } from '../../../components/calendar/CalendarTools.tsx';
import { CalendarView } from '../../../components/calendar/CalendarView.tsx';
import { useAskAhead, type OccurrenceSource } from '../../../components/calendar/useOccurrences.ts';
import { firstDayOf, useCalendarPlace } from '../../../components/calendar/place.ts';
import { Tabs } from '../../../components/frame/Tabs.tsx';
import { usePlanCalendar, useReviewView, writesByMonth, type ReviewTab } from '../../../stores/job/calendar.ts';
import { useRows } from '../../../stores/job/rows.ts';
import { REVIEW_WORDS } from '../../../words/calendar.ts';
import { Filters } from './Filters.tsx';
import { RowDrawer } from './RowDrawer.tsx';
import { RowGrid } from './RowGrid.tsx';

const TABS: readonly { readonly id: ReviewTab; readonly label: string }[] = [
  { id: 'list', label: 'List' },
  { id: 'week', label: 'Week' },
  { id: 'month', label: 'Month' },
];

/** The events of a plan as a list, a week or a month: the same filter, the same ticks, the same drawer. */
export function ReviewEvents({ months }: { readonly months: PlanSummary['months'] }): JSX.Element {
  const { tab, show } = useReviewView();
  const open = useRows((state) => state.open);
  const place = useCalendarPlace(() => firstDayOf(writesByMonth(months)));
  const source = usePlanCalendar();
  useAskAhead(source, place, tab === 'list');
  return (
    <section className="card fill review" aria-label="Events">
      <Tabs<ReviewTab>
        label="How to look at the events"
        tabs={TABS}
        now={tab}
        choose={show}
        aside={tab === 'list' ? null : <CalendarTools scale={tab} place={place} words={REVIEW_WORDS} />}
      >
        <Filters />
        <div className={open === null ? 'split-view' : 'split-view open'}>
          {tab === 'list' ? <RowGrid /> : <PlanCalendar scale={tab} place={place} source={source} />}
          {open !== null && <RowDrawer />}
        </div>
      </Tabs>
    </section>
  );
}

interface PlanCalendarProps {
  readonly scale: 'week' | 'month';
  readonly place: ReturnType<typeof useCalendarPlace>;
  readonly source: OccurrenceSource;
}

function PlanCalendar({ scale, place, source }: PlanCalendarProps): JSX.Element {
  const { openRow, tickIds } = useRows.getState();
  const opened = useRows((state) => state.open);
  const tick = useCallback((rows: readonly number[], include: boolean) => void tickIds(rows, include), [tickIds]);
  return (
    <CalendarView
      scale={scale}
      place={place}
      source={source}
      words={REVIEW_WORDS}
      label="Events of the plan"
      opened={opened}
      open={openRow}
      tick={tick}
    />
  );
}
