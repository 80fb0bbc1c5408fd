import { ran, read, type ServerProfile } from './profile.ts';

/** The misspelt token that all releases have so far. */
const TOKENS =
  '1, 2, 3, calendar-access, calendar-auto-scheduling, addressbook, extended-mkcol, add-member, sync-collection, quota';

/** Known by its methods: without COPY and MOVE. It does no scheduling. */
export const XANDIKOS_0_2: ServerProfile = {
  name: 'Xandikos',
  fingerprints: [
    {
      tokens: TOKENS.split(', '),
      allow: 'DELETE, GET, HEAD, MKCALENDAR, MKCOL, OPTIONS, POST, PROPFIND, PROPPATCH, PUT, REPORT'.split(', '),
      version: '0.2.8',
    },
  ],
  schedules: 'never',
  honours: [],
  instead: [],
};

/**
 * Any other. 0.3.7 does no scheduling, releases after it deliver to colleagues' calendars and inboxes, and the two answer
 * the same.
 */
export const XANDIKOS: ServerProfile = {
  name: 'Xandikos',
  fingerprints: [{ token: /^calendar-auto-scheduling$/ }],
  schedules: 'always',
  delivers: {
    agents: [],
    cancelled: true,
    unanswered: true,
    declined: true,
    strangers: true,
    putBack: true,
    evidence: 'run against master f61f963: delivers on create and delete; what else it does was not looked at',
    leavesOut: 'Xandikos sends no mail: it changes the calendars and inboxes of its own users.',
  },
  honours: [],
  looked: [
    ran('Xandikos', '0.3.7', '2026-11-28'),
    ran('Xandikos', 'master f61f963', '2026-11-28'),
    read('jelmer/xandikos', 'f61f963', 'pull request 651'),
  ],
  instead: [],
};
