import type { Phase } from '../../shared/model/job.ts';

/** What is going on while a plan is made, and while it is rehearsed on a copy of its calendar. */
export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  reading: 'Reading the backup',
  checking: 'Asking the server what it can do',
  searching: 'Searching the calendars',
  listing: 'Reading the calendar',
  planning: 'Comparing',
  copying: 'Copying the calendar',
  writing: 'Writing into the copy',
  verifying: 'Reading back',
};
