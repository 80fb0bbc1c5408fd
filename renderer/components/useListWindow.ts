import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, type RefObject } from 'react';

interface ListWindow {
  /** Of the whole list, in CSS pixels. */
  readonly height: number;
  readonly entries: readonly { readonly index: number; readonly top: number }[];
  /** The `ref` of an entry, which must carry `data-index`: entries are as high as their words. */
  readonly measure: (entry: HTMLElement | null) => void;
  /** Brings an entry into sight. */
  readonly show: (index: number) => void;
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
  const show = useCallback(
    (index: number) => {
      virtual.scrollToIndex(index, { align: 'center' });
    },
    [virtual],
  );
  return {
    height: virtual.getTotalSize(),
    entries: virtual.getVirtualItems().map((item) => ({ index: item.index, top: item.start })),
    measure: virtual.measureElement,
    show,
  };
}
