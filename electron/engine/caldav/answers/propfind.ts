import { HushError } from '../../../../shared/model/failure.ts';
import { unexpected } from './answers.ts';
import { BOUNDS } from '../transport/bounds.ts';
import type { Http, HttpAnswer, HttpRequest } from '../transport/http.ts';
import type { DavResponse } from './multistatus.ts';
import { readMultistatus, type MultistatusOptions } from './read-multistatus.ts';

/** Properties by the prefixes `D` (DAV:), `C` (CalDAV), `A` (Apple iCal), `S` (calendarserver.org), `O` (owncloud.org). */
export function propfindBody(props: readonly string[]): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n' +
    '<D:propfind xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="http://apple.com/ns/ical/"' +
    ` xmlns:S="http://calendarserver.org/ns/" xmlns:O="http://owncloud.org/ns"><D:prop>${props.map((prop) => `<${prop}/>`).join('')}</D:prop></D:propfind>`
  );
}

export const XML_TYPE = 'application/xml; charset=utf-8';

/** What a PROPFIND answered; `responses` is empty only when the server listed nothing. */
interface PropfindAnswer<T = DavResponse> {
  readonly answer: HttpAnswer;
  readonly responses: readonly T[];
}

type Options = Pick<HttpRequest, 'signal' | 'mayGo'> & MultistatusOptions;

/**
 * PROPFIND (RFC 4918 §9.1).
 *
 * @throws HushError for anything but a complete multistatus, a truncated one (507 inside) included.
 */
export function propfind(
  http: Http,
  path: string,
  depth: '0' | '1',
  props: readonly string[],
  options: Options = {},
): Promise<PropfindAnswer> {
  return propfindEach(http, path, depth, props, (response) => response, { ...options, whole: true });
}

/** The same, keeping of each response only what `keep` makes of it. */
export async function propfindEach<T>(
  http: Http,
  path: string,
  depth: '0' | '1',
  props: readonly string[],
  keep: (response: DavResponse) => T,
  options: Options = {},
): Promise<PropfindAnswer<T>> {
  const url = http.origin + path;
  const seen = { cut: false };
  const { strict = false, whole = false, ...way } = options;
  const request = {
    method: 'PROPFIND',
    path,
    headers: { depth, 'content-type': XML_TYPE },
    body: propfindBody(props),
    maxBytes: depth === '0' ? BOUNDS.properties : whole ? BOUNDS.home : BOUNDS.list,
    ...way,
  };
  const { answer, responses } = await readMultistatus(
    http,
    request,
    (response) => {
      seen.cut ||= response.status === 507;
      return keep(response);
    },
    { strict, whole },
  );
  if (responses === null) throw unexpected(answer, url);
  if (seen.cut) throw truncated(url);
  return { answer, responses };
}

/** A list that the server does not give whole (RFC 6578 §3.6, RFC 4791 §7.8). */
export function truncated(url: string): HushError {
  return new HushError({
    code: 'SERVER_LIST_TRUNCATED',
    message: `The server does not list all of ${url}: it cut its answer short. Nothing can be decided without the whole list.`,
    reaction: 'stop-job',
  });
}
