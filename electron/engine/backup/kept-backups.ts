import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupManifest } from '../../../shared/model/kept/backup.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { SourceProblem } from '../read/types.ts';
import { ArchiveReader } from './archive-reader.ts';
import { checkArchive } from './check.ts';
import type { DatedBackup } from './retention.ts';

/** A backup in a folder, as it was when it was looked at. */
export interface LookedBackup extends DatedBackup {
  readonly path: string;
  readonly size: number;
  /** Changes when another file takes its place. */
  readonly identity: string;
  /** What is wrong with it, in a sentence; null when it is whole. */
  readonly problem: string | null;
}

/** Clocks of two computers differ by that much, at most. */
const AHEAD_MS = 5 * 60_000;

/** The zip files of a folder, by path; folders within it and links are passed over. Throws HushError `FOLDER_UNREADABLE`. */
export async function zipsIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && /\.zip$/i.test(entry.name))
      .map(({ name }) => join(folder, name))
      .sort();
  } catch (cause) {
    throw new HushError(
      { code: 'FOLDER_UNREADABLE', message: `${folder} cannot be read as a folder.`, reaction: 'fix-input' },
      { cause },
    );
  }
}

/**
 * Looks at one zip, all of it: every entry is read and compared. Null where it is sound and no backup of ours.
 *
 * @param name how it is called in what is said about it
 */
export async function lookAtBackup(path: string, name: string, now: Date): Promise<LookedBackup | null> {
  const { size, identity } = await identityOf(path);
  const { ours, problems } = await checkArchive(path);
  const manifest = await manifestOf(path);
  if (!ours && problems.length === 0) return null;
  const at = new Date(manifest?.at ?? NaN);
  const base = { name, path, size, identity, at, calendars: manifest === null ? [] : calendarsOf(manifest) };
  const damage = damageIn(problems, at, now);
  if (damage !== null) return { ...base, state: 'damaged', problem: damage };
  const lacking = manifest?.missing?.length ?? 0;
  if (lacking === 0 && !/\.incomplete\.zip$/i.test(path)) return { ...base, state: 'whole', problem: null };
  const problem =
    lacking === 0 ? 'It is not complete.' : `It is not complete: it lacks ${lacking} of what the server had.`;
  return { ...base, state: 'incomplete', problem };
}

/** Why a backup cannot be believed; null when it can. */
function damageIn([first]: readonly SourceProblem[], at: Date, now: Date): string | null {
  if (first !== undefined) return [first.label, first.reason].filter(Boolean).join(': ');
  if (Number.isNaN(Number(at))) return 'Its list cannot be read.';
  if (Number(at) <= Number(now) + AHEAD_MS) return null;
  return `It says that it was made at ${at.toISOString()}, which is still to come.`;
}

/** When a zip says that it was made, else when it was changed, in milliseconds since 1970; none of its entries is read. */
export async function dateOfZip(path: string): Promise<number> {
  const said = Date.parse((await manifestOf(path))?.at ?? '');
  return Number.isNaN(said) ? (await lstat(path)).mtimeMs : said;
}

/** What a file is now, to see later whether it is still the same. Rejects where it is gone. */
export async function identityOf(path: string): Promise<{ readonly size: number; readonly identity: string }> {
  const { ino, size, mtimeMs } = await lstat(path);
  return { size, identity: `${ino} ${size} ${mtimeMs}` };
}

function calendarsOf({ calendars }: BackupManifest): readonly string[] {
  return [...new Set(calendars.map(({ user, url }) => `${user} ${url}`))];
}

async function manifestOf(path: string): Promise<BackupManifest | null> {
  try {
    const archive = await ArchiveReader.open(path);
    archive.close();
    return archive.manifest;
  } catch {
    return null;
  }
}
