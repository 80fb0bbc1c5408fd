import { atOnce } from '../../yielding.ts';
import type { NewHash } from '../hash.ts';
import { completePlan, planSteps } from '../make.ts';
import type { Plan, PlanBasis, PlanInput } from '../types.ts';

/** A whole plan at once. */
export function makePlan(input: PlanInput, newHash: NewHash, job: PlanBasis['job'] = 'restore'): Plan {
  return atOnce(completePlan(input, [...planSteps(input)], newHash, job));
}
