import { call } from '../bridge/client.ts';
import type { BatchLimits } from '../../shared/model/batch.ts';
import { useCleanupBatch } from './batch.ts';
import { useCleanup } from './cleanup.ts';
import { goTo } from './navigation.ts';

/** Beyond this share of one calendar a person must say so. */
const MOST_OF_ONE = 0.5;
const LIMITS: BatchLimits = { members: 4, perOrigin: 4, stopAfter: 50, hours: null };

/** Plans the removal of what is ticked and shows it in Review. */
export async function planCleanup(): Promise<void> {
  const { searchId, includeOwn } = useCleanup.getState();
  if (searchId === null) return;
  goTo('cleanup', 'review');
  const input = { searchId, mode: 'none', includeOwn, maxShare: MOST_OF_ONE, limits: LIMITS } as const;
  await useCleanupBatch.getState().make('cleanup', null, () => call('cleanup.plan', input));
}
