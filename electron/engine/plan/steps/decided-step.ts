import type { PlanRow } from '../../../../shared/model/plan.ts';
import type { ResourceSummary } from '../../icalendar/types.ts';
import { timedOf } from '../../icalendar/recurrence/occurrences.ts';
import { actAs, standingOf } from '../../scheduling/identity.ts';
import { notifiedBy } from '../../scheduling/notified/notified.ts';
import { obstacleOf } from '../obstacles.ts';
import { isWrite, resourceRow } from '../rows.ts';
import { notifiedInMode } from '../summary.ts';
import type { Decision } from '../table.ts';
import type { Merge, PlanInput, PlanStep, TargetObject } from '../types.ts';
import type { Meeting } from './meeting.ts';

/** RFC 6638 §3.2.1.2: SCHEDULE-AGENT=CLIENT put on an event that is there is a cancellation to its guests. */
const NOT_REPLACED: Decision = {
  action: 'conflict',
  reason:
    'It would be replaced, and SCHEDULE-AGENT=CLIENT keeps quiet about new events only: its guests would get cancellations.',
  asCopy: false,
};

/** The step that carries out a decision: a write, a merged one, a copy, or none; with its row. */
export function decidedStep(
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

/** Row of a write: as whom, and who would be notified. */
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
