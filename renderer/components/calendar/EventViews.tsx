import type { JSX, ReactNode } from 'react';
import type { EventView } from '../../stores/job/calendar.ts';
import type { CalendarWords } from '../../words/event/calendar.ts';
import { Tabs } from '../frame/Tabs.tsx';
import { CalendarTools } from './CalendarTools.tsx';
import { CalendarView } from './CalendarView.tsx';
import type { Deeds } from './EventChip.tsx';
import type { CalendarPlace } from './place.ts';
import { useAskAhead, type OccurrenceSource } from './useOccurrences.ts';

const VIEWS: readonly { readonly id: EventView; readonly label: string }[] = [
  { id: 'list', label: 'List' },
  { id: 'week', label: 'Week' },
  { id: 'month', label: 'Month' },
];

interface EventViewsProps extends Pick<Deeds, 'opened' | 'open' | 'tick'> {
  readonly now: EventView;
  readonly choose: (view: EventView) => void;
  readonly place: CalendarPlace;
  readonly source: OccurrenceSource;
  readonly words: CalendarWords;
  /** What the calendar shows, for a screen reader. */
  readonly label: string;
  readonly list: ReactNode;
  /** Puts around what is shown what stands above and beside it. */
  readonly around?: (shown: ReactNode) => ReactNode;
}

/** Events as a list, a week or a month: the same rows, the same ticks. */
export function EventViews(props: EventViewsProps): JSX.Element {
  const { now, choose, place, source, words, label, list, around, opened, open, tick } = props;
  useAskAhead(source, place, now === 'list');
  const shown =
    now === 'list' ? (
      list
    ) : (
      <CalendarView
        scale={now}
        place={place}
        source={source}
        words={words}
        label={label}
        opened={opened}
        open={open}
        tick={tick}
      />
    );
  return (
    <Tabs<EventView>
      label="How to look at the events"
      tabs={VIEWS}
      now={now}
      choose={choose}
      aside={now === 'list' ? null : <CalendarTools scale={now} place={place} words={words} />}
    >
      {around === undefined ? shown : around(shown)}
    </Tabs>
  );
}
