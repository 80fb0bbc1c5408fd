import type { RouteName } from '../../shared/ipc/contract.ts';
import type { Failure } from '../../shared/model/failure.ts';
import { useBackup } from './backup.ts';
import { BATCH_STORES, loseBatchPlan } from './batch/batch.ts';
import { useMemberRows } from './batch/member-rows.ts';
import { usePlan } from './job/plan.ts';
import { useRehearsal } from './job/rehearsal.ts';
import { useRun } from './job/run.ts';

const STARTS: readonly RouteName[] = ['run.start', 'batch.start'];

/** A plan that the engine has no more is none: the review says so, and nothing can be started, or opened, of it. */
export function losePlan(route: RouteName, planId: string, failure: Failure): void {
  // A plan that begins becomes its run's: then no other request finds it, and it is not lost.
  const starting = [useRun, ...BATCH_STORES].some((store) => store.getState().starting);
  if (starting && !STARTS.includes(route)) return;
  usePlan.getState().lose(planId, failure);
  loseBatchPlan(planId, failure);
  if (useRehearsal.getState().planId === planId) useRehearsal.getState().close();
  if (useMemberRows.getState().batchPlan === planId) useMemberRows.getState().close();
  const { what } = useBackup.getState();
  if (what?.kind === 'batch' && what.planId === planId) useBackup.setState({ what: null });
}
