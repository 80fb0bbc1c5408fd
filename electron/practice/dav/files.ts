import { empty, refusePlain, type Answer } from '../http/answer.ts';
import type { StoredObject } from '../store/model.ts';
import { FILE } from '../store/store.ts';
import { etagHeader } from './properties.ts';
import { checkConditions } from './preconditions.ts';
import type { Call, PutTarget } from '../site.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** PUT of a file into a folder (RFC 4918 §9.7.1): any media type, as long as it is UTF-8. Nothing is scheduled. */
export function putFile({ site, exchange }: Call, place: PutTarget, old: StoredObject | undefined): Answer {
  checkConditions(site, exchange, old);
  let text: string;
  try {
    text = utf8.decode(exchange.body);
  } catch {
    throw refusePlain(415, 'Folders take UTF-8 text only.');
  }
  const object = site.store.put(place.collection, place.name, text, { ...FILE, scheduling: false });
  const etag = etagHeader(site, object);
  return empty(old === undefined ? 201 : 204, etag === undefined ? {} : { ETag: etag });
}
