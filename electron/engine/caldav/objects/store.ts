import { HushError } from '../../../../shared/model/failure.ts';
import { uidsOf } from '../../icalendar/summary/uids.ts';
import { bodyText } from '../answers/answers.ts';
import { classifyWrite, type Sent } from '../answers/classify.ts';
import { HrefPlaces } from '../href-places.ts';
import { fetchObjects, getObject } from './fetch-objects.ts';
import { createHttp, type Http, type HttpOptions } from '../transport/http.ts';
import { listByReport, type ReportName } from './list-by-report.ts';
import { listObjects, type ListRequest } from './list-objects.ts';
import { queryUids, type QueriedUids } from './list-uids.ts';
import { ListedTags } from './listed-tags.ts';
import { readListed } from './read-listed.ts';
import { readProperties, type CollectionKind } from '../discovery/properties.ts';
import { openTrashBin } from './trash-bin.ts';
import { writeFailure } from './write-failure.ts';
import {
  collectionPathKey,
  collectionUrl,
  hrefForUid,
  isInside,
  objectPath,
  pathKey,
  type CollectionUrl,
} from '../url.ts';
import type {
  CalendarStore,
  CollectionList,
  CollectionProperties,
  Connection,
  ETag,
  FetchedObject,
  GotObject,
  ListedUid,
  Precondition,
  TrashBin,
  Unseen,
  WriteResult,
} from '../types.ts';
import { formatNumber } from '../../../../shared/words/format.ts';

export interface StoreOptions extends HttpOptions {
  /** What must stand at the address; a calendar when left out. */
  readonly kind?: CollectionKind;
}

/**
 * Opens one calendar collection. Connects with the first request.
 *
 * @param calendarUrl absolute http(s) URL of the collection
 * @throws HushError `URL_INVALID`, `SERVER_INSECURE`
 */
export function openStore(
  calendarUrl: string,
  connection: Connection,
  { kind = 'calendar', ...options }: StoreOptions = {},
): CalendarStore {
  const collection = collectionUrl(calendarUrl);
  const http = createHttp(collection.origin, connection, options);
  return new HttpCalendarStore(http, collection, Math.min(8, Math.max(1, connection.concurrency)), kind);
}

class HttpCalendarStore implements CalendarStore {
  readonly url: string;
  readonly trash: TrashBin;
  readonly #http: Http;
  readonly #collection: CollectionUrl;
  readonly #readers: number;
  readonly #kind: CollectionKind;
  readonly #places: HrefPlaces;
  readonly #tags: ListedTags;

  constructor(http: Http, collection: CollectionUrl, readers: number, kind: CollectionKind) {
    this.#http = http;
    this.#collection = collection;
    this.#readers = readers;
    this.#kind = kind;
    this.url = collection.url;
    this.#places = new HrefPlaces(collection);
    this.#tags = new ListedTags(http);
    this.trash = openTrashBin(http, collection);
  }

  get proxy(): string | null {
    return this.#http.proxy;
  }

  properties(signal?: AbortSignal): Promise<CollectionProperties> {
    return readProperties(this.#http, this.#collection, this.#mayGo, this.#kind, this.#places, signal);
  }

  async *uids(signal?: AbortSignal): AsyncGenerator<readonly ListedUid[]> {
    const queried = await this.queryUids(signal);
    const named = (queried?.objects ?? []).flatMap(({ href, etag, uids }) =>
      uids.length > 0 ? [{ href, etag, uids }] : [],
    );
    if (named.length > 0) yield named;
    // What the answer is silent about is read whole.
    const silent = isNothing(queried)
      ? await this.list(signal)
      : { objects: queried.objects.filter(({ uids }) => uids.length === 0), unseen: queried.unseen };
    const unseen = [...silent.unseen];
    for await (const batch of readListed(this, silent, signal)) {
      const read = batch.objects.map(({ href, etag, text }) => ({ href, etag, uids: uidsOf(text) }));
      yield read.filter(({ uids }) => uids.length > 0);
      unseen.push(...batch.unread);
    }
    if (unseen.length > 0) throw notAllSeen(this.url, unseen);
  }

  queryUids(signal?: AbortSignal): Promise<QueriedUids | null> {
    return queryUids(this.#http, this.#collection, this.#places, signal);
  }

  list(signal?: AbortSignal): Promise<CollectionList> {
    return listObjects(this.#request(signal));
  }

  listByReport(report: ReportName, signal?: AbortSignal): Promise<CollectionList | null> {
    return listByReport(this.#request(signal), report);
  }

  async *fetch(
    hrefs: readonly string[],
    signal?: AbortSignal,
    listed?: ReadonlyMap<string, ETag | null>,
  ): AsyncGenerator<readonly FetchedObject[]> {
    for await (const batch of fetchObjects({ ...this.#request(signal), readers: this.#readers, listed }, hrefs)) {
      yield listed === undefined && batch.some(isUntagged) ? await this.#tagged(batch, signal) : batch;
    }
  }

  async get(href: string, signal?: AbortSignal, listed?: ETag | null): Promise<GotObject | null> {
    const got = await getObject(this.#http, this.#collection, href, signal);
    if (got?.etag !== null) return got;
    if (listed !== undefined) return { ...got, etag: listed };
    const etag = await this.#tags.of(got.href, signal);
    // The text that the ETag stands for is read after it: what came in between makes the guard fail, which is safe.
    const again = etag === null ? null : await getObject(this.#http, this.#collection, got.href, signal);
    return etag === null ? got : again === null ? null : { ...again, etag };
  }

  put(href: string, body: Buffer, when: Precondition, headers: Readonly<Record<string, string>>): Promise<WriteResult> {
    const guard = when.kind === 'absent' ? { 'if-none-match': '*' } : { 'if-match': when.etag };
    return this.#write(
      'PUT',
      href,
      withOwn(headers, { ...guard, 'content-type': 'text/calendar; charset=utf-8' }),
      body,
    );
  }

  remove(href: string, etag: ETag, headers: Readonly<Record<string, string>>): Promise<WriteResult> {
    return this.#write('DELETE', href, withOwn(headers, { 'if-match': etag }));
  }

  newHref(uid: string): string {
    return hrefForUid(uid, this.#collection);
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  #request(signal: AbortSignal | undefined): ListRequest {
    return { http: this.#http, collection: this.#collection, places: this.#places, mayGo: this.#mayGo, signal };
  }

  /** The same objects, each with the ETag that PROPFIND gives it where its text came without. */
  async #tagged(batch: readonly FetchedObject[], signal?: AbortSignal): Promise<readonly FetchedObject[]> {
    const all: FetchedObject[] = [];
    for (const object of batch) {
      const got = isUntagged(object) && !this.#tags.none ? await this.get(object.href, signal) : null;
      all.push(got === null ? object : { ...object, etag: got.etag, text: got.bytes.toString('utf8') });
    }
    return all;
  }

  readonly #mayGo = (path: string): boolean =>
    collectionPathKey(path) === pathKey(this.#collection.path) || isInside(path, this.#collection.path);

  async #write(method: Sent['method'], href: string, headers: Sent['headers'], body?: Buffer): Promise<WriteResult> {
    const path = objectPath(href, this.#collection);
    const request = { method, path, headers, mayGo: this.#mayGo };
    try {
      const answer = await this.#http.send(body === undefined ? request : { ...request, body });
      const { denied } = answer;
      return classifyWrite(answer.status, answer.headers, bodyText(answer), {
        method,
        headers,
        octets: body?.length,
        denied,
      });
    } catch (error) {
      return writeFailure(error, this.#collection.origin);
    }
  }
}

/** SOGo answers a query for everything with nothing at all. */
function isNothing(queried: QueriedUids | null): queried is null {
  return queried === null || queried.objects.length + queried.unseen.length === 0;
}

function isUntagged({ text, etag }: FetchedObject): boolean {
  return text !== null && etag === null;
}

/** Something in a calendar could not be seen. */
function notAllSeen(url: string, [first, ...more]: readonly Unseen[]): HushError {
  const others = more.length === 0 ? '' : ` and ${formatNumber(more.length)} more`;
  return new HushError({
    code: 'SERVER_NOT_ALL_SEEN',
    message: `Not all of ${url} could be seen: ${first?.href ?? ''}${others}. ${first?.reason ?? ''}`,
    reaction: 'stop-job',
  });
}

/** The caller's headers with ours, which no spelling of the same name can stand beside or replace. */
function withOwn(
  headers: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && !OURS.has(name.toLowerCase())) all[name] = value;
  }
  return Object.assign(all, own);
}

const OURS = new Set(['if-match', 'if-none-match', 'content-type', 'authorization', 'content-length', 'host']);
