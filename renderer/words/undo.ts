import type { PlanSummary } from '../../shared/model/plan.ts';
import type { SchedulingMode, StandardMode } from '../../shared/model/scheduling.ts';
import { plural } from './format.ts';
import { isStandard } from './modes.ts';

interface UndoWords {
  readonly title: string;
  readonly says: string;
  /** Once it is chosen. */
  readonly chosen: string;
}

/** What each mode means when a run is taken back. */
export const UNDO_WORDS: Readonly<Record<StandardMode, UndoWords>> = {
  none: {
    title: 'Nobody hears',
    says: 'The calendar goes back silently. Those who were told keep what they were told.',
    chosen: 'The undo tells nobody.',
  },
  'internal-only': {
    title: 'Only calendars here, silently',
    says: 'The meetings change in the calendars of colleagues too. Nobody gets a message.',
    chosen: 'The undo changes the calendars here, silently.',
  },
  'external-only': {
    title: 'Only guests outside are told',
    says: 'Guests on other servers get a cancellation or the earlier version.',
    chosen: 'The undo tells the guests outside.',
  },
  all: {
    title: 'Everybody is told again',
    says: 'Everybody gets a cancellation or the earlier version.',
    chosen: 'The undo tells everybody.',
  },
};

/** The answer to who hears of the undo, as one sentence. */
export function chosenWords(mode: SchedulingMode): string {
  return isStandard(mode) ? UNDO_WORDS[mode].chosen : `The undo runs as ${mode}.`;
}

/** Whom the run has told that is taken back; empty when it told nobody. */
export function undoesWords({ undoes }: PlanSummary): string {
  if (undoes === undefined) return '';
  return `This run told ${plural(undoes.notified.people, 'person', 'people')}, in ${plural(undoes.notified.messages, 'message')}.`;
}
