import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../../bridge/client.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { ReportItem, ReportList } from '../../../shared/model/report.ts';
import { EMPTY_CACHE, missingWindows, putWindow, rowAt, WINDOW_ROWS, type Windows } from '../../stores/job/rowcache.ts';

interface ReportItems {
  /** Undefined while it is not here yet. */
  readonly at: (index: number) => ReportItem | undefined;
  readonly failure: Failure | null;
  /** Fetches what these positions (inclusive) need and is not here yet. */
  readonly need: (from: number, to: number) => void;
}

/** The rows of one list of a report, in windows, as they come into sight. */
export function useReportItems(runId: string, list: ReportList): ReportItems {
  const [cache, setCache] = useState<Windows<ReportItem>>(EMPTY_CACHE);
  const [failure, setFailure] = useState<Failure | null>(null);
  const fetching = useRef(new Set<number>());
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  const need = useCallback(
    (from: number, to: number): void => {
      const fetchWindow = async (number: number): Promise<void> => {
        if (fetching.current.has(number)) return;
        fetching.current.add(number);
        try {
          const page = { runId, list, offset: number * WINDOW_ROWS, limit: WINDOW_ROWS };
          const { items } = await call('history.items', page);
          if (shown.current) setCache((before) => putWindow(before, number, items));
        } catch (thrown) {
          if (shown.current) setFailure(toFailure(thrown));
        } finally {
          fetching.current.delete(number);
        }
      };
      for (const number of missingWindows(cache, from, to)) void fetchWindow(number);
    },
    [cache, runId, list],
  );
  return { at: (index) => rowAt(cache, index), failure, need };
}
