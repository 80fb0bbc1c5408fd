import { create } from 'zustand';
import { call } from '../bridge/client.ts';
import type { RouteOutput } from '../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../shared/model/failure.ts';

interface PracticeState {
  readonly state: RouteOutput<'practice.state'> | null;
  readonly failure: Failure | null;
  readonly load: () => Promise<void>;
  readonly clearMessages: () => Promise<void>;
  readonly reset: () => Promise<void>;
}

let loading: Promise<void> | null = null;
let again = false;

export const usePractice = create<PracticeState>()((set, get) => {
  const fetchState = async (): Promise<void> => {
    try {
      set({ state: await call('practice.state', {}), failure: null });
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
  };
  const change = async (route: 'practice.clear_messages' | 'practice.reset'): Promise<void> => {
    try {
      await call(route, {});
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
    await get().load();
  };
  return {
    state: null,
    failure: null,
    /** One request at a time, and one more at the end for all that asked meanwhile. */
    async load() {
      if (loading !== null) {
        again = true;
        return loading;
      }
      do {
        again = false;
        loading = fetchState();
        await loading;
        loading = null;
      } while (wantsAgain());
    },
    clearMessages: () => change('practice.clear_messages'),
    reset: () => change('practice.reset'),
  };
});

function wantsAgain(): boolean {
  return again;
}
