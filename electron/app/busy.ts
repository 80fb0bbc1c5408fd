import { Notification, powerSaveBlocker, type BrowserWindow } from 'electron';
import type { BatchSnapshot } from '../../shared/model/batch-snapshot.ts';
import type { RunSnapshot } from '../../shared/model/snapshot.ts';
import type { Watcher } from '../ipc/active-handles.ts';
import { batchFraction, fractionDone, sumUp, sumUpBatch, type Summed } from './run-words.ts';

/** Electron's value for "no progress". */
const NO_PROGRESS = -1;

export interface Busy {
  readonly runs: Watcher<RunSnapshot>;
  readonly batches: Watcher<BatchSnapshot>;
}

/**
 * While runs or batches go on the computer stays awake and the taskbar shows how far they are; at their end a person is
 * told.
 */
export function createBusy(window: () => BrowserWindow | null): Busy {
  let blocker: number | null = null;
  const going = { runs: 0, batches: 0 };
  const begun = (kind: keyof typeof going, count: number, fraction: number | null): void => {
    going[kind] = count;
    if (count > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    window()?.setProgressBar(fraction ?? NO_PROGRESS);
  };
  const ended = (kind: keyof typeof going, remaining: number, words: Summed): void => {
    going[kind] = remaining;
    if (going.runs + going.batches === 0) {
      if (blocker !== null) powerSaveBlocker.stop(blocker);
      blocker = null;
      window()?.setProgressBar(NO_PROGRESS);
    }
    if (window()?.isFocused() !== true) notify(words);
  };
  return {
    runs: {
      progressed: (snapshots) => {
        begun('runs', snapshots.length, fractionDone(snapshots));
      },
      ended: (snapshot, remaining) => {
        ended('runs', remaining, sumUp(snapshot));
      },
    },
    batches: {
      progressed: (snapshots) => {
        begun('batches', snapshots.length, batchFraction(snapshots));
      },
      ended: (snapshot, remaining) => {
        ended('batches', remaining, sumUpBatch(snapshot));
      },
    },
  };
}

function notify({ title, body }: Summed): void {
  if (!Notification.isSupported()) return;
  new Notification({ title, body }).show();
}
