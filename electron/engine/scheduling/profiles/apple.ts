import { HOLD_MAIL, read, type ServerProfile } from './profile.ts';

export const APPLE_CALENDAR_SERVER: ServerProfile = {
  name: 'Apple Calendar Server',
  // calendarserver/tap/caldav.py, VERSION of twext.web2.server
  fingerprints: [{ header: ['server', /\bCalendarServer\/([0-9][\w.]*)/i] }],
  schedules: 'always',
  honours: [],
  uidOncePerUser: { proofs: [read('apple/ccs-calendarserver', '13c706b9', 'txdav/caldav/datastore')] },
  instead: [HOLD_MAIL],
};

export const ICLOUD: ServerProfile = {
  name: 'iCloud',
  fingerprints: [{ header: ['server', /\bAppleHttpServer\b/i] }],
  schedules: 'always',
  honours: [],
  instead: ['iCloud cannot be silenced: restore into another server, or only events without guests.'],
};
