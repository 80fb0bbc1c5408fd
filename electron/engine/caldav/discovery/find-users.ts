import { HushError, type Reaction } from '../../../../shared/model/failure.ts';
import type { FoundUser } from '../../../../shared/model/server.ts';
import { lastSegment } from '../../../../shared/text/address.ts';
import { unexpected } from '../answers/answers.ts';
import { propOf, type DavResponse } from '../answers/multistatus.ts';
import { propfind, XML_TYPE } from '../answers/propfind.ts';
import { readMultistatus } from '../answers/read-multistatus.ts';
import { CALDAV, DAV, escapeXml, hrefsOf } from '../answers/xml.ts';
import { BOUNDS } from '../transport/bounds.ts';
import { createHttp, type Http, type HttpOptions } from '../transport/http.ts';
import { createDiscovery } from '../transport/tsdav-adapter.ts';
import type { Connection } from '../types.ts';
import { hrefPath, serverUrl } from '../url.ts';
import { addressesOf } from './calendar-info.ts';
import { findStart } from './find-start.ts';

/**
 * Logs in and asks for nothing more: an administrator need not have calendars.
 *
 * @throws HushError as `discover`
 */
export async function checkLogin(connection: Connection, options: HttpOptions = {}): Promise<void> {
  await withStart(connection, options, () => Promise.resolve());
}

/** What is searched; a server answers for those that it can search (RFC 3744 §9.5, RFC 6638 §2.4.1). */
const SEARCHED = ['D:displayname', 'C:calendar-user-address-set', 'S:email-address-set'] as const;

/** A failure of the connection says nothing of whether there is such a search. */
const PASSING: readonly Reaction[] = ['retry-now', 'retry-after', 'stop-job'];

/** Users that one search gives at most: nobody reads more of them. */
const MOST = 200;

/**
 * Users whose name or address holds a text: principal-property-search (RFC 3744 §9.4), one for each property, since
 * several in one request must all match.
 *
 * @throws HushError `SERVER_NO_SEARCH` where the server cannot be searched; as `discover`
 */
export async function findUsers(
  connection: Connection,
  text: string,
  options: HttpOptions = {},
): Promise<readonly FoundUser[]> {
  return withStart(connection, options, async (http, path) => {
    const places = await principalCollections(http, path);
    const found = new Map<string, FoundUser>();
    let first: HushError | null = null;
    let answered = false;
    for (const place of places) {
      for (const property of SEARCHED) {
        try {
          for (const user of await search(http, place, property, text)) {
            if (found.size < MOST) found.set(user.user, user);
          }
          answered = true;
        } catch (error) {
          if (!(error instanceof HushError) || PASSING.includes(error.failure.reaction)) throw error;
          first ??= error;
        }
      }
    }
    if (!answered) throw cannotSearch(first);
    return [...found.values()];
  });
}

async function withStart<T>(
  connection: Connection,
  options: HttpOptions,
  work: (http: Http, path: string) => Promise<T>,
): Promise<T> {
  const url = serverUrl(connection.url);
  const http = createHttp(url.origin, { ...connection, concurrency: 4 }, { tries: 3, ...options });
  try {
    const start = await findStart(http, createDiscovery(http), url);
    return await work(http, start.path);
  } finally {
    await http.close();
  }
}

/** `principal-collection-set` (RFC 3744 §5.8); where the server does not say, the start itself. */
async function principalCollections(http: Http, path: string): Promise<readonly string[]> {
  const { responses } = await propfind(http, path, '0', ['D:principal-collection-set']);
  const hrefs = hrefsOf(propOf(responses[0], DAV, 'principal-collection-set'));
  const paths = hrefs.flatMap((href) => hrefPath(href, http.origin + path) ?? []);
  return paths.length === 0 ? [path] : [...new Set(paths)];
}

async function search(http: Http, path: string, property: string, text: string): Promise<readonly FoundUser[]> {
  const { answer, responses } = await readMultistatus(
    http,
    {
      method: 'REPORT',
      path,
      headers: { depth: '0', 'content-type': XML_TYPE },
      body: searchBody(property, text),
      maxBytes: BOUNDS.home,
    },
    (response) => userOf(response, http.origin + path),
    { whole: true },
  );
  if (responses === null) throw unexpected(answer, http.origin + path);
  return responses.flatMap((user) => user ?? []);
}

function searchBody(property: string, text: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n' +
    '<D:principal-property-search xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/">' +
    `<D:property-search><D:prop><${property}/></D:prop><D:match>${escapeXml(text)}</D:match></D:property-search>` +
    '<D:prop><D:displayname/><C:calendar-home-set/><C:calendar-user-address-set/></D:prop>' +
    '</D:principal-property-search>'
  );
}

/** The name to log in with is the last segment of a principal's path, on every server that was looked at. */
function userOf(response: DavResponse, base: string): FoundUser | null {
  const path = hrefPath(response.href, base);
  const user = path === null ? '' : lastSegment(path, '');
  if (user === '' || (response.status !== null && response.status >= 400)) return null;
  const [home] = hrefsOf(propOf(response, CALDAV, 'calendar-home-set'));
  const homePath = home === undefined ? null : hrefPath(home, base);
  return {
    user,
    name: propOf(response, DAV, 'displayname')?.text.trim() ?? '',
    addresses: addressesOf(propOf(response, CALDAV, 'calendar-user-address-set')).filter((one) => !one.startsWith('/')),
    home: homePath === null ? null : new URL(base).origin + homePath,
  };
}

function cannotSearch(cause: HushError | null): HushError {
  return new HushError(
    {
      code: 'SERVER_NO_SEARCH',
      message: 'This server cannot be searched for users. Type the user name instead.',
      reaction: 'fix-input',
    },
    { cause },
  );
}
