import {
  MOST_OCCURRENCES,
  type DayRange,
  type Occurrence,
  type Occurrences,
  type OccurrenceState,
} from '../../../shared/model/found/occurrences.ts';
import { isWithin, occurrencesIn, spanOf, type Timed } from '../icalendar/recurrence/occurrences.ts';
import type { Work } from '../yielding.ts';
import { isBeside, isWrite } from './rows.ts';
import type { PlanStep } from './types.ts';

const DAY = 86_400_000;
/** Periods of rules that one answer may look at: a fraction of a second, whatever the rules say. */
const BUDGET = 300_000;

/** One thing that takes place, and how it is shown. */
export interface Shown extends Pick<Occurrence, 'row' | 'state' | 'on' | 'ticked'> {
  readonly timed: Timed;
}

/** The instances of all that is given in the days that are looked at. Their times are not limited to these days. */
export function* showIn(range: DayRange, all: Iterable<Shown | null>): Work<Omit<Occurrences, 'undated'>> {
  const fromMs = Date.parse(range.from);
  const toMs = Date.parse(range.to) + DAY;
  const budget = { left: BUDGET };
  const found: Occurrence[] = [];
  let cut = false;
  for (const shown of all) {
    yield;
    if (shown === null) continue;
    const expansion = occurrencesIn(shown.timed, fromMs, toMs, budget);
    cut ||= expansion.cut;
    const { row, state, on, ticked, timed } = shown;
    const [tzid, recurring] = [timed.start?.tzid ?? null, timed.series !== undefined];
    for (const { title, startMs, endMs, clock } of expansion.occurrences) {
      if (found.length >= MOST_OCCURRENCES) return { occurrences: found, cut: true };
      found.push({ row, state, on, title, startMs, endMs, clock, tzid, recurring, ticked });
    }
  }
  return { occurrences: withCovered(found), cut };
}

/** What is replaced at the same time under the same title says nothing that its new version does not. */
function withCovered(found: readonly Occurrence[]): readonly Occurrence[] {
  const fresh = new Set(found.flatMap((one) => (one.state === 'changed' ? [placeOf(one)] : [])));
  return fresh.size === 0
    ? found
    : found.map((one) => (one.state === 'replaced' && fresh.has(placeOf(one)) ? { ...one, covered: true } : one));
}

function placeOf({ row, startMs, endMs, title }: Occurrence): string {
  return `${String(row)} ${String(startMs)} ${String(endMs)} ${title}`;
}

/** Of a plan, the spans of what its steps are about, so that a week is found without looking at each event. */
export class PlanSpans {
  readonly #from: Float64Array;
  readonly #to: Float64Array;

  /** Steps without a date. */
  readonly undated: number;

  /** `steps` in the order of their places; what is ticked, and how a row was settled, does not change its times. */
  constructor(steps: readonly PlanStep[]) {
    this.#from = new Float64Array(steps.length).fill(Infinity);
    this.#to = new Float64Array(steps.length).fill(-Infinity);
    let undated = 0;
    for (const [place, { row, times }] of steps.entries()) {
      const spans = [times?.own, times?.before].flatMap((timed) => (timed === undefined ? [] : (spanOf(timed) ?? [])));
      if (spans.length === 0 && !isBeside(row)) undated += 1;
      for (const { fromMs, toMs } of spans) {
        this.#from[place] = Math.min(this.#from[place] ?? Infinity, fromMs);
        this.#to[place] = Math.max(this.#to[place] ?? -Infinity, toMs ?? Infinity);
      }
    }
    this.undated = undated;
  }

  isWithin(place: number, fromMs: number, toMs: number): boolean {
    return isWithin({ fromMs: this.#from[place] ?? Infinity, toMs: this.#to[place] ?? -Infinity }, fromMs, toMs);
  }
}

/** What the steps at these places show in some days; null in between, so that others get their turn. */
export function* shownSteps(
  steps: readonly PlanStep[],
  places: readonly number[],
  spans: PlanSpans,
  range: DayRange,
): Generator<Shown | null> {
  const fromMs = Date.parse(range.from);
  const toMs = Date.parse(range.to) + DAY;
  for (const [index, place] of places.entries()) {
    const step = steps[place];
    if (step !== undefined && spans.isWithin(place, fromMs, toMs)) yield* shownStep(step);
    else if (index % 1000 === 0) yield null;
  }
}

/** What one step is about, before and after. */
function shownStep({ row, times }: PlanStep): readonly Shown[] {
  if (times === undefined) return [];
  const { own, before } = times;
  const base = { row: row.id, ticked: isWrite(row.action) ? !row.excluded : null } as const;
  const there = (state: OccurrenceState): readonly Shown[] =>
    before === undefined ? [] : [{ ...base, ticked: null, state, on: 'both', timed: before }];
  const out: readonly Shown[] = own === undefined ? [] : [{ ...base, state: 'leftOut', on: 'after', timed: own }];
  const known = before ?? own;
  const stays: readonly Shown[] = known === undefined ? [] : [{ ...base, state: 'kept', on: 'both', timed: known }];
  switch (isWrite(row.action) && row.excluded ? 'leftOut' : row.action) {
    case 'create':
      // A copy stands beside what is there.
      return own === undefined ? [] : [...there('kept'), { ...base, state: 'added', on: 'after', timed: own }];
    case 'update':
      return [
        ...(before === undefined ? [] : [{ ...base, state: 'replaced', on: 'before', timed: before } as const]),
        ...(own === undefined ? [] : [{ ...base, state: 'changed', on: 'after', timed: own } as const]),
      ];
    case 'delete':
      return stays.map((one) => ({ ...one, state: 'removed', on: 'before' }));
    case 'leftOut':
      return row.action === 'delete' ? stays : [...there('kept'), ...out];
    case 'unchanged':
      return stays;
    case 'conflict':
      return before === undefined && own !== undefined
        ? [{ ...base, state: 'conflict', on: 'after', timed: own }]
        : there('conflict');
    case 'skip':
      return before === undefined ? out : there('kept');
    case 'reject':
      return [...there('kept'), ...out.map((one) => ({ ...one, state: 'rejected' as const }))];
    case 'supersede':
      return [];
  }
}
