import { useCallback, useState, type JSX } from 'react';
import type { MissingEntry, MissingResult } from '../../../../shared/model/missing.ts';
import { CalendarTools } from '../../../components/calendar/CalendarTools.tsx';
import { CalendarView } from '../../../components/calendar/CalendarView.tsx';
import {
  firstDayOf,
  useCalendarPlace,
  type CalendarPlace,
  type CalendarScale,
} from '../../../components/calendar/place.ts';
import { Tabs } from '../../../components/frame/Tabs.tsx';
import { useMissing, useMissingCalendar } from '../../../stores/job/missing.ts';
import { MISSING_WORDS } from '../../../words/calendar.ts';
import { MissingList } from './MissingList.tsx';

type MissingTab = 'list' | CalendarScale;

const TABS: readonly { readonly id: MissingTab; readonly label: string }[] = [
  { id: 'list', label: 'List' },
  { id: 'week', label: 'Week' },
  { id: 'month', label: 'Month' },
];

interface MissingEventsProps {
  readonly result: MissingResult;
  /** Those of its entries that are listed. */
  readonly shown: readonly MissingEntry[];
}

/** What went missing as a list, a week or a month, with the same ticks. An event of a day leads to its line of the list. */
export function MissingEvents({ result, shown }: MissingEventsProps): JSX.Element {
  const [tab, setTab] = useState<MissingTab>('list');
  const [entry, setEntry] = useState<number | null>(null);
  const place = useCalendarPlace(() => firstDayOf(monthsOf(shown)));
  const open = useCallback((one: number) => {
    setEntry(one);
    setTab('list');
  }, []);
  return (
    <Tabs<MissingTab>
      label="How to look at the events"
      tabs={TABS}
      now={tab}
      choose={(next) => {
        setEntry(null);
        setTab(next);
      }}
      aside={tab === 'list' ? null : <CalendarTools scale={tab} place={place} words={MISSING_WORDS} />}
    >
      {tab === 'list' ? (
        <MissingList result={result} shown={shown} entry={entry} />
      ) : (
        <MissingDays scale={tab} place={place} open={open} />
      )}
    </Tabs>
  );
}

interface MissingDaysProps {
  readonly scale: CalendarScale;
  readonly place: CalendarPlace;
  readonly open: (entry: number) => void;
}

function MissingDays({ scale, place, open }: MissingDaysProps): JSX.Element {
  const source = useMissingCalendar();
  const tick = useMissing((state) => state.tick);
  return (
    <CalendarView
      scale={scale}
      place={place}
      source={source}
      words={MISSING_WORDS}
      label="What went missing, by day"
      opened={null}
      open={open}
      tick={tick}
    />
  );
}

/** Months in which something of the list takes place. */
function monthsOf(shown: readonly MissingEntry[]): readonly { readonly month: string; readonly writes: number }[] {
  const months = new Map<string, number>();
  for (const { start } of shown) {
    if (start !== null) months.set(start.slice(0, 7), (months.get(start.slice(0, 7)) ?? 0) + 1);
  }
  return [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, writes]) => ({ month, writes }));
}
