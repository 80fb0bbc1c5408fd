import { DEFAULT, IGNORES, type Personality, type Switch } from './personality.ts';
import { CYRUS, nextcloud, OPEN_XCHANGE, RADICALE, SABRE, STALWART, XANDIKOS } from './products.ts';

const NEXTCLOUD_SWITCHES: readonly Switch[] = [
  { header: 'X-NC-Scheduling', value: 'false', anyCase: false, methods: ['PUT'] },
  { header: 'Schedule-Reply', value: 'F', anyCase: false, methods: ['PUT', 'DELETE'] },
];

const NEXTCLOUD_33_SWITCHES: readonly Switch[] = [
  ...NEXTCLOUD_SWITCHES,
  { header: 'X-NC-Scheduling', value: 'false', anyCase: false, methods: ['DELETE'] },
];

const WRITES = ['PUT', 'DELETE'] as const;

/** Servers that look like a product and do what was measured or read of it. */
export const LIKENESSES: readonly Personality[] = [
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'cyrus-like',
    product: CYRUS,
    summary: 'Obeys Scheduling-Enabled: F (header or property) and Schedule-Address (not checked); one UID per user.',
    switches: [{ header: 'Scheduling-Enabled', value: 'F', anyCase: true, methods: WRITES }],
    actingHeader: 'Schedule-Address',
    calendarSwitch: { ns: 'http://cyrusimap.org/ns/', name: 'scheduling-enabled', values: ['F', 'f', 'no'] },
    uidScope: 'user',
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'sabre-like',
    product: SABRE,
    cancelsWithCalendar: false,
    summary: 'Obeys Schedule-Reply: F on PUT and DELETE.',
    broker: 'sabre',
    // lib/CalDAV/Schedule/Inbox.php, getACL
    inboxRights: 'unbind',
    switches: [{ header: 'Schedule-Reply', value: 'F', anyCase: false, methods: WRITES }],
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'nextcloud-31-like',
    product: nextcloud('31.0.11'),
    cancelsWithCalendar: false,
    summary:
      'Obeys X-NC-Scheduling: false on PUT and Schedule-Reply: F on PUT and DELETE; has a trash bin, whose entry goes when its UID is stored again.',
    switches: NEXTCLOUD_SWITCHES,
    broker: 'nextcloud',
    inboxRights: 'unbind',
    trash: 'drops',
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'nextcloud-shares-like',
    product: nextcloud('31.0.11'),
    cancelsWithCalendar: false,
    summary:
      'As nextcloud-31-like; the calendar of the first user is shared with the second, whose addresses count there beside those of the owner.',
    switches: NEXTCLOUD_SWITCHES,
    broker: 'nextcloud',
    inboxRights: 'unbind',
    trash: 'drops',
    shares: true,
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'nextcloud-29-like',
    product: nextcloud('29.0.16'),
    cancelsWithCalendar: false,
    summary: 'As nextcloud-31-like, in a version that nobody has measured.',
    switches: NEXTCLOUD_SWITCHES,
    broker: 'nextcloud',
    inboxRights: 'unbind',
    trash: 'drops',
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'nextcloud-33-like',
    product: nextcloud('33.0.3'),
    cancelsWithCalendar: false,
    summary:
      'As nextcloud-31-like, and notifies people, then fails, where a UID lies in the trash bin of the same calendar; twelve failed logins lock the address.',
    switches: NEXTCLOUD_33_SWITCHES,
    broker: 'nextcloud',
    inboxRights: 'unbind',
    trash: 'fails',
    // Run against Nextcloud on 2026-11-28: four starts with a wrong password, three requests each, were enough.
    lockout: 12,
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'nextcloud-34-like',
    product: nextcloud('34.0.1'),
    cancelsWithCalendar: false,
    summary:
      'As nextcloud-33-like, with the broker of 33.0.7: cancellations go out apart, to the organizer, too; no mail to a guest who is taken off.',
    switches: NEXTCLOUD_33_SWITCHES,
    broker: 'nextcloud-apart',
    inboxRights: 'unbind',
    trash: 'fails',
    lockout: 12,
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'stalwart-like',
    product: STALWART,
    summary: 'Obeys Schedule-Reply: F on DELETE of events and calendars, and nothing on PUT.',
    switches: [{ header: 'Schedule-Reply', value: 'F', anyCase: false, methods: ['DELETE'] }],
  },
  {
    ...DEFAULT,
    name: 'open-xchange-like',
    product: OPEN_XCHANGE,
    summary: 'Obeys the draft without announcing it, and takes a UID once per user.',
    advertises: false,
    uidScope: 'user',
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'xandikos-master-like',
    product: XANDIKOS,
    summary: 'Delivers to the calendars and inboxes of its own users, whatever is asked, and sends no mail.',
    mails: false,
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'radicale-like',
    product: RADICALE,
    summary: 'Stores events and notifies nobody; one with a mail hook would look the same.',
    schedules: false,
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'radicale-hook-like',
    product: RADICALE,
    summary: 'Looks as radicale-like, and mails every guest, the owner too, whatever is asked.',
    schedules: false,
    mailHook: true,
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'nextcloud-25-like',
    product: nextcloud('25.0.3'),
    cancelsWithCalendar: false,
    summary: 'As nextcloud-31-like, and refuses a UID that lies in the trash bin of the same calendar.',
    switches: NEXTCLOUD_SWITCHES,
    broker: 'nextcloud',
    inboxRights: 'unbind',
    trash: 'refuses',
  },
];
