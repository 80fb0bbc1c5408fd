import { call, on } from '../bridge/client.ts';
import { useApp } from './app.ts';
import { findRun, useFlow } from './flow.ts';
import { useHistory } from './history.ts';
import { showPlanProgress } from './plan.ts';
import { usePractice } from './practice.ts';
import { showRehearsalProgress } from './rehearsal.ts';
import { takeBatches, useRun } from './run.ts';
import { useServers } from './servers.ts';

/** Connects the stores to what the main process says, loads what every screen needs, and joins a run that goes on. */
export function startStores(): void {
  on('run.events', (batch) => {
    takeBatches([batch]);
  });
  on('plan.progress', showPlanProgress);
  on('plan.progress', showRehearsalProgress);
  on('practice.changed', () => void usePractice.getState().load());
  on('app.navigate', ({ screen }) => {
    if (screen === 'help') useApp.getState().showHelp(true);
    else useApp.getState().go(screen);
  });
  // A run that ended changed History, and what the calendars hold.
  useRun.subscribe((now, before) => {
    if (now.report !== null && before.report === null) void useHistory.getState().load();
  });
  void useApp.getState().load();
  void useServers.getState().load();
  void usePractice.getState().load();
  void joinActiveRun();
}

async function joinActiveRun(): Promise<void> {
  await useHistory.getState().load();
  try {
    const [runId] = await call('run.active', {});
    if (runId !== undefined) await useFlow.getState().watch(runId, findRun(runId));
  } catch {
    // Nothing to join; what is wrong with the main process shows on the first screen.
  }
}
