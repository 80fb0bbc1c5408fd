import { readdir, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { isUrl, type MappingRow, type Move } from '../../../shared/model/batch/migrate.ts';
import { ArchiveReader } from '../backup/archive-reader.ts';
import { calendarInBackup, nameInBackup } from '../backup/one-calendar.ts';
import { collectionPathKey } from '../caldav/url.ts';
import type { Accounts } from './accounts.ts';
import type { MappingDefaults } from './defaults.ts';
import { sourceLogin } from './logins.ts';
import { orRefuse, RowRefusal } from './refusal.ts';

/** One calendar that is to be moved. */
export interface From {
  readonly from: Move['from'];
  /** What it is called on the old side; null when it has no name of its own. */
  readonly name: string | null;
  /** Octets of its files; null where that is not known. */
  readonly bytes: number | null;
}

/** The calendars that one row names: a file is one; a backup, a folder of folders and a home may be
 * several. Throws RowRefusal. */
export async function calendarsFrom(
  row: MappingRow,
  defaults: MappingDefaults,
  accounts: Accounts,
): Promise<readonly From[]> {
  return isUrl(row.source) ? onServer(row, defaults, accounts) : inFiles(row, defaults);
}

async function onServer(row: MappingRow, { source }: MappingDefaults, accounts: Accounts): Promise<readonly From[]> {
  const login = sourceLogin(row, source);
  const account = await orRefuse('source', () => accounts.of(login));
  const key = pathOf(login.url);
  const one = account.calendars.find(({ url }) => pathOf(url) === key);
  const [unseen] = account.unseen;
  if (one === undefined && unseen !== undefined) {
    throw new RowRefusal(
      'source',
      `Not all calendars of this user can be seen: ${unseen.href}. ${unseen.reason} Name the calendars that are meant.`,
    );
  }
  const found = (one === undefined ? account.calendars : [one]).filter(
    ({ components }) => components.length === 0 || components.includes('VEVENT') || components.includes('VTODO'),
  );
  if (found.length === 0) throw new RowRefusal('source', 'There is no calendar at this address.');
  return found.map(({ url, name }) => ({ from: { kind: 'server', url, login: { ...login, url } }, name, bytes: null }));
}

async function inFiles({ source }: MappingRow, { baseDir }: MappingDefaults): Promise<readonly From[]> {
  const path = isAbsolute(source) ? source : resolve(baseDir, source);
  const there = await stat(path).catch(() => null);
  if (there === null && (await calendarInBackup(path)) !== null) return [await oneOfBackup(path)];
  if (there === null) throw new RowRefusal('source', 'There is no file or folder of this name.');
  if (!there.isDirectory()) {
    const several = /\.zip$/i.test(path) ? await calendarsOfBackup(path) : [];
    if (several.length > 1) return several;
    return [{ from: { kind: 'files', paths: [path] }, name: null, bytes: there.size }];
  }
  const entries = await readdir(path, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  if (files.length === 0 && folders.length === 0) throw new RowRefusal('source', 'This folder is empty.');
  // A folder that holds only folders is one of calendars; with files in it, it is a calendar itself.
  const calendars = files.length === 0 ? folders.map(({ name }) => join(path, name)).sort() : [path];
  const several = calendars.length > 1;
  return Promise.all(
    calendars.map(async (folder) => ({
      from: { kind: 'files' as const, paths: [folder] },
      name: several ? basename(folder) : null,
      bytes: await sizeOf(folder),
    })),
  );
}

/** The calendars of one of our backups; none for any other zip. */
async function calendarsOfBackup(archive: string): Promise<readonly From[]> {
  const backup = await ArchiveReader.open(archive).catch(() => null);
  if (backup === null) return [];
  backup.close();
  return backup.manifest.calendars.map(({ folder, properties, resources }) => ({
    from: { kind: 'files', paths: [nameInBackup({ archive, folder })] },
    name: properties.name ?? folder,
    bytes: resources.reduce((sum, { bytes }) => sum + bytes, 0),
  }));
}

/** A row that names one calendar of a backup, as a resolved mapping does. Throws RowRefusal. */
async function oneOfBackup(path: string): Promise<From> {
  const named = await calendarInBackup(path);
  const all = named === null ? [] : await calendarsOfBackup(named.archive);
  const one = all.find(({ from }) => from.kind === 'files' && from.paths[0] === path);
  if (one === undefined) throw new RowRefusal('source', 'There is no such calendar in this backup.');
  return { ...one, name: null };
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  let bytes = 0;
  for (const file of files) bytes += (await stat(join(file.parentPath, file.name))).size;
  return bytes;
}

function pathOf(url: string): string {
  const { pathname } = new URL(url);
  return collectionPathKey(pathname);
}
