import { useCallback, useState } from 'react';
import { AT_FIRST, moveMark, spanOf, type Marking, type MarkHow } from '../../stores/job/spans.ts';

interface ListMarking {
  readonly marking: Marking;
  readonly mark: (index: number, how: MarkHow) => void;
  readonly markAll: () => void;
  /** Another list, or the same in another order. */
  readonly forget: () => void;
}

/** Where the keyboard is in a list, and what is marked in it. */
export function useMarking(total: number): ListMarking {
  const [marking, setMarking] = useState<Marking>(AT_FIRST);
  const mark = useCallback((index: number, how: MarkHow) => {
    setMarking((before) => moveMark(before, index, how));
  }, []);
  const markAll = useCallback(() => {
    if (total > 0) setMarking(({ cursor }) => ({ cursor, anchor: 0, marks: spanOf(0, total - 1) }));
  }, [total]);
  const forget = useCallback(() => {
    setMarking(AT_FIRST);
  }, []);
  const fits = marking.cursor < total ? marking : { ...marking, cursor: Math.max(0, total - 1) };
  return { marking: fits, mark, markAll, forget };
}
