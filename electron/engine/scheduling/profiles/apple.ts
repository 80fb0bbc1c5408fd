import { HOLD_MAIL, read, type ServerProfile } from './profile.ts';

const REPOSITORY = 'apple/ccs-calendarserver';

export const APPLE_CALENDAR_SERVER: ServerProfile = {
  name: 'Apple Calendar Server',
  fingerprints: [{ header: ['server', /\bCalendarServer\/([0-9][\w.]*)/i] }],
  recognisedBy: [read(REPOSITORY, '13c706b9', 'calendarserver/tap/caldav.py, VERSION')],
  schedules: 'always',
  honours: [],
  looked: [read(REPOSITORY, '13c706b9', 'txdav/caldav/datastore/scheduling/implicit.py')],
  uidOncePerUser: { proofs: [read(REPOSITORY, '13c706b9', 'txdav/caldav/datastore')] },
  instead: [HOLD_MAIL],
};

const ICLOUD_TOKENS =
  '1, 2, 3, access-control, calendar-access, calendar-schedule, calendar-auto-schedule, calendar-availability, ' +
  'inbox-availability, calendar-proxy, calendarserver-private-events, calendarserver-private-comments, ' +
  'calendarserver-sharing, calendarserver-sharing-no-scheduling, calendar-query-extended, calendar-default-alarms, ' +
  'calendar-managed-attachments, calendarserver-partstat-changes, calendarserver-group-sharee, calendar-no-timezone, ' +
  'calendarserver-home-sync';

/** Names itself nowhere; known by its list. */
export const ICLOUD: ServerProfile = {
  name: 'iCloud',
  fingerprints: [{ tokens: ICLOUD_TOKENS.split(', ') }],
  recognisedBy: [{ kind: 'report', where: "a client's test of a recorded answer (KashCal)" }],
  schedules: 'always',
  honours: [],
  instead: ['iCloud cannot be silenced: restore into another server, or only events without guests.'],
};
