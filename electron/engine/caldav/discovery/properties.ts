import { hasCode, HushError } from '../../../../shared/model/failure.ts';
import type { FailureCode } from '../../../../shared/model/failure-codes.ts';
import {
  addressesOf,
  CALENDAR_PROPS,
  hrefIn,
  isInbox,
  isWritableKind,
  removable,
  toCalendarInfo,
  utcTime,
  wholeNumber,
} from './calendar-info.ts';
import { davTokensOf, toEvidence, type OtherAnswers } from './evidence.ts';
import { probe } from './probes.ts';
import { nothingThere, unexpected } from '../answers/answers.ts';
import type { Http, HttpRequest } from '../transport/http.ts';
import { propOf, type DavResponse } from '../answers/multistatus.ts';
import { propfind } from '../answers/propfind.ts';
import { HrefPlaces } from '../href-places.ts';
import { collectionPathKey, hrefPath, type CollectionUrl } from '../url.ts';
import { CALDAV, DAV } from '../answers/xml.ts';
import type { CollectionProperties, ServerEvidence } from '../types.ts';
import type { AnswerHeaders } from '../transport/wire.ts';

/** A schedule inbox (RFC 6638 §2.2) is read and emptied only. */
export type CollectionKind = 'calendar' | 'inbox';

/**
 * What a target collection says about itself: OPTIONS on the collection itself (servers vary their `DAV` header by
 * collection), its properties, and the addresses of its owner.
 *
 * @param kind what must stand at the address
 * @param places learns what the answer calls the collection
 * @throws HushError `NOT_A_CALENDAR` when something else does.
 */
export async function readProperties(
  http: Http,
  collection: CollectionUrl,
  mayGo: (path: string) => boolean,
  kind: CollectionKind = 'calendar',
  places: HrefPlaces = new HrefPlaces(collection),
  signal?: AbortSignal,
): Promise<CollectionProperties> {
  const asked = [...CALENDAR_PROPS, 'D:current-user-principal'];
  // Both at once: on a server far away every round trip counts.
  const [described, options] = await Promise.allSettled([
    propfind(http, collection.path, '0', asked, { mayGo, ...stoppedBy(signal) }),
    askOptions(http, collection.path, { mayGo, ...stoppedBy(signal) }),
  ]);
  if (described.status === 'rejected') throw described.reason;
  const { answer, responses } = described.value;
  const response = responses.find(({ href }) => places.place(href) === 'self') ?? responses[0];
  // Some answer for what is not there with a 207 that says so inside (Xandikos).
  if (response?.status === 404 || response?.status === 410) throw nothingThere(collection.url);
  if (response !== undefined && places.place(response.href) === null) places.learn(response.href);
  const fits = kind === 'inbox' ? isInbox : isWritableKind;
  if (response === undefined || !fits(response)) throw notACalendar(collection.url, kind);
  if (options.status === 'rejected') throw options.reason;
  const onCalendar = addressesOf(propOf(response, CALDAV, 'calendar-user-address-set'));
  const current = hrefIn(propOf(response, DAV, 'current-user-principal'));
  const owner = hrefIn(propOf(response, DAV, 'owner')) ?? current;
  const isOwner = isSame(owner, current, collection.url);
  const counts = !isOwner && current !== null && countsSharees(davTokensOf(options.value));
  return {
    info: toCalendarInfo(response, collection.url, collection.path),
    // An address set on the calendar itself wins over the owner's, as Cyrus has it.
    ownerAddresses:
      onCalendar.length > 0 || owner === null ? onCalendar : await readAddresses(http, owner, collection.url, signal),
    ...(counts ? { shareeAddresses: await readAddresses(http, current, collection.url, signal) } : {}),
    evidence: await evidenceOf(
      http,
      collection.path,
      options.value,
      { hints: [answer.headers], described: response },
      signal,
    ),
    maxAttendees: wholeNumber(propOf(response, CALDAV, 'max-attendees-per-instance')),
    minDateMs: utcTime(propOf(response, CALDAV, 'min-date-time')),
    maxDateMs: utcTime(propOf(response, CALDAV, 'max-date-time')),
    maxInstances: wholeNumber(propOf(response, CALDAV, 'max-instances')),
    quotaAvailable: wholeNumber(propOf(response, DAV, 'quota-available-bytes')),
    removable: removable(propOf(response, DAV, 'current-user-privilege-set')),
    shared: isShare(response),
    isOwner,
  };
}

/** Nextcloud and ownCloud share calendars by their own means (`oc:invite`), and Nextcloud counts the sharee's addresses. */
function countsSharees(davTokens: ReadonlySet<string>): boolean {
  return davTokens.has('oc-resource-sharing');
}

/** A calendar of somebody else that stands in the home of the one who logs in (calendarserver-sharing). */
function isShare(response: DavResponse): boolean {
  const types = propOf(response, DAV, 'resourcetype')?.children ?? [];
  return types.some(({ name, namespace }) => name === 'shared' && namespace === 'http://calendarserver.org/ns/');
}

function isSame(owner: string | null, current: string | null, base: string): boolean {
  if (owner === null || current === null) return false;
  const [one, other] = [hrefPath(owner, base), hrefPath(current, base)];
  return one !== null && other !== null && collectionPathKey(one) === collectionPathKey(other);
}

/** OPTIONS on one path (RFC 4918 §10.1), and what was or is answered besides. */
export async function readEvidence(
  http: Http,
  path: string,
  others: OtherAnswers = {},
  anew = false,
): Promise<ServerEvidence> {
  return evidenceOf(http, path, await askOptions(http, path), others, undefined, anew);
}

async function evidenceOf(
  http: Http,
  path: string,
  options: AnswerHeaders,
  others: OtherAnswers,
  signal?: AbortSignal,
  anew = false,
): Promise<ServerEvidence> {
  const { statusPage, realm } = await probe(http, path, options, { anew, signal });
  return toEvidence(path, options, new Date(), { ...others, statusPage, realm });
}

async function askOptions(
  http: Http,
  path: string,
  more: Pick<HttpRequest, 'mayGo' | 'signal'> = {},
): Promise<AnswerHeaders> {
  const request = { method: 'OPTIONS', path, ...more };
  const answer = await http.read(request).catch((error: unknown) => {
    // A page to log in at, or another host, announces nothing of this calendar.
    if (error instanceof HushError && error.failure.code === 'SERVER_REDIRECTED') return null;
    throw error;
  });
  if (answer === null) return {};
  // A server that refuses OPTIONS announces nothing; only a wrong login or a busy server is a failure.
  if (answer.status === 401 || answer.status === 429 || answer.status >= 500) {
    if (answer.status !== 501) throw unexpected(answer, http.origin + path);
  }
  return answer.status < 300 ? answer.headers : withoutDav(answer.headers);
}

function stoppedBy(signal: AbortSignal | undefined): Pick<HttpRequest, 'signal'> {
  return signal === undefined ? {} : { signal };
}

function withoutDav<T extends Readonly<Record<string, unknown>>>(headers: T): Omit<T, 'dav'> {
  const { dav: _dav, ...rest } = headers;
  return rest;
}

/** A server that shows no principal, or not this one. */
const NO_PRINCIPAL: readonly FailureCode[] = [
  'SERVER_FORBIDDEN',
  'SERVER_NO_CALENDAR',
  'SERVER_NOT_CALDAV',
  'SERVER_NO_DAV',
];

/** Addresses of a principal; empty when it cannot be read, which blocks nothing but "as whom". */
export async function readAddresses(
  http: Http,
  principal: string,
  base: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const path = hrefPath(principal, base);
  if (path === null) return [];
  try {
    const { responses } = await propfind(http, path, '0', ['C:calendar-user-address-set'], stoppedBy(signal));
    return addressesOf(propOf(responses[0], CALDAV, 'calendar-user-address-set'));
  } catch (error) {
    if (hasCode(error, NO_PRINCIPAL)) return [];
    throw error;
  }
}

function notACalendar(url: string, kind: CollectionKind): HushError {
  const message =
    kind === 'inbox'
      ? `${url} is not a schedule inbox.`
      : `${url} is not a calendar that can be restored into. Choose one of the user's own calendars.`;
  return new HushError({ code: 'NOT_A_CALENDAR', message, reaction: 'fix-input' });
}
