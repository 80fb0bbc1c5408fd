import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import { EMPTY_CACHE, missingWindows, putWindow, rowAt, WINDOW_ROWS, type Windows } from '../../stores/job/rowcache.ts';
import type { Spans } from '../../stores/job/spans.ts';

/** A page of a list: some of its rows, and how many it has. */
interface ListPage<T> {
  readonly rows: readonly T[];
  readonly of: number;
}

/** Another function is another list, or the same in another order. */
type FetchPage<T> = (offset: number, limit: number) => Promise<ListPage<T>>;

interface Pages<T> {
  readonly total: number;
  /** Undefined while it is not here yet. */
  readonly at: (index: number) => T | undefined;
  readonly need: (from: number, to: number) => void;
  readonly failure: Failure | null;
  /** The rows at some positions, fetched where they are not here. */
  readonly all: (spans: Spans) => Promise<readonly T[]>;
  /** Fetches again what is here; it stays in sight until then. */
  readonly refresh: () => void;
}

interface Loaded<T> {
  readonly of: FetchPage<T> | null;
  readonly cache: Windows<T>;
  readonly total: number;
  readonly failure: Failure | null;
}

/**
 * A list that lies in the main process, in windows, as they come into sight. An answer for another list is dropped.
 *
 * @param expected how many rows it has as far as is known; nothing is asked for while that is 0
 */
export function usePages<T>(fetch: FetchPage<T>, expected: number): Pages<T> {
  const nothing = useMemo<Loaded<T>>(
    () => ({ of: null, cache: EMPTY_CACHE, total: expected, failure: null }),
    [expected],
  );
  const [loaded, setLoaded] = useState<Loaded<T>>(nothing);
  const fetching = useRef<{ of: FetchPage<T>; numbers: Set<number> }>({ of: fetch, numbers: new Set() });
  const shown = useRef<FetchPage<T> | null>(fetch);
  const { cache, total, failure } = loaded.of === fetch ? loaded : nothing;
  useEffect(() => {
    shown.current = fetch;
    return () => {
      shown.current = null;
    };
  }, [fetch]);
  const load = useCallback(
    async (number: number): Promise<void> => {
      if (fetching.current.of !== fetch) fetching.current = { of: fetch, numbers: new Set() };
      const { numbers } = fetching.current;
      if (numbers.has(number)) return;
      numbers.add(number);
      try {
        const page = await fetch(number * WINDOW_ROWS, WINDOW_ROWS);
        if (shown.current !== fetch) return;
        setLoaded((before) => ({
          of: fetch,
          cache: putWindow(before.of === fetch ? before.cache : EMPTY_CACHE, number, page.rows),
          total: page.of,
          failure: null,
        }));
      } catch (thrown) {
        const why = toFailure(thrown);
        if (shown.current === fetch) setLoaded((before) => ({ ...before, of: fetch, failure: why }));
      } finally {
        numbers.delete(number);
      }
    },
    [fetch],
  );
  const need = useCallback(
    (from: number, to: number): void => {
      for (const number of missingWindows(cache, from, to)) void load(number);
    },
    [cache, load],
  );
  const here = useRef(cache);
  useEffect(() => {
    here.current = cache;
  }, [cache]);
  const refresh = useCallback((): void => {
    for (const number of here.current.keys()) void load(number);
  }, [load]);
  const at = useCallback((index: number) => rowAt(cache, index), [cache]);
  const all = useCallback((spans: Spans) => rowsIn(spans, fetch), [fetch]);
  return { total, at, need, failure, all, refresh };
}

async function rowsIn<T>(spans: Spans, fetch: FetchPage<T>): Promise<readonly T[]> {
  const rows: T[] = [];
  for (const [from, to] of spans) {
    for (let at = from; at <= to; at += WINDOW_ROWS) {
      const page = await fetch(at, Math.min(WINDOW_ROWS, to - at + 1));
      rows.push(...page.rows);
    }
  }
  return rows;
}
