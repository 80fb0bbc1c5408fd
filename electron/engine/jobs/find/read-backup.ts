import type { FoundBackup } from '../../../../shared/model/found/find.ts';
import { HushError, toFailure } from '../../../../shared/model/failure.ts';
import { AS_NEW, SUPERSEDED, type Rejection } from '../../../../shared/model/found/inspection.ts';
import { unescapeText } from '../../icalendar/lines.ts';
import type { CalendarIndex } from '../../icalendar/types.ts';
import type { SourceFile } from '../../read/types.ts';
import type { EnginePorts } from '../../types.ts';
import { openSources } from '../target/sources.ts';
import type { Backup } from './backups.ts';

/** Unreadable parts that are listed per backup. */
const LISTED = 20;

/** A backup that was read and closed again. */
export interface ReadBackup<T> {
  readonly backup: FoundBackup;
  /** What could not be read in it, by UID. */
  readonly unread: ReadonlyMap<string, readonly Rejection[]>;
  /** What the work gave; null where the backup could not be read at all. */
  readonly value: T | null;
}

/** Opens a backup for some work. What is wrong with it is in the result; only an abort and a wrong search are thrown. */
export async function readBackup<T>(
  { source, name, at, dateFrom }: Backup,
  id: number,
  { ports, signal }: { readonly ports: EnginePorts; readonly signal: AbortSignal | undefined },
  work: (index: CalendarIndex, files: readonly SourceFile[]) => Promise<T>,
): Promise<ReadBackup<T>> {
  const about = { id, source, name, at, dateFrom };
  try {
    const { index, files } = await openSources(ports, [source], () => undefined, signal);
    try {
      const rejected = index.rejected.filter(({ code }) => code !== SUPERSEDED && code !== AS_NEW);
      const [first] = rejected;
      const counted = {
        rejected: rejected.length,
        rejections: rejected.slice(0, LISTED),
        doubled: index.rejected.length - rejected.length,
      };
      if (index.size === 0 && first !== undefined) {
        const problem = rejected.length === 1 ? first.reason : `Nothing in it could be read. ${first.reason}`;
        return unread({ ...about, ...counted, events: null, problem });
      }
      const value = await work(index, files);
      return { backup: { ...about, ...counted, events: index.size, problem: null }, value, unread: byUid(rejected) };
    } finally {
      await index.close();
    }
  } catch (thrown) {
    signal?.throwIfAborted();
    if (thrown instanceof HushError && thrown.failure.code === 'INPUT_RULE') throw thrown;
    return unread({
      ...about,
      rejected: 0,
      rejections: [],
      doubled: 0,
      events: null,
      problem: toFailure(thrown).message,
    });
  }
}

function unread(backup: FoundBackup): ReadBackup<never> {
  return { backup, unread: new Map(), value: null };
}

function byUid(rejected: readonly Rejection[]): ReadonlyMap<string, readonly Rejection[]> {
  const found = new Map<string, readonly Rejection[]>();
  for (const one of rejected) {
    const uid = unescapeText(one.uid).trim();
    if (uid !== '') found.set(uid, [...(found.get(uid) ?? []), one]);
  }
  return found;
}
