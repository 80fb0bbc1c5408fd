import { STANDARD_MODES, type StandardMode, type Verdict } from '../../../shared/model/scheduling.ts';
import type { Action, PlanRow, PlanSummary } from '../../../shared/model/plan.ts';
import type { Work } from '../yielding.ts';
import { kindsByMode } from '../scheduling/notified/kinds.ts';
import { NotifiedSum } from '../scheduling/notified/notified.ts';
import type { NotifiedItem } from '../scheduling/types.ts';
import { countAlarms } from './alarms.ts';
import { countActions } from './rules/filter.ts';
import { countAddresses, nameMeetings, topDomains, topRecipients } from './recipients.ts';
import { countsAs, isBeside, isWrite, methodsOf, writingSteps } from './rows.ts';
import { writeStops } from './stops.ts';
import type { PlanBasis, PlanStep } from './types.ts';
import { formatNumber } from '../../../shared/words/format.ts';

/** The plan in numbers, all of them over the same steps that will run. Each look at all rows is short; they are many. */
export function* summarisePlan(
  basis: PlanBasis,
  steps: readonly PlanStep[],
  verdict: Verdict,
): Work<Omit<PlanSummary, 'hash'>> {
  const writes = writingSteps(steps);
  yield;
  const rows = steps.map(({ row }) => row);
  const methods = methodsOf(steps);
  yield;
  const notified = writes.flatMap((step) => (step.notified === null ? [] : [step.notified]));
  const verdictOf = (mode: StandardMode): Verdict =>
    mode === verdict.asked ? verdict : basis.capability.verdict(mode, methods);
  const people = new NotifiedSum();
  for (const item of notified) {
    people.add(item);
    yield;
  }
  const counts = countActions(steps);
  yield;
  const sizes = sizesOf(steps, rows);
  const unseen = steps.filter((step) => step.unseen === true).length;
  const notes = [...(basis.notes ?? []), ...(unseen === 0 ? [] : [unseenNote(unseen)])];
  yield;
  const kinds = kindsByMode(notified);
  yield;
  const addresses = yield* countAddresses(notified);
  const alarms = countAlarms(writes);
  yield;
  const months = byMonth(rows);
  yield;
  const named = yield* nameMeetings(writes, topRecipients(addresses), topDomains(addresses));
  return {
    counts,
    ...sizes,
    notified: people.total(),
    kinds,
    verdict,
    verdicts: {
      none: verdictOf('none'),
      'internal-only': verdictOf('internal-only'),
      'external-only': verdictOf('external-only'),
      all: verdictOf('all'),
    },
    actingAs: actingAddresses(writes),
    ambiguous: writes.filter(({ row }) => row.standing === 'ambiguous').length,
    strangers: writes.filter(({ row }) => row.standing === 'stranger').length,
    stops: [...basis.stops, ...writeStops(basis, steps)],
    ...(unseen === 0 ? {} : { unseen }),
    ...binOf(writes),
    ...wantsOf(steps),
    ...(basis.undoes === undefined ? {} : { undoes: basis.undoes }),
    ...(basis.makes === undefined ? {} : { makes: basis.makes }),
    ...(notes.length === 0 ? {} : { notes }),
    ...named,
    alarms,
    months,
  };
}

/** What becomes of components that are no resource of the plan. */
const IN_NO_RESOURCE: readonly Action[] = ['reject', 'supersede'];

function sizesOf(
  steps: readonly PlanStep[],
  rows: readonly PlanRow[],
): Pick<PlanSummary, 'resources' | 'components' | 'withGuests' | 'past' | 'findings'> {
  return {
    resources: steps.filter((step) => isResource(step)).length,
    components: rows.reduce((sum, row) => sum + row.components, 0),
    withGuests: rows.filter((row) => row.guests > 0).length,
    past: rows.filter((row) => row.past).length,
    findings: rows.reduce((sum, row) => sum + row.findings.length, 0),
  };
}

/** How many rows only a rewrite would store. */
function wantsOf(steps: readonly PlanStep[]): Pick<PlanSummary, 'wants'> {
  const wants: NonNullable<PlanSummary['wants']> = {};
  for (const { wants: key } of steps) if (key !== undefined) wants[key] = (wants[key] ?? 0) + 1;
  return Object.keys(wants).length === 0 ? {} : { wants };
}

function binOf(writes: readonly PlanStep[]): Pick<PlanSummary, 'bin'> {
  const bin = { remove: 0, restore: 0, refill: 0 };
  for (const { row } of writes) if (row.bin !== undefined) bin[row.bin] += 1;
  return bin.remove + bin.restore + bin.refill === 0 ? {} : { bin };
}

function unseenNote(count: number): string {
  const what = count === 1 ? 'One object of this calendar' : `${formatNumber(count)} objects of this calendar`;
  return `${what} could not be seen, so this plan does not know all that exists. Each is named as a row that needs attention.`;
}

/**
 * Neither a component that was rejected, nor something in the calendar that could not be read, nor what goes in or out of
 * the trash bin beside the event that it is about.
 */
function isResource({ ordinal, row, unseen }: PlanStep): boolean {
  if (isBeside(row)) return false;
  return unseen !== true && (ordinal !== null || !IN_NO_RESOURCE.includes(row.action));
}

/** People told by one write in a mode; an `X-…` mode counts as `all`, the worst that an unknown mode can do. */
export function notifiedInMode(notified: NotifiedItem | null, mode: string): number {
  if (notified === null) return 0;
  const standard = STANDARD_MODES.find((known) => known === mode) ?? 'all';
  return notified.perMode[standard].people;
}

/** Messages of one write about what is over, in a mode. */
export function pastInMode(notified: NotifiedItem | null, mode: string): number {
  const standard = STANDARD_MODES.find((known) => known === mode) ?? 'all';
  return notified === null ? 0 : notified.perMode[standard].past;
}

function actingAddresses(writes: readonly PlanStep[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { row } of writes) counts[row.actingAs ?? ''] = (counts[row.actingAs ?? ''] ?? 0) + 1;
  return counts;
}

function byMonth(rows: readonly PlanRow[]): PlanSummary['months'] {
  const months = new Map<string, Partial<Record<Action, number>>>();
  for (const row of rows) {
    if (isBeside(row)) continue;
    const month = row.start?.slice(0, 7);
    if (month === undefined) continue;
    const counts = months.get(month) ?? {};
    const action = countsAs(row);
    counts[action] = (counts[action] ?? 0) + 1;
    months.set(month, counts);
  }
  return [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, counts]) => ({ month, counts }));
}

/** Whether a row can be ticked and unticked. */
export function selectable(row: PlanRow): boolean {
  return isWrite(row.action);
}
