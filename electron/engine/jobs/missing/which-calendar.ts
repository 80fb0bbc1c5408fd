import { stat } from 'node:fs/promises';
import { manifestIn } from '../../backup/origin.ts';
import { partName } from '../../backup/parts.ts';
import { collectionKey } from '../../caldav/url.ts';
import type { BackupCalendar } from '../../../../shared/model/kept/backup.ts';

/** The calendar that backups are compared with. */
interface Compared {
  readonly url: string;
  readonly name: string;
}

/**
 * What of a backup is compared with a calendar, as a source: of one of ours that holds several calendars the one of the
 * same address, else the one of the same name; null when it has neither. Everything else is compared as a whole.
 */
export async function sourceFor(source: string, calendar: Compared): Promise<string | null> {
  const isFolder = await stat(source).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (!isFolder && !/\.zip$/i.test(source)) return source;
  const manifest = await manifestIn(source, isFolder);
  if (manifest === null || manifest.calendars.length < 2) return source;
  const one = calendarLike(manifest.calendars, calendar);
  return one === null ? null : partName(source, one.folder);
}

/** The calendar of a backup that is this one: by address, then by name where only one has it; null when none is. */
function calendarLike(calendars: readonly BackupCalendar[], { url, name }: Compared): BackupCalendar | null {
  const key = collectionKey(url);
  const same = calendars.find((one) => collectionKey(one.url) === key);
  if (same !== undefined) return same;
  const named = calendars.filter(({ properties }) => wordsOf(properties.name ?? '') === wordsOf(name));
  return named.length === 1 && wordsOf(name) !== '' ? (named[0] ?? null) : null;
}

function wordsOf(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
