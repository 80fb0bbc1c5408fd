import { hasCode, HushError } from '../../../../shared/model/failure.ts';
import type { FailureCode } from '../../../../shared/model/failure-codes.ts';
import { addressesOf, CALENDAR_PROPS, hrefIn, isWritableKind, toCalendarInfo } from './calendar-info.ts';
import { withoutEnd } from '../../../../shared/text/text.ts';
import { createHttp, type Http, type HttpOptions } from '../transport/http.ts';
import { propOf, type DavResponse } from '../answers/multistatus.ts';
import { propfind } from '../answers/propfind.ts';
import { notAsked, onOtherHost, orNamed } from './other-host.ts';
import { readAddresses, readEvidence } from './properties.ts';
import { createDiscovery, type Discovery } from '../transport/tsdav-adapter.ts';
import { HrefPlaces } from '../href-places.ts';
import { collectionUrl, hrefPath, pathKey, serverUrl, type CollectionUrl } from '../url.ts';
import { CALDAV, DAV, hrefsOf } from '../answers/xml.ts';
import type { Account, Connection, Unseen } from '../types.ts';

interface DiscoverOptions extends HttpOptions {
  /** Asks again what is kept of the server: a person looks at it. */
  readonly anew?: boolean;
}

/**
 * Finds out who logs in at a server and which calendars there are. Accepts a host, a base URL, a principal, a calendar
 * home or one calendar (RFC 6764, RFC 5397, RFC 4791 §6.2.1).
 *
 * @throws HushError, one sentence each: no such name, refused, TLS, timeout, redirect elsewhere, wrong password,
 * forbidden, not a CalDAV server.
 */
export async function discover(connection: Connection, options: DiscoverOptions = {}): Promise<Account> {
  const url = serverUrl(connection.url);
  const http = createHttp(url.origin, { ...connection, concurrency: 4 }, { tries: 3, ...options });
  try {
    return await explore(http, url, options.anew);
  } finally {
    await http.close();
  }
}

/**
 * The same for a home that is known by its address: the calendars in it are somebody else's than of the one who logs in.
 *
 * @throws HushError as `discover`
 */
export async function discoverHome(connection: Connection, options: DiscoverOptions = {}): Promise<Account> {
  const { origin, path, url: home } = collectionUrl(connection.url);
  const http = createHttp(origin, { ...connection, concurrency: 4 }, { tries: 3, ...options });
  try {
    const { responses } = await propfind(http, path, '0', ['D:owner', 'D:resourcetype']);
    const owner = hrefIn(propOf(responses[0], DAV, 'owner'));
    const principal = (owner === null ? null : hrefPath(owner, home)) ?? path;
    const addresses = await readAddresses(http, principal, home);
    const { calendars, unseen, described } = await listCalendars(http, [path], false);
    const at = pathOf(calendars[0]?.url ?? home, home);
    const evidence = await readEvidence(http, at, { described }, options.anew);
    return { principal: origin + principal, home, homes: [home], addresses, calendars, unseen, evidence, inbox: null };
  } finally {
    await http.close();
  }
}

/** The calendar that invitations go to (RFC 6638 §9.2), as the inbox says it; null where it does not. */
export async function readDefaultCalendar(inboxUrl: string, connection: Connection): Promise<string | null> {
  const { origin, path } = collectionUrl(inboxUrl);
  const http = createHttp(origin, { ...connection, concurrency: 1 }, { tries: 2 });
  try {
    const { responses } = await propfind(http, path, '0', ['C:schedule-default-calendar-URL']);
    const href = hrefIn(propOf(responses[0], CALDAV, 'schedule-default-calendar-URL'));
    const found = href === null ? null : hrefPath(href, inboxUrl);
    return found === null ? null : origin + found;
  } catch (error) {
    if (error instanceof HushError) return null;
    throw error;
  } finally {
    await http.close();
  }
}

const WHERE_PROPS = ['D:resourcetype', 'D:current-user-principal', 'C:calendar-home-set', 'D:owner'] as const;

async function explore(http: Http, typed: URL, anew = false): Promise<Account> {
  const tsdav = createDiscovery(http);
  const start = await findStart(http, tsdav, typed);
  const { response } = start;
  const base = http.origin + start.path;
  const principal = await principalOf(http, tsdav, response, base);
  const named = onOtherHost(hrefIn(propOf(response, DAV, 'current-user-principal')) ?? '', response.href, base);
  const { homes, owned } = await orNamed(named, isElsewhere, async () => ({
    homes: await homesOf(http, tsdav, response, base, principal),
    owned: await propfind(http, pathOf(principal, base), '0', OWNED_PROPS),
  }));
  const [home = base] = homes.urls;
  const self = owned.responses[0];
  const given = isCalendar(response) ? [base] : [];
  const paths = [...new Set([...homes.urls, ...given].map((url) => pathOf(url, base)))];
  const { calendars, unseen, described } = await orNamed(homes.claimed, isElsewhere, () =>
    listCalendars(http, paths, given.length > 0 && homes.urls.length === 1, homes.claimed),
  );
  const inbox = hrefIn(propOf(self, CALDAV, 'schedule-inbox-URL'));
  const inboxPath = inbox === null ? null : hrefPath(inbox, base);
  const byDefault = hrefIn(propOf(self, CALDAV, 'schedule-default-calendar-URL'));
  const defaultPath = byDefault === null ? null : hrefPath(byDefault, base);
  return {
    principal,
    home,
    homes: homes.urls,
    unseen: [...homes.elsewhere.map(notAsked), ...unseen],
    addresses: addressesOf(propOf(self, CALDAV, 'calendar-user-address-set')),
    calendars,
    evidence: await readEvidence(
      http,
      pathOf(calendars[0]?.url ?? home, base),
      { hints: [owned.answer.headers], described },
      anew,
    ),
    inbox: inboxPath === null ? null : http.origin + inboxPath,
    defaultCalendar: defaultPath === null ? null : http.origin + defaultPath,
  };
}

const OWNED_PROPS = [
  'C:calendar-user-address-set',
  'C:schedule-inbox-URL',
  // RFC 6638 has it on the inbox; the sabre family and Nextcloud tell it here.
  'C:schedule-default-calendar-URL',
] as const;

interface Start {
  readonly path: string;
  readonly response: DavResponse;
}

/**
 * The first place that answers as DAV and knows the user: what was typed; where it is a folder, what Nextcloud and ownCloud
 * have in theirs; else where the well-known address leads.
 */
export async function findStart(http: Http, tsdav: Discovery, typed: URL): Promise<Start> {
  const tried: string[] = [];
  let first: HushError | null = null;
  const tryOut = async (path: string, isGuess = false): Promise<Start | null> => {
    if (tried.includes(path)) return null;
    tried.push(path);
    try {
      const start = await look(http, path);
      return knowsUser(start.response) ? start : null;
    } catch (error) {
      // A place that nobody named may lead anywhere, to a page to log in at, too.
      if (isGuess && error instanceof HushError && error.failure.code === 'SERVER_REDIRECTED') return null;
      if (!isElsewhere(error)) throw error;
      first ??= error;
      return null;
    }
  };
  const asTyped = await tryOut(typed.pathname);
  if (asTyped !== null) return asTyped;
  const folder = withoutEnd(typed.pathname, '/');
  for (const inside of folder === '' ? [] : IN_FOLDER) {
    const start = await tryOut(folder + inside, true);
    if (start !== null) return start;
  }
  const root = new URL(await wellKnown(http, tsdav, typed)).pathname;
  const start = await tryOut(root);
  if (start !== null) return start;
  throw nowhere(first, typed, tried);
}

const IN_FOLDER = ['/.well-known/caldav', '/remote.php/dav/'];

/** With what was tried, where that is more than what was typed. */
function nowhere(first: HushError | null, typed: URL, tried: readonly string[]): HushError {
  const failure = first?.failure ?? {
    code: 'SERVER_NOT_CALDAV' as const,
    message: `${typed.href} does not say which calendars you have. Enter the address of the calendar itself.`,
    reaction: 'fix-input' as const,
  };
  const list = tried.length > 1 ? ` Tried were ${tried.join(', ')}.` : '';
  return new HushError({ ...failure, message: failure.message + list }, { cause: first });
}

async function look(http: Http, path: string): Promise<Start> {
  const { answer, responses } = await propfind(http, path, '0', WHERE_PROPS);
  const [response] = responses;
  if (response !== undefined) return { path: answer.path, response };
  throw new HushError({
    code: 'SERVER_NOT_CALDAV',
    message: `${http.origin}${path} answers, but says nothing about itself. Check the address.`,
    reaction: 'fix-input',
  });
}

/** Not a failure of the server, only the wrong place on it. */
function isElsewhere(error: unknown): error is HushError {
  return hasCode(error, ELSEWHERE);
}

const ELSEWHERE: readonly FailureCode[] = [
  'SERVER_NOT_CALDAV',
  'SERVER_NO_DAV',
  'SERVER_NO_CALENDAR',
  'SERVER_NO_HOME',
  'SERVER_FORBIDDEN',
];

function knowsUser(response: DavResponse): boolean {
  return (
    hrefIn(propOf(response, DAV, 'current-user-principal')) !== null ||
    propOf(response, CALDAV, 'calendar-home-set') !== null ||
    isCalendar(response)
  );
}

function isCalendar(response: DavResponse): boolean {
  return isWritableKind(response);
}

/** Asks `/.well-known/caldav` by tsdav; a redirect to another origin is refused by name and not followed. */
async function wellKnown(http: Http, tsdav: Discovery, typed: URL): Promise<string> {
  const root = await tsdav.root(typed.href);
  const target = new URL(root);
  if (target.origin === http.origin) return root;
  throw new HushError({
    code: 'SERVER_REDIRECTED',
    message:
      `${http.origin} sends calendar clients on to ${target.origin}${target.pathname}. ` +
      'The password was not sent there. If you trust that address, enter it instead.',
    reaction: 'fix-input',
  });
}

async function principalOf(http: Http, tsdav: Discovery, response: DavResponse, base: string): Promise<string> {
  const href = hrefIn(propOf(response, DAV, 'current-user-principal'));
  const path = href === null ? null : hrefPath(href, base);
  if (path !== null) return http.origin + path;
  try {
    return http.origin + pathOf(await tsdav.principal(base), base);
  } catch (error) {
    if (error instanceof HushError) throw error;
    // What has a calendar home is a principal itself; a calendar's owner is the next best.
    const owner = hrefIn(propOf(response, DAV, 'owner'));
    return http.origin + (owner === null ? pathOf(base, base) : (hrefPath(owner, base) ?? pathOf(base, base)));
  }
}

/** Where calendars are: RFC 4791 §6.2.1 allows several homes. */
interface Homes {
  readonly urls: readonly string[];
  /** Homes on other hosts, which get no password. */
  readonly elsewhere: readonly string[];
  /** The only home, as the server names it, where that is on another host: it is looked for here. */
  readonly claimed: string | null;
}

async function homesOf(
  http: Http,
  tsdav: Discovery,
  response: DavResponse,
  base: string,
  principal: string,
): Promise<Homes> {
  const own = homesIn(response, base) ?? (await principalHomes(http, principal, base));
  if (own !== null) return own;
  try {
    const home = await tsdav.home(base, principal);
    return { urls: [http.origin + pathOf(home, base)], elsewhere: [], claimed: onOtherHost(home, '', base) };
  } catch (error) {
    if (error instanceof HushError) throw error;
    if (isCalendar(response))
      return { urls: [new URL('..', base.endsWith('/') ? base : `${base}/`).href], elsewhere: [], claimed: null };
    throw new HushError({
      code: 'SERVER_NO_HOME',
      message: `${http.origin} knows you, but does not say where your calendars are. Enter the address of the calendar itself.`,
      reaction: 'fix-input',
    });
  }
}

async function principalHomes(http: Http, principal: string, base: string): Promise<Homes | null> {
  try {
    const { responses } = await propfind(http, pathOf(principal, base), '0', ['C:calendar-home-set']);
    return homesIn(responses[0], base);
  } catch (error) {
    if (isElsewhere(error)) return null;
    throw error;
  }
}

/**
 * The homes that a response names; null where it names none. A server behind a proxy writes the name of an inner host,
 * for itself, too, or for its home; where one is here, one on another host is somewhere else.
 */
function homesIn(response: DavResponse | undefined, base: string): Homes | null {
  const hrefs = hrefsOf(propOf(response, CALDAV, 'calendar-home-set'));
  const { origin } = new URL(base);
  const other = (href: string): string | null => onOtherHost(href, response?.href ?? '', base);
  const here = hrefs.filter((href) => other(href) === null);
  const [claimed = null] = here.length === 0 ? hrefs : [];
  const asked = claimed === null ? here : [claimed];
  const urls = asked.flatMap((href) => hrefPath(href, base) ?? []).map((path) => origin + path);
  if (urls.length === 0) return null;
  return { urls: [...new Set(urls)], elsewhere: hrefs.filter((href) => !asked.includes(href)), claimed };
}

function pathOf(url: string, base: string): string {
  return hrefPath(url, base) ?? '/';
}

interface Calendars {
  readonly calendars: Account['calendars'];
  /** What the homes name and cannot be seen. */
  readonly unseen: readonly Unseen[];
  /** What the first calendar said about itself. */
  readonly described: DavResponse | undefined;
}

/**
 * Calendars in the given collections, each once, in the server's order.
 *
 * @param mayHide the first collection is above a calendar that was given, and counts for nothing where it is hidden
 * @param claimed the home, as the server names it on another host; null where it does not
 */
async function listCalendars(
  http: Http,
  paths: readonly string[],
  mayHide: boolean,
  claimed: string | null = null,
): Promise<Calendars> {
  let described: DavResponse | undefined;
  const found = new Map<string, Account['calendars'][number]>();
  const unseen: Unseen[] = [];
  for (const path of paths) {
    const home = collectionUrl(http.origin + path);
    const { responses } = await propfind(http, path, '1', CALENDAR_PROPS).catch((error: unknown) => {
      if (paths.length === 1 || !isElsewhere(error)) throw error;
      // The parent of a directly given calendar may be hidden from the user; the calendar itself counts.
      if (claimed !== null) unseen.push(notAsked(claimed));
      else if (!mayHide) unseen.push({ href: home.url, reason: error.failure.message });
      return { responses: [] };
    });
    const places = new HrefPlaces(home);
    for (const response of responses) {
      const at = addressIn(places, response.href, home);
      const status = failureOf(response);
      if (at === null || status !== null) unseen.push({ href: response.href, reason: unseenWords(status) });
      if (at === null || !isWritableKind(response)) continue;
      described ??= response;
      const folder = at.endsWith('/') ? at : `${at}/`;
      if (!found.has(pathKey(folder)))
        found.set(pathKey(folder), toCalendarInfo(response, http.origin + folder, folder));
    }
  }
  return { calendars: [...found.values()], unseen, described };
}

/** The status by which a response says that it cannot say what it is; null where it does. */
function failureOf({ status, missing }: DavResponse): number | null {
  if (status !== null && status >= 300) return status;
  const withheld = missing.find((group) => group.status !== 404 && group.names.includes('resourcetype'));
  return withheld?.status ?? null;
}

function unseenWords(status: number | null): string {
  return status === null
    ? 'The home of the user lists it, and it is not known where it lies.'
    : `The home of the user lists it, and the server cannot read it (${status}).`;
}

/** The address of what lies in a home: below it where the server's spelling can be placed there, else as it is written. */
function addressIn(places: HrefPlaces, href: string, home: CollectionUrl): string | null {
  const written = hrefPath(href, home.url);
  if (written === null) return null;
  const isBelow = pathKey(written).startsWith(pathKey(home.path));
  const placed = isBelow ? null : places.place(href);
  return placed === 'self' ? home.path : (placed?.path ?? written);
}
