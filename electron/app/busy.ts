import { Notification, powerSaveBlocker, type BrowserWindow } from 'electron';
import type { Busy, Going, Summed } from '../ipc/apart/calls.ts';

/** Electron's value for "no progress". */
const NO_PROGRESS = -1;

export interface Shown extends Busy {
  /** How many runs and batches go on. */
  readonly going: () => number;
  /** What went on has gone with the process that did it. */
  gone(): void;
}

/**
 * While runs or batches go on the computer stays awake and the taskbar shows how far they are; at their end a person is
 * told, unless that was switched off.
 */
export function createBusy(window: () => BrowserWindow | null, notifies: () => boolean): Shown {
  let blocker: number | null = null;
  const counts: Record<Going, number> = { runs: 0, batches: 0 };
  const going = (): number => counts.runs + counts.batches;
  const rest = (): void => {
    if (going() > 0) return;
    if (blocker !== null) powerSaveBlocker.stop(blocker);
    blocker = null;
    window()?.setProgressBar(NO_PROGRESS);
  };
  return {
    going,
    progressed: (kind, count, fraction) => {
      counts[kind] = count;
      if (count > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
      window()?.setProgressBar(fraction ?? NO_PROGRESS);
    },
    ended: (kind, remaining, words) => {
      counts[kind] = remaining;
      rest();
      if (notifies() && window()?.isFocused() !== true) notify(words);
    },
    gone: () => {
      counts.runs = 0;
      counts.batches = 0;
      rest();
    },
  };
}

function notify({ title, body }: Summed): void {
  if (!Notification.isSupported()) return;
  new Notification({ title, body }).show();
}
