import type { Work } from '../yielding.ts';
import type { PlanRow } from '../../../shared/model/plan.ts';
import { withBinRows, withPairs } from './bin-rows.ts';
import { hashPlan, type NewHash } from './hash.ts';
import { methodsOf } from './rows.ts';
import { selectable, summarisePlan } from './summary.ts';
import type { Plan, PlanBasis, PlanStep } from './types.ts';

/** Steps, numbers, verdict and hash as one immutable value. */
export function* finishPlan(basis: PlanBasis, decided: readonly PlanStep[], newHash: NewHash): Work<Plan> {
  const steps = withBinRows(decided);
  const verdict = basis.capability.verdict(basis.mode, methodsOf(steps));
  const header = {
    job: basis.job,
    url: basis.url,
    asked: basis.mode,
    effective: verdict.effective,
    makes: basis.makes ?? null,
    workaround: basis.workaround ?? null,
    who: basis.who ?? [],
  };
  const hash = yield* hashPlan(header, steps, newHash);
  const summary = { hash, ...(yield* summarisePlan(basis, steps, verdict)) };
  return { hash, basis, steps, summary, stops: summary.stops };
}

/** The same plan with some rows ticked or unticked: another plan, with another hash. */
export function* selectRows(plan: Plan, chosen: ReadonlySet<number>, include: boolean, newHash: NewHash): Work<Plan> {
  const ids = withPairs(plan.steps, chosen);
  const steps: PlanStep[] = [];
  for (const step of plan.steps) {
    const { row } = step;
    if (!ids.has(row.id) || !selectable(row) || row.excluded === !include) steps.push(step);
    else {
      const next: PlanRow = { ...row, excluded: !include };
      steps.push({ ...step, row: next });
    }
    yield;
  }
  return yield* finishPlan(plan.basis, steps, newHash);
}

/** The same plan with some rows settled by a person; null when none of them could be settled so. */
export function* resolveRows(
  plan: Plan,
  ids: ReadonlySet<number>,
  resolve: (step: PlanStep) => PlanStep | null,
  newHash: NewHash,
): Work<Plan | null> {
  const steps: PlanStep[] = [];
  let settled = 0;
  for (const step of plan.steps) {
    const next = ids.has(step.row.id) ? resolve(step) : null;
    if (next !== null) settled += 1;
    steps.push(next ?? step);
    yield;
  }
  return settled === 0 ? null : yield* finishPlan(plan.basis, steps, newHash);
}
