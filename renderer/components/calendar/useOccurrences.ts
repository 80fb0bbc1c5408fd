import { useEffect, useRef, useState } from 'react';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { DayRange, Occurrences } from '../../../shared/model/occurrences.ts';
import { isoOfDay } from './days.ts';

/** Gives what takes place on some days. Another function is another calendar, or the same one after a change. */
export type OccurrenceSource = (range: DayRange) => Promise<Occurrences>;

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

/**
 * What the days in sight hold, first and last included. Answers that come too late are dropped. `busy`: one is on its way;
 * the old one stays in sight until then.
 */
export function useOccurrences(
  source: OccurrenceSource,
  first: number,
  last: number,
): Loaded & { readonly busy: boolean } {
  const [loaded, setLoaded] = useState(NOTHING);
  const asked = useRef(0);
  useEffect(() => {
    asked.current += 1;
    const mine = asked.current;
    const take = (answered: Loaded): void => {
      if (mine === asked.current) setLoaded({ ...answered, source, first, last });
    };
    source({ from: isoOfDay(first), to: isoOfDay(last) }).then(
      (answer) => {
        take({ answer, failure: null });
      },
      (thrown: unknown) => {
        take({ answer: null, failure: toFailure(thrown) });
      },
    );
  }, [source, first, last]);
  const { answer, failure } = loaded;
  return { answer, failure, busy: loaded.source !== source || loaded.first !== first || loaded.last !== last };
}
