import { useCallback, useState, type JSX } from 'react';
import type { MissingEntry, MissingResult } from '../../../../shared/model/found/missing.ts';
import { EventViews } from '../../../components/calendar/EventViews.tsx';
import { countMonths, firstDayOf, useCalendarPlace } from '../../../components/calendar/place.ts';
import { useMissing, useMissingCalendar } from '../../../stores/job/missing.ts';
import type { EventView } from '../../../stores/job/calendar.ts';
import { MISSING_WORDS } from '../../../words/event/calendar.ts';
import { MissingList } from './MissingList.tsx';

interface MissingEventsProps {
  readonly result: MissingResult;
  /** Those of its entries that are listed. */
  readonly shown: readonly MissingEntry[];
}

/** What went missing as a list, a week or a month, with the same ticks. An event of a day leads to its line of the list. */
export function MissingEvents({ result, shown }: MissingEventsProps): JSX.Element {
  const [tab, setTab] = useState<EventView>('list');
  const [entry, setEntry] = useState<number | null>(null);
  const tick = useMissing((state) => state.tick);
  const place = useCalendarPlace(() => firstDayOf(countMonths(shown.map(({ start }) => ({ start, changed: true })))));
  const open = useCallback((one: number) => {
    setEntry(one);
    setTab('list');
  }, []);
  return (
    <EventViews
      now={tab}
      choose={(next) => {
        setEntry(null);
        setTab(next);
      }}
      place={place}
      source={useMissingCalendar()}
      words={MISSING_WORDS}
      label="What went missing, by day"
      opened={null}
      open={open}
      tick={tick}
      list={<MissingList result={result} shown={shown} entry={entry} />}
    />
  );
}
