import { app, session } from 'electron';
import { join } from 'node:path';
import { lockPermissions } from './app/locks.ts';
import { registerScheme, serveScheme } from './app/scheme.ts';
import { openWindow } from './app/window.ts';

registerScheme();

async function start(): Promise<void> {
  await app.whenReady();
  lockPermissions(session.defaultSession);
  serveScheme(session.defaultSession, join(__dirname, '../renderer'));
  await openWindow({ preload: join(__dirname, '../preload/preload.cjs'), icon: '', bounds: null });
}

app.on('window-all-closed', () => {
  app.quit();
});
void start();
