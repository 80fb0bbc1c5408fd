import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';
import type { CanaryProof } from '../../../shared/model/scheduling.ts';
import { planAnew } from './anew.ts';
import { useDraft } from './draft.ts';

interface CanaryState {
  readonly open: boolean;
  readonly trying: boolean;
  readonly proof: CanaryProof | null;
  readonly failure: Failure | null;
  readonly ask: () => void;
  /** Writes the test events; the plan is made anew with what they showed. */
  readonly fly: (serverId: string, calendarUrl: string) => Promise<void>;
  readonly close: () => void;
}

/** The test event that shows whether a server keeps quiet when asked to. Never flies before a person said so. */
export const useCanary = create<CanaryState>()((set) => ({
  open: false,
  trying: false,
  proof: null,
  failure: null,
  ask() {
    set({ open: true, trying: false, proof: null, failure: null });
  },
  async fly(serverId, calendarUrl) {
    set({ trying: true, failure: null, proof: null });
    try {
      const { forUser } = useDraft.getState();
      const whose = forUser === null ? {} : { forUser };
      const proof = await call('server.canary', { id: serverId, calendarUrl, ...whose });
      set({ proof, trying: false });
      planAnew();
    } catch (thrown) {
      set({ failure: toFailure(thrown), trying: false });
    }
  },
  close() {
    set({ open: false });
  },
}));
