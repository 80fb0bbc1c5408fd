import { hrefIn } from './calendar-info.ts';
import { createHttp } from '../transport/http.ts';
import { propOf, type DavResponse } from '../answers/multistatus.ts';
import { propfind } from '../answers/propfind.ts';
import type { Connection } from '../types.ts';
import { collectionUrl, hrefPath, type CollectionUrl } from '../url.ts';
import { CALDAV, childrenOf, DAV } from '../answers/xml.ts';

/** What lies in a home (RFC 4791 §6.2.1) besides calendars of its owner. */
export interface HomeMember {
  readonly url: string;
  readonly kind: 'calendar' | 'subscription' | 'inbox' | 'other';
  readonly name: string;
  /** Where a subscribed calendar comes from. */
  readonly source: string | null;
  /** Somebody else's calendar that was shared with this user. */
  readonly foreign: boolean;
  /** Path of the principal that it belongs to; null where the server does not say. */
  readonly owner: string | null;
}

const CALENDARSERVER = 'http://calendarserver.org/ns/';

/**
 * What stands in a home, as it says itself.
 *
 * @throws HushError when it cannot be read
 */
export async function listHome(
  homeUrl: string,
  connection: Connection,
  signal?: AbortSignal,
): Promise<readonly HomeMember[]> {
  const home = collectionUrl(homeUrl);
  const http = createHttp(home.origin, { ...connection, concurrency: 1 });
  try {
    const props = ['D:resourcetype', 'D:displayname', 'S:source', 'D:owner', 'D:share-access'];
    const { responses } = await propfind(http, home.path, '1', props, signal === undefined ? {} : { signal });
    return responses.flatMap((response) => {
      const path = hrefPath(response.href, home.url);
      return path === null || path === home.path || `${path}/` === home.path ? [] : [homeMember(response, home, path)];
    });
  } finally {
    await http.close();
  }
}

function homeMember(response: DavResponse, home: CollectionUrl, path: string): HomeMember {
  const types = propOf(response, DAV, 'resourcetype')?.children ?? [];
  const is = (namespace: string, name: string): boolean =>
    types.some((type) => type.namespace === namespace && type.name === name);
  const source = hrefIn(propOf(response, CALENDARSERVER, 'source'));
  const kind =
    is(CALENDARSERVER, 'subscribed') || source !== null
      ? 'subscription'
      : is(CALDAV, 'schedule-inbox')
        ? 'inbox'
        : is(CALDAV, 'calendar')
          ? 'calendar'
          : 'other';
  const access = childrenOf(propOf(response, DAV, 'share-access'), DAV, 'shared-owner').length > 0;
  const shared = is(CALENDARSERVER, 'shared') || is(DAV, 'shared-read') || is(DAV, 'shared-read-write');
  const url = home.origin + (path.endsWith('/') ? path : `${path}/`);
  const owner = hrefIn(propOf(response, DAV, 'owner'));
  return {
    url,
    kind,
    name: nameOf(response) ?? path,
    source,
    foreign: shared && !access,
    owner: owner === null ? null : hrefPath(owner, home.url),
  };
}

function nameOf(response: DavResponse): string | null {
  const text = propOf(response, DAV, 'displayname')?.text.trim() ?? '';
  return text === '' ? null : text;
}
