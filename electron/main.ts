import { app, safeStorage, session, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import { createBusy } from './app/busy.ts';
import { bothOf, guardClose } from './app/close-guard.ts';
import { createDesktop } from './app/desktop.ts';
import { beforeQuit } from './app/before-quit.ts';
import { offerEditMenu } from './app/edit-menu.ts';
import { catchTheRest, giveUpStarting } from './app/uncaught-errors.ts';
import { lockPermissions } from './app/locks.ts';
import { setMenu } from './app/menu.ts';
import { registerScheme, serveScheme } from './app/scheme.ts';
import { openSecrets } from './app/secrets.ts';
import { openServerBook } from './app/server-book.ts';
import { openSettings } from './app/settings.ts';
import { openWindow } from './app/window.ts';
import { createEngine, openNetwork, openTempFolder } from './engine/engine.ts';
import { ActiveBatches } from './ipc/active-batches.ts';
import { ActiveRuns } from './ipc/active-runs.ts';
import { createHandlers } from './ipc/handlers.ts';
import type { NetworkSecrets } from './ipc/ports.ts';
import { openPractice } from './ipc/practice.ts';
import { createPush, openTransport } from './ipc/transport.ts';
import type { NetworkSpec } from '../shared/model/network.ts';
import { defaultRunsDir, operatorName, userDataDir } from './paths.ts';
import { sampleBackup } from './practice/samples/backup.ts';
import { sampleNights } from './practice/samples/nights.ts';
import { sampleMailboxes } from './practice/samples/mailboxes.ts';

// The composition root: everything is made and joined here, and nowhere else.
app.setPath('userData', userDataDir());
catchTheRest();
registerScheme();
// A second start brings the first window to the front.
if (app.requestSingleInstanceLock()) start().catch(giveUpStarting);
else app.quit();

async function start(): Promise<void> {
  const userData = app.getPath('userData');
  let window: BrowserWindow | null = null;
  const contents = () => window?.webContents ?? null;
  const push = createPush(contents);
  const busy = createBusy(() => window);
  const runs = new ActiveRuns(push, busy.runs);
  const batches = new ActiveBatches(push, busy.batches);

  await app.whenReady();
  const settings = await openSettings(userData);
  const secrets = await openSecrets(userData, safeStorage);
  const practice = await openPractice({
    dataDir: join(userData, 'practice'),
    port: settings.value.practicePort,
    // Tests log in there as somebody else, too.
    password: process.env['HUSHCAL_PRACTICE_PASSWORD'],
    token: process.env['HUSHCAL_PRACTICE_TOKEN'],
    sampleBackup: () => sampleBackup(new Date()),
    sampleNights: () => sampleNights(new Date()),
    sampleMailboxes: () => sampleMailboxes(new Date()),
    changed: (messages) => {
      push('practice.changed', { messages });
    },
  });
  // Kept at once: a program that is killed must find its practice server again, too.
  await settings.set({ ...settings.value, practicePort: practice.port });
  const temp = await openTempFolder(app.getPath('temp'));
  const tempDir = temp.path;
  const ports = {
    engine: createEngine({ runsDir: defaultRunsDir(), tempDir, now: () => new Date(), operator: operatorName() }),
    desktop: createDesktop(() => window, settings, secrets),
    secrets,
    book: await openServerBook(userData),
    practice: practice.practice,
    openNetwork: (spec: NetworkSpec, secrets: NetworkSecrets) =>
      openNetwork(spec, {
        env: process.env,
        systemProxy: (origin) => session.defaultSession.resolveProxy(origin),
        ...secrets,
      }),
    tempDir,
  };
  openTransport(createHandlers(ports, runs, push, batches), contents);

  lockPermissions(session.defaultSession, !app.isPackaged);
  serveScheme(session.defaultSession, join(__dirname, '../renderer'));
  setMenu((screen) => {
    push('app.navigate', { screen });
  }, !app.isPackaged);

  window = openWindow({
    preload: join(__dirname, '../preload/preload.cjs'),
    bounds: settings.value.bounds,
    maximized: settings.value.maximized === true,
    devTools: !app.isPackaged,
  });
  offerEditMenu(window);
  guardClose(window, bothOf(runs, batches));
  let bounds = settings.value.bounds;
  let maximized = settings.value.maximized === true;
  window.on('close', () => {
    maximized = window?.isMaximized() ?? maximized;
    bounds = window?.getNormalBounds() ?? bounds;
  });
  window.on('closed', () => {
    window = null;
  });
  beforeQuit(async () => {
    await settings.set({ ...settings.value, bounds, maximized });
    await practice.close();
    await temp.remove();
  });
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
}
