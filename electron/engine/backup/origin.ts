import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { BackupCalendar, BackupManifest } from '../../../shared/model/kept/backup.ts';
import { ArchiveReader, MANIFEST, manifestFrom } from './archive-reader.ts';

/** How a reading names an entry of an archive: the archive, this, the entry. */
const ENTRY = ' › ';

/**
 * The calendars that files come from, where they come from a backup of ours: packed, or unpacked as it was. Empty for
 * anything else.
 *
 * @param labels what the reading calls the files
 */
export async function calendarsBehind(labels: readonly string[]): Promise<readonly BackupCalendar[]> {
  const folders = new Map<string, Set<string>>();
  for (const label of labels) {
    const place = placeOf(label);
    if (place === null) continue;
    const known = folders.get(place.manifest) ?? new Set<string>();
    folders.set(place.manifest, known.add(place.folder));
  }
  const found: BackupCalendar[] = [];
  for (const [place, used] of folders) {
    const manifest = await manifestAt(place);
    found.push(...(manifest?.calendars ?? []).filter(({ folder }) => used.has(folder)));
  }
  return found;
}

/** Where the manifest of a file would be, and the folder in which the file lies. */
function placeOf(label: string): { readonly manifest: string; readonly folder: string } | null {
  const at = label.indexOf(ENTRY);
  if (at < 0) return { manifest: join(dirname(dirname(label)), MANIFEST), folder: basename(dirname(label)) };
  const [folder, ...rest] = label.slice(at + ENTRY.length).split('/');
  return folder === undefined || rest.length !== 1 ? null : { manifest: label.slice(0, at), folder };
}

async function manifestAt(path: string): Promise<BackupManifest | null> {
  try {
    if (basename(path) === MANIFEST) return manifestFrom(await readFile(path, 'utf8'));
    const archive = await ArchiveReader.open(path);
    archive.close();
    return archive.manifest;
  } catch {
    // Not a backup of ours: then nothing is known about the calendar.
    return null;
  }
}

/** The manifest of a backup of ours, packed or unpacked as it was; null when the file or folder is none. */
export function manifestIn(source: string, isFolder: boolean): Promise<BackupManifest | null> {
  return manifestAt(isFolder ? join(source, MANIFEST) : source);
}

/** What a backup of ours says of itself that it lacks; empty for a whole one, and for sources that are none of ours. */
export async function missingFrom(source: string): Promise<NonNullable<BackupManifest['missing']>> {
  const isFolder = await stat(source).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (!isFolder && !/\.zip$/i.test(source)) return [];
  return (await manifestIn(source, isFolder))?.missing ?? [];
}

/** How a reading separates an archive from the entry in it. */
export const BACKUP_ENTRY = ENTRY;

/** Address on its server of each file that a reading finds in backups; empty for other sources. */
export async function hrefsByEntry(sources: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const hrefs = new Map<string, string>();
  for (const source of sources) {
    const manifest = /\.zip$/i.test(source) ? await manifestAt(source) : null;
    for (const { url, resources } of manifest?.calendars ?? []) {
      for (const { path, href } of resources) hrefs.set(`${source}${ENTRY}${path}`, new URL(url).origin + href);
    }
  }
  return hrefs;
}
