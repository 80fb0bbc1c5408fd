import { useApp, type Screen } from './app.ts';
import { useCleanupBatch, useMigrateBatch, useRestoreBatch, type BatchState, type BatchStore } from './batch/batch.ts';
import { showOne, useNavigation } from './batch/navigation.ts';
import { useHistory } from './history/history.ts';
import { useFlow } from './job/flow.ts';
import { useRun } from './job/run.ts';

/**
 * Opens a section: what goes on there, or was begun there, else its start. What belongs to History (an undo, a retry, a
 * report) does not stay in the way of a new job, and a second click on the section one is in leads to its start.
 */
export function openSection(screen: Screen): void {
  const again = useApp.getState().screen === screen;
  switch (screen) {
    case 'restore':
      openRestore(again);
      return;
    case 'migrate':
      leave(useMigrateBatch, again, () => {
        useNavigation.getState().goMigrate('mapping');
      });
      break;
    case 'cleanup':
      leave(useCleanupBatch, again, () => {
        useNavigation.getState().goCleanup('where');
      });
      break;
    case 'history':
      if (again) void useHistory.getState().open(null);
      break;
    case 'servers':
    case 'practice':
  }
  useApp.getState().go(screen);
}

/** Whether a batch is being written now: it is shown, whatever was clicked. */
export function isGoing({ batchId, snapshot, report, starting }: BatchState): boolean {
  return starting || (batchId !== null && snapshot.status === null && report === null);
}

/** How a job that goes on stands, in a word; null where none does. */
export type Going = 'running' | 'paused' | null;

export function batchGoing(state: BatchState): Going {
  if (!isGoing(state)) return null;
  return state.snapshot.paused ? 'paused' : 'running';
}

type RunNow = Pick<ReturnType<typeof useRun.getState>, 'runId' | 'snapshot' | 'report'>;

/** A run that could not be resumed has its report again, and no events. */
export function runGoing({ runId, snapshot, report }: RunNow): Going {
  if (runId === null || snapshot.status !== null || report !== null) return null;
  return snapshot.paused ? 'paused' : 'running';
}

/** Of one calendar or of several; a batch that goes on comes first. */
function openRestore(again: boolean): void {
  const { goRestore } = useNavigation.getState();
  leave(useRestoreBatch, again, () => {
    goRestore('one');
  });
  if (isGoing(useRestoreBatch.getState())) goRestore('run');
  if (useNavigation.getState().restore !== 'one') {
    useApp.getState().go('restore');
    return;
  }
  const { kind, startOver } = useFlow.getState();
  if (kind !== 'restore' && runGoing(useRun.getState()) === null) startOver();
  else showOne();
}

/** Puts aside what came from History or has ended; `start` shows the first step, whose entries are kept. */
function leave(store: BatchStore, again: boolean, start: () => void): void {
  const state = store.getState();
  if (isGoing(state)) return;
  const ended = state.origin !== null || state.report !== null;
  if (ended) state.clear();
  if (ended || again) start();
}
