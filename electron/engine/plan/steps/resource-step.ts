import type { Resolution, ResolutionChoice } from '../../../../shared/model/plan.ts';
import type { ResourceSummary } from '../../icalendar/types.ts';
import { givesBack, withPlace } from '../obstacles.ts';
import { wantedRewrite } from '../rewritable.ts';
import { againstOf, choicesOf, settle } from '../settle.ts';
import { withLimit } from '../source-limits.ts';
import { decide, FROM_BIN, type SourceState, type TargetState } from '../table.ts';
import type { PlanInput, PlanStep } from '../types.ts';
import { decidedStep } from './decided-step.ts';
import { meet, withReason } from './meeting.ts';
import { sourceSummary } from './source-summary.ts';

/** The step of one event of the backup, as the table decides; with what a person may choose instead. */
export function resourceStep(
  input: PlanInput,
  ordinal: number,
  summary: ResourceSummary,
  state: SourceState,
): PlanStep {
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
