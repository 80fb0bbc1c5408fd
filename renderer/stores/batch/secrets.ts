import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';

interface SecretsState {
  /** The batch that was looked at last. */
  readonly batchId: string | null;
  /** Users whose passwords a resume of it needs and that are not known. */
  readonly missing: readonly string[];
  /** A list was read since it was looked at. */
  readonly imported: boolean;
  /** Users of the last list that the batch does not have. */
  readonly unknown: readonly string[];
  readonly failure: Failure | null;
  /** Gives how many are missing. */
  readonly look: (batchId: string) => Promise<number>;
  readonly read: (batchId: string) => Promise<void>;
}

/** The passwords that a resume needs, after a restart: they are kept nowhere. */
export const useBatchSecrets = create<SecretsState>()((set) => ({
  batchId: null,
  missing: [],
  imported: false,
  unknown: [],
  failure: null,
  async look(batchId) {
    try {
      const { missing } = await call('batch.secrets', { batchId });
      set({ batchId, missing, imported: false, unknown: [], failure: null });
      return missing.length;
    } catch (thrown) {
      set({ batchId, missing: [], imported: false, unknown: [], failure: toFailure(thrown) });
      return 0;
    }
  },
  async read(batchId) {
    try {
      const read = await call('batch.import_secrets', { batchId });
      if (read !== null) set({ batchId, missing: read.missing, imported: true, unknown: read.unknown, failure: null });
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
  },
}));
