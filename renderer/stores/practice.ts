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
  readonly startAgain: () => Promise<void>;
  /** It is being started again. */
  readonly starting: boolean;
}

/** What it is doing, in a word. */
export function practiceWord({ state, failure, starting }: PracticeState): 'running' | 'starting' | 'not running' {
  if (state !== null) return 'running';
  return failure?.code === 'PRACTICE_NOT_RUNNING' && !starting ? 'not running' : 'starting';
}

let loading: Promise<void> | null = null;
let again = false;

export const usePractice = create<PracticeState>()((set, get) => {
  const fetchState = async (): Promise<void> => {
    try {
      set({ state: await call('practice.state', {}), failure: null });
    } catch (thrown) {
      const failure = toFailure(thrown);
      // What it held is not told as if it were still there.
      set(failure.code === 'PRACTICE_NOT_RUNNING' ? { failure, state: null } : { failure });
    }
  };
  const change = async (
    route: 'practice.clear_messages' | 'practice.reset' | 'practice.start_again',
  ): Promise<void> => {
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
    starting: false,
    async startAgain() {
      set({ starting: true, failure: null });
      await change('practice.start_again');
      set({ starting: false });
    },
  };
});

function wantsAgain(): boolean {
  return again;
}
