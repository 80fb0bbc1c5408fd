import type { PlanRow } from '../../../shared/model/plan.ts';

/** Rows are fetched and kept in windows of this many. */
export const WINDOW_ROWS = 200;
/** Windows kept; the ones looked at longest ago go first. */
const MOST_WINDOWS = 60;

/** Windows of a filtered list by their number; the newest used stands last. Immutable. */
export type Windows<T> = ReadonlyMap<number, readonly T[]>;
export type RowCache = Windows<PlanRow>;

export const EMPTY_CACHE: Windows<never> = new Map();

/** The row at a position of the filtered list, or undefined while it is not here yet. */
export function rowAt<T>(cache: Windows<T>, index: number): T | undefined {
  return cache.get(Math.floor(index / WINDOW_ROWS))?.[index % WINDOW_ROWS];
}

/** Numbers of the windows that `from … to` (inclusive positions) needs and the cache lacks. */
export function missingWindows(cache: Windows<unknown>, from: number, to: number): readonly number[] {
  const missing: number[] = [];
  for (let number = Math.floor(Math.max(0, from) / WINDOW_ROWS); number <= Math.floor(to / WINDOW_ROWS); number += 1) {
    if (!cache.has(number)) missing.push(number);
  }
  return missing;
}

export function putWindow<T>(cache: Windows<T>, number: number, rows: readonly T[]): Windows<T> {
  const next = new Map(cache);
  next.delete(number);
  next.set(number, rows);
  for (const oldest of next.keys()) {
    if (next.size <= MOST_WINDOWS) break;
    next.delete(oldest);
  }
  return next;
}

/** Ticks or unticks rows at once, before the plan has answered; only what would be written has a tick. */
export function tickRows(cache: RowCache, which: (row: PlanRow) => boolean, include: boolean): RowCache {
  const next = new Map<number, readonly PlanRow[]>();
  for (const [number, rows] of cache) {
    const touched = rows.some((row) => row.excluded === include && which(row));
    next.set(number, touched ? rows.map((row) => (which(row) ? { ...row, excluded: !include } : row)) : rows);
  }
  return next;
}
