import { HOLD_MAIL, type ServerProfile } from './profile.ts';

export const GOOGLE_CALENDAR: ServerProfile = {
  name: 'Google Calendar',
  fingerprints: [{ path: /^\/caldav\/v2\// }],
  recognisedBy: [
    { kind: 'report', where: 'developers.google.com/workspace/calendar/caldav/v2/guide: the address of a calendar' },
  ],
  schedules: 'always',
  honours: [],
  instead: [HOLD_MAIL],
};
