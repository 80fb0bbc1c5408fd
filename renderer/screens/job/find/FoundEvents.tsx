import { useCallback, useMemo, useState, type JSX } from 'react';
import type { FindResult, FoundEvent } from '../../../../shared/model/find.ts';
import { CalendarTools } from '../../../components/calendar/CalendarTools.tsx';
import { CalendarView } from '../../../components/calendar/CalendarView.tsx';
import {
  firstDayOf,
  useCalendarPlace,
  type CalendarPlace,
  type CalendarScale,
} from '../../../components/calendar/place.ts';
import { Tabs } from '../../../components/frame/Tabs.tsx';
import { foundCalendar, useFind } from '../../../stores/find.ts';
import { FIND_WORDS } from '../../../words/calendar.ts';
import { EventHistory } from './EventHistory.tsx';
import { FoundList } from './FoundList.tsx';

type FoundTab = 'list' | CalendarScale;

const TABS: readonly { readonly id: FoundTab; readonly label: string }[] = [
  { id: 'list', label: 'List' },
  { id: 'week', label: 'Week' },
  { id: 'month', label: 'Month' },
];

interface FoundEventsProps {
  readonly result: FindResult;
  /** The one whose versions are shown. */
  readonly event: FoundEvent | null;
}

/** The events that were found as a list, a week or a month; the versions of the one that is open beside it. */
export function FoundEvents({ result, event }: FoundEventsProps): JSX.Element {
  const [tab, setTab] = useState<FoundTab>('list');
  const place = useCalendarPlace(() => firstDayOf(monthsOf(result)));
  return (
    <Tabs<FoundTab>
      label="How to look at the events"
      tabs={TABS}
      now={tab}
      choose={setTab}
      aside={tab === 'list' ? null : <CalendarTools scale={tab} place={place} words={FIND_WORDS} />}
    >
      <div className={event === null ? 'split-view' : 'split-view open trail-split'}>
        <div className="grid-frame">
          {tab === 'list' ? <FoundList result={result} /> : <FoundCalendar scale={tab} place={place} />}
        </div>
        {event !== null && <EventHistory key={event.id} event={event} backups={result.backups} />}
      </div>
    </Tabs>
  );
}

function FoundCalendar({
  scale,
  place,
}: {
  readonly scale: CalendarScale;
  readonly place: CalendarPlace;
}): JSX.Element {
  const searchId = useFind((state) => state.searchId);
  const opened = useFind((state) => state.event);
  const openEvent = useFind((state) => state.openEvent);
  const source = useMemo(() => foundCalendar(searchId), [searchId]);
  const open = useCallback((row: number) => void openEvent(row), [openEvent]);
  return (
    <CalendarView
      scale={scale}
      place={place}
      source={source}
      words={FIND_WORDS}
      label="Events found"
      opened={opened}
      open={open}
    />
  );
}

/** Months in which something was lost or changed, as far as the list says when it is. */
function monthsOf({ events }: FindResult): readonly { readonly month: string; readonly writes: number }[] {
  const months = new Map<string, number>();
  for (const { state, ranges } of events) {
    const newest = ranges.find((range) => range.kind === 'version');
    const month = newest?.kind === 'version' ? newest.start?.slice(0, 7) : undefined;
    if (month !== undefined) months.set(month, (months.get(month) ?? 0) + (state === 'same' ? 0 : 1));
  }
  return [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, writes]) => ({ month, writes }));
}
