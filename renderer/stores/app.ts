import { create } from 'zustand';
import { call } from '../bridge/client.ts';
import type { RouteOutput } from '../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../shared/model/failure.ts';

export type Screen = 'restore' | 'migrate' | 'cleanup' | 'history' | 'servers' | 'practice';
export type Theme = 'light' | 'dark' | 'system';
type AppInfo = RouteOutput<'app.info'>;

interface AppState {
  readonly info: AppInfo | null;
  readonly theme: Theme;
  readonly screen: Screen;
  readonly help: boolean;
  /** The three pictures are shown: at the first start, and when somebody asks for them. */
  readonly tour: boolean;
  readonly failure: Failure | null;
  readonly load: () => Promise<void>;
  readonly go: (screen: Screen) => void;
  readonly setTheme: (theme: Theme) => Promise<void>;
  readonly showHelp: (help: boolean) => void;
  readonly showTour: () => void;
  readonly endTour: () => Promise<void>;
}

/** What belongs to the window as a whole: where it is, how it looks, what it runs on. */
export const useApp = create<AppState>()((set) => ({
  info: null,
  theme: 'system',
  screen: 'restore',
  help: false,
  tour: false,
  failure: null,
  async load() {
    try {
      const info = await call('app.info', {});
      set({ info, theme: info.theme, tour: !info.introduced, failure: null });
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
  showHelp(help) {
    set({ help });
  },
  showTour() {
    set({ tour: true, help: false });
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
