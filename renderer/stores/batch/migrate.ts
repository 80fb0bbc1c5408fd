import { call } from '../../bridge/client.ts';
import type { BatchEntry } from '../../../shared/model/batch/batch.ts';
import { useMigrateBatch } from './batch.ts';
import { goTo } from './navigation.ts';
import { useMapping } from './mapping.ts';

/** Plans step 1 of the mapping on screen; with an earlier batch, only what changed on the old side since. */
export async function planMigration(after: BatchEntry | null, deleteGone: boolean): Promise<void> {
  const { view } = useMapping.getState();
  if (view === null) return;
  goTo('migrate', 'review');
  const { mappingId } = view;
  await useMigrateBatch
    .getState()
    .make('migrate', after, () => call('migrate.plan', { mappingId, after: after?.batchId ?? null, deleteGone }));
}
