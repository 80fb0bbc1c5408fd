import { hasCode } from '../../../../shared/model/failure.ts';
import type { FailureCode } from '../../../../shared/model/failure-codes.ts';
import { isBusy, unexpected } from '../answers/answers.ts';
import { strongETag } from '../answers/classify.ts';
import { isCutShort } from '../answers/cut-short.ts';
import { tagOf } from '../answers/list-record.ts';
import { propOf, type DavResponse } from '../answers/multistatus.ts';
import { XML_TYPE } from '../answers/propfind.ts';
import { readMultistatus, type MultistatusAnswer } from '../answers/read-multistatus.ts';
import { CALDAV, escapeXml } from '../answers/xml.ts';
import type { HrefPlaces } from '../href-places.ts';
import { BOUNDS } from '../transport/bounds.ts';
import type { Http } from '../transport/http.ts';
import type { FetchedObject } from '../types.ts';
import { objectPath, pathKey, type CollectionUrl } from '../url.ts';

/** Objects per REPORT. */
export const BATCH = 50;

/** What an answer holds, by path key. Objects that it leaves out are left out here: the caller gets them one by one. */
type FetchedByHref = ReadonlyMap<string, Omit<FetchedObject, 'href'>>;

/**
 * One calendar-multiget (RFC 4791 §7.9).
 *
 * @returns `garbled` when the answer is of no use for these objects: too large, failed, or not well-formed (Cyrus and
 * Radicale put stored control characters and Latin-1 bytes into it); `unsupported` when the server does no REPORT.
 */
export async function multiget(
  http: Http,
  collection: CollectionUrl,
  places: HrefPlaces,
  hrefs: readonly string[],
  signal?: AbortSignal,
): Promise<FetchedByHref | 'garbled' | 'unsupported'> {
  try {
    const { answer, responses } = await report(http, collection, hrefs, signal);
    if (responses !== null) return toObjects(responses, places);
    if (isBusy(answer.status)) throw unexpected(answer, collection.url);
    return [400, 403, 404, 405, 415, 501].includes(answer.status) ? 'unsupported' : 'garbled';
  } catch (error) {
    if (hasCode(error, USELESS)) return 'garbled';
    throw error;
  }
}

const USELESS: readonly FailureCode[] = ['ANSWER_TOO_LARGE', 'SERVER_ANSWER_UNREADABLE', 'ANSWER_PACKED'];

function report(
  http: Http,
  collection: CollectionUrl,
  hrefs: readonly string[],
  signal: AbortSignal | undefined,
): Promise<MultistatusAnswer<DavResponse>> {
  return readMultistatus(
    http,
    {
      method: 'REPORT',
      path: collection.path,
      headers: { depth: '1', 'content-type': XML_TYPE },
      body: multigetBody(hrefs.map((href) => objectPath(href, collection))),
      maxBytes: BOUNDS.multiget,
      mayGo: (path) => pathKey(path) === pathKey(collection.path),
      ...(signal === undefined ? {} : { signal }),
    },
    (response) => response,
    // XML 1.0 has no control characters: what a lax parser makes of them is not to be trusted.
    { strict: true, whole: true },
  );
}

function multigetBody(paths: readonly string[]): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n' +
    '<C:calendar-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">' +
    '<D:prop><D:getetag/><C:calendar-data/></D:prop>' +
    `${paths.map((path) => `<D:href>${escapeXml(path)}</D:href>`).join('')}</C:calendar-multiget>`
  );
}

type Given = Omit<FetchedObject, 'href'>;

/** Only what is sure: one whole text, or that there is none. Anything else is asked of the object itself. */
function toObjects(responses: readonly DavResponse[], places: HrefPlaces): FetchedByHref {
  const objects = new Map<string, Given>();
  const doubted = new Set<string>();
  const tagged = responses.some((response) => tagOf(response) !== '');
  for (const response of responses) {
    const placed = places.place(response.href);
    if (placed === null || placed === 'self') continue;
    const key = pathKey(placed.path);
    const given = sureOf(response, tagged);
    const before = objects.get(key);
    const agrees = before === undefined || (before.text === given?.text && before.etag === given.etag);
    if (given !== null && agrees) objects.set(key, given);
    else doubted.add(key);
  }
  for (const key of doubted) objects.delete(key);
  return objects;
}

/**
 * What one response says for sure of its object; null where it does not.
 *
 * @param tagged others in the answer have an ETag
 */
function sureOf(response: DavResponse, tagged: boolean): Given | null {
  const { status } = response;
  if (status === 404 || status === 410) return { etag: null, text: null };
  const text = propOf(response, CALDAV, 'calendar-data')?.text ?? '';
  const tag = tagOf(response);
  const failed = status !== null && status >= 300;
  return failed || text === '' || (tagged && tag === '') || isCutShort(text) ? null : { etag: strongETag(tag), text };
}
