import { stat } from 'node:fs/promises';
import { HushError } from '../../../shared/model/failure.ts';
import { ArchiveReader, hashOf, MANIFEST, manifestText } from './archive-reader.ts';
import { ArchiveWriter } from './archive-writer.ts';

/** One calendar of a backup is named `FILE.zip#FOLDER`, with its folder in the zip. */
interface CalendarInBackup {
  readonly archive: string;
  readonly folder: string;
}

/** What a path names: one calendar of a backup, or (null) just a file or folder, which may have a `#` in its name. */
export async function calendarInBackup(path: string): Promise<CalendarInBackup | null> {
  const [, archive, folder] = /^(.*\.zip)#([^#]+)$/is.exec(path) ?? [];
  if (archive === undefined || folder === undefined) return null;
  const isFile = await stat(path).then(
    () => true,
    () => false,
  );
  return isFile ? null : { archive, folder };
}

/** How one calendar of a backup is named. */
export function nameInBackup({ archive, folder }: CalendarInBackup): string {
  return `${archive}#${folder}`;
}

/**
 * Writes a backup that holds one calendar of another, octet by octet.
 *
 * @throws HushError when the backup does not hold it
 */
export async function takeOut({ archive, folder }: CalendarInBackup, out: string): Promise<void> {
  const from = await ArchiveReader.open(archive);
  const into = new ArchiveWriter(out);
  try {
    const calendar = from.manifest.calendars.find((one) => one.folder === folder);
    if (calendar === undefined) throw damaged(`${archive} holds no calendar "${folder}".`);
    // What is damaged stays in the manifest, so that it is missed, and named, where this is read.
    for (const { path, sha256 } of calendar.resources) {
      const bytes = await from.read(path);
      if (bytes !== null && hashOf(bytes) === sha256) await into.add(path, bytes);
    }
    const manifest = { ...from.manifest, calendars: [calendar] };
    await into.add(MANIFEST, Buffer.from(manifestText(manifest)));
    await into.finish();
    await into.keepAs(out);
  } catch (error) {
    await into.discard();
    throw error;
  } finally {
    from.close();
  }
}

function damaged(message: string): HushError {
  return new HushError({ code: 'BACKUP_DAMAGED', message, reaction: 'fix-input' });
}
