import { ACTIONS, type PlanRow, type RowSort } from '../../../shared/model/plan.ts';
import { sortByKey, startKey, type SortKey } from '../sorting.ts';
import type { Work } from '../yielding.ts';
import type { PlanStep } from './types.ts';

/** Places of rows in the order of a column. Stable; rows that have nothing in it are last, whichever way it goes. */
export function sortPlaces(
  steps: readonly PlanStep[],
  places: readonly number[],
  { by, descending }: RowSort,
): Work<readonly number[]> {
  const keyOfPlace = (place: number): SortKey => {
    const step = steps[place];
    return step === undefined ? null : keyOf(step.row, by);
  };
  return sortByKey(places, keyOfPlace, descending);
}

function keyOf(row: PlanRow, by: RowSort['by']): SortKey {
  switch (by) {
    case 'action':
      // Not by what is left out: a row would run away from under the hand that unticks it.
      return ACTIONS.indexOf(row.action);
    case 'when':
      return startKey(row);
    case 'title':
      return row.title === '' ? null : row.title;
    case 'organizer':
      return row.organizer;
    case 'acting':
      return row.actingAs;
    case 'guests':
      return row.guests;
    case 'notified':
      return row.notified;
    case 'findings':
      return row.findings.length;
  }
}
