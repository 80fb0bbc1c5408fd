import { needsAttention, OUTCOMES, type Outcome } from '../../../shared/model/outcome.ts';
import type { ReportHead, ReportItem, ReportList, RunReport } from '../../../shared/model/kept/report.ts';
import type { ReportColumn, ReportOrder } from '../../../shared/model/found/list-order.ts';
import { sortByKey, startKey, type SortKey } from '../sorting.ts';
import { runYielding, type Work } from '../yielding.ts';

/** A report to be read in pages. */
export interface ReportView {
  readonly head: ReportHead;
  page(list: ReportList, offset: number, limit: number): readonly ReportItem[];
  /** All rows of a list that an order lets through, in that order. */
  inOrder(list: ReportList, order: ReportOrder): Promise<readonly ReportItem[]>;
}

/** Sorts the rows of a report into the lists in which they are read, and counts them. */
export function* viewReport({ run, summary, notes, items }: RunReport): Work<ReportView> {
  const lists: Record<ReportList, ReportItem[]> = { trouble: [], rewritten: [], all: [...items] };
  const sums = new Map<Outcome, { resources: number; components: number }>();
  for (const item of items) {
    if (needsAttention(item)) lists.trouble.push(item);
    if (item.verified === 'rewritten') lists.rewritten.push(item);
    const sum = sums.get(item.outcome) ?? { resources: 0, components: 0 };
    sums.set(item.outcome, sum);
    sum.resources += 1;
    sum.components += item.components;
    yield;
  }
  const buckets = OUTCOMES.flatMap((outcome) => {
    const sum = sums.get(outcome);
    return sum === undefined ? [] : [{ outcome, ...sum }];
  });
  const groups = groupsOf(lists.trouble);
  lists.trouble = groups.flatMap((group) => group.items);
  const { trouble, rewritten, all } = lists;
  const lengths = { trouble: trouble.length, rewritten: rewritten.length, all: all.length };
  return {
    head: {
      run,
      summary,
      notes,
      buckets,
      retriable: lists.trouble.filter((item) => item.retriable === true).length,
      groups: groups.map(({ outcome, reason, items: { length: count } }) => ({ outcome, reason, count })),
      lists: lengths,
    },
    page: (list, offset, limit) => lists[list].slice(offset, offset + limit),
    inOrder: (list, order) => runYielding(orderItems(lists[list], order)),
  };
}

function* orderItems(
  items: readonly ReportItem[],
  { sort, search, organizer }: ReportOrder,
): Work<readonly ReportItem[]> {
  const needle = search.trim().toLowerCase();
  const found: ReportItem[] = [];
  for (const item of items) {
    yield;
    if (organizer !== null && item.organizer !== organizer) continue;
    if (needle === '' || haystack(item).includes(needle)) found.push(item);
  }
  return sort === null ? found : yield* sortByKey(found, (item) => keyOf(item, sort.by), sort.descending);
}

function haystack({ title, uid, organizer, file, reason, start }: ReportItem): string {
  return [title, uid, organizer ?? '', file, reason, start ?? ''].join('\n').toLowerCase();
}

function keyOf(item: ReportItem, by: ReportColumn): SortKey {
  switch (by) {
    case 'outcome':
      return OUTCOMES.indexOf(item.outcome);
    case 'when':
      return startKey(item);
    case 'title':
      return item.title === '' ? null : item.title;
    case 'organizer':
      return item.organizer ?? null;
    case 'place':
      return item.file === '' ? null : `${item.file}:${item.line}`;
    case 'verified':
      return item.verified;
  }
}

interface Group {
  readonly outcome: Outcome;
  reason: string;
  readonly items: ReportItem[];
}

/** More kinds of reasons than a person reads: the rest is told apart by its outcome alone. */
const MOST_GROUPS = 100;

/** Rows of which the same is said, however the names and numbers in it differ. */
function groupsOf(items: readonly ReportItem[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const item of items) {
    const kind = kindOf(item.reason);
    const own = `${item.outcome} ${kind}`;
    const key = groups.has(own) || groups.size < MOST_GROUPS ? own : item.outcome;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { outcome: item.outcome, reason: key === own ? item.reason : '', items: [item] });
    } else {
      if (group.reason !== item.reason && key === own) group.reason = kind;
      group.items.push(item);
    }
  }
  return [...groups.values()];
}

function kindOf(reason: string): string {
  return reason.replace(/"[^"]*"|\d+/g, '…');
}
