import { HushError } from '../../../../shared/model/failure.ts';
import { propOf, type DavResponse } from '../answers/multistatus.ts';
import { propfind } from '../answers/propfind.ts';
import { CALDAV, DAV, hrefsOf } from '../answers/xml.ts';
import type { Http } from '../transport/http.ts';
import type { Discovery } from '../transport/tsdav-adapter.ts';
import { hrefPath, pathOf } from '../url.ts';
import { hrefIn, isWritableKind } from './calendar-info.ts';
import { onOtherHost } from './other-host.ts';
import { isWrongAddress } from './wrong-address.ts';

/** Who logs in: as the start says it, else as tsdav finds it; else whose calendar it is. */
export async function principalOf(http: Http, tsdav: Discovery, response: DavResponse, base: string): Promise<string> {
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

/** The homes that the start, the principal or tsdav name; of a calendar without any what it lies in. */
export async function homesOf(
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
    if (isWritableKind(response))
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
    if (isWrongAddress(error)) return null;
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
