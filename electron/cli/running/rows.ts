import type { PlanRow } from '../../../shared/model/plan.ts';
import type { PreparedJob } from '../../engine/types.ts';

/** Rows fetched from the plan at a time. */
export const PAGE = 500;

/** All rows of a plan with one of the actions; no actions: all rows. */
export async function* allRows(
  job: PreparedJob,
  actions: readonly PlanRow['action'][],
  attention: 'any' | 'findings' = 'any',
): AsyncGenerator<PlanRow> {
  const filter = { search: '', actions, attention, months: null } as const;
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = await job.rows(filter, offset, PAGE);
    yield* rows;
    if (rows.length < PAGE) return;
  }
}
