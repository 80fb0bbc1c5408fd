import { useCallback, useEffect, useRef, useState } from 'react';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { DayRange, Occurrences } from '../../../shared/model/found/occurrences.ts';
import { isoOfDay, monthWeeks } from './days.ts';
import type { CalendarPlace } from './place.ts';

/** Gives what takes place on some days. Another function is another calendar, or the same one after a change. */
export type OccurrenceSource = (range: DayRange) => Promise<Occurrences>;

/** What was asked for before anybody looks: the days, and the answer on its way. A source that is gone takes it along. */
const ahead = new WeakMap<OccurrenceSource, { readonly days: string; readonly answer: Promise<Occurrences> }>();

/** Asks for some days that are likely to be looked at next. What fails is asked for again when it is looked at. */
export function askAhead(source: OccurrenceSource, first: number, last: number): void {
  const days = daysKey(first, last);
  if (ahead.get(source)?.days === days) return;
  const answer = ask(source, first, last);
  ahead.set(source, { days, answer });
  answer.catch(() => ahead.delete(source));
}

/** What takes place from the first day to the last: what was asked for ahead, else asked for now. */
export function occurrencesOf(source: OccurrenceSource, first: number, last: number): Promise<Occurrences> {
  const known = ahead.get(source);
  return known?.days === daysKey(first, last) ? known.answer : ask(source, first, last);
}

/** Milliseconds without a change before something is asked for ahead. */
const QUIET = 400;

/** Asks for the month in sight while the list is looked at, so that it stands there as soon as its tab is pressed. */
export function useAskAhead(source: OccurrenceSource, { day, firstDay }: CalendarPlace, wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    const timer = setTimeout(() => {
      const days = monthWeeks(day, firstDay).flat();
      askAhead(source, days[0] ?? day, days.at(-1) ?? day);
    }, QUIET);
    return () => {
      clearTimeout(timer);
    };
  }, [source, day, firstDay, wanted]);
}

function daysKey(first: number, last: number): string {
  return `${String(first)} ${String(last)}`;
}

function ask(source: OccurrenceSource, first: number, last: number): Promise<Occurrences> {
  return source({ from: isoOfDay(first), to: isoOfDay(last) });
}

interface Loaded {
  readonly answer: Occurrences | null;
  readonly failure: Failure | null;
}

/** An answer, and what it was asked for. */
interface Answered extends Loaded {
  readonly source: OccurrenceSource | null;
  readonly first: number;
  readonly last: number;
}

const NOTHING: Answered = { answer: null, failure: null, source: null, first: 0, last: 0 };

interface InSight extends Loaded {
  /** An answer is on its way; the old one stays in sight until then. */
  readonly busy: boolean;
  /** The answer speaks of this day. */
  readonly isRead: (day: number) => boolean;
}

/** What the days in sight hold, first and last included. Answers that come too late are dropped. */
export function useOccurrences(source: OccurrenceSource, first: number, last: number): InSight {
  const [loaded, setLoaded] = useState(NOTHING);
  const asked = useRef(0);
  useEffect(() => {
    asked.current += 1;
    const mine = asked.current;
    const take = (answered: Loaded): void => {
      if (mine === asked.current) setLoaded({ ...answered, source, first, last });
    };
    occurrencesOf(source, first, last).then(
      (answer) => {
        take({ answer, failure: null });
      },
      (thrown: unknown) => {
        take({ answer: null, failure: toFailure(thrown) });
      },
    );
  }, [source, first, last]);
  const { answer, failure } = loaded;
  const isRead = useCallback(
    (day: number) => loaded.answer !== null && day >= loaded.first && day <= loaded.last,
    [loaded],
  );
  const busy = loaded.source !== source || loaded.first !== first || loaded.last !== last;
  return { answer, failure, busy, isRead };
}
