import { create } from 'zustand';
import { call } from '../../bridge/client.ts';
import type { BatchEntry, BatchKind } from '../../../shared/model/batch/batch.ts';
import { useApp } from '../app.ts';
import { useCleanupBatch, useMigrateBatch, useRestoreBatch, type BatchStore } from './batch.ts';
import { useBatches } from './batches.ts';
import { useBatchSecrets } from './secrets.ts';
import { useResume } from '../resume.ts';

export const MIGRATE_STEPS = ['mapping', 'check', 'review', 'run'] as const;
export type MigrateStep = (typeof MIGRATE_STEPS)[number];
export const CLEANUP_STEPS = ['where', 'clusters', 'review', 'run'] as const;
export type CleanupStep = (typeof CLEANUP_STEPS)[number];

/** `one`: the restore of one calendar, and the choice of what is restored; the others: of several (stores/job/flow.ts). */
type RestoreStep = 'one' | 'review' | 'run';

interface NavigationState {
  readonly migrate: MigrateStep;
  readonly cleanup: CleanupStep;
  readonly restore: RestoreStep;
  readonly goMigrate: (step: MigrateStep) => void;
  readonly goCleanup: (step: CleanupStep) => void;
  readonly goRestore: (step: RestoreStep) => void;
}

/** Where a person is in a migration, in a clean-up and in a restore of several calendars. */
export const useNavigation = create<NavigationState>()((set) => ({
  migrate: 'mapping',
  cleanup: 'where',
  restore: 'one',
  goMigrate(migrate) {
    set({ migrate });
  },
  goCleanup(cleanup) {
    set({ cleanup });
  },
  goRestore(restore) {
    set({ restore });
  },
}));

export type Lane = 'migrate' | 'cleanup' | 'restore';

const STORE_OF: Readonly<Record<Lane, BatchStore>> = {
  migrate: useMigrateBatch,
  cleanup: useCleanupBatch,
  restore: useRestoreBatch,
};

function storeOf(lane: Lane): BatchStore {
  return STORE_OF[lane];
}

/** The screen on which a kind of batch stands. An undo whose origin is not known is shown as a putting back. */
function laneOf(kind: BatchKind): Lane {
  if (kind === 'restore') return 'restore';
  return kind === 'cleanup' || kind === 'undo' ? 'cleanup' : 'migrate';
}

export function goTo(lane: Lane, step: 'review' | 'run'): void {
  const { goMigrate, goCleanup, goRestore } = useNavigation.getState();
  if (lane === 'migrate') goMigrate(step);
  else if (lane === 'cleanup') goCleanup(step);
  else goRestore(step);
  useApp.getState().go(lane);
}

/** Shows the job of one calendar, in the place of a batch of several. */
export function showOne(): void {
  useNavigation.getState().goRestore('one');
  useApp.getState().go('restore');
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

/** Makes the plan of step 2 and shows it in Review. */
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
  await useResume.getState().ask(origin, async (typedMessages) => {
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

/** Joins a batch that goes on, in a window that was reloaded. False: there is none. */
export async function joinActiveBatch(): Promise<boolean> {
  await useBatches.getState().load();
  const [batchId] = await call('batch.active', {});
  const origin = useBatches.getState().list?.find((entry) => entry.batchId === batchId);
  if (origin !== undefined) await showBatch(origin, true);
  return origin !== undefined;
}
