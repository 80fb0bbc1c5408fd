import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

interface ListWindow {
  /** Of the whole list, in CSS pixels. */
  readonly height: number;
  readonly entries: readonly { readonly index: number; readonly top: number }[];
}

/** Which entries of a long list of equal heights are in sight. */
export function useListWindow(
  scroller: RefObject<HTMLDivElement | null>,
  count: number,
  itemHeight: number,
): ListWindow {
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => itemHeight,
    overscan: 8,
  });
  return {
    height: virtual.getTotalSize(),
    entries: virtual.getVirtualItems().map((item) => ({ index: item.index, top: item.start })),
  };
}
