import { useCallback, useMemo, useState, type JSX } from 'react';
import type { FindResult, FoundEvent } from '../../../../shared/model/found/find.ts';
import { EventViews } from '../../../components/calendar/EventViews.tsx';
import { countMonths, firstDayOf, useCalendarPlace } from '../../../components/calendar/place.ts';
import { foundCalendar, useFind } from '../../../stores/find.ts';
import type { EventView } from '../../../stores/job/calendar.ts';
import { FIND_WORDS } from '../../../words/event/calendar.ts';
import { EventHistory } from './EventHistory.tsx';
import { FoundList } from './FoundList.tsx';
import { classes } from '../../../components/classes.ts';
import frame from '../../../components/frame/frame.module.css';

interface FoundEventsProps {
  readonly result: FindResult;
  /** The one whose versions are shown. */
  readonly event: FoundEvent | null;
}

/** The events that were found as a list, a week or a month; the versions of the one that is open beside it. */
export function FoundEvents({ result, event }: FoundEventsProps): JSX.Element {
  const [tab, setTab] = useState<EventView>('list');
  const searchId = useFind((state) => state.searchId);
  const openEvent = useFind((state) => state.openEvent);
  const place = useCalendarPlace(() => firstDayOf(monthsOf(result)));
  const source = useMemo(() => foundCalendar(searchId), [searchId]);
  const open = useCallback((row: number) => void openEvent(row), [openEvent]);
  return (
    <EventViews
      now={tab}
      choose={setTab}
      place={place}
      source={source}
      words={FIND_WORDS}
      label="Events found"
      opened={event?.id ?? null}
      open={open}
      list={<FoundList result={result} />}
      around={(shown) => (
        <div className={classes(frame.splitView, event !== null && frame.open, event !== null && frame.most)}>
          <div className={frame.gridFrame}>{shown}</div>
          {event !== null && <EventHistory key={event.id} event={event} backups={result.backups} />}
        </div>
      )}
    />
  );
}

/** Months in which something was lost or changed, as far as the list says when it is. */
function monthsOf({ events }: FindResult): ReturnType<typeof countMonths> {
  return countMonths(
    events.map(({ state, ranges }) => {
      const newest = ranges.find((range) => range.kind === 'version');
      return { start: newest?.kind === 'version' ? newest.start : null, changed: state !== 'same' };
    }),
  );
}
