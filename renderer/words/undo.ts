import type { PlanSummary } from '../../shared/model/plan.ts';
import type { SchedulingMode, StandardMode } from '../../shared/model/scheduling.ts';
import { plural } from './format.ts';
import { MODE_TITLES, isStandard } from '../../shared/words/modes.ts';

interface UndoWords {
  readonly title: string;
  readonly says: string;
  /** Once it is chosen. */
  readonly chosen: string;
}

/** What each mode means when a run is undone. */
export const UNDO_WORDS: Readonly<Record<StandardMode, UndoWords>> = {
  none: {
    title: MODE_TITLES.none,
    says: 'The calendar goes back without messages. Whoever was notified keeps the message.',
    chosen: 'The undo notifies nobody.',
  },
  'internal-only': {
    title: MODE_TITLES['internal-only'],
    says: 'The meetings change in the calendars of colleagues too. Nobody gets a message.',
    chosen: "The undo updates colleagues' calendars, without messages.",
  },
  'external-only': {
    title: MODE_TITLES['external-only'],
    says: 'Guests on other servers get a cancellation or the earlier version.',
    chosen: 'The undo notifies external guests.',
  },
  all: {
    title: 'Notify everyone again',
    says: 'Everybody gets a cancellation or the earlier version.',
    chosen: 'The undo notifies everyone.',
  },
};

/** The answer to who is notified of the undo, as one sentence. */
export function chosenWords(mode: SchedulingMode): string {
  return isStandard(mode) ? UNDO_WORDS[mode].chosen : `The undo runs as ${mode}.`;
}

/** Whom the run that is undone has notified; empty when it notified nobody. */
export function undoesWords({ undoes }: PlanSummary): string {
  if (undoes === undefined) return '';
  return `This run notified ${plural(undoes.notified.people, 'person', 'people')}, in ${plural(undoes.notified.messages, 'message')}.`;
}
