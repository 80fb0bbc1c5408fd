import {
  BEDEWORK_HONOURS,
  CYRUS_HONOURS,
  CYRUS_IDENTITY,
  CYRUS_WAYS,
  DAVICAL_HONOURS,
  DAVICAL_WAYS,
  NEXTCLOUD_HONOURS,
  OPEN_XCHANGE_HONOURS,
  SABRE_WAYS,
  sabreHonours,
  STALWART_HONOURS,
  STALWART_WAYS,
} from './honoured.ts';
import type { ServerProfile } from './profile.ts';
import type { Delivers } from './types.ts';

const RADICALE_METHODS = 'DELETE GET HEAD MKCALENDAR MKCOL MOVE OPTIONS POST PROPFIND PROPPATCH PUT REPORT'.split(' ');

/** sabre/vobject obeys SCHEDULE-AGENT=CLIENT alone. */
const SABRE_DELIVERS: Delivers = {
  agents: ['CLIENT'],
  cancelled: true,
  unanswered: true,
  declined: true,
  evidence: 'sabre/vobject 4.5, lib/ITip/Broker.php',
};

/**
 * The releases between the lists are not known: the one that stopped to refuse came out in the month of the change, which
 * went into 24 and 25 too. What "drops" does differs: before July 2026 the deleted one was to be moved out of the way, since
 * then it goes for good.
 */
const NEXTCLOUD_TRASH: NonNullable<ServerProfile['trash']> = {
  refuses: [
    { from: '22', before: '24.0.11' },
    { from: '25', before: '25.0.5' },
  ],
  drops: [{ from: '27' }],
  evidence: 'apps/dav/lib/CalDAV/CalDavBackend.php, createCalendarObject; pull requests 34375 and 61881.',
};

const HOLD_MAIL = 'Stop outgoing mail at the mail server while the run lasts, and use "everybody is told".';

/**
 * The products we know. Data: a row unlocks nothing but what `honours` and `schedules` say. Order matters: the more
 * particular fingerprint comes first.
 */
export const PROFILES: readonly ServerProfile[] = [
  {
    name: 'Cyrus',
    fingerprints: [{ header: ['server', /\bCyrus(?:-HTTP)?\/([0-9][\w.]*)/i] }],
    schedules: 'always',
    delivers: {
      declined: true,
      evidence: 'e2e/servers/prediction.test.ts, Cyrus 3.6.1',
      leavesOut:
        'Cyrus sends nothing about what ended more than a week ago, unless its administrator set that otherwise.',
    },
    honours: CYRUS_HONOURS,
    identity: CYRUS_IDENTITY,
    ways: CYRUS_WAYS,
    storesAnyDate: {
      evidence: 'e2e/servers/restore.test.ts, Cyrus 3.6.1: announces 1901-12-13, keeps a holiday of 1753',
    },
    uidOncePerUser: {
      evidence:
        'imap/http_caldav.c, caldav_put: unique-scheduling-object-resource for any event; run against Cyrus 3.6.1.',
    },
    instead: ['Set "caldav_allowscheduling: off" in imapd.conf while the run lasts, and use "everybody is told".'],
  },
  {
    name: 'DAViCal',
    fingerprints: [{ header: ['x-davical-version', /(?:DAViCal\/)?([0-9][\w.]*)/i] }],
    schedules: 'always',
    delivers: {
      declined: true,
      unanswered: true,
      cancelled: true,
      evidence: 'SCHEDULE-AGENT: tried by hand, DAViCal 1.1.12',
    },
    honours: DAVICAL_HONOURS,
    ways: DAVICAL_WAYS,
    instead: [
      'Set "$c->enable_auto_schedule = false" in its configuration while the run lasts, and use "everybody is told".',
    ],
  },
  {
    name: 'SOGo',
    fingerprints: [{ header: ['server', /\bSOGo(?:\/([0-9][\w.]*))?/i] }, { path: /^\/SOGo\//i }],
    schedules: 'always',
    delivers: {
      agents: [],
      cancelled: true,
      unanswered: true,
      strangers: true,
      putBack: true,
      evidence: 'e2e/servers/prediction.test.ts, SOGo 5.8.0',
      leavesOut: 'SOGo sends no mail about what is over, and none at all unless its administrator switched it on.',
    },
    honours: [],
    marksNothing: true,
    instead: [HOLD_MAIL],
  },
  {
    name: 'Nextcloud',
    fingerprints: [{ header: ['x-nextcloud-version', /([0-9][\w.]*)/] }, { token: /^(?:nc-|nextcloud-)/ }],
    schedules: 'always',
    delivers: SABRE_DELIVERS,
    honours: NEXTCLOUD_HONOURS,
    ways: SABRE_WAYS,
    trash: NEXTCLOUD_TRASH,
    instead: [
      'Switch off "Send invitations to attendees" in the administration while the run lasts, and use "everybody is told".',
    ],
  },
  {
    name: 'ownCloud',
    fingerprints: [{ header: ['x-owncloud-version', /([0-9][\w.]*)/] }, { token: /^(?:oc-|owncloud-)/ }],
    schedules: 'always',
    delivers: SABRE_DELIVERS,
    honours: sabreHonours([{ from: '10', before: '11' }]),
    ways: SABRE_WAYS,
    instead: [HOLD_MAIL],
  },
  {
    name: 'Baïkal',
    fingerprints: [{ header: ['x-baikal-version', /([0-9][\w.]*)/] }],
    schedules: 'always',
    delivers: SABRE_DELIVERS,
    honours: sabreHonours([{ from: '0.10', before: '1' }]),
    ways: SABRE_WAYS,
    instead: [
      'Leave "Email invite sender address" empty in its settings while the run lasts, and use "everybody is told".',
    ],
  },
  {
    name: 'sabre/dav',
    fingerprints: [{ header: ['x-sabre-version', /([0-9][\w.]*)/] }],
    schedules: 'always',
    delivers: SABRE_DELIVERS,
    honours: sabreHonours([{ from: '2.1', before: '5' }]),
    ways: SABRE_WAYS,
    instead: [HOLD_MAIL],
  },
  {
    name: 'Stalwart',
    fingerprints: [{ header: ['server', /\bStalwart(?:[^/]*\/([0-9][\w.]*))?/i] }],
    schedules: 'always',
    honours: STALWART_HONOURS,
    ways: STALWART_WAYS,
    marksNothing: true,
    instead: [
      'Take the permission "calendar-scheduling-send" from the user while the run lasts, and use "everybody is told".',
    ],
  },
  {
    name: 'Apple Calendar Server',
    fingerprints: [{ header: ['server', /\bCalendarServer\/([0-9][\w.]*)/i] }],
    schedules: 'always',
    honours: [],
    uidOncePerUser: { evidence: 'txdav/caldav: a UID is looked up in the whole calendar home.' },
    instead: [HOLD_MAIL],
  },
  {
    name: 'iCloud',
    fingerprints: [{ header: ['server', /\bAppleHttpServer\b/i] }],
    schedules: 'always',
    honours: [],
    instead: ['iCloud cannot be silenced: restore into another server, or only events without guests.'],
  },
  {
    name: 'Bedework',
    fingerprints: [{ header: ['server', /\bBedework(?:\/([0-9][\w.]*))?/i] }, { path: /^\/ucaldav\//i }],
    schedules: 'always',
    honours: BEDEWORK_HONOURS,
    instead: [HOLD_MAIL],
  },
  {
    name: 'Zimbra',
    fingerprints: [
      { header: ['x-zimbra-version', /([0-9][\w.]*)/] },
      { header: ['server', /\bZimbra(?:\/([0-9][\w.]*))?/i] },
    ],
    schedules: 'always',
    honours: [],
    uidOncePerUser: { evidence: 'A UID is looked up in the whole mailbox.' },
    instead: ['Set zimbraCalendarCalDavDisableScheduling to TRUE while the run lasts, and use "everybody is told".'],
  },
  {
    name: 'Open-Xchange',
    fingerprints: [{ header: ['server', /\bOpen-?Xchange\b(?:[^0-9]*([0-9][\w.]*))?/i] }],
    schedules: 'always',
    honours: OPEN_XCHANGE_HONOURS,
    // Worse than a refusal: its CalDAV makes the new event an update of the one that is there (CAL-4090).
    uidOncePerUser: { evidence: 'com.openexchange.caldav: UID conflict CAL-4090.' },
    instead: [HOLD_MAIL],
  },
  {
    // Names itself nowhere. Radicale 3 answers OPTIONS with exactly this; 3.5.5 and later may have a mail hook.
    name: 'Radicale',
    fingerprints: [
      {
        tokens: ['1', '2', '3', 'calendar-access', 'addressbook', 'extended-mkcol'],
        allow: RADICALE_METHODS,
      },
    ],
    schedules: 'unless-mail-hook',
    honours: [],
    instead: [],
  },
  {
    // Known by its misspelt token. Releases from 2026 on spell it right and deliver to local users.
    name: 'Xandikos 0.2',
    fingerprints: [{ token: /^calendar-auto-scheduling$/, noToken: /^calendar-auto-schedule$/ }],
    schedules: 'never',
    honours: [],
    instead: [],
  },
  {
    name: 'Google Calendar',
    fingerprints: [{ header: ['server', /^(?:GSE|ESF)$/] }, { path: /^\/caldav\/v2\// }],
    schedules: 'always',
    honours: [],
    instead: [HOLD_MAIL],
  },
];
