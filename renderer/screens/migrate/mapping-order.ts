import type { MappingRowView } from '../../../shared/model/batch/mapping-view.ts';

export const MAPPING_COLUMNS = ['source', 'user', 'secret', 'calendar', 'identity', 'mode'] as const;
type MappingColumn = (typeof MAPPING_COLUMNS)[number];

interface MappingSort {
  readonly by: MappingColumn;
  readonly descending: boolean;
}

/**
 * In which order rows are shown, and which: as they were when a person asked. What is typed afterwards moves no row away from
 * under the hand.
 */
export interface Arranged {
  readonly sort: MappingSort | null;
  readonly search: string;
  readonly ids: readonly number[];
  /** All rows that there were then. */
  readonly known: ReadonlySet<number>;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Null where all rows are shown in their own order. */
export function arrange(rows: readonly MappingRowView[], sort: MappingSort | null, search: string): Arranged | null {
  const needle = search.trim().toLowerCase();
  if (sort === null && needle === '') return null;
  const found = rows.filter((row) => needle === '' || haystack(row).includes(needle));
  const way = sort?.descending === true ? -1 : 1;
  const sorted = sort === null ? found : found.toSorted((a, b) => way * collator.compare(a[sort.by], b[sort.by]));
  return { sort, search, ids: sorted.map(({ row }) => row), known: new Set(rows.map(({ row }) => row)) };
}

/** The rows as they are arranged; those that came since stand at the end. */
export function arrangedRows(rows: readonly MappingRowView[], arranged: Arranged | null): readonly MappingRowView[] {
  if (arranged === null) return rows;
  const byId = new Map(rows.map((row) => [row.row, row]));
  const known = arranged.ids.flatMap((id) => byId.get(id) ?? []);
  return [...known, ...rows.filter(({ row }) => !arranged.known.has(row))];
}

function haystack({ source, user, calendar, identity }: MappingRowView): string {
  return [source, user, calendar, identity].join('\n').toLowerCase();
}
