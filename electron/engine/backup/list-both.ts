import { HushError, toFailure } from '../../../shared/model/failure.ts';
import { looseName } from '../caldav/href-places.ts';
import type { CalendarStore, CollectionList, ListedObject, Unseen } from '../caldav/types.ts';
import { pathKey } from '../caldav/url.ts';

/** What a calendar holds, as two of its lists name it. */
export interface BothLists {
  /** What either of them names. */
  readonly objects: readonly ListedObject[];
  readonly unseen: readonly Unseen[];
  /** Objects that only one of them names, both read twice. */
  readonly disagreeing: number;
  /** What a person must know of the lists. */
  readonly said: readonly string[];
}

/**
 * Lists a calendar by PROPFIND and by a report, which must name the same objects. A difference is read once more, since
 * somebody may be editing. What only one of them names then counts as there all the same; but where either list lacks
 * something, both may, so that the calendar cannot be shown to be whole, and that is named among what was not seen.
 *
 * @throws HushError when it cannot be listed
 */
export async function listBoth(store: CalendarStore, signal?: AbortSignal): Promise<BothLists> {
  const first = await compareLists(store, signal);
  return first.disagreeing === 0 ? first : compareLists(store, signal);
}

async function compareLists(store: CalendarStore, signal: AbortSignal | undefined): Promise<BothLists> {
  const list = await store.list(signal);
  let other: CollectionList | null;
  try {
    other = await store.listByReport(signal);
  } catch (error) {
    if (signal?.aborted === true || !(error instanceof HushError)) throw error;
    const reason = `Whether the list of the calendar is whole could not be checked: ${toFailure(error).message}`;
    return { ...list, unseen: [...list.unseen, { href: store.url, reason }], disagreeing: 0, said: [] };
  }
  if (other === null) return { ...list, disagreeing: 0, said: [NO_REPORT] };
  return merge(store.url, list, other);
}

const NO_REPORT =
  'The server has no second way to list its calendar (calendar-query, sync-collection), so whether the list is whole was not checked.';

function merge(url: string, list: CollectionList, other: CollectionList): BothLists {
  const byKey = new Map(other.objects.map((object) => [pathKey(object.href), object]));
  const alone: ListedObject[] = [];
  const objects: ListedObject[] = [];
  for (const object of list.objects) {
    if (byKey.delete(pathKey(object.href))) objects.push(object);
    else alone.push(object);
  }
  // What only the encoding tells apart is one object; a report names it as multiget and GET want it.
  const byName = new Map([...byKey].map(([key, { href }]) => [looseName(href), key]));
  const unmatched: ListedObject[] = [];
  for (const object of alone) {
    const key = byName.get(looseName(object.href));
    const same = key === undefined ? undefined : byKey.get(key);
    if (key === undefined || same === undefined) unmatched.push(object);
    else objects.push({ href: same.href, etag: object.etag ?? same.etag });
    byKey.delete(key ?? '');
  }
  const more = [...byKey.values()];
  const named = new Set(list.unseen.map(({ href }) => href));
  const unseen = [...list.unseen, ...other.unseen.filter(({ href }) => !named.has(href))];
  const disagreeing = unmatched.length + more.length;
  if (disagreeing > 0) unseen.push({ href: url, reason: disagreement(unmatched, more) });
  return { objects: [...objects, ...unmatched, ...more], unseen, disagreeing, said: [] };
}

/** Objects that are named one by one. */
const NAMED = 5;

function disagreement(byList: readonly ListedObject[], byReport: readonly ListedObject[]): string {
  const all = [...byList, ...byReport];
  const named = all.slice(0, NAMED).map(({ href }) => href);
  const more = all.length > NAMED ? ` and ${all.length - NAMED} more` : '';
  return (
    `The server's two lists of the calendar do not agree: PROPFIND alone names ${byList.length}, a report alone ${byReport.length}: ` +
    `${named.join(', ')}${more}. Whatever either of them names was asked for; what both lack cannot be told.`
  );
}
