import type { BrowserWindow } from 'electron';
import { askToClose } from './dialogs.ts';

interface Guarded {
  /** How many runs and batches go on. */
  going(): number;
  stopAll(): Promise<void>;
}

/** A window whose runs go on asks before it closes; then it stops them, waits for their end, and closes. */
export function guardClose(window: BrowserWindow, runs: Guarded): void {
  let asking = false;
  window.on('close', (event) => {
    if (runs.going() === 0) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void stopAndClose(window, runs).finally(() => {
      asking = false;
    });
  });
}

async function stopAndClose(window: BrowserWindow, runs: Guarded): Promise<void> {
  if (!(await askToClose(window))) return;
  await runs.stopAll();
  window.close();
}
