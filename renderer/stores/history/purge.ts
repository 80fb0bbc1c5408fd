import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { Purged } from '../../../shared/model/kept/kept.ts';
import { useBatches } from '../batch/batches.ts';
import type { ListEntry } from './history-list.ts';
import { useHistory } from './history.ts';

interface PurgeState {
  /** What a person is asked about; null while nobody is. */
  readonly asking: readonly ListEntry[] | null;
  readonly deleting: boolean;
  readonly failure: Failure | null;
  /** What became of the last deletion. */
  readonly done: Purged | null;
  readonly ask: (entries: readonly ListEntry[]) => void;
  readonly close: () => void;
  /** `resumable`: the person said that what can still be resumed goes, too. */
  readonly purge: (resumable: boolean) => Promise<void>;
}

/** Deletes runs from this computer, after a question. */
export const usePurge = create<PurgeState>()((set, get) => ({
  asking: null,
  deleting: false,
  failure: null,
  done: null,
  ask(asking) {
    set({ asking, failure: null, done: null });
  },
  close() {
    set({ asking: null });
  },
  async purge(resumable) {
    const { asking } = get();
    if (asking === null || get().deleting) return;
    set({ deleting: true, failure: null });
    try {
      const done = await call('history.purge', { ids: asking.map(({ id }) => id), resumable });
      await Promise.all([useHistory.getState().load(), useBatches.getState().load()]);
      set({ done, asking: null });
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    } finally {
      set({ deleting: false });
    }
  },
}));
