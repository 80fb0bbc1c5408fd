import type { NewCalendar } from '../../../shared/model/plan.ts';
import type { Work } from '../yielding.ts';
import { finishPlan } from './finish.ts';
import type { NewHash } from './hash.ts';
import { rejectedRow, unseenRow } from './rows.ts';
import type { Unseen } from '../caldav/types.ts';
import { sourceState } from './source-limits.ts';
import { resourceStep } from './steps/resource-step.ts';
import { sourceSummary } from './steps/source-summary.ts';
import { inputStops } from './stops.ts';
import { leftOutNotes } from './left-out.ts';
import type { Plan, PlanBasis, PlanInput, PlanStep } from './types.ts';

/**
 * Resources, target and policy become a plan: one step per resource and one per rejected component, none lost. Pure. They
 * come one by one, so that a caller with other things to do can yield between them.
 */
export function* planSteps(input: PlanInput): Generator<PlanStep> {
  const { size } = input.resources;
  const uids = new Set<string>();
  for (let ordinal = 0; ordinal < size; ordinal += 1) {
    const summary = sourceSummary(input, ordinal);
    const state = sourceState(input, ordinal, summary);
    yield resourceStep(input, ordinal, summary, state === 'ready' && uids.has(summary.uid) ? 'twin' : state);
    if (state === 'ready') uids.add(summary.uid);
  }
  for (const [index, rejection] of input.rejected.entries()) {
    yield { ...NO_WRITE, row: rejectedRow(size + index, rejection) };
  }
  yield* unseenSteps(input.unseen ?? [], size + input.rejected.length);
}

/** UIDs that are wanted and not in the calendar: what stands in their way is looked for before anything is decided. */
export function* newUids(input: PlanInput): Work<ReadonlySet<string>> {
  const uids = new Set<string>();
  for (let ordinal = 0; ordinal < input.resources.size; ordinal += 1) {
    const summary = sourceSummary(input, ordinal);
    if (!input.target.has(summary.uid) && sourceState(input, ordinal, summary) === 'ready') uids.add(summary.uid);
    yield;
  }
  return uids;
}

/** One step for each thing in the calendar that could not be read: it is named, and nothing is done with it. */
export function* unseenSteps(unseen: readonly Unseen[], firstId: number): Generator<PlanStep> {
  for (const [index, one] of unseen.entries())
    yield { ...NO_WRITE, unseen: true, row: unseenRow(firstId + index, one) };
}

/** The plan of the steps that `planSteps` gave. */
export function* completePlan(
  input: PlanInput,
  steps: readonly PlanStep[],
  newHash: NewHash,
  job: PlanBasis['job'] = 'restore',
): Work<Plan> {
  const made = input.makes === undefined ? [] : [makesWords(input.makes)];
  const notes = [...made, ...(input.notes ?? []), ...leftOutNotes(input.context, input.mode, steps)];
  const basis: PlanBasis = {
    job,
    url: input.limits.url,
    mode: input.mode,
    capability: input.capability,
    stops: inputStops(input, steps, job),
    quotaAvailable: input.limits.quotaAvailable,
    targetSize: input.target.size,
    workaround: input.workaround,
    who: input.who ?? [],
    ...(input.makes === undefined ? {} : { makes: input.makes }),
    ...(notes.length === 0 ? {} : { notes }),
  };
  return yield* finishPlan(basis, steps, newHash);
}

const NO_WRITE = { ordinal: null, etag: null, notified: null, digest: '', bytes: 0, asCopy: false } as const;

function makesWords({ name, url }: NewCalendar): string {
  return `The calendar "${name}" does not exist: it will be made at ${url}. An undo takes the events out again and leaves it empty.`;
}
