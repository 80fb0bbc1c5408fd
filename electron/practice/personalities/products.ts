import type { Product } from './personality.ts';

/** As recorded from Debian's cyrus-caldav 3.6.1, which names itself on OPTIONS alone. */
export const CYRUS: Product = {
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
export const SABRE: Product = {
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
export const nextcloud = (versionstring: string): Product => ({
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
export const STALWART: Product = {
  everywhere: {},
  options: {},
  dav: [
    '1, 2, 3, access-control, extended-mkcol, calendar-access, calendar-auto-schedule, calendar-no-timezone, addressbook',
  ],
  allow:
    'OPTIONS, GET, HEAD, POST, PUT, DELETE, COPY, MOVE, MKCALENDAR, MKCOL, PROPFIND, PROPPATCH, LOCK, UNLOCK, REPORT, ACL',
};

/** Its name as in its own test, its tokens as in OPTIONSAction.java of 7.10.4. */
export const OPEN_XCHANGE: Product = {
  everywhere: { Server: 'Openexchange WebDAV' },
  options: {},
  dav: [
    '1, 2, 3, access-control, calendar-access, calendar-auto-schedule, calendar-schedule',
    'calendarserver-principal-search, calendarserver-principal-property-search, calendarserver-private-events',
    'calendarserver-recurrence-split, extended-mkcol, addressbook',
  ],
};

/** As recorded from master f61f963. */
export const XANDIKOS: Product = {
  everywhere: { Server: 'Python/3.11 aiohttp/3.8.4' },
  options: {},
  dav: [
    '1, 2, 3, calendar-access, calendar-auto-scheduling, addressbook, extended-mkcol, add-member, sync-collection, quota',
  ],
  allow: 'COPY, DELETE, GET, HEAD, MKCALENDAR, MKCOL, MOVE, OPTIONS, POST, PROPFIND, PROPPATCH, PUT, REPORT',
};

/** As recorded from Debian's radicale 3.1.8-2 (2026-11-28); its mail hook cannot be seen from outside. */
export const RADICALE: Product = {
  everywhere: { Server: 'WSGIServer/0.2 CPython/3.11.2' },
  options: {},
  dav: ['1, 2, 3, calendar-access, addressbook, extended-mkcol'],
  allow: 'DELETE, GET, HEAD, MKCALENDAR, MKCOL, MOVE, OPTIONS, POST, PROPFIND, PROPPATCH, PUT, REPORT',
};
