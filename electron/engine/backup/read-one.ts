import { lastSegment } from '../../../shared/text/address.ts';
import type { BackupResource } from '../../../shared/model/kept/backup.ts';
import { HushError, toFailure } from '../../../shared/model/failure.ts';
import type { CalendarStore, ListedObject } from '../caldav/types.ts';
import { pathKey } from '../caldav/url.ts';
import { hashOf, type ArchiveReader } from './archive-reader.ts';
import type { BackupFailure, PulledObject } from './types.ts';

/** What an earlier backup need not be asked for again. */
export interface Unchanged {
  /** Of the earlier backup, by path key: what did not change since. */
  readonly resources: ReadonlyMap<string, BackupResource>;
  /** Why everything is read, where an earlier backup was given; empty otherwise. */
  readonly said: readonly string[];
}

/** One object: from the earlier backup where it did not change, else by GET. `gone`: the server says that there is none. */
export async function readOne(
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
    const got = await store.get(href, signal, etag);
    if (got === null) return 'gone';
    const { bytes } = got;
    const resource = { href: got.href, uid: uidOf(bytes), etag: got.etag, sha256: hashOf(bytes), bytes: bytes.length };
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

/** The first UID in the text, for the name of its file; whatever the encoding, a UID is nearly always ASCII. */
function uidOf(bytes: Buffer): string {
  const text = bytes.toString('utf8').replace(/\r?\n[ \t]/g, '');
  return /^UID(?:;[^:\r\n]*)?:(.*)$/im.exec(text)?.[1]?.trim() ?? '';
}

/** The name of an object without `.ics`. */
export function nameOf(href: string): string {
  return lastSegment(href, '').replace(/\.ics$/i, '');
}
