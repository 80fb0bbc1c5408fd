import type { BackupCalendar, BackupResource } from '../../../shared/model/backup.ts';
import { HushError, toFailure } from '../../../shared/model/failure.ts';
import { openReader, type CollectionReader } from '../caldav/discovery/collection-reader.ts';
import { openCalendar } from '../scheduling/open-calendar.ts';
import type { CalendarStore, ListedObject } from '../caldav/types.ts';
import { pathKey } from '../caldav/url.ts';
import type { Progress } from '../types.ts';
import { recognise } from '../scheduling/recognise.ts';
import { hashOf, type ArchiveReader } from './archive-reader.ts';
import type { ArchiveWriter } from './archive-writer.ts';
import { EntryNames } from './entry-names.ts';
import { inOrder } from './in-order.ts';
import type { BackupFailure, BackupTask, PulledCalendar, PulledObject } from './types.ts';

/** Events that may fail one after the other before the rest of the calendar is given up. */
const PATIENCE = 10;

/** What a backup of one calendar is written with. */
export interface PullRequest {
  readonly task: BackupTask;
  readonly folder: string;
  readonly archive: ArchiveWriter;
  /** An earlier backup, to take over what did not change since. */
  readonly earlier: ArchiveReader | null;
  readonly progress: Progress;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes one calendar into an archive: every object by GET, byte for byte as the server gives it. One that is gone
 * meanwhile is counted; one that cannot be read is named and costs no other.
 *
 * @throws HushError when the calendar itself cannot be read or listed
 */
export async function pullCalendar(request: PullRequest): Promise<PulledCalendar> {
  const { task, folder, archive, earlier, progress, signal } = request;
  const store = openCalendar(task.url, task.connection);
  const reader = openReader(task.url, task.connection);
  try {
    const { evidence, info } = await store.properties();
    // The token is older than the list: what changes in between is in the next backup once more.
    const { properties, syncToken } = await reader.describe(signal);
    const listed = await store.list(signal);
    const before = await unchangedSince(task, earlier, reader, listed, signal);
    const name = properties.name ?? info.name;
    const names = new EntryNames();
    const resources: BackupResource[] = [];
    const failed: BackupFailure[] = [];
    let [reused, gone, done, inRow] = [0, 0, 0, 0];
    progress(name, 0, listed.length);
    const given = new Set<string>();
    const atOnce = Math.max(1, task.connection.concurrency);
    for await (const one of inOrder(listed, atOnce, (object) =>
      inRow >= PATIENCE ? Promise.resolve(givenUp(object)) : readOne(store, object, before, earlier, signal),
    )) {
      signal?.throwIfAborted();
      done += 1;
      if (one === 'gone') gone += 1;
      else if ('reason' in one) {
        failed.push(one);
        inRow += 1;
      } else {
        inRow = 0;
        if (one.reused) reused += 1;
        const { resource, bytes } = one;
        const path = `${folder}/${names.take(resource.uid, lastSegment(resource.href), '.ics')}`;
        await archive.add(path, bytes);
        resources.push({ path, ...resource });
        given.add(resource.href);
      }
      progress(name, done, listed.length);
    }
    const known = recognise(evidence);
    const product = known?.product ?? null;
    const hides = known?.profile.hides;
    const calendar: BackupCalendar = {
      folder,
      url: task.url,
      user: task.user,
      properties: { ...properties, name },
      syncToken,
      resources,
      warnings: [...(hides === undefined ? [] : [hides]), ...before.said],
    };
    return { calendar, product, reused, gone, failed };
  } finally {
    await Promise.all([store.close(), reader.close()]);
  }
}

interface Unchanged {
  /** Of the earlier backup, by path key: what did not change since. */
  readonly resources: ReadonlyMap<string, BackupResource>;
  /** Why everything is read, where an earlier backup was given; empty otherwise. */
  readonly said: readonly string[];
}

/**
 * What need not be read again: the server says by its sync token that it did not change, it is still listed, and its
 * ETag is the same. All three, since there are servers whose ETags repeat.
 */
async function unchangedSince(
  { url, user }: BackupTask,
  earlier: ArchiveReader | null,
  reader: CollectionReader,
  listed: readonly ListedObject[],
  signal: AbortSignal | undefined,
): Promise<Unchanged> {
  const nothing = { resources: new Map<string, BackupResource>(), said: [] };
  if (earlier === null) return nothing;
  const known = earlier.manifest.calendars.find((one) => one.url === url && one.user === user);
  if (known === undefined) return { ...nothing, said: [] };
  const changes = known.syncToken === null ? null : await reader.changesSince(known.syncToken, signal);
  if (changes === null) {
    return { ...nothing, said: ['The server does not say what changed since the earlier backup, so all was read.'] };
  }
  const touched = new Set([...changes.changed, ...changes.gone].map(pathKey));
  const etags = new Map(listed.map(({ href, etag }) => [pathKey(href), etag]));
  const same = known.resources.filter(({ href, etag }) => {
    const key = pathKey(href);
    return !touched.has(key) && etag !== null && etags.get(key) === etag;
  });
  return { resources: new Map(same.map((resource) => [pathKey(resource.href), resource])), said: [] };
}

async function readOne(
  store: CalendarStore,
  { href, etag }: ListedObject,
  before: Unchanged,
  earlier: ArchiveReader | null,
  signal: AbortSignal | undefined,
): Promise<PulledObject | BackupFailure | 'gone'> {
  try {
    const known = before.resources.get(pathKey(href));
    const old = known === undefined ? null : ((await earlier?.read(known.path)) ?? null);
    if (known !== undefined && old !== null && hashOf(old) === known.sha256) {
      const { path: _path, ...resource } = known;
      return { resource: { ...resource, href }, bytes: old, reused: true };
    }
    const got = await store.get(href, signal);
    if (got === null) return 'gone';
    const { bytes } = got;
    const resource = { href, uid: uidOf(bytes), etag: got.etag ?? etag, sha256: hashOf(bytes), bytes: bytes.length };
    return { resource, bytes, reused: false };
  } catch (error) {
    if (signal?.aborted === true || isOver(error)) throw error;
    return { href, reason: toFailure(error).message };
  }
}

/** The login is refused: no other event will fare better. */
function isOver(error: unknown): boolean {
  return error instanceof HushError && error.failure.code === 'SERVER_UNAUTHORIZED';
}

function givenUp({ href }: ListedObject): BackupFailure {
  return { href, reason: 'It was not read: the events before it could not be read either.' };
}

/** The first UID in the text, for the name of its file; whatever the encoding, a UID is nearly always ASCII. */
function uidOf(bytes: Buffer): string {
  const text = bytes.toString('utf8').replace(/\r?\n[ \t]/g, '');
  return /^UID(?:;[^:\r\n]*)?:(.*)$/im.exec(text)?.[1]?.trim() ?? '';
}

function lastSegment(href: string): string {
  const last = href.split('/').findLast((part) => part !== '') ?? '';
  try {
    return decodeURIComponent(last).replace(/\.ics$/i, '');
  } catch {
    return last;
  }
}
