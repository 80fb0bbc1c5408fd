import { call, on, onPlanGone } from '../bridge/client.ts';
import { useApp } from './app.ts';
import { showBackupProgress } from './backup.ts';
import { BATCH_STORES, showBatchProgress, takeBatchEvents } from './batch/batch.ts';
import { useBatches } from './batch/batches.ts';
import { showSearch } from './batch/cleanup.ts';
import { showFindProgress } from './find.ts';
import { losePlan } from './gone.ts';
import { findRun, useFlow } from './job/flow.ts';
import { useHistory } from './history/history.ts';
import { joinActiveBatch } from './batch/navigation.ts';
import { showChecked } from './batch/mapping.ts';
import { showTested } from './batch/mapping-canary.ts';
import { showMissingProgress } from './job/missing.ts';
import { showPlanProgress } from './job/plan.ts';
import { useOpened } from './opened.ts';
import { usePractice } from './practice.ts';
import { showRehearsalProgress } from './job/rehearsal.ts';
import { takeBatches, useRun } from './job/run.ts';
import { useRecents } from './recents.ts';
import { useServers } from './servers.ts';
import { useSettings } from './settings.ts';

/** Connects the stores to what the main process says, loads what every screen needs, and joins a run that goes on. */
export function startStores(): void {
  onPlanGone(losePlan);
  on('run.events', (batch) => {
    takeBatches([batch]);
  });
  on('plan.progress', showPlanProgress);
  on('plan.progress', showRehearsalProgress);
  on('batch.events', (pushed) => {
    takeBatchEvents([pushed]);
  });
  on('batch.progress', showBatchProgress);
  on('mapping.checked', showChecked);
  on('mapping.tested', showTested);
  on('cleanup.progress', showSearch);
  on('find.progress', showFindProgress);
  on('missing.progress', showMissingProgress);
  on('backup.progress', showBackupProgress);
  on('practice.changed', () => void usePractice.getState().load());
  on('recent.changed', () => void useRecents.getState().load());
  // A run that ended changed History, and what the calendars hold.
  useRun.subscribe((now, before) => {
    if (now.report !== null && before.report === null) void useHistory.getState().load();
  });
  for (const store of BATCH_STORES) {
    store.subscribe((now, before) => {
      if (now.report === null || before.report !== null) return;
      void useBatches.getState().load();
      void useHistory.getState().load();
    });
  }
  void useApp.getState().load();
  void useServers.getState().load();
  void useSettings.getState().load();
  void useRecents.getState().load();
  void usePractice.getState().load();
  on('source.asked', ({ names }) => {
    useOpened.getState().ask(names);
  });
  void joinActiveRun().then(askOpened);
}

/** How often, and after how many milliseconds, a job that goes on elsewhere is looked at again after the start. */
const LOOKS = 15;
const BETWEEN_LOOKS = 2_000;

/** What the program was started with. */
async function askOpened(): Promise<void> {
  try {
    useOpened.getState().ask((await call('source.waiting', {})).names);
  } catch {
    // What is wrong with the main process shows on the first screen.
  }
}

async function joinActiveRun(): Promise<void> {
  await listAll();
  try {
    const [runId] = await call('run.active', {});
    if (runId !== undefined) await useFlow.getState().watch(runId, findRun(runId));
    else if (!(await joinActiveBatch())) void listUntilEnded();
  } catch {
    // Nothing to join; what is wrong with the main process shows on the first screen.
  }
}

async function listAll(): Promise<void> {
  await Promise.all([useHistory.getState().load(), useBatches.getState().load()]);
}

/** What goes on elsewhere may be the end of a process that was killed: in a moment it is a job that can be resumed. */
async function listUntilEnded(looks = LOOKS): Promise<void> {
  const runs = useHistory.getState().runs ?? [];
  const batches = useBatches.getState().list ?? [];
  if (looks === 0 || ![...runs, ...batches].some(({ running }) => running)) return;
  await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS));
  await listAll();
  await listUntilEnded(looks - 1);
}
