import { needsAttention, OUTCOMES, type Outcome } from '../../../shared/model/outcome.ts';
import type { ReportHead, ReportItem, ReportList, RunReport } from '../../../shared/model/report.ts';
import type { Work } from '../yielding.ts';

/** A report to be read in pages. */
export interface ReportView {
  readonly head: ReportHead;
  page(list: ReportList, offset: number, limit: number): readonly ReportItem[];
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
      groups: groups.map(({ outcome, reason, items: { length: count } }) => ({ outcome, reason, count })),
      lists: lengths,
    },
    page: (list, offset, limit) => lists[list].slice(offset, offset + limit),
  };
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
