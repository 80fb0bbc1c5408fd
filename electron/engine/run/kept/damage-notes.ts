import type { StoredRun } from './read-run.ts';
import { plural } from '../../../../shared/words/format.ts';

/** What a reader must know of a run of which something is damaged; empty when nothing is. */
export function damageNotes({ steps, journal }: Pick<StoredRun, 'steps' | 'journal'>): readonly string[] {
  const { lines, blind, switchLost } = journal.damage;
  const plan = steps.filter((step) => step.damaged).length;
  return [
    ...(plan === 0 ? [] : [`${plural(plan, 'line')} of the plan of this run ${is(plan)} damaged: ${ROWS}`]),
    ...(lines.length === 0
      ? []
      : [
          `${plural(lines.length, 'line')} of its journal ${is(lines.length)} damaged (${list(lines)}). ${blind ? BLIND : KNOWN}`,
        ]),
    ...(switchLost ? [SWITCH_LOST] : []),
  ];
}

const ROWS = 'what became of those events is not known, and they are left alone.';
const KNOWN = 'What its neighbours say of it counts; nothing is sent or undone on a guess.';
const BLIND =
  'What it said is lost: events of which nothing else shows whether they were written count as unknown, and are left alone.';
const SWITCH_LOST =
  'What the scheduling of this calendar was before is lost: look in the calendar whether it is still switched off.';

function is(count: number): string {
  return count === 1 ? 'is' : 'are';
}

/** The first ones by number. */
function list(lines: readonly number[]): string {
  const more = lines.length > 5 ? ', …' : '';
  return `${lines.length === 1 ? 'line' : 'lines'} ${lines.slice(0, 5).join(', ')}${more}`;
}
