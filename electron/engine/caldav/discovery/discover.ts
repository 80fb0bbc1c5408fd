import { HushError } from '../../../../shared/model/failure.ts';
import { addressesOf, hrefIn, isWritableKind } from './calendar-info.ts';
import { createHttp, type Http, type HttpOptions } from '../transport/http.ts';
import { propOf } from '../answers/multistatus.ts';
import { propfind } from '../answers/propfind.ts';
import { findStart } from './find-start.ts';
import { listCalendars } from './list-calendars.ts';
import { notAsked, onOtherHost, orNamed } from './other-host.ts';
import { homesOf, principalOf } from './principal.ts';
import { readAddresses, readEvidence } from './properties.ts';
import { createDiscovery } from '../transport/tsdav-adapter.ts';
import { collectionUrl, hrefPath, pathOf, serverUrl } from '../url.ts';
import { CALDAV, DAV } from '../answers/xml.ts';
import type { Account, Connection } from '../types.ts';
import { isWrongAddress } from './wrong-address.ts';

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

async function explore(http: Http, typed: URL, anew = false): Promise<Account> {
  const tsdav = createDiscovery(http);
  const start = await findStart(http, tsdav, typed);
  const { response } = start;
  const base = http.origin + start.path;
  const principal = await principalOf(http, tsdav, response, base);
  const named = onOtherHost(hrefIn(propOf(response, DAV, 'current-user-principal')) ?? '', response.href, base);
  const { homes, owned } = await orNamed(named, isWrongAddress, async () => ({
    homes: await homesOf(http, tsdav, response, base, principal),
    owned: await propfind(http, pathOf(principal, base), '0', OWNED_PROPS),
  }));
  const [home = base] = homes.urls;
  const self = owned.responses[0];
  const given = isWritableKind(response) ? [base] : [];
  const paths = [...new Set([...homes.urls, ...given].map((url) => pathOf(url, base)))];
  const { calendars, unseen, described } = await orNamed(homes.claimed, isWrongAddress, () =>
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
