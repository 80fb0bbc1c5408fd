import { HushError } from '../../../../shared/model/failure.ts';
import { runYielding } from '../../yielding.ts';
import { bodyText, notCalDav, unexpected } from './answers.ts';
import type { Http, HttpAnswer, HttpRequest } from '../transport/http.ts';
import { parsingMultistatus, type DavResponse } from './multistatus.ts';

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
export interface PropfindAnswer {
  readonly answer: HttpAnswer;
  readonly responses: readonly DavResponse[];
}

/**
 * PROPFIND (RFC 4918 §9.1).
 *
 * @throws HushError for anything but a complete multistatus, a truncated one (507 inside) included.
 */
export async function propfind(
  http: Http,
  path: string,
  depth: '0' | '1',
  props: readonly string[],
  options: Pick<HttpRequest, 'signal' | 'mayGo'> = {},
): Promise<PropfindAnswer> {
  const answer = await http.read({
    method: 'PROPFIND',
    path,
    headers: { depth, 'content-type': XML_TYPE },
    body: propfindBody(props),
    ...options,
  });
  const url = http.origin + path;
  if (answer.status !== 207) throw unexpected(answer, url);
  const text = bodyText(answer);
  const responses = await runYielding(parsingMultistatus(text), options.signal);
  if (responses === null) throw notCalDav(url, answer.status, text);
  if (responses.some((response) => response.status === 507)) throw truncated(url);
  return { answer, responses };
}

function truncated(url: string): HushError {
  return new HushError({
    code: 'SERVER_LIST_TRUNCATED',
    message: `The server does not list all of ${url}: it cut its answer short. Nothing can be decided without the whole list.`,
    reaction: 'stop-job',
  });
}
