import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { BatchEntry } from '../../../shared/model/batch/batch.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { SavedFormat } from '../../../shared/model/kept/report.ts';

interface BatchesState {
  readonly list: readonly BatchEntry[] | null;
  readonly failure: Failure | null;
  readonly load: () => Promise<void>;
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
}));

/** Where the report was saved; null when the person changed their mind. Throws a HushError. */
export async function exportBatch(batchId: string, format: SavedFormat): Promise<string | null> {
  return (await call('batch.export', { batchId, format })).path;
}
