import { rm, stat } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import type { BackupManifest } from '../../../shared/model/kept/backup.ts';
import type { Reading, SourceProblem } from '../read/types.ts';
import { calendarInBackup, nameInBackup } from './one-calendar.ts';
import { BACKUP_ENTRY, manifestIn } from './origin.ts';

/** One calendar of a backup of ours, packed or unpacked as it was. */
interface Part {
  /** The backup: file or folder. */
  readonly root: string;
  readonly isFolder: boolean;
  readonly folder: string;
}

/** What is to be read for sources in which one calendar of a backup may be named, and what of it counts. */
interface Parts {
  readonly sources: readonly string[];
  keep(reading: Reading): Promise<Reading>;
}

/** How one calendar of a backup is named as a source: `FILE.zip#FOLDER`, of an unpacked backup `FOLDER#FOLDER`. */
export function partName(root: string, folder: string): string {
  return nameInBackup({ archive: root, folder });
}

/** Sources as they are read: where one names a calendar of a backup, the backup is read, and only that calendar counts. */
export async function partsOf(sources: readonly string[]): Promise<Parts> {
  const parts: Part[] = [];
  const whole: string[] = [];
  for (const source of sources) {
    const part = await partIn(source);
    if (part === null) whole.push(source);
    else parts.push(part);
  }
  const read = [...new Set([...whole, ...parts.map(({ root }) => root)])];
  // A backup that is named as a whole, too, counts as a whole.
  const narrowed = parts.filter(({ root }) => !whole.includes(root));
  return { sources: read, keep: (reading) => keptOf(reading, narrowed) };
}

async function partIn(source: string): Promise<Part | null> {
  const packed = await calendarInBackup(source);
  if (packed !== null) return { root: packed.archive, isFolder: false, folder: packed.folder };
  const [, root, folder] = /^(.+)#([^#]+)$/s.exec(source) ?? [];
  if (root === undefined || folder === undefined || (await isThere(source))) return null;
  return (await manifestIn(root, true)) === null ? null : { root, isFolder: true, folder };
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function keptOf(reading: Reading, parts: readonly Part[]): Promise<Reading> {
  if (parts.length === 0) return reading;
  const others: string[] = [];
  const problems: SourceProblem[] = [];
  for (const root of new Set(parts.map((part) => part.root))) {
    const own = parts.filter((part) => part.root === root);
    const isFolder = own.some((part) => part.isFolder);
    const manifest = await manifestIn(root, isFolder);
    const wanted = new Set(own.map(({ folder }) => folder));
    for (const folder of wanted) {
      if (manifest?.calendars.some((one) => one.folder === folder) === true) continue;
      problems.push({ label: partName(root, folder), code: 'backup-missing', reason: NO_SUCH });
    }
    others.push(...startsOfOthers(root, isFolder, manifest, wanted));
  }
  const counts = ({ label }: { readonly label: string }): boolean =>
    !others.some((start) => label.startsWith(start) || normalize(label).startsWith(start));
  for (const file of reading.files) if (file.spooled && !counts(file)) await rm(file.path, { force: true });
  const files = reading.files.filter(counts).map((file, index) => ({ ...file, index }));
  return { ...reading, files, problems: [...reading.problems.filter(counts), ...problems] };
}

/** How the labels of the other calendars begin: of their files, and of what the backup says that it lacks of them. */
function startsOfOthers(
  root: string,
  isFolder: boolean,
  manifest: BackupManifest | null,
  wanted: ReadonlySet<string>,
): readonly string[] {
  const start = isFolder ? `${root}${sep}` : `${root}${BACKUP_ENTRY}`;
  return (manifest?.calendars ?? [])
    .filter(({ folder }) => !wanted.has(folder))
    .flatMap(({ folder, url }) => [
      isFolder ? join(root, folder) + sep : `${start}${folder}/`,
      start + new URL(url).pathname,
    ]);
}

const NO_SUCH = 'There is no such calendar in this backup.';
