import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import { copyText } from '../../bridge/copy-text.ts';
import type { RouteOutput } from '../../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../../shared/model/failure.ts';

interface MatchesState {
  /** The event that is on show, and what it says once it is read. */
  readonly shown: number | null;
  readonly text: RouteOutput<'cleanup.preview'> | null;
  readonly failure: Failure | null;
  readonly show: (searchId: string, id: number) => Promise<void>;
  readonly close: () => void;
  /** Puts the text of an event on the clipboard. */
  readonly copyRaw: (searchId: string, id: number) => Promise<void>;
}

/** What one of the events that a clean-up found says. */
export const useMatches = create<MatchesState>()((set, get) => ({
  shown: null,
  text: null,
  failure: null,
  async show(searchId, id) {
    set({ shown: id, text: null, failure: null });
    try {
      const text = await call('cleanup.preview', { searchId, id });
      if (get().shown === id) set({ text });
    } catch (thrown) {
      if (get().shown === id) set({ failure: toFailure(thrown) });
    }
  },
  close() {
    set({ shown: null, text: null, failure: null });
  },
  async copyRaw(searchId, id) {
    try {
      copyText((await call('cleanup.preview', { searchId, id })).text);
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
  },
}));
