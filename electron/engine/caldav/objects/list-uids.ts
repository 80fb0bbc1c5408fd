import { HushError } from '../../../../shared/model/failure.ts';
import { uidsOf } from '../../icalendar/summary/uids.ts';
import { strictText, unexpected } from '../answers/answers.ts';
import { strongETag } from '../answers/classify.ts';
import type { Http, HttpAnswer } from '../transport/http.ts';
import { parseMultistatus, propOf, type DavResponse } from '../answers/multistatus.ts';
import { XML_TYPE } from '../answers/propfind.ts';
import type { ListedUid } from '../types.ts';
import { hrefPath, isInside, type CollectionUrl } from '../url.ts';
import { CALDAV, DAV } from '../answers/xml.ts';

/** Octets of one answer: some hundred thousand events. What is longer is read in batches instead. */
const LONGEST = 64 * 1024 * 1024;
/** The server does no such report here. */
const NO_REPORT = [400, 403, 404, 405, 415, 422, 500, 501, 507];

/**
 * One calendar-query (RFC 4791 §7.8) that asks for the ETag and, of each object, for its UID alone (§9.6). Servers that
 * give whole objects all the same are understood too.
 *
 * @param props more properties to ask for, with their namespaces declared
 * @returns the responses; null when the answer is of no use: not offered, too long, cut or garbled
 * @throws HushError when nobody may read here, or the server is too busy
 */
export async function queryUids(
  http: Http,
  collection: CollectionUrl,
  signal?: AbortSignal,
  props = '',
): Promise<readonly DavResponse[] | null> {
  const answer = await report(http, collection, props, signal);
  if (answer === null || NO_REPORT.includes(answer.status)) return null;
  if (answer.status !== 207) throw unexpected(answer, collection.url);
  const text = strictText(answer);
  const responses = text === null ? null : parseMultistatus(text);
  return responses?.some(({ status }) => status === 507) === true ? null : responses;
}

async function report(
  http: Http,
  { path }: CollectionUrl,
  props: string,
  signal: AbortSignal | undefined,
): Promise<HttpAnswer | null> {
  try {
    return await http.read({
      method: 'REPORT',
      path,
      headers: { depth: '1', 'content-type': XML_TYPE },
      body: queryBody(props),
      maxBytes: LONGEST,
      mayGo: (to) => to === path,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof HushError && error.failure.code === 'ANSWER_TOO_LARGE') return null;
    throw error;
  }
}

const UID_ALONE = ['VEVENT', 'VTODO', 'VJOURNAL']
  .map((name) => `<C:comp name="${name}"><C:prop name="UID"/></C:comp>`)
  .join('');

function queryBody(props: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n' +
    '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/>' +
    `${props}<C:calendar-data><C:comp name="VCALENDAR">${UID_ALONE}</C:comp></C:calendar-data></D:prop>` +
    '<C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>'
  );
}

/** What a response says about one object; null for what lies elsewhere or is gone. */
export function uidOf(response: DavResponse, { path, url }: CollectionUrl): ListedUid | null {
  const href = hrefPath(response.href, url);
  if (href === null || !isInside(href, path)) return null;
  if (response.status !== null && response.status >= 300) return null;
  const etag = strongETag(propOf(response, DAV, 'getetag')?.text ?? '');
  return { href, etag, uids: uidsOf(propOf(response, CALDAV, 'calendar-data')?.text ?? '') };
}
