import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HushError } from '../../../../shared/model/failure.ts';
import type { OriginalPlace } from '../../../../shared/model/batch/restore-several.ts';
import type { CalendarInfo } from '../../../../shared/model/server.ts';
import { calendarName, sourceName } from '../../../../shared/text/display-names.ts';
import { manifestIn } from '../../backup/origin.ts';
import { partName } from '../../backup/parts.ts';
import { discover, discoverHome } from '../../caldav/discovery/discover.ts';
import type { Account, Connection } from '../../caldav/types.ts';
import { collectionKey } from '../../caldav/url.ts';
import { isCalled, newPlace } from '../../mapping/calendar-target.ts';
import { HIDDEN } from '../../read/folder.ts';

/** One calendar of a backup. */
interface Part {
  readonly source: string;
  readonly name: string;
  readonly entries: number | null;
  /** Where it was; null where the backup does not say. */
  readonly url: string | null;
}

/**
 * The calendars of backups, and where each goes back on a server: to the calendar of the same address, else to the one of
 * the same name, as long as no other goes there; where neither is there, to a new one of its name.
 *
 * @param whose `home`: those in the home that the address names, where an administrator's rights reach it
 * @throws HushError for a source that is not there, and where the calendars of the server cannot all be seen
 */
export async function originalPlaces(
  sources: readonly string[],
  connection: Connection,
  signal?: AbortSignal,
  whose: 'own' | 'home' = 'own',
): Promise<readonly OriginalPlace[]> {
  const parts = (await Promise.all(sources.map(partsIn))).flat();
  const account = await (whose === 'home' ? discoverHome : discover)(connection, { signal });
  const [unseen] = account.unseen;
  if (unseen !== undefined) throw notAllSeen(unseen);
  const taken = new Set<string>();
  const take = (calendar: CalendarInfo | undefined): CalendarInfo | undefined => {
    if (calendar === undefined || taken.has(collectionKey(calendar.url))) return undefined;
    taken.add(collectionKey(calendar.url));
    return calendar;
  };
  const byAddress = parts.map(({ url }) => take(account.calendars.find((one) => url !== null && isAt(one, url))));
  const byName = parts.map(({ name }, at) => {
    if (byAddress[at] !== undefined) return undefined;
    const called = account.calendars.filter((one) => isCalled(one, name));
    return called.length === 1 ? take(called[0]) : undefined;
  });
  return parts.map(({ url: _url, ...part }, at) => {
    const found = byAddress[at] ?? byName[at];
    if (found !== undefined) {
      const placedBy = byAddress[at] === undefined ? 'name' : 'address';
      const own = { calendarUrl: found.url, calendarName: calendarName(found.name, found.url) };
      return { ...part, ...own, placedBy };
    }
    const made = newPlace(part.name, account, taken);
    taken.add(collectionKey(made.url));
    return { ...part, calendarUrl: made.url, calendarName: made.name, placedBy: 'new' };
  });
}

/**
 * How many calendars backups hold. Files that lie side by side count as parts of one: only a backup of ours or a folder of
 * folders says that there are several.
 */
export async function countCalendars(sources: readonly string[]): Promise<number> {
  const counts = await Promise.all(
    sources.map(async (source) => {
      // One calendar of a backup is a source, too, and no file.
      const there = await stat(source).catch(() => null);
      const parts = there === null ? [] : await partsIn(source);
      return parts.every((part) => part.source === source) ? 0 : parts.length;
    }),
  );
  return Math.max(
    1,
    counts.reduce((sum, count) => sum + count, 0),
  );
}

function isAt({ url }: CalendarInfo, wanted: string): boolean {
  return collectionKey(url) === collectionKey(wanted);
}

/** Of a backup of ours its calendars; of a folder that holds folders only each of them; anything else is one calendar. */
async function partsIn(source: string): Promise<readonly Part[]> {
  const there = await stat(source).catch(() => null);
  if (there === null) throw notThere(source);
  const isFolder = there.isDirectory();
  const manifest = isFolder || /\.zip$/i.test(source) ? await manifestIn(source, isFolder) : null;
  if (manifest !== null) {
    return manifest.calendars.map(({ folder, url, properties, resources }) => ({
      source: partName(source, folder),
      name: properties.name ?? folder,
      entries: resources.length,
      url,
    }));
  }
  const inner = isFolder
    ? (await readdir(source, { withFileTypes: true })).filter(({ name }) => !HIDDEN.test(name))
    : [];
  const folders = inner.filter((entry) => entry.isDirectory());
  if (folders.length > 0 && folders.length === inner.length) {
    return folders.map(({ name }) => ({ source: join(source, name), name, entries: null, url: null }));
  }
  const name = sourceName(source).replace(/\.(?:ics|ical|zip|icbu|gz|tar)(?:\.gz)?$/i, '');
  return [{ source, name, entries: null, url: null }];
}

function notThere(source: string): HushError {
  return new HushError({
    code: 'SOURCE_UNREAD',
    message: `There is no file or folder ${source}.`,
    reaction: 'fix-input',
  });
}

function notAllSeen({ href, reason }: Account['unseen'][number]): HushError {
  return new HushError({
    code: 'SERVER_NOT_ALL_SEEN',
    message: `Not all calendars of this user can be seen: ${href}. ${reason} Restore each calendar by itself.`,
    reaction: 'fix-input',
  });
}
