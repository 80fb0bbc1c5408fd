import type { BrowserWindow } from 'electron';
import { askToClose } from './dialogs.ts';

export interface Guarded {
  /** Runs that go on. */
  active(): readonly string[];
  stopAll(): Promise<void>;
}

/** What goes on of either kind. */
export function bothOf(one: Guarded, other: Guarded): Guarded {
  return {
    active: () => [...one.active(), ...other.active()],
    stopAll: async () => {
      await Promise.all([one.stopAll(), other.stopAll()]);
    },
  };
}

/** A window whose runs go on asks before it closes; then it stops them, waits for their end, and closes. */
export function guardClose(window: BrowserWindow, runs: Guarded): void {
  let asking = false;
  window.on('close', (event) => {
    if (runs.active().length === 0) return;
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
