import type { PlanRow } from '../../../shared/model/plan.ts';
import { planText } from './hash.ts';
import { methodsOf } from './rows.ts';
import { selectable, summarisePlan } from './summary.ts';
import type { Plan, PlanBasis, PlanStep } from './types.ts';

/** Hex SHA-256 of a text; an argument, so that planning stays free of Node. */
export type HashOf = (text: string) => string;

/** Steps, numbers, verdict and hash as one immutable value. */
export function finishPlan(basis: PlanBasis, steps: readonly PlanStep[], hashOf: HashOf): Plan {
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
  const hash = hashOf(planText(header, steps));
  const summary = { hash, ...summarisePlan(basis, steps, verdict) };
  return { hash, basis, steps, summary, stops: summary.stops };
}

/** The same plan with some rows ticked or unticked: another plan, with another hash. */
export function selectRows(plan: Plan, ids: ReadonlySet<number>, include: boolean, hashOf: HashOf): Plan {
  const steps = plan.steps.map((step) => {
    const { row } = step;
    if (!ids.has(row.id) || !selectable(row) || row.excluded === !include) return step;
    const next: PlanRow = { ...row, excluded: !include };
    return { ...step, row: next };
  });
  return finishPlan(plan.basis, steps, hashOf);
}

/** The same plan with some rows settled by a person; null when none of them could be settled so. */
export function resolveRows(
  plan: Plan,
  ids: ReadonlySet<number>,
  resolve: (step: PlanStep) => PlanStep | null,
  hashOf: HashOf,
): Plan | null {
  let settled = 0;
  const steps = plan.steps.map((step) => {
    const next = ids.has(step.row.id) ? resolve(step) : null;
    if (next !== null) settled += 1;
    return next ?? step;
  });
  return settled === 0 ? null : finishPlan(plan.basis, steps, hashOf);
}
