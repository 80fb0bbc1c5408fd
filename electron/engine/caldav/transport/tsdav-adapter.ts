import { fetchCalendarUserAddresses, fetchHomeUrl, fetchPrincipalUrl, serviceDiscovery, type DAVAccount } from 'tsdav';
import { BOUNDS } from './bounds.ts';
import type { Http } from './http.ts';
import { leadOf } from './target.ts';

/** What tsdav does for us: the steps of discovery (RFC 6764 §6, RFC 5397, RFC 4791 §6.2.1, RFC 6638 §2.4.1). */
export interface Discovery {
  /** Where `/.well-known/caldav` leads; the given URL when it leads nowhere. */
  root(url: string): Promise<string>;
  principal(rootUrl: string): Promise<string>;
  home(rootUrl: string, principalUrl: string): Promise<string>;
  addresses(rootUrl: string, principalUrl: string): Promise<readonly string[]>;
}

/**
 * tsdav over our own HTTP layer: no request of tsdav can leave the origin, and the login is put on below it.
 * The only file that imports tsdav.
 */
export function createDiscovery(http: Http): Discovery {
  const fetch = fetchOver(http);
  const account = (rootUrl: string, more: Partial<DAVAccount> = {}): DAVAccount => ({
    accountType: 'caldav',
    serverUrl: rootUrl,
    rootUrl,
    ...more,
  });
  return {
    root: (url) => serviceDiscovery({ account: account(url), fetch }),
    principal: (rootUrl) => fetchPrincipalUrl({ account: account(rootUrl), fetch }),
    home: (rootUrl, principalUrl) => fetchHomeUrl({ account: account(rootUrl, { principalUrl }), fetch }),
    addresses: (rootUrl, principalUrl) =>
      fetchCalendarUserAddresses({ account: account(rootUrl, { principalUrl }), fetch }),
  };
}

/** A `fetch` for reads on one origin. Redirects of the well-known address are handed to tsdav, which wants to see them. */
function fetchOver(http: Http): typeof globalThis.fetch {
  return async (input, init) => {
    const lead = leadOf(http.origin, '/', input instanceof Request ? input.url : String(input));
    if (lead === null || 'elsewhere' in lead) throw new TypeError(`No request leaves ${http.origin}.`);
    const headers: Record<string, string> = {};
    new Headers(init?.headers).forEach((value, name) => {
      if (name !== 'authorization') headers[name] = value;
    });
    const answer = await http.read({
      method: init?.method ?? 'GET',
      path: lead.path,
      headers,
      maxBytes: BOUNDS.properties,
      followRedirects: init?.redirect !== 'manual',
      ...(typeof init?.body === 'string' ? { body: init.body } : {}),
    });
    const bare = answer.status === 204 || answer.status === 304;
    const answerHeaders = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value !== undefined) answerHeaders.set(name, typeof value === 'string' ? value : value.join(', '));
    }
    return new Response(bare ? null : new Uint8Array(answer.body), { status: answer.status, headers: answerHeaders });
  };
}
