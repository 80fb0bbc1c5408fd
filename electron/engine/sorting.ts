import type { Work } from './yielding.ts';

/** Rows that are put in order in one go; their stretches are merged, with a breath after each step. */
const STRETCH = 512;

/** Numbers in names count as numbers: Room 2 comes before Room 10. Made when something is put in order: most starts sort nothing. */
let collator: Intl.Collator | null = null;

function compareNames(a: string, b: string): number {
  collator ??= new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return collator.compare(a, b);
}

/** What a row is put in order by; null where it has nothing there. */
export type SortKey = string | number | null;

/** Things in the order of their keys. Stable; those that have none are last, whichever way it goes. */
export function* sortByKey<T>(
  things: readonly T[],
  keyOf: (thing: T) => SortKey,
  descending: boolean,
): Work<readonly T[]> {
  const keyed: Keyed<T>[] = [];
  for (const thing of things) {
    keyed.push({ thing, key: keyOf(thing) });
    yield;
  }
  const way = descending ? -1 : 1;
  const sorted = yield* mergeSort(keyed, (a, b) => compareKeys(a.key, b.key, way));
  return sorted.map(({ thing }) => thing);
}

interface Keyed<T> {
  readonly thing: T;
  readonly key: SortKey;
}

/** A start without an instant, of a whole day or without a zone, stands where the clock on the wall shows it. */
export function startKey({
  start,
  startsAt,
}: {
  readonly start: string | null;
  readonly startsAt?: number | undefined;
}): number | null {
  if (startsAt !== undefined) return startsAt;
  return start === null ? null : Date.parse(start.length === 10 || start.endsWith('Z') ? start : `${start}Z`);
}

/** Zero where two stay in the order in which they came. */
type Compare<T> = (a: T, b: T) => number;

function compareKeys(a: SortKey, b: SortKey, way: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return way * (a - b);
  return way * compareNames(String(a), String(b));
}

function* mergeSort<T>(things: readonly T[], compare: Compare<T>): Work<readonly T[]> {
  let stretches: (readonly T[])[] = [];
  for (let from = 0; from < things.length; from += STRETCH) {
    stretches.push(things.slice(from, from + STRETCH).sort(compare));
    yield;
  }
  while (stretches.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let at = 0; at < stretches.length; at += 2) {
      merged.push(yield* mergeTwo(stretches[at] ?? [], stretches[at + 1] ?? [], compare));
    }
    stretches = merged;
  }
  return stretches[0] ?? [];
}

function* mergeTwo<T>(left: readonly T[], right: readonly T[], compare: Compare<T>): Work<readonly T[]> {
  const merged: T[] = [];
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
