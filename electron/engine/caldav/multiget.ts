import { HushError } from '../../../shared/model/failure.ts';
import { strictText } from './answers.ts';
import { strongETag } from './classify.ts';
import type { Http } from './http.ts';
import { parseMultistatus, propOf, type DavResponse } from './multistatus.ts';
import { XML_TYPE } from './propfind.ts';
import { hrefPath, objectPath, pathKey, type CollectionUrl } from './url.ts';
import { CALDAV, DAV, escapeXml } from './xml.ts';
import type { FetchedObject } from './types.ts';

/** Objects per REPORT. */
export const BATCH = 50;

/**
 * One calendar-multiget (RFC 4791 §7.9).
 *
 * @returns what the answer holds, by path key; null when the server cannot do it or the answer is not well-formed XML
 * (Cyrus and Radicale put stored control characters and Latin-1 bytes into it). Objects that the answer leaves out are
 * left out here: the caller gets them one by one.
 */
export async function multiget(
  http: Http,
  collection: CollectionUrl,
  hrefs: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Omit<FetchedObject, 'href'>> | null> {
  let text: string | null;
  try {
    const answer = await http.read({
      method: 'REPORT',
      path: collection.path,
      headers: { depth: '1', 'content-type': XML_TYPE },
      body: multigetBody(hrefs.map((href) => objectPath(href, collection))),
      maxBytes: 128 * 1024 * 1024,
      ...(signal === undefined ? {} : { signal }),
    });
    if (answer.status === 401) throw unauthorized();
    text = answer.status === 207 ? strictText(answer) : null;
  } catch (error) {
    if (error instanceof HushError && error.failure.code === 'ANSWER_TOO_LARGE') return null;
    throw error;
  }
  // XML 1.0 has no control characters: what a lax parser makes of them is not to be trusted.
  const responses = text === null || CONTROLS.test(text) ? null : parseMultistatus(text);
  return responses === null ? null : toObjects(responses, collection);
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

function toObjects(
  responses: readonly DavResponse[],
  collection: CollectionUrl,
): ReadonlyMap<string, Omit<FetchedObject, 'href'>> {
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

function unauthorized(): HushError {
  return new HushError({
    code: 'SERVER_UNAUTHORIZED',
    message: 'The server no longer accepts the user name or the password.',
    reaction: 'stop-job',
  });
}
