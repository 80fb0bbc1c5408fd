import { app, nativeTheme, shell, type BrowserWindow } from 'electron';
import type { Desktop, Secrets } from '../ipc/ports.ts';
import { HushError } from '../../shared/model/failure.ts';
import { APP_VERSION, IS_TEST_BUILD } from './constants.ts';
import { askToWrite, choosePaths, chooseTarget } from './dialogs.ts';
import type { JsonFile } from '../json-file.ts';
import { printPdf } from './print-pdf.ts';
import type { Settings } from './settings.ts';

/** What the handlers need of Electron. */
export function createDesktop(
  window: () => BrowserWindow | null,
  settings: JsonFile<Settings>,
  secrets: Secrets,
): Desktop {
  nativeTheme.themeSource = settings.value.theme;
  let mayWrite = !IS_TEST_BUILD;
  return {
    info: () =>
      Promise.resolve({
        version: APP_VERSION,
        electron: process.versions.electron,
        testBuild: IS_TEST_BUILD,
        secretStore: secrets.store,
        secretStoreReason: secrets.reason,
        platform: process.platform,
        theme: settings.value.theme,
        introduced: settings.value.introduced,
      }),
    noteIntroduced: () => settings.set({ ...settings.value, introduced: true }),
    setTheme: async (theme) => {
      nativeTheme.themeSource = theme;
      await settings.set({ ...settings.value, theme });
    },
    choosePaths: (what) => choosePaths(required(window()), what),
    chooseTarget: (name, format) => chooseTarget(required(window()), name, format),
    printPdf: (html) => printPdf(html, app.getSystemLocale()),
    showInFolder: (path) => {
      shell.showItemInFolder(path);
    },
    mayWrite: async () => {
      mayWrite ||= await askToWrite(required(window()));
      return mayWrite;
    },
  };
}

function required(window: BrowserWindow | null): BrowserWindow {
  if (window !== null) return window;
  throw new HushError({ code: 'WINDOW_CLOSED', message: 'The window was closed meanwhile.', reaction: 'fix-input' });
}
