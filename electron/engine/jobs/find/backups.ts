import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST } from '../../backup/archive-reader.ts';
import { HIDDEN } from '../../read/folder.ts';
import { areSeries } from '../../search/backup-date.ts';
import { sourceName } from '../../../../shared/text/display-names.ts';
import { dateOf, type BackupDate } from './dates.ts';

/** One backup: a file or a folder, and when it was made. */
export interface Backup extends BackupDate {
  readonly source: string;
  readonly name: string;
}

const ARCHIVE = /\.(?:zip|icbu)$/i;
/** What lies beside backups and is none: sums, logs, notes. */
const BESIDE = /\.(?:sha\d+|sha\d+sum|md5|asc|sig|log|txt|md|json)$/i;

/**
 * The backups that sources hold, newest first. A file is one backup. So is a folder, unless
 *
 * - all it holds are archives: each of them is a backup;
 * - all it holds besides has the same name but for a date (`anna-2026-11-23.ics`, `anna-2026-11-24.ics`, or folders so
 *   called): each of these is one, too.
 *
 * Notes and checksums beside them do not count. A source named twice counts once. One that is not there is a backup
 * that cannot be read: it is named later, and costs no other one.
 */
export async function backupsIn(sources: readonly string[]): Promise<readonly Backup[]> {
  const seen = new Set<string>();
  const found: Backup[] = [];
  for (const source of sources) {
    for (const one of await backupsOf(source)) {
      const real = await realpath(one).catch(() => one);
      if (seen.has(real)) continue;
      seen.add(real);
      found.push({ source: one, name: sourceName(one), ...(await dateOf(one)) });
    }
  }
  // What has no date comes last; what is of the same moment stays in its order.
  return found.sort((a, b) => (b.sortMs ?? -Infinity) - (a.sortMs ?? -Infinity) || 0);
}

async function backupsOf(source: string): Promise<readonly string[]> {
  const folder = await stat(source).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (!folder) return [source];
  try {
    return (await severalIn(source)) ?? [source];
  } catch {
    // Reading it will say what is wrong.
    return [source];
  }
}

/** The backups that lie side by side in a folder; null when the folder is one itself. */
async function severalIn(folder: string): Promise<readonly string[] | null> {
  const names = (await readdir(folder)).filter((name) => !HIDDEN.test(name));
  // A backup of ours, unpacked.
  if (names.includes(MANIFEST)) return null;
  const files: string[] = [];
  const folders: string[] = [];
  for (const name of names) {
    const status = await lstat(join(folder, name));
    // Where a link leads is for the reading to judge.
    if (status.isSymbolicLink()) return null;
    if (status.isDirectory()) folders.push(name);
    else if (!BESIDE.test(name)) files.push(name);
  }
  const archives = files.filter((name) => ARCHIVE.test(name));
  const others = [...files.filter((name) => !ARCHIVE.test(name)), ...folders];
  const several = others.length === 0 ? archives.length > 0 : areSeries(others, archives.length > 0 ? 1 : 2);
  return several ? [...archives, ...others].sort().map((name) => join(folder, name)) : null;
}
