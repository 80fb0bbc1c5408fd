import type { PlanSummary } from '../../../shared/model/plan.ts';
import { STANDARD_MODES } from '../../../shared/model/scheduling.ts';
import { summarise } from '../icalendar/summarise.ts';
import type { ResourceSummary } from '../icalendar/types.ts';
import { sumTold, toldBy } from '../scheduling/told.ts';
import type { ToldContext, ToldItem } from '../scheduling/types.ts';
import type { StoredRun } from './stored-run.ts';
import type { Applied } from './undo-step.ts';

/**
 * Whom a run has told, by the writes that it made or may have made: not by all it had planned. Null when it told nobody.
 */
export function toldByRun(
  { head }: StoredRun,
  changes: readonly Applied[],
  context: ToldContext,
): NonNullable<PlanSummary['undoes']> | null {
  const { effective, rung } = head.summary.verdict;
  if (effective === null || effective === 'none' || rung === 'no-scheduling') return null;
  const then = { ...context, now: Date.parse(head.startedAt) };
  const mode = STANDARD_MODES.find((known) => known === effective) ?? 'all';
  const told = sumTold(changes.flatMap((applied) => toldByWrite(applied, then) ?? []))[mode];
  return told.people === 0 ? null : { runId: head.runId, mode: effective, told };
}

function toldByWrite({ step, original, sent }: Applied, context: ToldContext): ToldItem | null {
  const { action, actingAs } = step.row;
  if (action !== 'create' && action !== 'update' && action !== 'delete') return null;
  return toldBy(action, summaryOf(sent), summaryOf(original), context, actingAs);
}

function summaryOf(text: string | null): ResourceSummary | null {
  return text === null ? null : (summarise(text)[0] ?? null);
}
