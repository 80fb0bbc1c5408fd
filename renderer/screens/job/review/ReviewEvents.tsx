import { useCallback, type JSX } from 'react';
import type { PlanSummary } from '../../../../shared/model/plan.ts';
import { EventViews } from '../../../components/calendar/EventViews.tsx';
import { firstDayOf, useCalendarPlace } from '../../../components/calendar/place.ts';
import { usePlanCalendar, useReviewView, writesByMonth } from '../../../stores/job/calendar.ts';
import { useRows } from '../../../stores/job/rows.ts';
import { REVIEW_WORDS } from '../../../words/event/calendar.ts';
import { Filters } from './Filters.tsx';
import { RowDrawer } from './RowDrawer.tsx';
import { RowGrid } from './RowGrid.tsx';
import { useTurnToMatch } from './useTurnToMatch.ts';
import { classes } from '../../../components/classes.ts';
import parts from '../../../components/parts.module.css';
import frame from '../../../components/frame/frame.module.css';

/** The events of a plan as a list, a week or a month: the same filter, the same ticks, the same drawer. */
export function ReviewEvents({ months }: { readonly months: PlanSummary['months'] }): JSX.Element {
  const { tab, show } = useReviewView();
  const opened = useRows((state) => state.open);
  const { openRow, tickIds } = useRows.getState();
  const place = useCalendarPlace(() => firstDayOf(writesByMonth(months)));
  const source = usePlanCalendar();
  useTurnToMatch(tab, place, source);
  const tick = useCallback((rows: readonly number[], include: boolean) => void tickIds(rows, include), [tickIds]);
  return (
    <section className={classes(frame.fill, frame.review, parts.card)} aria-label="Events">
      <EventViews
        now={tab}
        choose={show}
        place={place}
        source={source}
        words={REVIEW_WORDS}
        label="Events of the plan"
        opened={opened}
        open={openRow}
        tick={tick}
        list={<RowGrid />}
        around={(shown) => (
          <>
            <Filters />
            <div className={classes(frame.splitView, opened !== null && frame.open)}>
              {shown}
              {opened !== null && <RowDrawer />}
            </div>
          </>
        )}
      />
    </section>
  );
}
