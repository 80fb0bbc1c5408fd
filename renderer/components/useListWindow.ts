import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

interface ListWindow {
  /** Of the whole list, in CSS pixels. */
  readonly height: number;
  readonly entries: readonly { readonly index: number; readonly top: number }[];
  /** The `ref` of an entry, which must carry `data-index`: entries are as high as their words. */
  readonly measure: (entry: HTMLElement | null) => void;
}

/** Which entries of a long list are in sight. */
export function useListWindow(
  scroller: RefObject<HTMLDivElement | null>,
  count: number,
  usualHeight: number,
): ListWindow {
  const virtual = useVirtualizer<HTMLDivElement, HTMLElement>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualHeight,
    overscan: 8,
  });
  return {
    height: virtual.getTotalSize(),
    entries: virtual.getVirtualItems().map((item) => ({ index: item.index, top: item.start })),
    measure: virtual.measureElement,
  };
}
