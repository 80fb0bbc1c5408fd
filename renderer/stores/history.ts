import { create } from 'zustand';
import { call } from '../bridge/client.ts';
import { toFailure, type Failure } from '../../shared/model/failure.ts';
import type { DayRange, Occurrences } from '../../shared/model/occurrences.ts';
import type { DamagedRun } from '../../shared/model/kept.ts';
import type { SavedFormat, ReportHead, RunEntry } from '../../shared/model/report.ts';

interface HistoryState {
  readonly runs: readonly RunEntry[] | null;
  /** Runs whose folders cannot be believed. */
  readonly damaged: readonly DamagedRun[];
  /** The run whose report is open. */
  readonly openId: string | null;
  readonly report: ReportHead | null;
  readonly failure: Failure | null;
  /** Why the last export did not come about. */
  readonly exportFailure: Failure | null;
  readonly load: () => Promise<void>;
  readonly open: (runId: string | null) => Promise<void>;
  readonly exportReport: (runId: string, format: SavedFormat) => Promise<boolean>;
}

export const useHistory = create<HistoryState>()((set, get) => ({
  runs: null,
  damaged: [],
  openId: null,
  report: null,
  failure: null,
  exportFailure: null,
  async load() {
    try {
      const [runs, damaged] = await Promise.all([call('history.list', {}), call('history.damaged', {})]);
      set({ runs: [...runs].sort((a, b) => b.startedAt.localeCompare(a.startedAt)), damaged, failure: null });
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
  },
  async open(runId) {
    set({ openId: runId, report: null, failure: null, exportFailure: null });
    if (runId === null) return;
    try {
      const report = await call('history.report', { runId });
      if (get().openId === runId) set({ report });
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
  },
  async exportReport(runId, format) {
    set({ exportFailure: null });
    try {
      return (await call('history.export', { runId, format })).saved;
    } catch (thrown) {
      set({ exportFailure: toFailure(thrown) });
      return false;
    }
  },
}));

/** The calendar of what a run did. */
export function runCalendar(runId: string): (range: DayRange) => Promise<Occurrences> {
  return (range) => call('history.occurrences', { runId, range });
}
