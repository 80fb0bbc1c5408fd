import {
  ZERO_COUNTS,
  type Action,
  type PlanRow,
  type RowFilter,
  type RowSpans,
  type VariedColumns,
} from '../../../../shared/model/plan.ts';
import { countsAs, isWrite } from '../rows.ts';
import type { PlanStep } from '../types.ts';
import type { Work } from '../../yielding.ts';

export interface FilteredRows {
  readonly rows: readonly PlanRow[];
  readonly matching: number;
  readonly matchingWrites: number;
  readonly matchingExcluded: number;
  readonly counts: Readonly<Record<Action, number>>;
  /** Over all rows of the plan, whatever the filter. */
  readonly varied: VariedColumns;
}

/** The rows that a filter lets through, as places in the plan, with the numbers beside them. */
export interface FilterResult extends Omit<FilteredRows, 'rows'> {
  readonly places: readonly number[];
}

/** Looks at every row once. */
export function* findRows(steps: readonly PlanStep[], filter: RowFilter): Work<FilterResult> {
  const counts = { ...ZERO_COUNTS };
  const places: number[] = [];
  let matchingWrites = 0;
  let matchingExcluded = 0;
  const passes = rowTest(filter);
  const organizers = new Set<string>();
  const acting = new Set<string>();
  let unclear = false;
  for (const [place, { row }] of steps.entries()) {
    yield;
    if (organizers.size < 2 && row.organizer !== null) organizers.add(row.organizer);
    if (acting.size < 2 && row.actingAs !== null) acting.add(row.actingAs);
    unclear ||= hasUnclearAddress(row);
    if (!passes(row)) continue;
    counts[row.action] += 1;
    if (filter.actions.length > 0 && !filter.actions.includes(row.action)) continue;
    places.push(place);
    if (!isWrite(row.action)) continue;
    if (row.excluded) matchingExcluded += 1;
    else matchingWrites += 1;
  }
  const varied = { organizer: organizers.size > 1, acting: unclear || acting.size > 1 };
  return { places, matching: places.length, matchingWrites, matchingExcluded, counts, varied };
}

/** One page of what was found. */
export function pageOf(
  steps: readonly PlanStep[],
  { places, ...numbers }: FilterResult,
  offset: number,
  limit: number,
): FilteredRows {
  const rows = places.slice(offset, offset + limit).flatMap((place) => steps[place]?.row ?? []);
  return { rows, ...numbers };
}

/** Ids of all rows that were found. */
export function idsOf(steps: readonly PlanStep[], { places }: FilterResult): ReadonlySet<number> {
  return new Set(places.flatMap((place) => steps[place]?.row.id ?? []));
}

/** Ids of the rows in stretches of what was found. */
export function idsInSpans(
  steps: readonly PlanStep[],
  { places }: FilterResult,
  spans: RowSpans['spans'],
): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const [from, to] of spans) {
    for (const place of places.slice(from, to + 1)) {
      const step = steps[place];
      if (step !== undefined) ids.add(step.row.id);
    }
  }
  return ids;
}

/** How many rows per action; an unticked row counts as skipped, which is what becomes of it. */
export function countActions(steps: readonly PlanStep[]): Record<Action, number> {
  const counts = { ...ZERO_COUNTS };
  for (const { row } of steps) counts[countsAs(row)] += 1;
  return counts;
}

function rowTest(filter: RowFilter): (row: PlanRow) => boolean {
  const needle = filter.search.trim().toLowerCase();
  const { months, attention, organizer } = filter;
  return (row) =>
    (organizer === undefined || row.organizer === organizer) &&
    (needle === '' || haystack(row).includes(needle)) &&
    (months === null || inMonths(row, months.from, months.to)) &&
    wantsAttention(row, attention);
}

function haystack(row: PlanRow): string {
  return [row.title, row.uid, row.organizer ?? '', row.file, row.reason, row.start ?? '', row.actingAs ?? '']
    .join('\n')
    .toLowerCase();
}

function inMonths(row: PlanRow, from: string, to: string): boolean {
  const month = row.start?.slice(0, 7);
  return month !== undefined && month >= from && month <= to;
}

function wantsAttention(row: PlanRow, attention: RowFilter['attention']): boolean {
  switch (attention) {
    case 'any':
      return true;
    case 'guests':
      return row.guests > 0;
    case 'notified':
      return row.notified > 0;
    case 'findings':
      return row.findings.length > 0;
    case 'decided':
      return row.decided !== undefined;
    case 'identity':
      return hasUnclearAddress(row);
  }
}

function hasUnclearAddress({ standing }: PlanRow): boolean {
  return standing === 'ambiguous' || standing === 'stranger';
}
