import { STORED } from '../../../../shared/model/outcome.ts';
import type { RunContext } from '../context.ts';
import { sends } from '../log.ts';
import type { RunStep } from '../types.ts';

/**
 * The open rows of which one goes alone, before all others, to see whether the server keeps the mode, the most telling
 * ones first: events with which it would tell somebody, and that can be read afterwards. A delete leaves nothing to read,
 * so a run of deletes alone has none; it rests on its assurance. New events come before replaced ones, whose old marks may
 * hide new ones.
 */
export function candidates({ log }: RunContext, open: readonly number[]): readonly number[] {
  const ranked = open.flatMap((row) => {
    const step = log.steps[row];
    const rank = step === undefined ? null : rankOf(step);
    return rank === null ? [] : [{ row, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ row }) => row);
}

function rankOf(step: RunStep): number | null {
  const { standing, action, past, bin } = step.row;
  // What goes in or out of the trash bin tells nobody.
  if (!sends(step) || action === 'delete' || standing === 'plain' || bin !== undefined) return null;
  // Many servers tell nobody about what is over: it would show nothing.
  return (standing === 'stranger' ? 4 : 0) + (past ? 2 : 0) + (action === 'create' ? 0 : 1);
}

/** The newest event that an earlier process of the run wrote, and read back, and that may have told somebody. */
export function writtenEarlier({ log }: RunContext): number | null {
  for (let row = log.steps.length - 1; row >= 0; row -= 1) {
    const step = log.steps[row];
    const { final, verified } = log.state(row);
    if (step === undefined || final === null || verified === null || rankOf(step) === null) continue;
    if (STORED.includes(final.outcome)) return row;
  }
  return null;
}
