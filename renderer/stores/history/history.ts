import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { RouteOutput } from '../../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { DayRange, Occurrences } from '../../../shared/model/found/occurrences.ts';
import type { DamagedRun } from '../../../shared/model/kept/kept.ts';
import type { SavedFormat, ReportHead, RunEntry } from '../../../shared/model/kept/report.ts';

interface HistoryState {
  readonly runs: readonly RunEntry[] | null;
  /** Runs whose folders cannot be believed. */
  readonly damaged: readonly DamagedRun[];
  /** The run whose report is open. */
  readonly openId: string | null;
  readonly report: ReportHead | null;
  readonly failure: Failure | null;
  readonly load: () => Promise<void>;
  readonly open: (runId: string | null) => Promise<void>;
}

export const useHistory = create<HistoryState>()((set, get) => ({
  runs: null,
  damaged: [],
  openId: null,
  report: null,
  failure: null,
  async load() {
    try {
      const [runs, damaged] = await Promise.all([call('history.list', {}), call('history.damaged', {})]);
      set({ runs: [...runs].sort((a, b) => b.startedAt.localeCompare(a.startedAt)), damaged, failure: null });
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
  },
  async open(runId) {
    set({ openId: runId, report: null, failure: null });
    if (runId === null) return;
    try {
      const report = await call('history.report', { runId });
      if (get().openId === runId) set({ report });
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
  },
}));

/** Where what was there before a run was written; null when the person changed their mind. Throws a HushError. */
export async function saveOriginals(runId: string): Promise<RouteOutput<'history.originals'>> {
  return call('history.originals', { runId });
}

/** Where the report was saved; null when the person changed their mind. Throws a HushError. */
export async function exportRun(runId: string, format: SavedFormat): Promise<string | null> {
  return (await call('history.export', { runId, format })).path;
}

/** The report of a run or a batch that was saved last, in the file manager; where there is none, there is nothing to show. */
export function showExported(): void {
  call('history.show', {}).catch(() => undefined);
}

/** The calendar of what a run did. */
export function runCalendar(runId: string): (range: DayRange) => Promise<Occurrences> {
  return (range) => call('history.occurrences', { runId, range });
}
