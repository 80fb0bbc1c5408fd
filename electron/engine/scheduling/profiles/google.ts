import { HOLD_MAIL, type ServerProfile } from './profile.ts';

export const GOOGLE_CALENDAR: ServerProfile = {
  name: 'Google Calendar',
  fingerprints: [{ header: ['server', /^(?:GSE|ESF)$/] }, { path: /^\/caldav\/v2\// }],
  schedules: 'always',
  honours: [],
  instead: [HOLD_MAIL],
};
