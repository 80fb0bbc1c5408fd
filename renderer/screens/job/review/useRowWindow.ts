import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, type RefObject } from 'react';
import { useRows } from '../../../stores/job/rows.ts';

/** CSS pixels; must agree with `.grid-row` in the styles. */
export const ROW_HEIGHT = 34;
/** The head stands still above the rows, within what scrolls; `.grid-top` in the styles. */
const HEAD_HEIGHT = 32;
const BEYOND = 12;

export interface RowWindow {
  readonly indexes: readonly number[];
  /** Rows that fit into the view. */
  readonly page: number;
  readonly show: (index: number) => void;
}

/** Which rows are in sight; asks the store for those that are not here yet. */
export function useRowWindow(scroller: RefObject<HTMLDivElement | null>, total: number): RowWindow {
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: BEYOND,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  const indexes = virtual.getVirtualItems().map((item) => item.index);
  const first = indexes[0] ?? 0;
  const last = indexes.at(-1) ?? 0;
  const need = useRows((state) => state.need);
  const cache = useRows((state) => state.cache);
  useEffect(() => {
    if (total > 0) need(first, last);
  }, [first, last, total, need, cache]);
  const height = virtual.scrollRect?.height ?? 0;
  return {
    indexes,
    page: Math.max(1, Math.floor((height - HEAD_HEIGHT) / ROW_HEIGHT) - 1),
    show(index) {
      virtual.scrollToIndex(index);
    },
  };
}
