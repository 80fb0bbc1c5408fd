import { usePlan } from './plan.ts';
import { currentRequest } from './source.ts';

/** Plans what was decided once more: what is known of the server has changed. */
export function planAnew(): void {
  const input = currentRequest();
  usePlan.getState().clear();
  if (input !== null) usePlan.getState().request(input, 0);
}
