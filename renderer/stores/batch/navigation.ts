import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { BatchEntry, BatchKind } from '../../../shared/model/batch.ts';
import { useApp } from '../app.ts';
import { useCleanupBatch, useMigrateBatch, type BatchStore } from './batch.ts';
import { useBatches } from './batches.ts';
import { useBatchSecrets } from './secrets.ts';
import { useResume } from '../resume.ts';

export const MIGRATE_STEPS = ['mapping', 'check', 'review', 'run'] as const;
export type MigrateStep = (typeof MIGRATE_STEPS)[number];
export const CLEANUP_STEPS = ['where', 'clusters', 'review', 'run'] as const;
export type CleanupStep = (typeof CLEANUP_STEPS)[number];

interface NavigationState {
  readonly migrate: MigrateStep;
  readonly cleanup: CleanupStep;
  readonly goMigrate: (step: MigrateStep) => void;
  readonly goCleanup: (step: CleanupStep) => void;
}

/** Where a person is in a migration and in a clean-up. */
export const useNavigation = create<NavigationState>()((set) => ({
  migrate: 'mapping',
  cleanup: 'where',
  goMigrate(migrate) {
    set({ migrate });
  },
  goCleanup(cleanup) {
    set({ cleanup });
  },
}));

export type Lane = 'migrate' | 'cleanup';

export function storeOf(lane: Lane): BatchStore {
  return lane === 'migrate' ? useMigrateBatch : useCleanupBatch;
}

/** The screen on which a kind of batch stands. An undo whose origin is not known is shown as a putting back. */
export function laneOf(kind: BatchKind): Lane {
  return kind === 'cleanup' || kind === 'undo' ? 'cleanup' : 'migrate';
}

export function goTo(lane: Lane, step: 'review' | 'run'): void {
  if (lane === 'migrate') useNavigation.getState().goMigrate(step);
  else useNavigation.getState().goCleanup(step);
  useApp.getState().go(lane);
}

/** Makes the plan that takes a batch back, all of it or some members, and shows it in Review. */
export async function undoBatch(
  origin: BatchEntry,
  members: readonly number[] | null,
  only: readonly string[] = [],
): Promise<void> {
  const lane = laneOf(origin.kind);
  goTo(lane, 'review');
  await storeOf(lane)
    .getState()
    .make('undo', origin, () =>
      call('batch.undo', { batchId: origin.batchId, members: members === null ? null : [...members], only }),
    );
}

/** Makes the plan of act two and shows it in Review. */
export async function announce(origin: BatchEntry): Promise<void> {
  goTo('migrate', 'review');
  await useMigrateBatch.getState().make('announce', origin, () => call('batch.announce', { batchId: origin.batchId }));
}

/**
 * Goes on with a batch that was stopped or interrupted. Where passwords are missing, its own screen asks for them first;
 * `anyway`: the person goes on without them.
 */
export async function resumeBatch(origin: BatchEntry, anyway = false): Promise<void> {
  if (!anyway && (await useBatchSecrets.getState().look(origin.batchId)) > 0) {
    await showBatch(origin, false);
    return;
  }
  await useResume.getState().ask(origin.batchId, async (typedMessages) => {
    const lane = laneOf(origin.kind);
    goTo(lane, 'run');
    await storeOf(lane).getState().resume(origin, typedMessages);
  });
}

/** Shows the report of a batch that has ended, or the batch itself while it goes on. */
export async function showBatch(origin: BatchEntry, going: boolean): Promise<void> {
  const lane = laneOf(origin.kind);
  goTo(lane, 'run');
  const store = storeOf(lane).getState();
  if (!going) await store.showReport(origin);
  else if (store.batchId !== origin.batchId) await store.attach(origin.batchId);
}

/** Joins a batch that goes on, in a window that was reloaded. */
export async function joinActiveBatch(): Promise<void> {
  await useBatches.getState().load();
  const [batchId] = await call('batch.active', {});
  const origin = useBatches.getState().list?.find((entry) => entry.batchId === batchId);
  if (origin !== undefined) await showBatch(origin, true);
}
