import type { ReactNode } from 'react';

/** A column of a list. Exactly one of them takes the rest of the width. */
export interface ListColumn<T> {
  readonly id: string;
  readonly label: string;
  /** As `grid-template-columns` has it. */
  readonly width: string;
  readonly className?: string;
  /** The list must be at least this wide (CSS pixels) to show it; absent: it is always there. */
  readonly from?: number;
  readonly rest?: boolean;
  /** Holds what is done with a row, not what it is: it puts nothing in order and is as wide as it is. */
  readonly plain?: boolean;
  readonly render: (item: T) => ReactNode;
}

/** The columns that fit into a list of this width, in CSS pixels. */
export function fitting<C extends Pick<ListColumn<never>, 'from'>>(columns: readonly C[], width: number): readonly C[] {
  return columns.filter(({ from = 0 }) => width >= from);
}

/** On which side of a column its border to the one that takes the rest is. */
export function edgeOf(columns: readonly Pick<ListColumn<never>, 'rest'>[], at: number): 'left' | 'right' | null {
  const rest = columns.findIndex((column) => column.rest === true);
  return at === rest ? null : at < rest ? 'right' : 'left';
}

/** The order of a list after a click on the head of a column: up, down, and its own. */
export function nextSort<By extends string>(
  sort: { readonly by: By; readonly descending: boolean } | null,
  by: By,
): { readonly by: By; readonly descending: boolean } | null {
  const again = sort?.by === by;
  return again && sort.descending ? null : { by, descending: again };
}
