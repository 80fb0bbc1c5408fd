import { HushError } from '../../../../shared/model/failure.ts';
import { unexpected } from '../answers/answers.ts';
import { strongETag } from '../answers/classify.ts';
import { isCutShort } from '../answers/cut-short.ts';
import { isHtml } from '../answers/words.ts';
import { otherSpellings, type HrefPlaces } from '../href-places.ts';
import { Backoff, rest, type NextTry } from '../transport/backoff.ts';
import { headerText, type Http } from '../transport/http.ts';
import { BATCH, multiget } from './multiget.ts';
import { isInside, objectPath, pathKey, type CollectionUrl } from '../url.ts';
import type { ETag, FetchedObject, GotObject } from '../types.ts';

/** Objects that may fail one after the other before the rest is given up: then it is the server, not the objects. */
const PATIENCE = 10;

/**
 * One object by GET, byte-exact; null when there is none (404, 410), in whatever spelling.
 *
 * @throws HushError when the server refuses, sends something else, or the href lies outside the collection.
 */
export async function getObject(
  http: Http,
  collection: CollectionUrl,
  href: string,
  signal?: AbortSignal,
): Promise<GotObject | null> {
  const path = objectPath(href, collection);
  for (const spelling of [path, ...otherSpellings(path)]) {
    const got = await getOne(http, collection, spelling, signal);
    if (got !== null) return got;
  }
  return null;
}

async function getOne(
  http: Http,
  collection: CollectionUrl,
  path: string,
  signal: AbortSignal | undefined,
): Promise<GotObject | null> {
  const mayGo = (to: string): boolean => isInside(to, collection.path) || to.startsWith(collection.path);
  const url = collection.origin + path;
  const backoff = new Backoff('read');
  for (;;) {
    const answer = await http.read({ method: 'GET', path, mayGo, ...(signal === undefined ? {} : { signal }) });
    if (answer.status === 404 || answer.status === 410) return null;
    if (answer.status !== 200) throw unexpected(answer, url);
    const wrong = noObject(answer.body);
    if (wrong === null) return { href: path, bytes: answer.body, etag: strongETag(headerText(answer.headers, 'etag')) };
    const next = wrong === CUT_SHORT ? backoff.after({ kind: 'failed' }) : GIVEN_UP;
    if (next.kind === 'give-up') throw notAnObject(url, wrong);
    await rest(next.seconds, signal);
  }
}

const GIVEN_UP: NextTry = { kind: 'give-up', asksTooLong: false };
const CUT_SHORT = 'a text that ends in the middle, without END:VCALENDAR,';

/** What came instead of an object, since such answers have the status 200, too; null for an object. */
function noObject(body: Buffer): string | null {
  if (body.length === 0) return 'an empty answer';
  const text = body.toString('latin1');
  // A page to log in at, or to say that something failed.
  if (isHtml(text.slice(0, 1000)) && !/BEGIN:VCALENDAR/i.test(text)) return 'a web page';
  return isCutShort(text) ? CUT_SHORT : null;
}

function notAnObject(url: string, what: string): HushError {
  return new HushError({
    code: 'SERVER_NO_OBJECT',
    message: `The server sends ${what} for ${url}, not what it keeps there.`,
    reaction: 'skip-item',
  });
}

interface FetchRequest {
  readonly http: Http;
  readonly collection: CollectionUrl;
  readonly places: HrefPlaces;
  /** Requests in flight. */
  readonly readers: number;
  readonly signal?: AbortSignal | undefined;
  /** ETags of a list that was read before: see CalendarStore.fetch. */
  readonly listed?: ReadonlyMap<string, ETag | null> | undefined;
}

/** Characters of texts that were asked for one by one; what is left of a batch then is a batch of its own. */
const MOST_TEXT = 8_000_000;

/** Objects that are asked for together; `single`: one by one, since their texts are too long for one answer. */
interface Batch {
  readonly hrefs: readonly string[];
  readonly single: boolean;
}

interface Fetched {
  readonly objects: readonly FetchedObject[];
  /** Of the batch, not asked for yet; null: nothing. */
  readonly rest: Batch | null;
}

interface FetchState {
  multiget: boolean;
  failedInRow: number;
}

/** Texts of many objects: several calendar-multigets in flight, batches handed on as they come. */
export async function* fetchObjects(
  request: FetchRequest,
  hrefs: readonly string[],
): AsyncGenerator<readonly FetchedObject[]> {
  const state: FetchState = { multiget: true, failedInRow: 0 };
  const running = new Map<Batch, Promise<Fetched & { readonly batch: Batch }>>();
  const left: Batch[] = [];
  let next = 0;
  const nextBatch = (): Batch | null => {
    const rest = left.shift();
    if (rest !== undefined || next >= hrefs.length) return rest ?? null;
    next += BATCH;
    return { hrefs: hrefs.slice(next - BATCH, next), single: false };
  };
  const startMore = (): void => {
    while (running.size < request.readers) {
      const batch = nextBatch();
      if (batch === null) return;
      const task = fetchBatch(request, batch, state).then((fetched) => ({ batch, ...fetched }));
      // The consumer may stop early; a failure it never sees must not become an unhandled one.
      task.catch(() => undefined);
      running.set(batch, task);
    }
  };
  startMore();
  while (running.size > 0) {
    const { batch, objects, rest } = await Promise.race(running.values());
    running.delete(batch);
    if (rest !== null) left.push(rest);
    startMore();
    yield objects;
  }
}

async function fetchBatch(request: FetchRequest, { hrefs, single }: Batch, state: FetchState): Promise<Fetched> {
  const { http, collection, places, signal, listed } = request;
  const answer = state.multiget && !single ? await multiget(http, collection, places, hrefs, signal) : 'unsupported';
  if (answer === 'unsupported' && !single) state.multiget = false;
  const found = typeof answer === 'string' ? null : answer;
  const objects: FetchedObject[] = [];
  let denied = 0;
  let length = 0;
  for (const [at, href] of hrefs.entries()) {
    if (length >= MOST_TEXT) return { objects, rest: { hrefs: hrefs.slice(at), single: true } };
    const object = found?.get(pathKey(objectPath(href, collection)));
    // What a list names is there until the object itself says that it is not.
    const doubted = object?.text === null && listed?.has(href) === true;
    const isAsked = object === undefined || doubted;
    const known = isAsked ? await fetchOne(request, href, state) : { href, ...object };
    if (doubted && known.text !== null) denied += 1;
    objects.push({ ...known, etag: known.etag ?? listed?.get(href) ?? null });
    if (isAsked) length += known.text?.length ?? 0;
  }
  // A proxy may let requests through that the report behind it knows nothing of.
  if (denied === hrefs.length) state.multiget = false;
  return { objects, rest: null };
}

async function fetchOne(
  { http, collection, signal, listed }: FetchRequest,
  href: string,
  state: FetchState,
): Promise<FetchedObject> {
  try {
    const got = await getObject(http, collection, href, signal);
    state.failedInRow = 0;
    if (got === null) return { href, etag: null, text: null };
    return { href: listed === undefined ? href : got.href, etag: got.etag, text: textOf(got.bytes) };
  } catch (error) {
    state.failedInRow += 1;
    if (signal?.aborted === true || !concernsOneObject(error) || state.failedInRow >= PATIENCE) throw error;
    return { href, etag: null, text: null, unreadable: error.failure.message };
  }
}

/** Whether a read may have failed for this object alone; a refused login or a server that is not there concerns all. */
function concernsOneObject(error: unknown): error is HushError {
  if (!(error instanceof HushError)) return false;
  const { code, reaction } = error.failure;
  return reaction !== 'our-bug' && !ALL.includes(code) && !code.startsWith('TLS_');
}

const ALL = [
  'STOPPED',
  'SERVER_UNAUTHORIZED',
  'HREF_OUTSIDE',
  'SERVER_NOT_FOUND',
  'SERVER_REFUSED',
  'SERVER_UNREACHABLE',
];

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
