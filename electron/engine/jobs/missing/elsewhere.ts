import { HushError, toFailure } from '../../../../shared/model/failure.ts';
import { TRASH_TOKEN } from '../../caldav/objects/trash-bin.ts';
import type { Connection, TrashedObject } from '../../caldav/types.ts';
import { collectionUrl, parentUrl } from '../../caldav/url.ts';
import type { Elsewhere } from '../../plan/types.ts';
import { listHome } from '../../caldav/discovery/home.ts';
import { openCalendar } from '../../scheduling/open-calendar.ts';
import { othersOf } from '../target/obstacles.ts';
import type { OpenTarget } from '../target/target.ts';

/** What was found outside of the calendar, and what could not be looked at, a sentence each. */
interface Outside<T> {
  readonly found: T;
  readonly unseen: readonly string[];
}

/** Where the other calendars of the same owner hold some of the UIDs: the first one found for each. */
export async function inOtherCalendars(
  { store, properties }: OpenTarget,
  connection: Connection,
  wanted: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<Outside<ReadonlyMap<string, Elsewhere>>> {
  const found = new Map<string, Elsewhere>();
  const unseen: string[] = [];
  if (wanted.size === 0) return { found, unseen };
  const own = collectionUrl(store.url);
  const home = parentUrl(own);
  if (properties.shared === true || home === null) return { found, unseen: [SHARED] };
  const members = await said(() => listHome(home.url, connection, signal), OTHERS, unseen, signal);
  for (const member of othersOf(members ?? [], own.path)) {
    const other = openCalendar(member.url, connection);
    try {
      const look = async (): Promise<void> => {
        for await (const batch of other.uids(signal)) {
          for (const { href, uids } of batch) {
            for (const uid of uids)
              if (wanted.has(uid) && !found.has(uid)) found.set(uid, { href, calendar: member.name });
          }
        }
      };
      await said(look, `${OTHERS} "${member.name}":`, unseen, signal);
    } finally {
      await other.close();
    }
    if (found.size === wanted.size) break;
  }
  return { found, unseen };
}

/** What lies in the trash bin and came from the calendar, the one that was deleted last for each UID. */
export async function inTrash(
  { store, properties }: OpenTarget,
  signal: AbortSignal | undefined,
): Promise<Outside<ReadonlyMap<string, TrashedObject>>> {
  const found = new Map<string, TrashedObject>();
  const unseen: string[] = [];
  if (!properties.evidence.davTokens.has(TRASH_TOKEN)) return { found, unseen };
  const objects = await said(() => store.trash.list(signal), 'The trash bin could not be looked at.', unseen, signal);
  for (const object of objects ?? []) {
    for (const uid of object.uids) {
      const before = found.get(uid);
      if (before === undefined || (before.deletedAt ?? 0) < (object.deletedAt ?? 0)) found.set(uid, object);
    }
  }
  return { found, unseen };
}

/** Looks; what goes wrong is said, and is no end. */
export async function said<T>(
  look: () => Promise<T>,
  words: string,
  unseen: string[],
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (signal?.aborted === true || !(error instanceof HushError)) throw error;
    unseen.push(`${words} ${toFailure(error).message}`);
    return undefined;
  }
}

const OTHERS = 'Whether something was moved to another calendar could not be seen.';

const SHARED = `${OTHERS} This is the shared address of the calendar; log in for its owner to have the others looked at.`;
