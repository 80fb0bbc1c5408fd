import { lastSegment } from '../../../../shared/text/address.ts';
import type { CalendarInfo } from '../../../../shared/model/server.ts';
import { propOf, type DavResponse } from '../answers/multistatus.ts';
import { CALDAV, childOf, childrenOf, DAV, type XmlElement } from '../answers/xml.ts';

const APPLE = 'http://apple.com/ns/ical/';
const CALENDARSERVER = 'http://calendarserver.org/ns/';

/** Properties that describe a calendar collection, for propfindBody. */
export const CALENDAR_PROPS = [
  'D:resourcetype',
  'D:displayname',
  'D:owner',
  'D:current-user-privilege-set',
  'C:supported-calendar-component-set',
  'C:calendar-description',
  'C:max-resource-size',
  'C:max-attendees-per-instance',
  'C:min-date-time',
  'C:max-date-time',
  'C:max-instances',
  'C:calendar-user-address-set',
  'D:quota-available-bytes',
  'A:calendar-color',
] as const;

/** Whether a collection is a calendar (RFC 4791 §4.2) that one can restore into: no inbox, no subscription, no trash. */
export function isWritableKind(response: DavResponse): boolean {
  const types = propOf(response, DAV, 'resourcetype')?.children ?? [];
  const is = (namespace: string, name: string): boolean =>
    types.some((type) => type.name === name && type.namespace === namespace);
  if (!is(CALDAV, 'calendar')) return false;
  // A schedule-outbox is no reason to refuse: SOGo marks every personal calendar as one too.
  if (is(CALDAV, 'schedule-inbox')) return false;
  if (is(CALENDARSERVER, 'subscribed') || is(CALENDARSERVER, 'notification')) return false;
  return !types.some((type) => /^(?:deleted-calendar|trash-?bin|free-busy-url|dropbox-home)$/.test(type.name));
}

/** Whether a collection is a schedule inbox (RFC 6638 §2.2). */
export function isInbox(response: DavResponse): boolean {
  const types = propOf(response, DAV, 'resourcetype')?.children ?? [];
  return types.some((type) => type.name === 'schedule-inbox' && type.namespace === CALDAV);
}

/** Privileges that let somebody store objects (RFC 3744 §3). */
const WRITING = ['all', 'write', 'write-content', 'bind'];

/** A calendar as the window shows it. Texts are kept as written: a name `2025` stays a text. */
export function toCalendarInfo(response: DavResponse, url: string, path: string): CalendarInfo {
  const text = (namespace: string, name: string): string | null => {
    const value = propOf(response, namespace, name)?.text.trim();
    return value === undefined || value === '' ? null : value;
  };
  return {
    url,
    name: text(DAV, 'displayname') ?? lastSegment(path),
    color: text(APPLE, 'calendar-color'),
    description: text(CALDAV, 'calendar-description'),
    components: componentsOf(propOf(response, CALDAV, 'supported-calendar-component-set')),
    writable: writable(propOf(response, DAV, 'current-user-privilege-set')),
    maxResourceSize: wholeNumber(propOf(response, CALDAV, 'max-resource-size')),
    objects: null,
  };
}

/** Names in a `supported-calendar-component-set`, upper case. */
export function componentsOf(set: XmlElement | null): readonly string[] {
  return childrenOf(set, CALDAV, 'comp')
    .map((comp) => (comp.attributes['name'] ?? '').toUpperCase())
    .filter((name) => name !== '');
}

/** Privileges that let somebody delete objects: an inbox may grant no other. */
const DELETING = ['all', 'write', 'unbind'];

/** Whether the logged-in user may store objects (RFC 3744 §5.4); null when the server does not say. */
export function writable(set: XmlElement | null): boolean | null {
  return grants(set, WRITING);
}

/** Whether the logged-in user may delete objects; null when the server does not say. */
export function removable(set: XmlElement | null): boolean | null {
  return grants(set, DELETING);
}

function grants(set: XmlElement | null, wanted: readonly string[]): boolean | null {
  if (set === null) return null;
  const privileges = childrenOf(set, DAV, 'privilege').flatMap((privilege) => privilege.children);
  return privileges.some((privilege) => privilege.namespace === DAV && wanted.includes(privilege.name));
}

/** A number of octets or guests; null when absent, unreadable or too large to be a limit. */
export function wholeNumber(element: XmlElement | null): number | null {
  const text = element?.text.trim() ?? '';
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : null;
}

/** A time in UTC (RFC 4791 §5.2.6, §5.2.7) in milliseconds since 1970; null when absent or unreadable. */
export function utcTime(element: XmlElement | null): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(element?.text.trim() ?? '');
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match;
  const ms = Date.parse(`${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`);
  return Number.isNaN(ms) ? null : ms;
}

/** `calendar-user-address-set` (RFC 6638 §2.4.1) with mailto addresses first, each once. */
export function addressesOf(set: XmlElement | null): readonly string[] {
  const all = childrenOf(set, DAV, 'href')
    .map((href) => unquoted(href.text.trim()))
    .filter((href) => href !== '');
  const isMail = (address: string): boolean => /^mailto:/i.test(address);
  return [...new Set([...all.filter(isMail), ...all.filter((address) => !isMail(address))])];
}

/** Some quote the whole URI as if it were a path (Xandikos: `mailto%3Aalice%40example.com`). */
function unquoted(href: string): string {
  if (!/^mailto%3a/i.test(href)) return href;
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}

/** The first href in a property such as `DAV:owner`. */
export function hrefIn(element: XmlElement | null): string | null {
  const text = childOf(element, DAV, 'href')?.text.trim() ?? '';
  return text === '' ? null : text;
}
