import { ACTIONS, type PlanRow, type RowSort } from '../../../shared/model/plan.ts';
import type { Work } from '../yielding.ts';
import type { PlanStep } from './types.ts';

/** Rows that are put in order in one go; their stretches are merged, with a breath after each step. */
const STRETCH = 512;

/** Numbers in names count as numbers: Room 2 comes before Room 10. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Zero where two rows stay in the order of the plan. */
type Compare = (a: number, b: number) => number;

/** Places of rows in the order of a column. Stable; rows that have nothing in it are last, whichever way it goes. */
export function* sortPlaces(
  steps: readonly PlanStep[],
  places: readonly number[],
  { by, descending }: RowSort,
): Work<readonly number[]> {
  const keys = new Map<number, string | number | null>();
  for (const place of places) {
    const step = steps[place];
    keys.set(place, step === undefined ? null : keyOf(step.row, by));
    yield;
  }
  const way = descending ? -1 : 1;
  return yield* mergeSort(places, (a, b) => compareKeys(keys.get(a) ?? null, keys.get(b) ?? null, way));
}

function keyOf(row: PlanRow, by: RowSort['by']): string | number | null {
  switch (by) {
    case 'action':
      // Not by what is left out: a row would run away from under the hand that unticks it.
      return ACTIONS.indexOf(row.action);
    case 'when':
      return row.startsAt ?? wallClock(row.start);
    case 'title':
      return row.title === '' ? null : row.title;
    case 'organizer':
      return row.organizer;
    case 'acting':
      return row.actingAs;
    case 'guests':
      return row.guests;
    case 'notified':
      return row.notified;
    case 'findings':
      return row.findings.length;
  }
}

/** What has no instant, a whole day or a time without a zone, stands where the clock on the wall shows it. */
function wallClock(start: string | null): number | null {
  return start === null ? null : Date.parse(start.length === 10 || start.endsWith('Z') ? start : `${start}Z`);
}

function compareKeys(a: string | number | null, b: string | number | null, way: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return way * (a - b);
  return way * collator.compare(String(a), String(b));
}

function* mergeSort(places: readonly number[], compare: Compare): Work<readonly number[]> {
  let stretches: (readonly number[])[] = [];
  for (let from = 0; from < places.length; from += STRETCH) {
    stretches.push(places.slice(from, from + STRETCH).sort(compare));
    yield;
  }
  while (stretches.length > 1) {
    const merged: (readonly number[])[] = [];
    for (let at = 0; at < stretches.length; at += 2) {
      merged.push(yield* mergeTwo(stretches[at] ?? [], stretches[at + 1] ?? [], compare));
    }
    stretches = merged;
  }
  return stretches[0] ?? [];
}

function* mergeTwo(left: readonly number[], right: readonly number[], compare: Compare): Work<readonly number[]> {
  const merged: number[] = [];
  let [l, r] = [0, 0];
  while (l < left.length || r < right.length) {
    const a = left[l];
    const b = right[r];
    if (b === undefined || (a !== undefined && compare(a, b) <= 0)) {
      if (a !== undefined) merged.push(a);
      l += 1;
    } else {
      merged.push(b);
      r += 1;
    }
    yield;
  }
  return merged;
}
