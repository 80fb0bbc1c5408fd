import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { PushData } from '../../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { Rehearsal } from '../../../shared/model/rehearsal.ts';

interface RehearsalState {
  /** The plan that is, or was, rehearsed; null while the dialog is closed. */
  readonly planId: string | null;
  readonly progress: PushData<'plan.progress'> | null;
  readonly result: Rehearsal | null;
  readonly failure: Failure | null;
  readonly rehearse: (planId: string) => Promise<void>;
  readonly close: () => void;
}

/** A plan that runs on a copy of its calendar; the answer of a dialog that was closed meanwhile is dropped. */
export const useRehearsal = create<RehearsalState>()((set, get) => ({
  planId: null,
  progress: null,
  result: null,
  failure: null,
  async rehearse(planId) {
    set({ planId, progress: null, result: null, failure: null });
    try {
      const result = await call('plan.rehearse', { planId });
      if (get().planId === planId) set({ result, progress: null });
    } catch (thrown) {
      if (get().planId === planId) set({ failure: toFailure(thrown), progress: null });
    }
  },
  close() {
    set({ planId: null, progress: null, result: null, failure: null });
  },
}));

/** Takes over how far a rehearsal is; only while one goes on. */
export function showRehearsalProgress(progress: PushData<'plan.progress'>): void {
  const { planId, result } = useRehearsal.getState();
  if (planId !== null && result === null) useRehearsal.setState({ progress });
}
