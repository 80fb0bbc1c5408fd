import type { CalendarStore, CollectionList, ETag, FetchedObject, ListedObject, Unseen } from '../types.ts';
import { pathKey } from '../url.ts';

/** An object with its text. */
export interface ReadObject extends ListedObject {
  readonly text: string;
}

interface ReadBatch {
  readonly objects: readonly ReadObject[];
  /** What is there and cannot be read. */
  readonly unread: readonly Unseen[];
  /** Objects that were asked for, those that are gone included. */
  readonly asked: number;
}

/**
 * The texts of all that a list names. What is listed and cannot be read, or is not there when it is asked for, is listed
 * again: what is still listed then is unreadable, never gone.
 */
export async function* readListed(
  store: Pick<CalendarStore, 'fetch' | 'get' | 'list'>,
  { objects }: Pick<CollectionList, 'objects'>,
  signal?: AbortSignal,
): AsyncGenerator<ReadBatch> {
  const etags = new Map(objects.map(({ href, etag }) => [href, etag]));
  const doubtful: FetchedObject[] = [];
  /** Addresses that worked: another spelling of one may lead to what was read under its own name. */
  const given = new Set<string>();
  for await (const batch of store.fetch([...etags.keys()], signal, etags)) {
    const read: ReadObject[] = [];
    const unread: Unseen[] = [];
    for (const object of batch) {
      const { href, etag, text } = object;
      if (text === null) doubtful.push(object);
      else if (given.has(pathKey(href))) unread.push({ href, reason: GIVEN_TWICE });
      else read.push({ href, etag, text });
      if (text !== null) given.add(pathKey(href));
    }
    yield { objects: read, unread, asked: batch.length };
  }
  if (doubtful.length > 0) yield* readAgain(store, doubtful, signal);
}

async function* readAgain(
  store: Pick<CalendarStore, 'fetch' | 'list'>,
  doubtful: readonly FetchedObject[],
  signal: AbortSignal | undefined,
): AsyncGenerator<ReadBatch> {
  const second = await store.list(signal);
  const listed = new Map(second.objects.map(({ href, etag }) => [pathKey(href), etag]));
  const objects: ReadObject[] = [];
  const unread: Unseen[] = [];
  const again = new Map<string, ETag | null>();
  for (const { href, unreadable } of doubtful) {
    if (unreadable !== undefined && listed.has(pathKey(href))) unread.push({ href, reason: unreadable });
    else again.set(href, listed.get(pathKey(href)) ?? null);
  }
  for await (const batch of store.fetch([...again.keys()], signal, again)) {
    for (const { href, etag, text, unreadable } of batch) {
      if (text !== null) objects.push({ href, etag, text });
      else if (unreadable !== undefined) unread.push({ href, reason: unreadable });
      else if (listed.has(pathKey(href)) || second.unseen.length > 0) unread.push({ href, reason: LISTED_AND_GONE });
    }
  }
  yield { objects, unread, asked: 0 };
}

export const GIVEN_TWICE = 'Two names in the list lead to this one object, so another one that exists was not seen.';

export const LISTED_AND_GONE = 'It is listed, and the server says that there is nothing at its address.';
