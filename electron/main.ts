import { app, safeStorage, session, type BrowserWindow } from 'electron';
import { basename, join } from 'node:path';
import { APP_VERSION } from './app/constants.ts';
import { beginsAnew } from './app/begin-anew.ts';
import { createBusy } from './app/busy.ts';
import { guardClose } from './app/close-guard.ts';
import { createDesktop } from './app/desktop.ts';
import { tellEngineEnded } from './app/dialogs.ts';
import { EngineProcess } from './app/engine-process.ts';
import { fork } from './app/fork.ts';
import { mainCalls } from './app/main-calls.ts';
import { beforeQuit } from './app/before-quit.ts';
import { catchTheRest, giveUpStarting } from './app/uncaught-errors.ts';
import { lockPermissions } from './app/locks.ts';
import { offerEditMenu } from './app/menu/edit-menu.ts';
import { setMenu } from './app/menu/menu.ts';
import { openRecents, type Recents } from './app/recents.ts';
import { registerScheme, serveScheme } from './app/scheme.ts';
import { filesIn, OpenedFiles } from './app/opened-files.ts';
import { openSecrets } from './app/secrets.ts';
import { openSettings, preferencesOf, type Settings } from './app/settings.ts';
import { openWindow } from './app/window.ts';
import { openPractice } from './ipc/practice.ts';
import { openLog } from './diagnostics/log.ts';
import { createPush, createSend, openTransport } from './ipc/transport.ts';
import type { Push } from './ipc/types.ts';
import { defaultRunsDir, operatorHere, userDataDir } from './paths.ts';

// The composition root: everything is made and joined here, and nowhere else.
app.setPath('userData', userDataDir());
const log = openLog(app.getPath('userData'));
catchTheRest(log);
registerScheme();
// A second start brings the first window to the front, and hands over what it was to open. macOS says that by an event.
const opened = new OpenedFiles();
opened.add(filesIn(process.argv, process.cwd(), app.isPackaged ? null : app.getAppPath()));
app.on('open-file', (event, path) => {
  event.preventDefault();
  opened.add([path]);
});
if (app.requestSingleInstanceLock({ paths: opened.waiting })) start().catch(giveUpStarting);
else app.quit();

async function start(): Promise<void> {
  const userData = app.getPath('userData');
  let window: BrowserWindow | null = null;
  const contents = () => window?.webContents ?? null;
  const send = createSend(contents);
  const push = createPush(send);

  await app.whenReady();
  log.note('app', 'started', APP_VERSION);
  const settings = await openSettings(userData);
  const preferences = preferencesOf(settings, defaultRunsDir());
  const busy = createBusy(() => window, preferences.notifications);
  const secrets = await openSecrets(userData, safeStorage);
  const recents = await openRecents(userData);
  const room = openPractice({
    dataDir: join(userData, 'practice'),
    port: settings.value.practicePort,
    // Tests log in there as somebody else, too.
    password: process.env['HUSHCAL_PRACTICE_PASSWORD'],
    token: process.env['HUSHCAL_PRACTICE_TOKEN'],
    fork: () => fork(join(__dirname, 'practice-process.cjs'), 'Hushcal practice server'),
    changed: () => {
      engine.tell('practiceIs', practiceNow());
      push('practice.changed', {});
    },
    listens: (practicePort) => settings.set({ ...settings.value, practicePort }),
  });
  const { practice } = room;
  const practiceNow = () => ({ connection: practice.connection(), trouble: practice.trouble() });
  const desktop = createDesktop(() => window, settings, secrets);
  const beginAnew = beginsAnew(() => window, tellEngineEnded);
  const engine = new EngineProcess({
    fork: () => fork(join(__dirname, 'engine-process.cjs'), 'Hushcal engine'),
    settings: () => ({
      userData,
      preferences: preferences.now(),
      tempRoot: app.getPath('temp'),
      operator: operatorHere('window', app.getVersion()),
      secrets: { store: secrets.store, reason: secrets.reason, places: secrets.places() },
      practice: practiceNow(),
    }),
    calls: mainCalls({ desktop, secrets, preferences, recents, practice, opened, busy, send }),
    died: () => {
      busy.gone();
      void beginAnew();
    },
  });
  engine.start();
  await room.start();
  openTransport(engine, contents);

  opened.whenChanged(() => {
    push('source.asked', { names: opened.waiting.map((path) => basename(path)) });
  });

  lockPermissions(session.defaultSession, !app.isPackaged);
  serveScheme(session.defaultSession, join(__dirname, '../renderer'));
  joinMenu(recents, push);

  window = openWindow({
    preload: join(__dirname, '../preload/preload.cjs'),
    bounds: settings.value.bounds,
    maximized: settings.value.maximized === true,
    devTools: !app.isPackaged,
  });
  offerEditMenu(window);
  guardClose(window, { going: busy.going, stopAll: () => engine.stopAll() });
  const stood = whereItStood(window, settings.value);
  window.on('closed', () => {
    window = null;
  });
  beforeQuit(async () => {
    await settings.set({ ...settings.value, ...stood() });
    log.note('app', 'ended');
    await Promise.all([engine.close(), room.close()]);
  });
  app.on('second-instance', (_event, _argv, _cwd, said) => {
    opened.addFrom(said);
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
}

/** Where a window stood when it was closed; until then, where it stood before. */
function whereItStood(window: BrowserWindow, before: Settings): () => Pick<Settings, 'bounds' | 'maximized'> {
  let { bounds, maximized } = before;
  window.on('close', () => {
    maximized = window.isMaximized();
    bounds = window.getNormalBounds();
  });
  return () => ({ bounds, maximized });
}

/** What is chosen in the menu goes to the window, and so does a change of what was opened last. */
function joinMenu(recents: Recents, push: Push): void {
  setMenu({
    recents,
    isDevelopment: !app.isPackaged,
    command: (command) => {
      push('app.command', { command });
    },
    openRecent: ({ kind, id }) => {
      push('recent.open', { kind, id });
    },
  });
  recents.onChange(() => {
    push('recent.changed', {});
  });
}
