import { uidsOf } from '../../icalendar/summary/uids.ts';
import { paced } from '../../yielding.ts';
import { bodyText } from '../answers/answers.ts';
import { classifyWrite, strongETag, type Sent } from '../answers/classify.ts';
import { fetchObjects, getObject, type GotObject } from './fetch-objects.ts';
import { createHttp, type Http, type HttpOptions } from '../transport/http.ts';
import { queryUids, uidOf } from './list-uids.ts';
import { propOf } from '../answers/multistatus.ts';
import { propfind } from '../answers/propfind.ts';
import { readProperties, type CollectionKind } from '../discovery/properties.ts';
import { openTrashBin } from './trash-bin.ts';
import { writeFailure } from './write-failure.ts';
import { collectionUrl, hrefForUid, hrefPath, isInside, objectPath, pathKey, type CollectionUrl } from '../url.ts';
import { DAV } from '../answers/xml.ts';
import type {
  CalendarStore,
  CollectionProperties,
  Connection,
  ETag,
  FetchedObject,
  ListedObject,
  ListedUid,
  Precondition,
  TrashBin,
  WriteResult,
} from '../types.ts';

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
  private readonly http: Http;
  private readonly collection: CollectionUrl;
  private readonly readers: number;
  private readonly kind: CollectionKind;

  constructor(http: Http, collection: CollectionUrl, readers: number, kind: CollectionKind) {
    this.http = http;
    this.collection = collection;
    this.readers = readers;
    this.kind = kind;
    this.url = collection.url;
    this.trash = openTrashBin(http, collection);
  }

  properties(): Promise<CollectionProperties> {
    return readProperties(this.http, this.collection, this.mayGo, this.kind);
  }

  async *uids(signal?: AbortSignal): AsyncGenerator<readonly ListedUid[]> {
    const responses = await queryUids(this.http, this.collection, signal);
    const listed = responses?.flatMap((response) => uidOf(response, this.collection) ?? []) ?? null;
    const notified = listed?.filter(({ uids }) => uids.length > 0) ?? [];
    if (notified.length > 0) yield notified;
    // What the answer is silent about is read whole.
    const others = listed === null ? await this.list(signal) : listed.filter(({ uids }) => uids.length === 0);
    if (others.length === 0) return;
    for await (const batch of this.fetch(
      others.map(({ href }) => href),
      signal,
    )) {
      const read = batch.map(({ href, etag, text }) => ({ href, etag, uids: text === null ? [] : uidsOf(text) }));
      yield read.filter(({ uids }) => uids.length > 0);
    }
  }

  async list(signal?: AbortSignal): Promise<readonly ListedObject[]> {
    const { path, url } = this.collection;
    const options = { mayGo: this.mayGo, ...(signal === undefined ? {} : { signal }) };
    const { responses } = await propfind(this.http, path, '1', ['D:getetag', 'D:resourcetype'], options);
    const listed: ListedObject[] = [];
    for await (const response of paced(responses, signal)) {
      const href = hrefPath(response.href, url);
      if (href === null || !isInside(href, path)) continue;
      if (response.status !== null && response.status >= 300) continue;
      if (propOf(response, DAV, 'resourcetype')?.children.some((type) => type.name === 'collection') === true) continue;
      listed.push({ href, etag: strongETag(propOf(response, DAV, 'getetag')?.text ?? '') });
    }
    return listed;
  }

  fetch(hrefs: readonly string[], signal?: AbortSignal): AsyncIterable<readonly FetchedObject[]> {
    return fetchObjects(this.http, this.collection, hrefs, this.readers, signal);
  }

  get(href: string, signal?: AbortSignal): Promise<GotObject | null> {
    return getObject(this.http, this.collection, href, signal);
  }

  put(href: string, body: Buffer, when: Precondition, headers: Readonly<Record<string, string>>): Promise<WriteResult> {
    const guard = when.kind === 'absent' ? { 'if-none-match': '*' } : { 'if-match': when.etag };
    return this.write(
      'PUT',
      href,
      withOwn(headers, { ...guard, 'content-type': 'text/calendar; charset=utf-8' }),
      body,
    );
  }

  remove(href: string, etag: ETag, headers: Readonly<Record<string, string>>): Promise<WriteResult> {
    return this.write('DELETE', href, withOwn(headers, { 'if-match': etag }));
  }

  newHref(uid: string): string {
    return hrefForUid(uid, this.collection);
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private readonly mayGo = (path: string): boolean =>
    pathKey(path.endsWith('/') ? path : `${path}/`) === pathKey(this.collection.path) ||
    isInside(path, this.collection.path);

  private async write(
    method: Sent['method'],
    href: string,
    headers: Sent['headers'],
    body?: Buffer,
  ): Promise<WriteResult> {
    const path = objectPath(href, this.collection);
    const request = { method, path, headers, mayGo: this.mayGo };
    try {
      const answer = await this.http.send(body === undefined ? request : { ...request, body });
      const { denied } = answer;
      return classifyWrite(answer.status, answer.headers, bodyText(answer), { method, headers, denied });
    } catch (error) {
      return writeFailure(error, this.collection.origin);
    }
  }
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
