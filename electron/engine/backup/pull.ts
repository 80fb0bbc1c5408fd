import type { BackupCalendar, BackupResource } from '../../../shared/model/kept/backup.ts';
import { openReader, type CollectionReader } from '../caldav/discovery/collection-reader.ts';
import { proveGone, type GoneCandidate } from '../caldav/objects/prove-gone.ts';
import { GIVEN_TWICE, LISTED_AND_GONE } from '../caldav/objects/read-listed.ts';
import { openCalendar } from '../scheduling/open-calendar.ts';
import type { CalendarStore, ListedObject } from '../caldav/types.ts';
import { pathKey } from '../caldav/url.ts';
import type { BackupProgress } from '../types.ts';
import { recognise } from '../scheduling/recognise.ts';
import type { ArchiveReader } from './archive-reader.ts';
import type { ArchiveWriter } from './archive-writer.ts';
import { EntryNames } from './entry-names.ts';
import { inOrder } from './in-order.ts';
import { listBoth } from './list-both.ts';
import { nameOf, readOne, type Unchanged } from './read-one.ts';
import type { BackupFailure, BackupTask, PulledCalendar, PulledObject } from './types.ts';

/** Events that may fail one after the other before the rest of the calendar is given up. */
const PATIENCE = 10;

/** What a backup of one calendar is written with. */
interface PullRequest {
  readonly task: BackupTask;
  readonly folder: string;
  readonly archive: ArchiveWriter;
  /** An earlier backup, to take over what did not change since. */
  readonly earlier: ArchiveReader | null;
  readonly progress: BackupProgress;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes one calendar into an archive: every object by GET, byte for byte as the server gives it. One that is gone
 * meanwhile is counted; one that is listed and cannot be read is named and costs no other; one of an earlier backup is left
 * out only when it is proved that it is gone.
 *
 * @throws HushError when the calendar itself cannot be read or listed
 */
export async function pullCalendar(request: PullRequest): Promise<PulledCalendar> {
  const { task, earlier, signal } = request;
  const store = openCalendar(task.url, task.connection);
  const reader = openReader(task.url, task.connection);
  try {
    const { evidence, info } = await store.properties(signal);
    // The token is older than the list: what changes in between is in the next backup once more.
    const { properties, syncToken } = await reader.describe(signal);
    const { objects, unseen, disagreeing, said } = await listBoth(store, signal);
    const known = earlierCalendar(task, earlier);
    const before = await unchangedSince(known, reader, objects, signal);
    const name = properties.name ?? info.name;
    const pull = new Pull(request, store, before, name);
    await pull.readAll(objects);
    await pull.readAgain();
    pull.failed.push(...unseen);
    const proved = await pull.proveGone(known);
    const recognised = recognise(evidence);
    const product = recognised?.product ?? null;
    const hides = recognised?.profile.hides;
    const calendar: BackupCalendar = {
      folder: request.folder,
      url: task.url,
      user: task.user,
      properties: { ...properties, name },
      syncToken,
      resources: pull.resources,
      ...(proved.length === 0 ? {} : { gone: proved }),
      warnings: [...(hides === undefined ? [] : [hides]), ...before.said, ...said],
    };
    const { reused, gone, failed } = pull;
    return { calendar, product, reused, gone, failed, disagreeing };
  } finally {
    await Promise.all([store.close(), reader.close()]);
  }
}

function earlierCalendar({ url, user }: BackupTask, earlier: ArchiveReader | null): BackupCalendar | null {
  return earlier?.manifest.calendars.find((one) => one.url === url && one.user === user) ?? null;
}

/** The objects of one calendar on their way into the archive. */
class Pull {
  readonly resources: BackupResource[] = [];
  readonly failed: BackupFailure[] = [];
  reused = 0;
  gone = 0;
  readonly #request: PullRequest;
  readonly #store: CalendarStore;
  readonly #before: Unchanged;
  readonly #name: string;
  readonly #names = new EntryNames();
  /** Listed, and not there when they were asked for. */
  readonly #missing: ListedObject[] = [];
  readonly #seen = new Set<string>();
  /** What is in the archive, by the address that worked. */
  readonly #taken = new Set<string>();

  constructor(request: PullRequest, store: CalendarStore, before: Unchanged, name: string) {
    this.#request = request;
    this.#store = store;
    this.#before = before;
    this.#name = name;
  }

  async readAll(listed: readonly ListedObject[]): Promise<void> {
    const { task, progress, signal } = this.#request;
    let [done, inRow] = [0, 0];
    progress(this.#name, 0, listed.length);
    for await (const [object, one] of inOrder(listed, Math.max(1, task.connection.concurrency), async (each) => {
      const read = inRow >= PATIENCE ? givenUp(each) : await this.#read(each);
      return [each, read] as const;
    })) {
      signal?.throwIfAborted();
      this.#seen.add(pathKey(object.href));
      done += 1;
      inRow = one !== 'gone' && 'reason' in one ? inRow + 1 : 0;
      if (one === 'gone') this.#missing.push(object);
      else await this.#take(one);
      progress(this.#name, done, listed.length);
    }
  }

  /** What was listed and not there is listed again: what is still listed cannot be read, and is not gone. */
  async readAgain(): Promise<void> {
    if (this.#missing.length === 0) return;
    const { objects, unseen } = await this.#store.list(this.#request.signal);
    const listed = new Map(objects.map((object) => [pathKey(object.href), object]));
    for (const object of this.#missing) {
      const again = listed.get(pathKey(object.href));
      const one = await this.#read(again ?? object);
      if (one !== 'gone') await this.#take(one);
      else if (again !== undefined || unseen.length > 0)
        this.failed.push({ href: object.href, reason: LISTED_AND_GONE });
      else this.gone += 1;
    }
  }

  /** What an earlier backup has and no list names: it is gone when that is proved, else it is missing in this one. */
  async proveGone(known: BackupCalendar | null): Promise<readonly GoneCandidate[]> {
    const lacking = [...(known?.resources ?? []), ...(known?.gone ?? [])]
      .map(({ href, uid }) => ({ href, uid }))
      .filter(({ href }) => !this.#seen.has(pathKey(href)));
    const proofs = await proveGone(this.#store, lacking, this.#request.signal);
    for (const { href } of lacking) {
      const reason = proofs.get(href) ?? null;
      if (reason !== null) this.failed.push({ href, reason: `The list lacks it, and it may be there. ${reason}` });
    }
    return lacking.filter(({ href }) => proofs.get(href) === null);
  }

  #read(object: ListedObject): Promise<PulledObject | BackupFailure | 'gone'> {
    return readOne(this.#store, object, this.#before, this.#request.earlier, this.#request.signal);
  }

  async #take(one: PulledObject | BackupFailure): Promise<void> {
    if ('reason' in one) {
      this.failed.push(one);
      return;
    }
    const { resource, bytes, reused } = one;
    // The address that worked may be another spelling of the one in the list.
    this.#seen.add(pathKey(resource.href));
    if (this.#taken.has(pathKey(resource.href))) {
      this.failed.push({ href: resource.href, reason: GIVEN_TWICE });
      return;
    }
    this.#taken.add(pathKey(resource.href));
    if (reused) this.reused += 1;
    const { folder, archive } = this.#request;
    const path = `${folder}/${this.#names.take(resource.uid, nameOf(resource.href), '.ics')}`;
    await archive.add(path, bytes);
    this.resources.push({ path, ...resource });
  }
}

/**
 * What need not be read again: the server says by its sync token that it did not change, it is still listed, and its
 * ETag is the same. All three, since there are servers whose ETags repeat.
 */
async function unchangedSince(
  known: BackupCalendar | null,
  reader: CollectionReader,
  listed: readonly ListedObject[],
  signal: AbortSignal | undefined,
): Promise<Unchanged> {
  if (known === null) return { resources: new Map(), said: [] };
  const changes = known.syncToken === null ? null : await reader.changesSince(known.syncToken, signal);
  if (changes === null) return { resources: new Map(), said: [ALL_READ] };
  const touched = new Set([...changes.changed, ...changes.gone].map(pathKey));
  const etags = new Map(listed.map(({ href, etag }) => [pathKey(href), etag]));
  const same = known.resources.filter(({ href, etag }) => {
    const key = pathKey(href);
    return !touched.has(key) && etag !== null && etags.get(key) === etag;
  });
  return { resources: new Map(same.map((resource) => [pathKey(resource.href), resource])), said: [] };
}

const ALL_READ = 'The server does not say what changed since the earlier backup, so all was read.';

function givenUp({ href }: ListedObject): BackupFailure {
  return { href, reason: 'It was not read: the events before it could not be read either.' };
}
