import { headerText, retryAfter } from '../transport/http.ts';
import { parseMultistatus } from './multistatus.ts';
import { CALDAV, DAV, hrefsOf, parseXml, type XmlElement } from './xml.ts';
import { isHtml, ownWords } from './words.ts';
import { tooLarge } from './too-large.ts';
import type { AnswerHeaders } from '../transport/wire.ts';
import type { ETag, WriteResult } from '../types.ts';

/** What was sent, as far as it decides what an answer means. */
export interface Sent {
  readonly method: 'PUT' | 'DELETE' | 'PROPPATCH' | 'MOVE';
  /** Header names in any case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the body, where there is one. */
  readonly octets?: number | undefined;
  /** Why the login was refused, where it was. */
  readonly denied?: string | undefined;
}

type Refusal = Extract<WriteResult, { kind: 'refused' }>;
type Reaction = Refusal['reaction'];

/**
 * What an answer to a write means. Pure. The XML precondition element decides first, the status second, since servers
 * disagree about statuses (Stalwart 412, old Nextcloud 400, Radicale 409); a 207 is looked into, since Xandikos reports
 * a failed PUT by one.
 */
export function classifyWrite(
  status: number,
  headers: AnswerHeaders,
  body: string,
  sent: Sent = { method: 'PUT', headers: {} },
): WriteResult {
  if (status === 207) return classifyMultistatus(headers, body, sent);
  if (status >= 200 && status < 300) {
    return { kind: 'done', status, etag: strongETag(headerText(headers, 'etag')), scheduleTag: scheduleTag(headers) };
  }
  const root = body.includes('<') && !isHtml(body) ? parseXml(body) : null;
  const precondition = root === null ? null : preconditionOf(root);
  const words = ownWords(root === null ? body : describe(root));
  return refuse(status, headers, precondition, words, sent, body);
}

function classifyMultistatus(headers: AnswerHeaders, body: string, sent: Sent): WriteResult {
  const responses = parseMultistatus(body);
  const first = responses?.[0];
  if (responses === null || first === undefined) {
    return {
      kind: 'lost',
      message: 'The server answered in a way that does not say what it did (207 without a status).',
    };
  }
  const failed = responses.find((response) => (response.status ?? response.missing[0]?.status ?? 200) >= 400);
  if (failed === undefined) {
    return {
      kind: 'done',
      status: 207,
      etag: strongETag(headerText(headers, 'etag')),
      scheduleTag: scheduleTag(headers),
    };
  }
  const status = failed.status ?? failed.missing[0]?.status ?? 500;
  const element = failed.error === null ? null : preconditionOf(failed.error);
  return refuse(status, headers, element, ownWords(failed.description), sent);
}

function refuse(
  status: number,
  headers: AnswerHeaders,
  precondition: XmlElement | null,
  words: string,
  sent: Sent,
  page = '',
): WriteResult {
  const element = precondition?.name ?? knownWords(words);
  const known = element === null ? undefined : ELEMENTS[element];
  const message = (text: string): string => `${text}${words === '' ? '' : ` The server says: "${words}"`}`;
  const refused = (text: string, reaction: Reaction): Refusal => ({
    kind: 'refused',
    status,
    element,
    conflictHref: precondition === null ? null : conflictHref(precondition),
    reaction,
    message: message(text),
  });
  if (known !== undefined) {
    const address = element === NOT_ACTING ? actingAs(sent) : null;
    return refused(
      address === null ? known[0] : `The server does not let you act as ${address}. ${known[0]}`,
      known[1],
    );
  }
  if (RETRY.includes(status) || isRateLimit(status, words)) {
    return {
      kind: 'later',
      status,
      seconds: retryAfter(headers),
      message: message(`The server asks to try again later (${status}).`),
    };
  }
  if (UNCLEAR.includes(status)) {
    return {
      kind: 'lost',
      message: message(`The server failed (${status}) without saying whether it had done what was asked.`),
    };
  }
  if (status === 413) return refused(tooLarge(page, sent.octets), 'skip-item');
  const [text, reaction] = byStatus(status, element, words, sent);
  return refused(text, reaction);
}

/** Nothing was done, and it may work later. */
const RETRY = [408, 423, 425, 429, 503];
/** An answer came, but whether the write was applied before the failure must be read. */
const UNCLEAR = [500, 502, 504, 520, 521, 522, 523, 524, 598, 599];

const SAME_UID = 'The server already has an event with this UID at another address.';
const BROKEN = 'The server does not accept this as calendar data.';

/** Our names for what Nextcloud has no element for. */
const UID_IN_TRASH = 'uid-in-trash';
const NAME_IN_TRASH = 'name-in-trash';
/** What was asked for collides with something that is already on the server; nothing was done. */
const COLLISIONS = ['no-uid-conflict', 'unique-scheduling-object-resource', UID_IN_TRASH, NAME_IN_TRASH];

/** Whether a refusal says that another object is in the way, by the name of its element. */
export function isCollision(element: string | null): boolean {
  return element !== null && COLLISIONS.includes(element);
}

/** Whether it says that the object which is in the way has the same UID and is there, not deleted. */
export function isSameUid(element: string | null): boolean {
  return element === 'no-uid-conflict' || element === 'unique-scheduling-object-resource';
}

/** The server checks the address to act as, and refuses it. */
const NOT_ACTING = 'allowed-schedule-user-address';

/** Precondition elements by local name (RFC 4791 §5.3.2.1, RFC 6638 §3.2.4, RFC 3744 §7.1.1 and servers' own). */
const ELEMENTS: Readonly<Record<string, readonly [message: string, reaction: Reaction]>> = {
  'no-uid-conflict': [SAME_UID, 'skip-item'],
  'unique-scheduling-object-resource': [
    'Another calendar of the same user already holds an event with this UID, and the server takes a UID only once per user. ' +
      'Move or delete that one first, or add this one as a copy.',
    'skip-item',
  ],
  [UID_IN_TRASH]: [
    'A deleted event with this UID lies in the trash bin of this calendar, and this server takes no other one meanwhile. ' +
      'Put it back there or delete it there for good, then try again, or add this one as a copy.',
    'skip-item',
  ],
  [NAME_IN_TRASH]: [
    'An earlier deleted event of the same name lies in the trash bin, where the server would put this one too. ' +
      'Delete the earlier one there for good, then try again.',
    'skip-item',
  ],
  'supported-calendar-data': [`${BROKEN} It does not support this kind or encoding.`, 'skip-item'],
  'valid-calendar-data': [BROKEN, 'skip-item'],
  'valid-calendar-object-resource': [`${BROKEN} It wants one event with one UID and no METHOD.`, 'skip-item'],
  'supported-calendar-component': ['This calendar does not take this kind of entry.', 'skip-item'],
  'valid-timezone': ['The server does not accept the time zone of this event.', 'skip-item'],
  'supported-rscale': ['The server does not support the calendar scale of this event.', 'skip-item'],
  'max-resource-size': ['This event is larger than the server takes.', 'skip-item'],
  'min-date-time': ['This event is earlier than the server takes.', 'skip-item'],
  'max-date-time': ['This event is later than the server takes.', 'skip-item'],
  'max-instances': ['This event repeats more often than the server takes.', 'skip-item'],
  'max-attendees-per-instance': ['This event has more guests than the server takes.', 'skip-item'],
  'same-organizer-in-all-components': [
    'The instances of this event name different organizers, which the server does not take.',
    'skip-item',
  ],
  'allowed-organizer-scheduling-object-change': [
    'The server does not let the organizer make this change.',
    'skip-item',
  ],
  'allowed-attendee-scheduling-object-change': ['The server does not let a guest make this change.', 'skip-item'],
  'organizer-allowed': ['The organizer of this event is not a user of this calendar.', 'skip-item'],
  'valid-organizer': ['The organizer of this event is not a user of this calendar.', 'skip-item'],
  'attendee-allowed': ['The server does not let this guest store the event.', 'skip-item'],
  'valid-attendee-change': ['The server does not let a guest make this change.', 'skip-item'],
  'valid-scheduling-message': ['The server does not accept this event for scheduling.', 'skip-item'],
  'max-resources': ['The calendar is full: the server takes no more entries in it.', 'stop-job'],
  'need-privileges': ['You have no right to write in this calendar.', 'stop-job'],
  'cannot-modify-protected-property': ['The server does not let this property be changed.', 'skip-item'],
  'quota-not-exceeded': ['There is no room left on the server.', 'stop-job'],
  'sufficient-disk-space': ['There is no room left on the server.', 'stop-job'],
  'calendar-collection-location-ok': ['No calendar may be made at this address.', 'fix-input'],
  'resource-must-be-null': ['There is already something at this address.', 'skip-item'],
  'default-calendar-needed': ['The default calendar cannot be deleted.', 'skip-item'],
  // Of the draft, whose errors are left open; as the practice server answers (electron/practice/README.md).
  'valid-scheduling': ['The server does not understand who shall be notified. Choose another mode.', 'stop-job'],
  'supported-scheduling': [
    'The server does not know this way of deciding who is notified. Choose another mode.',
    'stop-job',
  ],
  'valid-schedule-user-address': [
    'The server does not understand the address to act as. Choose another one.',
    'stop-job',
  ],
  [NOT_ACTING]: ['It is not an address of the owner of this calendar. Choose another one.', 'stop-job'],
};

function byStatus(status: number, element: string | null, words: string, sent: Sent): readonly [string, Reaction] {
  const address = actingAs(sent);
  switch (status) {
    case 400:
      if (namesHeader(words, element))
        return ['The server does not accept who should be notified, or as whom.', 'stop-job'];
      return ['The server does not accept this event.', 'skip-item'];
    case 401:
      return [sent.denied ?? 'The server no longer accepts the user name or the password.', 'stop-job'];
    case 403:
      if (address !== null) return [`The server does not let you act as ${address}, or write here.`, 'skip-item'];
      return ['The server does not allow this.', 'skip-item'];
    case 404:
    case 410:
      if (sent.method === 'DELETE' || sent.method === 'MOVE') return ['This entry is no longer there.', 'skip-item'];
      return [
        'The server has no place for this entry: the calendar is gone, or it does not accept the data.',
        'skip-item',
      ];
    case 405:
      return ['The server allows no writing at this address.', 'stop-job'];
    case 409:
      return ['The server sees a conflict: the calendar is gone, or another entry is in the way.', 'skip-item'];
    case 412:
      if (sentHeader(sent, 'if-none-match') !== null) {
        return ['There is already an entry at this address, so it was left alone.', 'skip-item'];
      }
      return ['The entry on the server was changed meanwhile, so it was left alone.', 'skip-item'];
    case 415:
      return [BROKEN, 'skip-item'];
    case 417:
    case 421:
    case 426:
      return ['The server is set up in a way that takes no writes from here.', 'stop-job'];
    case 501:
      return ['The server does not know this way of deciding who is notified. Choose another mode.', 'stop-job'];
    case 507:
      return ['There is no room left on the server.', 'stop-job'];
    default:
      return [`The server refused this (${status}).`, 'skip-item'];
  }
}

/**
 * What some servers say in words only: SOGo's 409 and Nextcloud's 400 about a UID, and what Nextcloud says about its trash
 * bin (400 about a UID in it; 403 where a deleted object would get the name of an earlier one).
 */
function knownWords(words: string): string | null {
  if (/^deleted calendar object with uid already exists/i.test(words)) return UID_IN_TRASH;
  if (/already exists in calendar .*moved into the trash ?bin/i.test(words)) return NAME_IN_TRASH;
  return /\buid\b.*\b(?:already|in use|exists)\b|\balready\b.*\buid\b/i.test(words) ? 'no-uid-conflict' : null;
}

/** Google's 403 about its own limits is no refusal of the event. */
function isRateLimit(status: number, words: string): boolean {
  return status === 403 && /rate ?limit|quotaExceeded|usageLimits|too many requests/i.test(words);
}

function namesHeader(words: string, element: string | null): boolean {
  return /schedul(?:ing|e-user-address)/i.test(`${words} ${element ?? ''}`);
}

/** The address that the write was to act as, by whichever header. */
function actingAs(sent: Sent): string | null {
  return sentHeader(sent, 'schedule-user-address') ?? sentHeader(sent, 'schedule-address');
}

function sentHeader(sent: Sent, name: string): string | null {
  const found = Object.entries(sent.headers).find(([key]) => key.toLowerCase() === name);
  return found?.[1] ?? null;
}

/** sabre/dav puts its exception and message beside the precondition. */
const SABRE = 'http://sabredav.org/ns';

/** The precondition inside `DAV:error`: CalDAV's first, then DAV's, then a server's own. */
function preconditionOf(root: XmlElement): XmlElement | null {
  const candidates = root.name === 'error' ? root.children.filter((child) => child.namespace !== SABRE) : [];
  return (
    candidates.find((child) => child.namespace === CALDAV) ??
    candidates.find((child) => child.namespace === DAV && child.name !== 'responsedescription') ??
    candidates.find((child) => ELEMENTS[child.name] !== undefined) ??
    candidates[0] ??
    null
  );
}

function conflictHref(element: XmlElement): string | null {
  return hrefsOf(element)[0] ?? null;
}

/** The human part of an XML error: its message where it has one, else all its texts but hrefs. */
function describe(root: XmlElement): string {
  const message = root.children.find((child) => child.name === 'message' || child.name === 'responsedescription');
  if (message !== undefined && message.text.trim() !== '') return message.text;
  if (root.name === 'href') return '';
  return [root.text, ...root.children.map(describe)]
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join(' ');
}

function scheduleTag(headers: AnswerHeaders): string | null {
  const text = headerText(headers, 'schedule-tag').trim();
  return text === '' ? null : text;
}

/**
 * An entity tag that can guard a write: null for none and for a weak one (RFC 9110 §13.1.1 compares strongly). Some
 * servers leave the quotes away in `getetag`; they are put on, since If-Match needs them.
 */
export function strongETag(text: string): ETag | null {
  const tag = text.trim();
  if (tag === '' || /^W\//i.test(tag)) return null;
  const quoted = tag.startsWith('"') && tag.endsWith('"') && tag.length > 1 ? tag : `"${tag.replace(/"/g, '')}"`;
  // Branded here and nowhere else: this is where a header becomes an ETag.
  return /^[\x21-\x7e\x80-\xff]*$/.test(quoted.replace(/ /g, '')) ? (quoted as ETag) : null;
}
