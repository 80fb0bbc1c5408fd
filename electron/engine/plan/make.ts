import type { NewCalendar, PlanRow, Resolution, ResolutionChoice } from '../../../shared/model/plan.ts';
import { actAs, standingOf } from '../scheduling/identity.ts';
import { notifiedBy } from '../scheduling/notified/notified.ts';
import type { ResourceSummary } from '../icalendar/types.ts';
import { timedOf } from '../icalendar/recurrence/occurrences.ts';
import { isPart, targetState } from './compare.ts';
import type { Work } from '../yielding.ts';
import { finishPlan } from './finish.ts';
import type { NewHash } from './hash.ts';
import { isWrite, rejectedRow, resourceRow, unseenRow } from './rows.ts';
import type { Unseen } from '../caldav/types.ts';
import { wantedRewrite } from './rewritable.ts';
import { sourceState, withLimit } from './source-limits.ts';
import { inputStops } from './stops.ts';
import { givesBack, obstacleOf, withPlace } from './obstacles.ts';
import { againstOf, choicesOf, settle } from './settle.ts';
import { decide, FROM_BIN, type Decision, type SourceState, type TargetState } from './table.ts';
import { leftOutNotes } from './left-out.ts';
import { notifiedInMode } from './summary.ts';
import type { Merge, Plan, PlanBasis, PlanInput, PlanStep, TargetObject } from './types.ts';

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

/** What is new in the calendar is compared with nothing: then its fingerprint is enough. */
function sourceSummary({ resources, target, trash }: PlanInput, ordinal: number): ResourceSummary {
  const glance = resources.glance(ordinal);
  const inBin = trash?.objects.get(glance.uid)?.meaning !== undefined;
  if (inBin || target.has(glance.uid)) return resources.summary(ordinal);
  return { ...glance, meaning: resources.fingerprint(ordinal) };
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

function resourceStep(input: PlanInput, ordinal: number, summary: ResourceSummary, state: SourceState): PlanStep {
  const meeting = meet(input, ordinal, summary);
  const target = meeting.state;
  const decision =
    state === 'ready' && givesBack(input, target, summary)
      ? FROM_BIN
      : withLimit(input, state, decide(state, target, input.onConflict));
  const placed =
    state === 'ready' && againstOf(target) !== undefined ? withPlace(input, summary.uid, decision) : decision;
  const step = decidedStep(input, ordinal, summary, withReason(meeting, placed), meeting);
  const choices = onlyNew(input, target, choicesOf(state, target, input.trash?.restores));
  const wants = wantedRewrite(state);
  if (wants !== undefined) return { ...step, wants };
  return choices === undefined ? step : { ...step, choices };
}

/** How an entry of the backup stands to what the calendar holds of its UID. */
interface Meeting {
  readonly state: TargetState;
  /** What both are together, where one of them is only a part. */
  readonly merge: Merge | null;
}

function meet(input: PlanInput, ordinal: number, summary: ResourceSummary): Meeting {
  const there = input.target.get(summary.uid);
  if (there === undefined || there.shared === true || !isPart(summary, there.summary)) {
    return { state: targetState(summary, there, input), merge: null };
  }
  const merge = input.merge?.(ordinal, there) ?? NOT_MERGED;
  return { state: merge.fits ? targetState(merge.summary, there, input, merge.age) : 'apart', merge };
}

const NOT_MERGED: Merge = {
  fits: false,
  reason: 'The calendar holds another part of the same series, which would be lost; it is kept.',
};

function withReason({ merge }: Meeting, decision: Decision): Decision {
  return decision.action === 'conflict' && merge?.fits === false ? { ...decision, reason: merge.reason } : decision;
}

/** The step as a person settled it. Null when the step does not offer the choice. */
export function resolveStep(input: PlanInput, step: PlanStep, choice: ResolutionChoice): PlanStep | null {
  const { ordinal, choices } = step;
  if (ordinal === null || choices === undefined) return null;
  const summary = sourceSummary(input, ordinal);
  if (choice === 'undecided') return resourceStep(input, ordinal, summary, 'ready');
  if (!choices.includes(choice)) return null;
  const meeting = meet(input, ordinal, summary);
  const settled = decidedStep(input, ordinal, summary, settle(choice, meeting.state), meeting);
  return { ...settled, choices, row: { ...settled.row, decided: choice } };
}

/** Where only new events are kept quiet, replacing one is no choice. */
function onlyNew(
  { workaround }: PlanInput,
  target: TargetState,
  choices: readonly Resolution[] | undefined,
): readonly Resolution[] | undefined {
  return workaround === 'client-agent' && againstOf(target) === undefined
    ? choices?.filter((choice) => choice !== 'backup')
    : choices;
}

/** RFC 6638 §3.2.1.2: SCHEDULE-AGENT=CLIENT put on an event that is there is a cancellation to its guests. */
const NOT_REPLACED: Decision = {
  action: 'conflict',
  reason:
    'It would be replaced, and SCHEDULE-AGENT=CLIENT keeps quiet about new events only: its guests would get cancellations.',
  asCopy: false,
};

function decidedStep(
  input: PlanInput,
  ordinal: number,
  summary: ResourceSummary,
  wanted: Decision,
  { merge }: Meeting,
): PlanStep {
  const decision = input.workaround === 'client-agent' && wanted.action === 'update' ? NOT_REPLACED : wanted;
  const there = input.target.get(summary.uid);
  const obstacle = there === undefined ? obstacleOf(input, summary.uid) : undefined;
  const times = { own: timedOf(merge?.fits === true ? merge.summary : summary), before: there?.summary };
  if (!decision.asCopy && merge?.fits === true)
    return { ...mergeStep(input, ordinal, summary, decision, there, merge), times };
  if (!decision.asCopy) return { ...writeStep(input, ordinal, summary, decision, there), ...obstacle, times };
  const copy = { ...copyStep(input, ordinal, summary, decision), ...obstacle, times };
  return there === undefined ? copy : { ...copy, beside: there.href };
}

function writeStep(
  input: PlanInput,
  ordinal: number,
  summary: ResourceSummary,
  decision: Decision,
  there: TargetObject | undefined,
): PlanStep {
  const { action } = decision;
  const href = there?.href ?? (action === 'create' ? input.newHref(summary.uid) : null);
  const base = { ordinal, etag: there?.etag ?? null, digest: summary.meaning, bytes: summary.bytes, asCopy: false };
  if (!isWrite(action) || decision.fromBin === true) {
    const row = quietRow(input, ordinal, summary, decision, href);
    return { ...base, notified: null, bytes: 0, row: decision.fromBin === true ? { ...row, bin: 'restore' } : row };
  }
  return { ...base, ...spoken(input, ordinal, summary, decision, href, there?.summary ?? null) };
}

/** The row shows what the backup brings; what is sent, and whom it concerns, is the whole. */
function mergeStep(
  input: PlanInput,
  ordinal: number,
  summary: ResourceSummary,
  decision: Decision,
  there: TargetObject | undefined,
  { summary: whole, finding }: Extract<Merge, { fits: true }>,
): PlanStep {
  const { title, location, start, endsMs, file, line, components } = summary;
  const isSent = isWrite(decision.action);
  const findings = isSent ? [...summary.findings, finding] : summary.findings;
  const shown = { ...whole, title, location, start, endsMs, file, line, components, findings };
  const step = writeStep(input, ordinal, shown, decision, there);
  return isSent ? { ...step, merged: true } : step;
}

function copyStep(input: PlanInput, ordinal: number, summary: ResourceSummary, decision: Decision): PlanStep {
  const uid = input.copyUid(summary.uid);
  const there = input.target.get(uid);
  const copy = { ...summary, uid };
  const base = { ordinal, digest: `${summary.meaning} as ${uid}`, bytes: summary.bytes, asCopy: true };
  if (there !== undefined) {
    const found: Decision = { action: 'unchanged', reason: 'A copy of it is already there.', asCopy: true };
    const row = quietRow(input, ordinal, copy, found, there.href);
    return { ...base, etag: there.etag, notified: null, bytes: 0, row };
  }
  return { ...base, etag: null, ...spoken(input, ordinal, copy, decision, input.newHref(uid), null) };
}

/** Row of a write: as whom, and who would hear. */
function spoken(
  input: PlanInput,
  ordinal: number,
  summary: ResourceSummary,
  { action, reason }: Decision,
  href: string | null,
  before: ResourceSummary | null,
): Pick<PlanStep, 'row' | 'notified'> {
  const { address, standing } = actAs(summary, input.identity, input.ownerAddresses);
  const actingAs = input.capability.identity(input.identity).sent ? address : null;
  const notified = notifiedBy(action === 'update' ? 'update' : 'create', summary, before, input.context, actingAs);
  const facts = { id: ordinal, href, action, reason, actingAs, standing };
  const row: PlanRow = resourceRow(
    summary,
    { ...facts, notified: notifiedInMode(notified, input.mode) },
    input.context.now,
  );
  return { row, notified };
}

function quietRow(
  input: PlanInput,
  ordinal: number,
  summary: ResourceSummary,
  { action, reason }: Decision,
  href: string | null,
): PlanRow {
  const standing = standingOf(summary, input.ownerAddresses);
  const facts = { id: ordinal, href, action, reason, actingAs: null, standing: standing.kind };
  return resourceRow(summary, { ...facts, notified: 0 }, input.context.now);
}

function makesWords({ name, url }: NewCalendar): string {
  return `The calendar "${name}" does not exist: it will be made at ${url}. An undo takes the events out again and leaves it empty.`;
}
