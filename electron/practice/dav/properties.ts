import type { Collection, Principal, StoredObject } from '../store/model.ts';
import { DEFAULT_CALENDAR } from '../store/store.ts';
import {
  APPLE,
  CALDAV,
  CALENDARSERVER,
  DAV,
  OWNCLOUD,
  element,
  escapeData,
  escapeXml,
  href,
  key,
} from '../xml/names.ts';
import { homePath, PRINCIPALS, principalPath, type Resource } from '../paths.ts';
import { accessListOf, SUPPORTED_PRIVILEGES } from './access.ts';
import { mayWrite } from './rights.ts';
import { inviteOf } from './shares.ts';
import type { Site } from '../site.ts';
import { trashType } from './trash.ts';

/** Gives the inner XML of a live property, or undefined where the resource does not have it. */
type Live = (resource: Resource, site: Site, actor: Principal) => string | undefined;

const d = (name: string, inner = ''): string => element(DAV, name, inner);
const c = (name: string, inner = ''): string => element(CALDAV, name, inner);

const ofCalendar =
  (give: (collection: Collection, site: Site) => string | undefined): Live =>
  (r, site) =>
    r.kind === 'collection' && r.collection.kind === 'calendar' ? give(r.collection, site) : undefined;
const ofCollection =
  (give: (collection: Collection, site: Site) => string | undefined): Live =>
  (r, site) =>
    r.kind === 'collection' ? give(r.collection, site) : undefined;
const ofObject =
  (give: (object: StoredObject, site: Site) => string | undefined): Live =>
  (r, site) =>
    r.kind === 'object' ? give(r.object, site) : undefined;
const ofPrincipal =
  (give: (principal: Principal) => string | undefined): Live =>
  (r) =>
    r.kind === 'principal' ? give(r.principal) : undefined;
/** Clients ask the home for these as well. */
const ofUser =
  (give: (principal: Principal) => string | undefined): Live =>
  (r) =>
    r.kind === 'principal' || r.kind === 'home' ? give(r.principal) : undefined;

/** The media type an object is given back with. */
export const contentType = ({ component }: StoredObject): string =>
  component === '' ? 'application/octet-stream' : `text/calendar; charset=utf-8; component=${component.toLowerCase()}`;

export const etagHeader = (site: Site, object: StoredObject): string | undefined => {
  switch (site.personality.etags) {
    case 'strong':
      return `"${object.etag}"`;
    case 'weak':
      return `W/"${object.etag}"`;
    case 'none':
      return undefined;
  }
};

export const syncToken = (site: Site, collection: Collection, revision = collection.revision): string =>
  `http://hushcal.example/sync/${site.store.epoch}/${String(collection.created)}/${String(revision)}`;

type Reports = readonly (readonly [string, string])[];
const SEARCHES: Reports = [
  [DAV, 'principal-match'],
  [DAV, 'principal-property-search'],
  [DAV, 'principal-search-property-set'],
];
const REPORTS: Readonly<Record<string, Reports>> = {
  calendar: [
    [CALDAV, 'calendar-query'],
    [CALDAV, 'calendar-multiget'],
    [CALDAV, 'free-busy-query'],
    [DAV, 'sync-collection'],
  ],
  inbox: [
    [CALDAV, 'calendar-query'],
    [CALDAV, 'calendar-multiget'],
    [DAV, 'sync-collection'],
  ],
  trashbin: [
    [CALDAV, 'calendar-query'],
    [CALDAV, 'calendar-multiget'],
  ],
  root: SEARCHES,
  principals: SEARCHES,
  principal: SEARCHES,
  homes: SEARCHES,
  home: SEARCHES,
};

function reportSet(resource: Resource): string {
  const kind = resource.kind === 'collection' ? resource.collection.kind : resource.kind;
  return (REPORTS[kind] ?? []).map(([ns, name]) => d('supported-report', d('report', element(ns, name)))).join('');
}

function resourceType(resource: Resource): string {
  switch (resource.kind) {
    case 'object':
      return '';
    case 'principal':
      return d('collection') + d('principal');
    case 'collection': {
      const { kind } = resource.collection;
      const special = { calendar: 'calendar', inbox: 'schedule-inbox', outbox: 'schedule-outbox' } as const;
      if (kind === 'trashbin') return d('collection') + trashType(resource.collection);
      return d('collection') + (kind === 'folder' ? '' : c(special[kind]));
    }
    case 'root':
    case 'principals':
    case 'homes':
    case 'home':
      return d('collection');
  }
}

function displayName(resource: Resource): string {
  switch (resource.kind) {
    case 'principal':
      return resource.principal.displayName;
    case 'home':
      return `Calendars of ${resource.principal.displayName}`;
    case 'collection':
      return resource.collection.slug === DEFAULT_CALENDAR
        ? 'Calendar'
        : resource.collection.slug.slice(resource.collection.slug.lastIndexOf('/') + 1);
    case 'object':
      return resource.object.name;
    case 'root':
      return 'Practice server';
    case 'principals':
      return 'Users';
    case 'homes':
      return 'Calendars';
  }
}

function owner(resource: Resource): Principal | undefined {
  if (resource.kind === 'principal' || resource.kind === 'home') return resource.principal;
  return resource.kind === 'collection' || resource.kind === 'object' ? resource.collection.owner : undefined;
}

const READ = ['read', 'read-current-user-privilege-set', 'read-acl'];
const WRITE = ['write', 'write-properties', 'write-content', 'bind', 'unbind', 'unlock'];

function privileges(resource: Resource, site: Site, actor: Principal): string {
  const one = (inner: string): string => d('privilege', inner);
  const writable = resource.kind !== 'principal' && mayWrite(site, actor, owner(resource) ?? null);
  const deletesOnly =
    resource.kind === 'collection' && resource.collection.kind === 'inbox' && site.personality.inboxRights === 'unbind';
  const granted = deletesOnly ? [...READ, 'unbind'] : ['all', ...READ, ...WRITE];
  const names = (writable ? granted : READ).map((name) => one(d(name)));
  if (resource.kind !== 'collection' || !writable) return names.join('');
  const own = resource.collection.kind;
  if (own === 'folder' || own === 'trashbin') return names.join('');
  if (own === 'calendar') return names.join('') + one(c('read-free-busy'));
  const scheduling =
    own === 'inbox'
      ? ['schedule-deliver', 'schedule-deliver-invite', 'schedule-deliver-reply', 'schedule-query-freebusy']
      : ['schedule-send', 'schedule-send-invite', 'schedule-send-reply', 'schedule-send-freebusy'];
  return names.join('') + scheduling.map((name) => one(c(name))).join('');
}

/** RFC 3744 §5.5: who may read an access list sees it; nobody can change it. */
function accessList(resource: Resource, site: Site): string {
  const admins = [...site.store.principals.values()].filter((p) => p.admin);
  return accessListOf(owner(resource) === undefined, admins.map(principalPath), site.personality.readOnly);
}

const httpDate = (milliseconds: number): string => new Date(milliseconds).toUTCString();
const isoDate = (milliseconds: number): string => new Date(milliseconds).toISOString();

const calendarOf = (principal: Principal, slug: string): string => href(`${homePath(principal)}${slug}/`);

/** Every live property: the name, how it is found, whether clients may set it. */
const LIVE: ReadonlyMap<string, Live> = new Map<string, Live>([
  [key(DAV, 'resourcetype'), resourceType],
  [key(DAV, 'displayname'), (r) => escapeXml(displayName(r))],
  [key(DAV, 'current-user-principal'), (_r, _site, actor) => href(principalPath(actor))],
  [key(DAV, 'principal-URL'), ofPrincipal((p) => href(principalPath(p)))],
  [key(DAV, 'alternate-URI-set'), ofPrincipal(() => '')],
  [key(DAV, 'group-member-set'), ofPrincipal(() => '')],
  [key(DAV, 'group-membership'), ofPrincipal(() => '')],
  [key(DAV, 'principal-collection-set'), () => href(PRINCIPALS)],
  [key(DAV, 'owner'), (r) => optional(owner(r), (p) => href(principalPath(p)))],
  [key(DAV, 'current-user-privilege-set'), privileges],
  [key(DAV, 'acl'), accessList],
  [key(DAV, 'acl-restrictions'), () => d('grant-only') + d('no-invert')],
  [key(DAV, 'inherited-acl-set'), () => ''],
  [key(DAV, 'supported-privilege-set'), () => SUPPORTED_PRIVILEGES],
  [key(DAV, 'supported-report-set'), reportSet],
  [key(DAV, 'getetag'), ofObject((o, site) => optional(etagHeader(site, o), escapeXml))],
  [key(DAV, 'getcontentlength'), ofObject((o) => String(o.size))],
  [key(DAV, 'getcontenttype'), ofObject((o) => escapeXml(contentType(o)))],
  [key(DAV, 'getlastmodified'), ofObject((o) => httpDate(o.modified))],
  [
    key(DAV, 'creationdate'),
    (r) => {
      if (r.kind === 'object') return isoDate(r.object.created);
      return r.kind === 'collection' ? isoDate(r.collection.created) : undefined;
    },
  ],
  [key(DAV, 'sync-token'), ofCollection((x, site) => (x.kind === 'outbox' ? undefined : syncToken(site, x)))],
  [key(CALENDARSERVER, 'getctag'), ofCollection((x, site) => syncToken(site, x))],
  [key(DAV, 'quota-available-bytes'), ofCollection(() => '1000000000000')],
  [key(DAV, 'quota-used-bytes'), ofCollection(usedBytes)],
  [key(DAV, 'supportedlock'), (r) => (r.kind === 'object' || r.kind === 'collection' ? '' : undefined)],
  [key(CALDAV, 'calendar-home-set'), ofUser((p) => href(homePath(p)))],
  [key(CALDAV, 'calendar-user-address-set'), ofUser(addressSet)],
  [key(CALDAV, 'calendar-user-type'), ofPrincipal(() => 'INDIVIDUAL')],
  [key(CALDAV, 'schedule-inbox-URL'), ofUser((p) => calendarOf(p, 'inbox'))],
  [key(CALDAV, 'schedule-outbox-URL'), ofUser((p) => calendarOf(p, 'outbox'))],
  [
    key(CALDAV, 'schedule-default-calendar-URL'),
    ofCollection((x) => (x.kind === 'inbox' ? calendarOf(x.owner, DEFAULT_CALENDAR) : undefined)),
  ],
  [
    key(OWNCLOUD, 'invite'),
    (r, site, actor) =>
      r.kind === 'collection' && r.collection.owner.user === actor.user ? inviteOf(site, r.collection) : undefined,
  ],
  [key(CALDAV, 'schedule-calendar-transp'), ofCalendar(() => c('opaque'))],
  [key(CALENDARSERVER, 'email-address-set'), ofPrincipal(emailSet)],
  [
    key(CALDAV, 'supported-calendar-component-set'),
    ofCollection((x) => x.components.map((name) => `<C:comp name="${escapeXml(name)}"/>`).join('')),
  ],
  [
    key(CALDAV, 'supported-calendar-data'),
    ofCollection(() => '<C:calendar-data content-type="text/calendar" version="2.0"/>'),
  ],
  [key(CALDAV, 'max-resource-size'), ofCollection((_x, site) => String(site.personality.maxResourceSize))],
  [key(CALDAV, 'min-date-time'), ofCalendar((_x, site) => site.personality.minDateTime)],
  [key(CALDAV, 'max-date-time'), ofCalendar((_x, site) => site.personality.maxDateTime)],
  [key(CALDAV, 'max-instances'), ofCalendar((_x, site) => optional(site.personality.maxInstances, String))],
  [key(CALDAV, 'max-attendees-per-instance'), ofCalendar(() => String(MAX_ATTENDEES))],
  [key(CALDAV, 'schedule-tag'), ofObject((o) => optional(o.scheduleTag, (tag) => `"${tag}"`))],
]);

/** RFC 4791 §5.2.9. */
export const MAX_ATTENDEES = 2000;

function optional<T>(value: T | undefined | null, give: (value: T) => string): string | undefined {
  return value === undefined || value === null ? undefined : give(value);
}

function usedBytes(collection: Collection): string {
  let used = 0;
  for (const object of collection.objects.values()) used += object.size;
  return String(used);
}

function addressSet(principal: Principal): string {
  const [preferred, ...others] = principal.addresses;
  const first = preferred === undefined ? '' : `<D:href preferred="1">${escapeXml(preferred)}</D:href>`;
  return first + others.map(href).join('') + href(principalPath(principal));
}

function emailSet(principal: Principal): string {
  const mails = principal.addresses.filter((a) => a.startsWith('mailto:')).map((a) => a.slice(7));
  return mails.map((a) => element(CALENDARSERVER, 'email-address', escapeXml(a))).join('');
}

/** Live properties that a client may set on a calendar; the value it sets takes the place of the live one. */
const SETTABLE: ReadonlySet<string> = new Set([
  key(DAV, 'displayname'),
  key(CALDAV, 'schedule-calendar-transp'),
  key(CALDAV, 'calendar-description'),
  key(CALDAV, 'calendar-timezone'),
  key(APPLE, 'calendar-color'),
  key(APPLE, 'calendar-order'),
]);

/** Protected: the server's own, and not one a client may set (RFC 4918 §15). */
export const isProtected = (name: string): boolean =>
  !SETTABLE.has(name) &&
  (LIVE.has(name) || name === key(CALDAV, 'calendar-data') || name === key(DAV, 'lockdiscovery'));

const stored = (resource: Resource): ReadonlyMap<string, string> =>
  resource.kind === 'collection'
    ? resource.collection.properties
    : resource.kind === 'object'
      ? resource.object.properties
      : NONE;
const NONE: ReadonlyMap<string, string> = new Map();

/** The calendar text, for `calendar-data` in reports. */
export const calendarData = (text: string): string => element(CALDAV, 'calendar-data', escapeData(text));

/** The whole element of a property; undefined when the resource does not have it. */
export function propertyOf(
  resource: Resource,
  ns: string,
  name: string,
  site: Site,
  actor: Principal,
): string | undefined {
  const id = key(ns, name);
  const own = stored(resource).get(id);
  if (own !== undefined) return own;
  const inner = LIVE.get(id)?.(resource, site, actor);
  return inner === undefined ? undefined : element(ns, name, inner);
}

const SPLIT = /^\{([^}]*)\}(.*)$/;

/** The names a resource has: what `propname` lists and, with only those `among` a set of live ones, `allprop` gives. */
export function propertyNames(
  resource: Resource,
  site: Site,
  actor: Principal,
  among: ReadonlySet<string> | null = null,
): { ns: string; name: string }[] {
  const live: string[] = [];
  for (const [id, give] of LIVE) {
    if ((among === null || among.has(id)) && give(resource, site, actor) !== undefined) live.push(id);
  }
  return [...new Set([...live, ...stored(resource).keys()])].map((id) => {
    const parts = SPLIT.exec(id);
    return { ns: parts?.[1] ?? '', name: parts?.[2] ?? id };
  });
}

/** `allprop` leaves out what is not defined by RFC 4918 (RFC 4791 §5.2, RFC 3744 §4) except what clients stored. */
export const ALLPROP: ReadonlySet<string> = new Set(
  [
    'resourcetype',
    'displayname',
    'getetag',
    'getcontentlength',
    'getcontenttype',
    'getlastmodified',
    'creationdate',
    'supportedlock',
  ].map((name) => key(DAV, name)),
);
