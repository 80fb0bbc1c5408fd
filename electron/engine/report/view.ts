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
  const { trouble, rewritten, all } = lists;
  const lengths = { trouble: trouble.length, rewritten: rewritten.length, all: all.length };
  return {
    head: { run, summary, notes, buckets, lists: lengths },
    page: (list, offset, limit) => lists[list].slice(offset, offset + limit),
  };
}
