import { HushError, toFailure } from '../../../shared/model/failure.ts';
import { looseName } from '../caldav/href-places.ts';
import type { CalendarStore, CollectionList, ListedObject, Unseen } from '../caldav/types.ts';
import { pathKey } from '../caldav/url.ts';
import { formatNumber, plural } from '../../../shared/words/format.ts';

/** What a calendar holds, as two of its lists name it. */
interface BothLists {
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
  try {
    const query = await store.listByReport('calendar-query', signal);
    const byQuery = query === null ? null : merge(list, query);
    if (byQuery !== null && (byQuery.isSame || byQuery.byReport.length > 0)) return outcome(store.url, byQuery);
    // SOGo answers a query for everything with nothing.
    const sync = await store.listByReport('sync-collection', signal);
    const bySync = sync === null ? null : merge(list, sync);
    if (bySync === null)
      return byQuery === null ? { ...list, disagreeing: 0, said: [NO_REPORT] } : outcome(store.url, byQuery);
    if (byQuery === null || !bySync.isSame) return outcome(store.url, bySync);
    const unseen = [...bySync.unseen, ...byQuery.unseen];
    return { objects: bySync.objects, unseen, disagreeing: 0, said: [queryLacks(byQuery.byList.length)] };
  } catch (error) {
    if (signal?.aborted === true || !(error instanceof HushError)) throw error;
    const reason = `Whether the list of the calendar is whole could not be checked: ${toFailure(error).message}`;
    return { ...list, unseen: [...list.unseen, { href: store.url, reason }], disagreeing: 0, said: [] };
  }
}

const NO_REPORT =
  'The server has no second way to list its calendar (calendar-query, sync-collection), so whether the list is whole was not checked.';

function queryLacks(count: number): string {
  return `The server's calendar-query leaves out ${plural(count, 'object')}; PROPFIND and sync-collection name the same ones.`;
}

/** Two lists, held against each other. */
interface Merged extends CollectionList {
  readonly byList: readonly ListedObject[];
  readonly byReport: readonly ListedObject[];
  readonly isSame: boolean;
}

function outcome(url: string, { objects, unseen, byList, byReport, isSame }: Merged): BothLists {
  const differing = isSame ? [] : [{ href: url, reason: disagreement(byList, byReport) }];
  return { objects, unseen: [...unseen, ...differing], disagreeing: byList.length + byReport.length, said: [] };
}

function merge(list: CollectionList, other: CollectionList): Merged {
  const byKey = new Map(other.objects.map((object) => [pathKey(object.href), object]));
  const alone: ListedObject[] = [];
  const objects: ListedObject[] = [];
  for (const object of list.objects) {
    if (byKey.delete(pathKey(object.href))) objects.push(object);
    else alone.push(object);
  }
  // What only the encoding tells apart is one object. Which of the two spellings works, its GET finds out: there are servers
  // that encode once too often in PROPFIND, and SOGo once too little in sync-collection.
  const byName = new Map([...byKey].map(([key, { href }]) => [looseName(href), key]));
  const byList: ListedObject[] = [];
  for (const object of alone) {
    const key = byName.get(looseName(object.href));
    const same = key === undefined ? undefined : byKey.get(key);
    if (key === undefined || same === undefined) byList.push(object);
    else objects.push({ href: object.href, etag: object.etag ?? same.etag });
    byKey.delete(key ?? '');
  }
  const byReport = [...byKey.values()];
  const named = new Set(list.unseen.map(({ href }) => href));
  const unseen = [...list.unseen, ...other.unseen.filter(({ href }) => !named.has(href))];
  const isSame = byList.length + byReport.length === 0;
  return { objects: [...objects, ...byList, ...byReport], unseen, byList, byReport, isSame };
}

/** Objects that are named one by one. */
const NAMED = 5;

function disagreement(byList: readonly ListedObject[], byReport: readonly ListedObject[]): string {
  const all = [...byList, ...byReport];
  const named = all.slice(0, NAMED).map(({ href }) => href);
  const more = all.length > NAMED ? ` and ${formatNumber(all.length - NAMED)} more` : '';
  return (
    `The server's two lists of the calendar do not agree: PROPFIND alone names ${formatNumber(byList.length)}, a report alone ${formatNumber(byReport.length)}: ` +
    `${named.join(', ')}${more}. Whatever either of them names was asked for; what both lack is not known.`
  );
}
