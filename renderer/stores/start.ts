import { call, on } from '../bridge/client.ts';
import { useApp } from './app.ts';
import { showBackupProgress } from './backup.ts';
import { showBatchProgress, takeBatchEvents, useCleanupBatch, useMigrateBatch } from './batch/batch.ts';
import { useBatches } from './batch/batches.ts';
import { showSearch } from './batch/cleanup.ts';
import { showFindProgress } from './find.ts';
import { findRun, useFlow } from './job/flow.ts';
import { useHistory } from './history.ts';
import { joinActiveBatch } from './batch/navigation.ts';
import { showChecked } from './batch/mapping.ts';
import { showMissingProgress } from './job/missing.ts';
import { showPlanProgress } from './job/plan.ts';
import { usePractice } from './practice.ts';
import { showRehearsalProgress } from './job/rehearsal.ts';
import { takeBatches, useRun } from './job/run.ts';
import { openSection } from './sections.ts';
import { useServers } from './servers.ts';

/** Connects the stores to what the main process says, loads what every screen needs, and joins a run that goes on. */
export function startStores(): void {
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
  on('cleanup.progress', showSearch);
  on('find.progress', showFindProgress);
  on('missing.progress', showMissingProgress);
  on('backup.progress', showBackupProgress);
  on('practice.changed', () => void usePractice.getState().load());
  on('app.navigate', ({ screen }) => {
    if (screen === 'help') useApp.getState().showHelp(true);
    else openSection(screen);
  });
  // A run that ended changed History, and what the calendars hold.
  useRun.subscribe((now, before) => {
    if (now.report !== null && before.report === null) void useHistory.getState().load();
  });
  for (const store of [useMigrateBatch, useCleanupBatch]) {
    store.subscribe((now, before) => {
      if (now.report === null || before.report !== null) return;
      void useBatches.getState().load();
      void useHistory.getState().load();
    });
  }
  void useApp.getState().load();
  void useServers.getState().load();
  void usePractice.getState().load();
  void joinActiveRun();
}

async function joinActiveRun(): Promise<void> {
  await Promise.all([useHistory.getState().load(), useBatches.getState().load()]);
  try {
    const [runId] = await call('run.active', {});
    if (runId !== undefined) await useFlow.getState().watch(runId, findRun(runId));
    else await joinActiveBatch();
  } catch {
    // Nothing to join; what is wrong with the main process shows on the first screen.
  }
}
