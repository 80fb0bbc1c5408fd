import { create } from 'zustand';
import { call } from '../bridge/client.ts';
import type { MovedRuns, SettingsView } from '../../shared/ipc/settings-routes.ts';
import type { RouteInput } from '../../shared/ipc/contract.ts';
import type { Failure } from '../../shared/model/failure.ts';
import { useBatches } from './batch/batches.ts';
import { useHistory } from './history/history.ts';
import { tryingFor } from './trying.ts';

interface SettingsState {
  readonly settings: SettingsView | null;
  /** The folder that was left behind just now, where runs stay in it. */
  readonly left: MovedRuns['left'];
  readonly failure: Failure | null;
  readonly load: () => Promise<void>;
  readonly change: (part: RouteInput<'settings.change'>) => Promise<void>;
  readonly chooseRuns: () => Promise<void>;
  readonly standardRuns: () => Promise<void>;
}

/** What a person set for the window. Each change holds at once. */
export const useSettings = create<SettingsState>()((set) => {
  const guard = tryingFor(set);
  const move = (work: () => Promise<MovedRuns | null>): Promise<void> =>
    guard(async () => {
      const moved = await work();
      if (moved === null) return;
      set(moved);
      // Another folder holds other runs.
      await Promise.all([useHistory.getState().load(), useBatches.getState().load()]);
    });
  return {
    settings: null,
    left: null,
    failure: null,
    load: () =>
      guard(async () => {
        set({ settings: await call('settings.get', {}), left: null });
      }),
    change: (part) =>
      guard(async () => {
        set({ settings: await call('settings.change', part) });
      }),
    chooseRuns: () => move(() => call('settings.choose_runs', {})),
    standardRuns: () => move(() => call('settings.standard_runs', {})),
  };
});
