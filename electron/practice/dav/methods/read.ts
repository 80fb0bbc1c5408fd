import { empty, refusePlain, text, type Answer } from '../../http/answer.ts';
import { checkConditions } from '../preconditions.ts';
import { contentType, etagHeader } from '../properties.ts';
import type { Missing, Resource } from '../../paths.ts';
import type { Call } from '../../site.ts';

/** GET and HEAD: an object byte by byte as stored, a short text for anything else. */
export function read(call: Call, target: Resource | Missing): Answer {
  if (target.kind !== 'object') {
    if ('path' in target)
      return text(200, 'This is a collection of the Hushcal practice server. Open it with a CalDAV client.');
    throw refusePlain(404, 'There is nothing here.');
  }
  const { object } = target;
  const etag = etagHeader(call.site, object);
  checkConditions(call.site, call.exchange, object);
  const headers: Record<string, string> = {
    'Content-Type': contentType(object),
    'Last-Modified': new Date(object.modified).toUTCString(),
  };
  if (etag !== undefined) headers['ETag'] = etag;
  if (object.scheduleTag !== null) headers['Schedule-Tag'] = `"${object.scheduleTag}"`;
  const known = call.exchange.header('if-none-match');
  if (known !== undefined && etag !== undefined && (known.trim() === '*' || known.includes(etag)))
    return empty(304, headers);
  return { status: 200, headers, body: object.text };
}
