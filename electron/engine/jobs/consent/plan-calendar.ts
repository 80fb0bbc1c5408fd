import type { DayRange, Occurrences } from '../../../../shared/model/found/occurrences.ts';
import type { RowFilter } from '../../../../shared/model/plan.ts';
import { isWithin, spanOf, type Span } from '../../icalendar/recurrence/occurrences.ts';
import type { FilterResult } from '../../plan/rules/filter.ts';
import { PlanSpans, showIn, shownSteps, type Shown } from '../../plan/occurrences.ts';
import type { Plan, PlanStep, TargetObject } from '../../plan/types.ts';
import { runYielding } from '../../yielding.ts';

const DAY = 86_400_000;

/** Nothing is searched for, and no row is hidden. */
export function isUnfiltered({ search, actions, attention, months }: RowFilter): boolean {
  return search.trim() === '' && actions.length === 0 && attention === 'any' && months === null;
}

/** What the calendar holds that no row names. */
interface Other {
  readonly there: TargetObject;
  readonly span: Span;
}

/** The weeks and months of a plan, as it waits for consent. What it looks up in is made when somebody looks, and once. */
export class PlanCalendar {
  readonly #there: ReadonlyMap<string, TargetObject>;
  #spans: PlanSpans | null = null;
  #others: readonly Other[] | null = null;

  constructor(there: ReadonlyMap<string, TargetObject> = new Map()) {
    this.#there = there;
  }

  /** In turns. `whole`: with what is in no row. */
  async show(plan: Plan, { places }: FilterResult, whole: boolean, range: DayRange): Promise<Occurrences> {
    this.#spans ??= new PlanSpans(plan.steps);
    this.#others ??= othersOf(this.#there, plan.steps);
    const shown = shownAll(
      shownSteps(plan.steps, places, this.#spans, range),
      whole ? shownOthers(this.#others, range) : [],
    );
    return { ...(await runYielding(showIn(range, shown))), undated: this.#spans.undated };
  }
}

function othersOf(there: ReadonlyMap<string, TargetObject>, steps: readonly PlanStep[]): readonly Other[] {
  if (there.size === 0) return [];
  const named = new Set(steps.map(({ row }) => row.uid));
  const others: Other[] = [];
  for (const [uid, one] of there) {
    const span = named.has(uid) ? null : spanOf(one.summary);
    if (span !== null) others.push({ there: one, span });
  }
  return others;
}

function* shownAll(...all: readonly Iterable<Shown | null>[]): Generator<Shown | null> {
  for (const one of all) yield* one;
}

function* shownOthers(others: readonly Other[], { from, to }: DayRange): Generator<Shown | null> {
  for (const [index, { there, span }] of others.entries()) {
    if (isWithin(span, Date.parse(from), Date.parse(to) + DAY)) {
      yield { row: null, state: 'other', on: 'both', ticked: null, timed: there.summary };
    } else if (index % 1000 === 0) yield null;
  }
}
