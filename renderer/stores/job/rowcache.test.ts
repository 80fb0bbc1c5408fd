import { describe, expect, it } from 'vitest';
import type { PlanRow } from '../../../shared/model/plan.ts';
import { EMPTY_CACHE, missingWindows, putWindow, rowAt, tickRows, WINDOW_ROWS, type RowCache } from './rowcache.ts';

function row(id: number, excluded = false): PlanRow {
  return {
    id,
    uid: `uid-${String(id)}`,
    href: null,
    action: 'create',
    reason: '',
    file: 'a.ics',
    line: 1,
    components: 1,
    title: '',
    start: null,
    tzid: null,
    recurring: false,
    past: false,
    organizer: null,
    guests: 0,
    actingAs: null,
    standing: 'plain',
    notified: 0,
    findings: [],
    excluded,
  };
}

function windowOf(number: number): PlanRow[] {
  return Array.from({ length: WINDOW_ROWS }, (_, index) => row(number * WINDOW_ROWS + index));
}

describe('the row cache', () => {
  it('finds a row across windows', () => {
    const cache = putWindow(putWindow(EMPTY_CACHE, 0, windowOf(0)), 3, windowOf(3));
    expect(rowAt(cache, 3 * WINDOW_ROWS + 7)?.id).toBe(3 * WINDOW_ROWS + 7);
    expect(rowAt(cache, WINDOW_ROWS)).toBeUndefined();
  });

  it('asks for just the windows that are missing', () => {
    const cache = putWindow(EMPTY_CACHE, 1, windowOf(1));
    expect(missingWindows(cache, WINDOW_ROWS - 1, 2 * WINDOW_ROWS)).toEqual([0, 2]);
    expect(missingWindows(cache, -12, 0)).toEqual([0]);
  });

  it('stays small however far a person scrolls, and keeps the newest', () => {
    let cache: RowCache = EMPTY_CACHE;
    for (let number = 0; number < 500; number += 1) cache = putWindow(cache, number, windowOf(number));
    expect(cache.size).toBeLessThanOrEqual(60);
    expect(cache.has(499)).toBe(true);
    expect(cache.has(0)).toBe(false);
  });

  it('ticks without touching other rows', () => {
    const before = putWindow(putWindow(EMPTY_CACHE, 0, windowOf(0)), 1, windowOf(1));
    const after = tickRows(before, (entry) => entry.id === 5, false);
    expect(rowAt(after, 5)?.excluded).toBe(true);
    expect(rowAt(after, 6)).toBe(rowAt(before, 6));
    expect(after.get(1)).toBe(before.get(1));
  });
});
