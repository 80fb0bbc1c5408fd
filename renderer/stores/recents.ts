import { create } from 'zustand';
import { call } from '../bridge/client.ts';
import type { RecentBackup } from '../../shared/ipc/settings-routes.ts';

interface RecentsState {
  readonly backups: readonly RecentBackup[];
  readonly load: () => Promise<void>;
  readonly clear: () => Promise<void>;
}

/** The backups that were opened last. A list that cannot be read is no reason to stop anybody: it is empty then. */
export const useRecents = create<RecentsState>()((set) => ({
  backups: [],
  async load() {
    const backups = await call('recent.list', {}).catch(() => []);
    set({ backups });
  },
  async clear() {
    await call('recent.clear', {}).catch(() => undefined);
    set({ backups: [] });
  },
}));
