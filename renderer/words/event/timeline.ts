import { ACTIONS, type Action, type PlanSummary } from '../../../shared/model/plan.ts';
import { formatMonth } from '../format.ts';

export interface Bucket {
  /** First and last month, `YYYY-MM`, inclusive. */
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly counts: Readonly<Partial<Record<Action, number>>>;
  readonly total: number;
}

/** More bars than this cannot be hit with a pointer: then quarters, then years, then decades are drawn. */
const MOST_BARS = 72;
const WIDTHS = [1, 3, 12, 60, 120] as const;

/** Round numbers for an axis up to a value, 0 first: three or four lines, each a 1, 2 or 5 with noughts apart. */
export function axisTicks(most: number): readonly number[] {
  const rough = Math.max(1, most) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power);
  const ticks = [0];
  while ((ticks.at(-1) ?? 0) < most) ticks.push((ticks.at(-1) ?? 0) + step);
  return ticks;
}

/** Which of so many bars are named below: as many as fit, evenly, the first one among them. */
export function namedBars(bars: number, fitting: number): readonly number[] {
  const every = Math.max(1, Math.ceil(bars / fitting));
  return Array.from({ length: Math.ceil(bars / every) }, (_one, at) => at * every);
}

/** The months of a plan as evenly spaced bars, gaps filled, oldest first. Months that are no months are left out. */
export function timelineBuckets(months: PlanSummary['months']): readonly Bucket[] {
  const known = months.filter((entry) => /^\d{4}-(0[1-9]|1[0-2])$/.test(entry.month));
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined) return [];
  const span = monthNumber(last.month) - monthNumber(first.month) + 1;
  const width = WIDTHS.find((candidate) => span / candidate <= MOST_BARS) ?? Math.ceil(span / MOST_BARS);
  const start = Math.floor(monthNumber(first.month) / width) * width;
  const bars = Math.floor((monthNumber(last.month) - start) / width) + 1;
  const counts = Array.from({ length: bars }, (): Partial<Record<Action, number>> => ({}));
  for (const entry of known) {
    const into = counts[Math.floor((monthNumber(entry.month) - start) / width)];
    if (into === undefined) continue;
    for (const action of ACTIONS) {
      const count = entry.counts[action];
      if (count !== undefined) into[action] = (into[action] ?? 0) + count;
    }
  }
  return counts.map((entry, index) => toBucket(start + index * width, width, entry));
}

function toBucket(start: number, width: number, counts: Partial<Record<Action, number>>): Bucket {
  const from = monthName(start);
  const to = monthName(start + width - 1);
  const label = width === 1 ? formatMonth(from) : `${formatMonth(from)} – ${formatMonth(to)}`;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { from, to, label, counts, total };
}

function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

function monthName(value: number): string {
  return `${String(Math.floor(value / 12)).padStart(4, '0')}-${String((value % 12) + 1).padStart(2, '0')}`;
}
