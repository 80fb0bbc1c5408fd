import type { RowFilter, RowSort } from '../../../../shared/model/plan.ts';
import { runYielding } from '../../yielding.ts';
import { findRows, type FilterResult } from '../../plan/rules/filter.ts';
import { sortPlaces } from '../../plan/sort.ts';
import type { Plan } from '../../plan/types.ts';

/** What rows are found in; it is told from another by identity. */
export type Rows = Pick<Plan, 'steps'>;

/**
 * Finds the rows of a plan that a filter lets through, in turns, and keeps what it found and its order: a list is fetched
 * in many windows, and only another filter, another order or another plan is looked through anew.
 */
export class RowFinder {
  #known: { readonly plan: Rows; readonly filter: string; readonly found: Promise<FilterResult> } | null = null;
  #sorted: {
    readonly found: Promise<FilterResult>;
    readonly sort: string;
    readonly list: Promise<FilterResult>;
  } | null = null;

  find(plan: Rows, filter: RowFilter, sort: RowSort | null = null): Promise<FilterResult> {
    const key = JSON.stringify([filter.search, filter.actions, filter.attention, filter.months, filter.organizer]);
    if (this.#known?.plan !== plan || this.#known.filter !== key) {
      this.#known = { plan, filter: key, found: runYielding(findRows(plan.steps, filter)) };
    }
    const { found } = this.#known;
    return sort === null ? found : this.#inOrder(plan, found, sort);
  }

  #inOrder(plan: Rows, found: Promise<FilterResult>, sort: RowSort): Promise<FilterResult> {
    const key = JSON.stringify([sort.by, sort.descending]);
    if (this.#sorted?.found !== found || this.#sorted.sort !== key) {
      const list = found.then(async (result) => ({
        ...result,
        places: await runYielding(sortPlaces(plan.steps, result.places, sort)),
      }));
      this.#sorted = { found, sort: key, list };
    }
    return this.#sorted.list;
  }
}
