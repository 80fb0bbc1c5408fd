import { BrowserWindow, screen, type Rectangle } from 'electron';
import { APP_NAME } from './constants.ts';
import { lockNavigation } from './locks.ts';
import { START_PAGE } from './scheme.ts';

const DEFAULT_SIZE = { width: 1280, height: 800 };
const MINIMUM_SIZE = { minWidth: 1024, minHeight: 700 };

interface WindowOptions {
  readonly preload: string;
  /** Where the window was when the app ended last; null on the first start. */
  readonly bounds: Rectangle | null;
  /** As it was when the app ended last. */
  readonly maximized: boolean;
  readonly devTools: boolean;
}

/** The one window. Shown when its first picture is ready, so that nobody sees it empty. */
export function openWindow({ preload, bounds, maximized, devTools }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...DEFAULT_SIZE,
    ...(bounds !== null && isVisible(bounds) ? bounds : {}),
    ...MINIMUM_SIZE,
    title: APP_NAME,
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      devTools,
    },
  });
  lockNavigation(window.webContents);
  window.on('page-title-updated', (event) => {
    event.preventDefault();
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  void window.loadURL(START_PAGE);
  return window;
}

/** A screen may have been taken away since. */
function isVisible(bounds: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching(bounds);
  return (
    bounds.x < workArea.x + workArea.width &&
    bounds.x + bounds.width > workArea.x &&
    bounds.y < workArea.y + workArea.height &&
    bounds.y + bounds.height > workArea.y
  );
}
