import { useEffect, useEffectEvent } from 'react';
import { dayOfIso } from '../../../components/calendar/days.ts';
import { beginInSight, weeksInSight, type CalendarPlace } from '../../../components/calendar/place.ts';
import { occurrencesOf, type OccurrenceSource } from '../../../components/calendar/useOccurrences.ts';
import type { EventView } from '../../../stores/job/calendar.ts';
import { useRows } from '../../../stores/job/rows.ts';

/** Turns to the nearest event that a search finds, where the week or month in sight has none of them. */
export function useTurnToMatch(view: EventView, place: CalendarPlace, source: OccurrenceSource): void {
  const cache = useRows((state) => state.cache);
  const search = useRows((state) => state.filter.search);
  // What was found is another as soon as its rows are here; where somebody turns to themselves afterwards, they stay.
  const turn = useEffectEvent(() => {
    if (view === 'list' || search === '') return;
    const starts = [...cache.values()].flat().flatMap(({ start }) => (start === null ? [] : [dayOfIso(start)]));
    const [first, ...more] = starts;
    if (first === undefined) return;
    const nearest = more.reduce((a, b) => (Math.abs(b - place.day) < Math.abs(a - place.day) ? b : a), first);
    const days = weeksInSight(view, beginInSight(view, place), place.firstDay).flat();
    occurrencesOf(source, days[0] ?? place.day, days.at(-1) ?? place.day).then(
      ({ occurrences }) => {
        if (occurrences.length === 0) place.go(nearest);
      },
      // The calendar itself says what failed.
      () => undefined,
    );
  });
  useEffect(() => {
    turn();
  }, [cache]);
}
