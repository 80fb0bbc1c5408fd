import type { RowFilter } from '../../../shared/ipc/contract.ts';
import type { Action, PlanRow } from '../../../shared/model/plan.ts';
import { countsAs, isWrite } from './rows.ts';
import type { PlanStep } from './types.ts';

export interface FilteredRows {
  readonly rows: readonly PlanRow[];
  readonly matching: number;
  readonly matchingWrites: number;
  readonly matchingExcluded: number;
  readonly counts: Readonly<Record<Action, number>>;
}

/** One page of the rows that a filter lets through, with the numbers beside it. */
export function filterRows(steps: readonly PlanStep[], filter: RowFilter, offset: number, limit: number): FilteredRows {
  const counts = zeroCounts();
  const rows: PlanRow[] = [];
  let matching = 0;
  let matchingWrites = 0;
  let matchingExcluded = 0;
  const passes = rowTest(filter);
  for (const { row } of steps) {
    if (!passes(row)) continue;
    counts[row.action] += 1;
    if (filter.actions.length > 0 && !filter.actions.includes(row.action)) continue;
    if (matching >= offset && rows.length < limit) rows.push(row);
    matching += 1;
    if (!isWrite(row.action)) continue;
    if (row.excluded) matchingExcluded += 1;
    else matchingWrites += 1;
  }
  return { rows, matching, matchingWrites, matchingExcluded, counts };
}

/** Ids of all rows that a filter lets through. */
export function matchingIds(steps: readonly PlanStep[], filter: RowFilter): readonly number[] {
  const passes = rowTest(filter);
  return steps
    .filter(({ row }) => passes(row) && (filter.actions.length === 0 || filter.actions.includes(row.action)))
    .map(({ row }) => row.id);
}

/** How many rows per action; an unticked row counts as skipped, which is what becomes of it. */
export function countActions(steps: readonly PlanStep[]): Record<Action, number> {
  const counts = zeroCounts();
  for (const { row } of steps) counts[countsAs(row)] += 1;
  return counts;
}

function zeroCounts(): Record<Action, number> {
  return { create: 0, update: 0, delete: 0, unchanged: 0, skip: 0, conflict: 0, reject: 0 };
}

function rowTest(filter: RowFilter): (row: PlanRow) => boolean {
  const needle = filter.search.trim().toLowerCase();
  const { months, attention } = filter;
  return (row) =>
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
    case 'told':
      return row.told > 0;
    case 'findings':
      return row.findings.length > 0;
    case 'decided':
      return row.decided !== undefined;
    case 'identity':
      return row.standing === 'ambiguous' || row.standing === 'stranger';
  }
}
