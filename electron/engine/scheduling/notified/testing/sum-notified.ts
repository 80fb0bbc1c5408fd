import type { NotifiedByMode } from '../../../../../shared/model/scheduling.ts';
import { NotifiedSum } from '../notified.ts';

/** The sum over these writes. */
export function sumNotified(items: Iterable<Parameters<NotifiedSum['add']>[0]>): NotifiedByMode {
  const sum = new NotifiedSum();
  for (const item of items) sum.add(item);
  return sum.total();
}
