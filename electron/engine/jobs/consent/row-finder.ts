import type { RowFilter } from '../../../../shared/model/plan.ts';
import { runYielding } from '../../yielding.ts';
import { findRows, type FilterResult } from '../../plan/filter.ts';
import type { Plan } from '../../plan/types.ts';

/** What rows are found in; it is told from another by identity. */
export type Rows = Pick<Plan, 'steps'>;

/**
 * Finds the rows of a plan that a filter lets through, in turns, and keeps what it found: a list is fetched in many
 * windows, and only another filter or another plan is looked through anew.
 */
export class RowFinder {
  #known: { readonly plan: Rows; readonly filter: string; readonly found: Promise<FilterResult> } | null = null;

  find(plan: Rows, filter: RowFilter): Promise<FilterResult> {
    const key = JSON.stringify([filter.search, filter.actions, filter.attention, filter.months]);
    if (this.#known?.plan === plan && this.#known.filter === key) return this.#known.found;
    const found = runYielding(findRows(plan.steps, filter));
    this.#known = { plan, filter: key, found };
    return found;
  }
}
