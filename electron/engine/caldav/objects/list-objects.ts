import { HushError } from '../../../../shared/model/failure.ts';
import { recordOf, type ListRecord } from '../answers/list-record.ts';
import { propfindEach, truncated } from '../answers/propfind.ts';
import { commonFolder, type HrefPlaces } from '../href-places.ts';
import type { Http } from '../transport/http.ts';
import type { CollectionList, ListedObject, Unseen } from '../types.ts';
import { pathKey, type CollectionUrl } from '../url.ts';
import { runYielding, type Work } from '../../yielding.ts';

export interface ListRequest {
  readonly http: Http;
  readonly collection: CollectionUrl;
  readonly places: HrefPlaces;
  readonly mayGo: (path: string) => boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * PROPFIND of depth 1, accounted for. What cannot be seen in it is looked for in a second list before that counts: a
 * server may be busy with an object, and somebody may be editing.
 */
export async function listObjects(request: ListRequest): Promise<CollectionList> {
  const first = await listOnce(request);
  return first.unseen.length === 0 ? first : listOnce(request);
}

async function listOnce({ http, collection, places, mayGo, signal }: ListRequest): Promise<CollectionList> {
  const options = { mayGo, ...(signal === undefined ? {} : { signal }) };
  const props = ['D:getetag', 'D:resourcetype'];
  const { responses } = await propfindEach(http, collection.path, '1', props, recordOf, options);
  await runYielding(learning(responses, places, collection));
  const { objects, unseen, self } = await account(responses, places, collection.url);
  if (!self && objects.length === 0) throw nothingPlaced(collection.url, responses);
  return { objects, unseen };
}

/** What an answer calls the collection itself: the folder in it, or the one around all others. */
function* learning(records: readonly ListRecord[], places: HrefPlaces, { url }: CollectionUrl): Work<void> {
  for (const { href } of records) {
    if (places.place(href) === 'self') return;
    yield;
  }
  const folders = records.flatMap(({ href, isCollection }) => (isCollection ? [href] : []));
  const base = commonFolder(folders, url);
  if (base !== null) places.learn(base);
}

/** What became of the responses of a list. `self`: the collection itself is among them. */
interface Account<T extends ListRecord> extends CollectionList {
  readonly self: boolean;
  /** The responses that are objects, in the order of `objects`. */
  readonly records: readonly T[];
}

/**
 * Says of each response what it is, once. Others get their turn in between: a list may name half a million things.
 *
 * @throws HushError when the list is cut short: the collection itself has a status that is no success
 */
export function account<T extends ListRecord>(
  records: readonly T[],
  places: HrefPlaces,
  url: string,
): Promise<Account<T>> {
  return runYielding(accounting(records, places, url));
}

function* accounting<T extends ListRecord>(records: readonly T[], places: HrefPlaces, url: string): Work<Account<T>> {
  const objects: ListedObject[] = [];
  const kept: T[] = [];
  const unseen: Unseen[] = [];
  /** Where each name stands in `objects`. */
  const known = new Map<string, number>();
  let self = false;
  for (const record of records) {
    yield;
    const { href, status, etag, isCollection } = record;
    const failed = status !== null && (status < 200 || status >= 300);
    if (status === 507) throw truncated(url);
    const placed = places.place(href);
    if (placed === 'self') {
      if (failed) throw truncated(url);
      self = true;
    } else if (placed === null)
      unseen.push({ href, reason: 'The list names it, and it does not lie in the calendar.' });
    else if (failed) unseen.push({ href, reason: `It is listed, and the server cannot read it (${status}).` });
    else if (isCollection) unseen.push({ href, reason: 'It is a folder in the calendar, which is not looked into.' });
    else {
      const at = known.get(pathKey(placed.path));
      const before = at === undefined ? undefined : objects[at];
      if (at === undefined || before === undefined) {
        known.set(pathKey(placed.path), objects.length);
        objects.push({ href: placed.path, etag });
        kept.push(record);
        continue;
      }
      // The same name twice is one object; two spellings of it may be two, and two ETags cannot both guard it.
      if (before.href !== placed.path) unseen.push({ href, reason: 'The list names it twice, in two spellings.' });
      else if (kept[at]?.tag !== record.tag) {
        unseen.push({ href: before.href, reason: 'The list names it twice, with different ETags.' });
        objects[at] = { href: before.href, etag: null };
      }
    }
  }
  return { objects, unseen: [...unseen, ...withoutTag(objects, kept)], self, records: kept };
}

/** Objects that a list gives no ETag, though it gives others one; a server without ETags gives none at all. */
function withoutTag(objects: readonly ListedObject[], records: readonly ListRecord[]): readonly Unseen[] {
  if (!records.some(({ tag }) => tag !== '')) return [];
  return objects.flatMap(({ href }, at) => (records[at]?.tag === '' ? [{ href, reason: NO_TAG }] : []));
}

const NO_TAG = 'It is listed without an ETag, though others have one, so whether it changes is not known.';

function nothingPlaced(url: string, records: readonly ListRecord[]): HushError {
  const [first] = records;
  const what =
    first === undefined ? 'nothing at all, not even the calendar' : `"${first.href.slice(0, 120)}" and the like`;
  return new HushError({
    code: 'SERVER_LIST_UNREADABLE',
    message: `The server lists ${what} for ${url}: nothing in its answer belongs to this calendar. Check the address, and any proxy before the server.`,
    reaction: 'stop-job',
  });
}
