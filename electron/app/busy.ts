import { Notification, powerSaveBlocker, type BrowserWindow } from 'electron';
import type { RunSnapshot } from '../../shared/model/snapshot.ts';
import type { RunWatcher } from '../ipc/active-runs.ts';
import { fractionDone, sumUp } from './run-words.ts';

/** Electron's value for "no progress". */
const NO_PROGRESS = -1;

/** While runs go on the computer stays awake and the taskbar shows how far they are; at their end a person is told. */
export function createBusy(window: () => BrowserWindow | null): RunWatcher {
  let blocker: number | null = null;
  return {
    progressed: (snapshots) => {
      if (snapshots.length > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
      window()?.setProgressBar(fractionDone(snapshots) ?? NO_PROGRESS);
    },
    ended: (snapshot, remaining) => {
      if (remaining === 0) {
        if (blocker !== null) powerSaveBlocker.stop(blocker);
        blocker = null;
        window()?.setProgressBar(NO_PROGRESS);
      }
      if (window()?.isFocused() !== true) notify(snapshot);
    },
  };
}

function notify(snapshot: RunSnapshot): void {
  if (!Notification.isSupported()) return;
  const { title, body } = sumUp(snapshot);
  new Notification({ title, body }).show();
}
