import type { ServerProfile } from './profile.ts';

/** Known by its misspelt token. Releases from 2026 on spell it right and deliver to local users. */
export const XANDIKOS: ServerProfile = {
  name: 'Xandikos 0.2',
  fingerprints: [{ token: /^calendar-auto-scheduling$/, noToken: /^calendar-auto-schedule$/ }],
  schedules: 'never',
  honours: [],
  instead: [],
};
