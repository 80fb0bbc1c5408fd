import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { BatchEntry } from '../../../shared/model/batch.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { SavedFormat } from '../../../shared/model/report.ts';

interface BatchesState {
  readonly list: readonly BatchEntry[] | null;
  readonly failure: Failure | null;
  readonly load: () => Promise<void>;
  readonly exportReport: (batchId: string, format: SavedFormat) => Promise<boolean>;
}

/** The batches that History lists, newest first. */
export const useBatches = create<BatchesState>()((set) => ({
  list: null,
  failure: null,
  async load() {
    try {
      const list = await call('batch.list', {});
      set({ list: [...list].sort((a, b) => b.startedAt.localeCompare(a.startedAt)), failure: null });
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
  },
  async exportReport(batchId, format) {
    try {
      return (await call('batch.export', { batchId, format })).saved;
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
      return false;
    }
  },
}));
