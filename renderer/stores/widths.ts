import { create } from 'zustand';

interface WidthsState {
  /** By list and column, in CSS pixels; kept until the program ends. */
  readonly widths: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Null: as wide as the list makes it. */
  readonly setWidth: (list: string, column: string, width: number | null) => void;
}

/** How wide a person made the columns of each list. */
export const useWidths = create<WidthsState>()((set, get) => ({
  widths: {},
  setWidth(list, column, width) {
    const { [column]: _before, ...others } = get().widths[list] ?? {};
    set({ widths: { ...get().widths, [list]: width === null ? others : { ...others, [column]: width } } });
  },
}));

const NONE: Readonly<Record<string, number>> = {};

export function useWidthsOf(list: string): Readonly<Record<string, number>> {
  return useWidths((state) => state.widths[list] ?? NONE);
}

/** What `grid-template-columns` says of one column; one that was made wide leaves room for others in a narrow window. */
export function trackOf(
  column: { readonly id: string; readonly width: string },
  widths: Readonly<Record<string, number>>,
): string {
  const width = widths[column.id];
  return width === undefined ? column.width : `min(${String(width)}px, 45%)`;
}
