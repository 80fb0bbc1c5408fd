import { call } from '../../bridge/client.ts';
import { BATCH_LIMITS, CLEANUP_SHARE, CONNECTIONS } from '../../../shared/model/defaults.ts';
import { useCleanupBatch } from './batch.ts';
import { useSettings } from '../settings.ts';
import { useCleanup } from './cleanup.ts';
import { goTo } from './navigation.ts';

/** Plans the removal of what is ticked and shows it in Review. */
export async function planCleanup(): Promise<void> {
  const { searchId, includeOwn } = useCleanup.getState();
  if (searchId === null) return;
  goTo('cleanup', 'review');
  const limits = { ...BATCH_LIMITS, perOrigin: useSettings.getState().settings?.connections ?? CONNECTIONS };
  const input = { searchId, mode: 'none', includeOwn, maxShare: CLEANUP_SHARE, limits } as const;
  await useCleanupBatch.getState().make('cleanup', null, () => call('cleanup.plan', input));
}
