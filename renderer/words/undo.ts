import type { PlanSummary } from '../../shared/model/plan.ts';
import type { StandardMode } from '../../shared/model/scheduling.ts';
import { plural } from './format.ts';

/** What each mode means when a run is taken back. */
export const UNDO_WORDS: Readonly<Record<StandardMode, { readonly title: string; readonly says: string }>> = {
  none: {
    title: 'Nobody hears',
    says: 'The calendar goes back silently. Those who were told keep what they were told.',
  },
  'internal-only': {
    title: 'Only calendars here, silently',
    says: 'The meetings change in the calendars of colleagues too. Nobody gets a message.',
  },
  'external-only': {
    title: 'Only guests outside are told',
    says: 'Guests on other servers get a cancellation or the earlier version.',
  },
  all: {
    title: 'Everybody is told again',
    says: 'Everybody gets a cancellation or the earlier version.',
  },
};

/** Whom the run has told that is taken back; empty when it told nobody. */
export function undoesWords({ undoes }: PlanSummary): string {
  if (undoes === undefined) return '';
  return `This run told ${plural(undoes.told.people, 'person', 'people')}, in ${plural(undoes.told.messages, 'message')}.`;
}
