import { runYielding } from '../../yielding.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import { strictText, unexpected } from '../answers/answers.ts';
import { strongETag } from '../answers/classify.ts';
import type { Http, HttpAnswer } from '../transport/http.ts';
import { parsingMultistatus, propOf, type DavResponse } from '../answers/multistatus.ts';
import { XML_TYPE } from '../answers/propfind.ts';
import { hrefPath, objectPath, pathKey, type CollectionUrl } from '../url.ts';
import { CALDAV, DAV, escapeXml } from '../answers/xml.ts';
import type { FetchedObject } from '../types.ts';

/** Objects per REPORT. */
export const BATCH = 50;

/** What an answer holds, by path key. Objects that it leaves out are left out here: the caller gets them one by one. */
export type FetchedByHref = ReadonlyMap<string, Omit<FetchedObject, 'href'>>;

/**
 * One calendar-multiget (RFC 4791 §7.9).
 *
 * @returns `garbled` when the answer is of no use for these objects: too large, failed, or not well-formed (Cyrus and
 * Radicale put stored control characters and Latin-1 bytes into it); `unsupported` when the server does no REPORT.
 */
export async function multiget(
  http: Http,
  collection: CollectionUrl,
  hrefs: readonly string[],
  signal?: AbortSignal,
): Promise<FetchedByHref | 'garbled' | 'unsupported'> {
  const answer = await report(http, collection, hrefs, signal);
  if (answer === null) return 'garbled';
  if (answer.status === 401 || answer.status === 429 || answer.status === 503) throw unexpected(answer, collection.url);
  if ([400, 403, 404, 405, 415, 501].includes(answer.status)) return 'unsupported';
  const text = answer.status === 207 ? strictText(answer) : null;
  // XML 1.0 has no control characters: what a lax parser makes of them is not to be trusted.
  const responses = text === null || CONTROLS.test(text) ? null : await runYielding(parsingMultistatus(text));
  return responses === null ? 'garbled' : toObjects(responses, collection);
}

/** Sends the REPORT; null when its answer is too large to be read. */
async function report(
  http: Http,
  collection: CollectionUrl,
  hrefs: readonly string[],
  signal?: AbortSignal,
): Promise<HttpAnswer | null> {
  try {
    return await http.read({
      method: 'REPORT',
      path: collection.path,
      headers: { depth: '1', 'content-type': XML_TYPE },
      body: multigetBody(hrefs.map((href) => objectPath(href, collection))),
      maxBytes: 128 * 1024 * 1024,
      mayGo: (path) => path === collection.path,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof HushError && error.failure.code === 'ANSWER_TOO_LARGE') return null;
    throw error;
  }
}

const CONTROLS = /[^\P{Cc}\t\r\n\u0080-\u009f\u007f]|\ufffd/u;

function multigetBody(paths: readonly string[]): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n' +
    '<C:calendar-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">' +
    '<D:prop><D:getetag/><C:calendar-data/></D:prop>' +
    `${paths.map((path) => `<D:href>${escapeXml(path)}</D:href>`).join('')}</C:calendar-multiget>`
  );
}

function toObjects(responses: readonly DavResponse[], collection: CollectionUrl): FetchedByHref {
  const objects = new Map<string, Omit<FetchedObject, 'href'>>();
  for (const response of responses) {
    const path = hrefPath(response.href, collection.url);
    if (path === null) continue;
    const data = propOf(response, CALDAV, 'calendar-data');
    const etag = strongETag(propOf(response, DAV, 'getetag')?.text ?? '');
    if (response.status === 404 || response.status === 410) objects.set(pathKey(path), { etag: null, text: null });
    else if (data !== null && data.text !== '') objects.set(pathKey(path), { etag, text: data.text });
  }
  return objects;
}
