import { unexpected } from '../answers/answers.ts';
import { strongETag } from '../answers/classify.ts';
import { headerText, type Http } from '../transport/http.ts';
import { BATCH, multiget } from './multiget.ts';
import { objectPath, pathKey, type CollectionUrl } from '../url.ts';
import type { ETag, FetchedObject } from '../types.ts';

export interface GotObject {
  readonly bytes: Buffer;
  readonly etag: ETag | null;
}

/**
 * One object by GET, byte-exact; null when there is none.
 *
 * @throws HushError when the server refuses or the href lies outside the collection.
 */
export async function getObject(
  http: Http,
  collection: CollectionUrl,
  href: string,
  signal?: AbortSignal,
): Promise<GotObject | null> {
  const path = objectPath(href, collection);
  const mayGo = (to: string): boolean => to.startsWith(collection.path);
  const answer = await http.read({ method: 'GET', path, mayGo, ...(signal === undefined ? {} : { signal }) });
  if (answer.status === 404 || answer.status === 410) return null;
  if (answer.status !== 200) throw unexpected(answer, collection.origin + path);
  return { bytes: answer.body, etag: strongETag(headerText(answer.headers, 'etag')) };
}

/** Texts of many objects: several calendar-multigets in flight, batches handed on as they come. */
export async function* fetchObjects(
  http: Http,
  collection: CollectionUrl,
  hrefs: readonly string[],
  readers: number,
  signal?: AbortSignal,
): AsyncGenerator<readonly FetchedObject[]> {
  const state = { multiget: true };
  const running = new Map<number, Promise<{ readonly at: number; readonly objects: readonly FetchedObject[] }>>();
  let next = 0;
  const startMore = (): void => {
    while (running.size < readers && next < hrefs.length) {
      const at = next;
      const batch = hrefs.slice(at, at + BATCH);
      next += BATCH;
      const task = fetchBatch(http, collection, batch, state, signal).then((objects) => ({ at, objects }));
      // The consumer may stop early; a failure it never sees must not become an unhandled one.
      task.catch(() => undefined);
      running.set(at, task);
    }
  };
  startMore();
  while (running.size > 0) {
    const { at, objects } = await Promise.race(running.values());
    running.delete(at);
    startMore();
    yield objects;
  }
}

async function fetchBatch(
  http: Http,
  collection: CollectionUrl,
  hrefs: readonly string[],
  state: { multiget: boolean },
  signal?: AbortSignal,
): Promise<readonly FetchedObject[]> {
  const answer = state.multiget ? await multiget(http, collection, hrefs, signal) : 'unsupported';
  if (answer === 'unsupported') state.multiget = false;
  const found = typeof answer === 'string' ? null : answer;
  const objects: FetchedObject[] = [];
  for (const href of hrefs) {
    const object = found?.get(pathKey(objectPath(href, collection)));
    objects.push(object === undefined ? await fetchOne(http, collection, href, signal) : { href, ...object });
  }
  return objects;
}

async function fetchOne(
  http: Http,
  collection: CollectionUrl,
  href: string,
  signal?: AbortSignal,
): Promise<FetchedObject> {
  const got = await getObject(http, collection, href, signal);
  return got === null ? { href, etag: null, text: null } : { href, etag: got.etag, text: textOf(got.bytes) };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const western = new TextDecoder('windows-1252');

/** Text of an object; octets that are no UTF-8 are read as old clients wrote them (Cyrus keeps such octets). */
function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return western.decode(bytes);
  }
}
