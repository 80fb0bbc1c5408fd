/** A request header by which a server of this kind lets scheduling be switched off. */
export interface Switch {
  readonly header: string;
  readonly value: string;
  readonly anyCase: boolean;
  readonly methods: readonly string[];
}

/** By what a product is told apart from others. */
export interface Product {
  /** Headers of every answer. */
  readonly everywhere: Readonly<Record<string, string>>;
  /** Headers of OPTIONS alone. */
  readonly options: Readonly<Record<string, string>>;
  /** The DAV header of OPTIONS, line by line. */
  readonly dav: readonly string[];
  /** The Allow header of OPTIONS; absent: what this server has. */
  readonly allow?: string;
  /** Pages outside DAV that anybody may GET: path → what is answered as JSON. */
  readonly pages?: Readonly<Record<string, unknown>>;
}

/**
 * A trash bin as Nextcloud has it: a deleted object lies in `trashbin/objects/` of the home and keeps its UID. `refuses`
 * a new object of that UID in the same calendar; `drops` the deleted one for good and stores the new one; `fails`: notifies
 * people, then answers 500 and stores nothing.
 */
export type TrashBin = 'refuses' | 'drops' | 'fails';

/** How a practice server behaves, as data. */
export interface Personality {
  readonly name: string;
  readonly summary: string;
  /** The product it looks like; null shows its own face. */
  readonly product: Product | null;
  /** `scheduling-controls` stands in the DAV header. */
  readonly advertises: boolean;
  /** The draft's two headers: obeyed, or not looked at. */
  readonly controls: 'draft' | 'ignored';
  /** Other headers that act like `Scheduling: none`. */
  readonly switches: readonly Switch[];
  /** A header that names the acting address without being checked. */
  readonly actingHeader: string | null;
  /** A property of a calendar that acts like `Scheduling: none` for every write in it, while it has one of the values. */
  readonly calendarSwitch: { readonly ns: string; readonly name: string; readonly values: readonly string[] } | null;
  /** RFC 6638 implicit scheduling. */
  readonly schedules: boolean;
  /**
   * In place of scheduling: mail to every ATTENDEE of what is to come and of what is deleted, whatever is asked, as the
   * mail hook of Radicale 3.7.8 does.
   */
  readonly mailHook: boolean;
  /** People outside get mail. */
  readonly mails: boolean;
  /** DELETE of a calendar schedules for each object in it (RFC 6638 §3.2.3.2). */
  readonly cancelsWithCalendar: boolean;
  readonly etags: 'strong' | 'weak' | 'none';
  /** Writes properties in another order and folding than they were sent, as many servers do. */
  readonly rewrites: boolean;
  /** Takes objects that hold components of several UIDs, against RFC 4791 §4.1; khal issue 933 met such objects. */
  readonly mixesUids: boolean;
  /** Names of properties that it cannot keep: they are left out of what is stored, without a word. */
  readonly omits: readonly string[];
  /** Says that it stored an event, and keeps another one at its address. */
  readonly swaps: boolean;
  /** Properties of a calendar that it shortens, by local name: the most characters that it keeps. */
  readonly shortens: ReadonlyMap<string, number>;
  /** Octets (RFC 4791 §5.2.5). */
  readonly maxResourceSize: number;
  /** UTC times (RFC 4791 §5.2.6, §5.2.7) that no event begins before or after. */
  readonly minDateTime: string;
  readonly maxDateTime: string;
  /** Most instances of a counted series (RFC 4791 §5.2.8); null: any number. */
  readonly maxInstances: number | null;
  readonly readOnly: boolean;
  /** What the owner of an inbox is granted there: everything, or to read and delete only. */
  readonly inboxRights: 'all' | 'unbind';
  /** Answers every request with a web page. */
  readonly html: boolean;
  readonly uidScope: 'collection' | 'user';
  /** Stores new objects under a name of its own, told in Location. */
  readonly renames: boolean;
  /** Null: what is deleted is gone. */
  readonly trash: TrashBin | null;
  /** Failed logins after which it answers 429 to everybody at that address, whatever the password; null: never. */
  readonly lockout: number | null;
}

const DEFAULT: Personality = {
  name: 'default',
  summary: 'Does everything as the standards and the draft say.',
  product: null,
  advertises: true,
  controls: 'draft',
  switches: [],
  actingHeader: null,
  calendarSwitch: null,
  schedules: true,
  mailHook: false,
  mails: true,
  cancelsWithCalendar: true,
  etags: 'strong',
  rewrites: false,
  mixesUids: false,
  omits: [],
  swaps: false,
  shortens: new Map(),
  maxResourceSize: 10 * 1024 * 1024,
  // Every year that iCalendar can write but 0.
  minDateTime: '00010101T000000Z',
  maxDateTime: '99991231T235959Z',
  maxInstances: null,
  readOnly: false,
  inboxRights: 'all',
  html: false,
  uidScope: 'collection',
  renames: false,
  trash: null,
  lockout: null,
};

/** As recorded from Debian's cyrus-caldav 3.6.1, which names itself on OPTIONS alone. */
const CYRUS: Product = {
  everywhere: {},
  options: {
    Server: 'Cyrus-HTTP/3.6.1-Debian-3.6.1-4+deb12u5 Cyrus-SASL/2.1.28 Lib/XML2.9.14 LibiCal/3.0 SQLite/3.40.1',
  },
  dav: [
    '1, 2, 3, access-control, extended-mkcol, resource-sharing',
    'calendar-access, calendar-auto-schedule',
    'calendar-query-extended, calendar-availability, calendar-managed-attachments',
    'calendarserver-sharing, inbox-availability',
  ],
};

/** sabre/dav tells its version with every answer. */
const SABRE: Product = {
  everywhere: { 'X-Sabre-Version': '4.7.0' },
  options: { 'MS-Author-Via': 'DAV' },
  dav: [
    '1, 3, extended-mkcol, access-control, calendarserver-principal-property-search, calendar-access, calendar-proxy, calendar-auto-schedule, calendar-availability',
  ],
};

/** Nextcloud keeps the version of sabre/dav and its own to itself: only its tokens give it away. */
const NEXTCLOUD: Product = {
  everywhere: { 'X-Request-Id': 'practice', 'X-Robots-Tag': 'noindex, nofollow' },
  options: { 'MS-Author-Via': 'DAV' },
  dav: [
    '1, 3, extended-mkcol, access-control, calendarserver-principal-property-search, nc-paginate, nextcloud-checksum-update, nc-calendar-search, nc-enable-birthday-calendar, oc-resource-sharing, calendar-access, calendar-proxy, calendar-auto-schedule, calendar-availability, nc-calendar-trashbin, nc-calendar-webcal-cache, calendarserver-subscribed',
  ],
};

/** Nextcloud tells its version to whoever asks, outside DAV. */
const nextcloud = (versionstring: string): Product => ({
  ...NEXTCLOUD,
  pages: {
    '/status.php': {
      installed: true,
      maintenance: false,
      version: `${versionstring}.1`,
      versionstring,
      edition: '',
      productname: 'Nextcloud',
    },
  },
});

/** As read in its source, tags 0.12.0 to 0.16.18 (crates/http/src/request.rs). */
const STALWART: Product = {
  everywhere: {},
  options: {},
  dav: [
    '1, 2, 3, access-control, extended-mkcol, calendar-access, calendar-auto-schedule, calendar-no-timezone, addressbook',
  ],
  allow:
    'OPTIONS, GET, HEAD, POST, PUT, DELETE, COPY, MOVE, MKCALENDAR, MKCOL, PROPFIND, PROPPATCH, LOCK, UNLOCK, REPORT, ACL',
};

/** Its name as in its own test, its tokens as in OPTIONSAction.java of 7.10.4. */
const OPEN_XCHANGE: Product = {
  everywhere: { Server: 'Openexchange WebDAV' },
  options: {},
  dav: [
    '1, 2, 3, access-control, calendar-access, calendar-auto-schedule, calendar-schedule',
    'calendarserver-principal-search, calendarserver-principal-property-search, calendarserver-private-events',
    'calendarserver-recurrence-split, extended-mkcol, addressbook',
  ],
};

/** As recorded from master f61f963. */
const XANDIKOS: Product = {
  everywhere: { Server: 'Python/3.11 aiohttp/3.8.4' },
  options: {},
  dav: [
    '1, 2, 3, calendar-access, calendar-auto-scheduling, addressbook, extended-mkcol, add-member, sync-collection, quota',
  ],
  allow: 'COPY, DELETE, GET, HEAD, MKCALENDAR, MKCOL, MOVE, OPTIONS, POST, PROPFIND, PROPPATCH, PUT, REPORT',
};

/** As recorded from Debian's radicale 3.1.8-2 (2026-11-28); its mail hook cannot be seen from outside. */
const RADICALE: Product = {
  everywhere: { Server: 'WSGIServer/0.2 CPython/3.11.2' },
  options: {},
  dav: ['1, 2, 3, calendar-access, addressbook, extended-mkcol'],
  allow: 'DELETE, GET, HEAD, MKCALENDAR, MKCOL, MOVE, OPTIONS, POST, PROPFIND, PROPPATCH, PUT, REPORT',
};

const NEXTCLOUD_SWITCHES: readonly Switch[] = [
  { header: 'X-NC-Scheduling', value: 'false', anyCase: false, methods: ['PUT'] },
  { header: 'Schedule-Reply', value: 'F', anyCase: false, methods: ['PUT', 'DELETE'] },
];

const IGNORES = { advertises: false, controls: 'ignored' } as const;
const WRITES = ['PUT', 'DELETE'] as const;

export const PERSONALITIES: readonly Personality[] = [
  DEFAULT,
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'ignores-header',
    summary: 'Does not know the Scheduling header and mails everybody.',
  },
  {
    ...DEFAULT,
    name: 'advertises-but-ignores',
    summary: 'Advertises scheduling-controls and still mails everybody.',
    controls: 'ignored',
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'noScheduling',
    summary: 'Stores events and never notifies anybody.',
    schedules: false,
  },
  {
    ...DEFAULT,
    name: 'rewrites-bodies',
    summary: 'Stores events in another order and folding than they were sent.',
    rewrites: true,
  },
  {
    ...DEFAULT,
    name: 'shortens-properties',
    summary: 'Keeps the colour of a calendar without alpha, and the beginning of its description.',
    shortens: new Map([
      ['calendar-color', '#rrggbb'.length],
      ['calendar-description', 10],
    ]),
  },
  {
    ...DEFAULT,
    name: 'mixes-uids',
    summary: 'Takes objects that hold events of several UIDs.',
    mixesUids: true,
  },
  {
    ...DEFAULT,
    name: 'omits-properties',
    summary: 'Stores events without GEO and EXDATE, and says nothing of it.',
    omits: ['GEO', 'EXDATE'],
  },
  {
    ...DEFAULT,
    name: 'swaps-events',
    summary: 'Says that it stored an event, and keeps one with another UID at its address.',
    swaps: true,
  },
  { ...DEFAULT, name: 'weak-etag', summary: 'Gives weak ETags only.', etags: 'weak' },
  { ...DEFAULT, name: 'no-etag', summary: 'Gives no ETags.', etags: 'none' },
  {
    ...DEFAULT,
    name: 'small-max-size',
    summary: 'Takes objects of at most 1,000 octets.',
    maxResourceSize: 1000,
  },
  {
    ...DEFAULT,
    name: 'narrow-limits',
    summary: 'Takes events between 1970 and 2038 only, and series of at most 100 instances.',
    minDateTime: '19700101T000000Z',
    maxDateTime: '20380119T031407Z',
    maxInstances: 100,
  },
  { ...DEFAULT, name: 'read-only', summary: 'Lets nobody write.', readOnly: true },
  { ...DEFAULT, name: 'html', summary: 'Answers every request with a web page.', html: true },
  {
    ...DEFAULT,
    name: 'one-uid-per-user',
    summary: 'Refuses a UID that the user has in any calendar.',
    uidScope: 'user',
  },
  {
    ...DEFAULT,
    name: 'renames-resources',
    summary: 'Stores new objects under a name of its own.',
    renames: true,
  },
  {
    ...DEFAULT,
    name: 'renames-and-omits',
    summary: 'Stores new objects under a name of its own, without GEO and EXDATE.',
    renames: true,
    omits: ['GEO', 'EXDATE'],
  },
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
    inboxRights: 'unbind',
    trash: 'drops',
  },
  {
    ...DEFAULT,
    ...IGNORES,
    name: 'nextcloud-29-like',
    product: nextcloud('29.0.16'),
    cancelsWithCalendar: false,
    summary: 'As nextcloud-31-like, in a version that nobody has measured.',
    switches: NEXTCLOUD_SWITCHES,
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
    switches: [
      ...NEXTCLOUD_SWITCHES,
      { header: 'X-NC-Scheduling', value: 'false', anyCase: false, methods: ['DELETE'] },
    ],
    inboxRights: 'unbind',
    trash: 'fails',
    // Run against Nextcloud on 2026-11-28: four starts with a wrong password, three requests each, were enough.
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
    inboxRights: 'unbind',
    trash: 'refuses',
  },
];

export const personalityNamed = (name: string): Personality | undefined => PERSONALITIES.find((p) => p.name === name);
