import { create } from 'zustand';
import { call } from '../bridge/client.ts';
import type { RouteOutput } from '../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../shared/model/failure.ts';

export type Screen = 'restore' | 'migrate' | 'cleanup' | 'history' | 'servers' | 'practice';
export type Theme = 'light' | 'dark' | 'system';
type AppInfo = RouteOutput<'app.info'>;
/** What stands before the window, whatever screen it shows. */
export type AppDialog = 'help' | 'shortcuts' | 'settings' | 'diagnostics' | 'about' | 'new-restore';

interface AppState {
  readonly info: AppInfo | null;
  readonly theme: Theme;
  readonly screen: Screen;
  readonly dialog: AppDialog | null;
  /** The three pictures are shown: at the first start, and when somebody asks for them. */
  readonly tour: boolean;
  readonly failure: Failure | null;
  readonly load: () => Promise<void>;
  readonly go: (screen: Screen) => void;
  readonly setTheme: (theme: Theme) => Promise<void>;
  readonly show: (dialog: AppDialog | null) => void;
  readonly showTour: () => void;
  readonly endTour: () => Promise<void>;
}

/** What belongs to the window as a whole: where it is, how it looks, what it runs on. */
export const useApp = create<AppState>()((set, get) => ({
  info: null,
  theme: 'system',
  screen: 'restore',
  dialog: null,
  tour: false,
  failure: null,
  async load() {
    const { theme: before } = get();
    try {
      const info = await call('app.info', {});
      // What was chosen meanwhile stays.
      const { theme: now } = get();
      set({ info, theme: now === before ? info.theme : now, tour: !info.introduced, failure: null });
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
  },
  go(screen) {
    set({ screen });
  },
  async setTheme(theme) {
    set({ theme });
    try {
      await call('app.set_theme', { theme });
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
  },
  show(dialog) {
    set({ dialog });
  },
  showTour() {
    set({ tour: true, dialog: null });
  },
  async endTour() {
    set({ tour: false });
    try {
      await call('app.introduced', {});
    } catch (thrown) {
      set({ failure: toFailure(thrown) });
    }
  },
}));
