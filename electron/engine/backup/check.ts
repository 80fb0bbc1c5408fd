import { readFile } from 'node:fs/promises';
import { sep } from 'node:path';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { BackupManifest } from '../../../shared/model/kept/backup.ts';
import { NOT_IN_BACKUP } from '../../../shared/model/found/inspection.ts';
import type { Reading, SourceFile, SourceProblem } from '../read/types.ts';
import { openEntry } from '../read/zip-entry.ts';
import { ArchiveReader, hashOf, MANIFEST, octetsOf } from './archive-reader.ts';
import { BACKUP_ENTRY, manifestIn } from './origin.ts';

/*
 * What the manifest of a backup says of its entries: which there are, and the SHA-256 of each. The CRC of an archive is
 * checked where it is unpacked.
 */

const WRONG = {
  missing: 'It stands in the list of this backup, but is not in it, or cannot be read.',
  extra: 'It does not stand in the list of this backup, so it was put into it later or under another name.',
  changed: 'It is not what was backed up: its SHA-256 is another one. Get a whole copy of the backup.',
  list: 'The list of this backup is damaged, so whether everything is in it is not known. Get a whole copy of it.',
} as const;

function wrong(label: string, what: keyof typeof WRONG): SourceProblem {
  return { label, code: `backup-${what}`, reason: WRONG[what] };
}

/**
 * A reading without the files that are not as their backup says, and with the problems that this makes; what the backup
 * says itself that it lacks is one for each.
 */
export async function checkReading(reading: Reading, sources: readonly string[]): Promise<Reading> {
  const files = new Map(reading.files.map((file) => [file.label, file]));
  const named = new Set(reading.problems.map(({ label }) => label));
  const found: SourceProblem[] = [];
  for (const archive of archivesIn(reading, sources)) {
    const manifest = await listOf(archive);
    if (manifest === 'damaged') found.push(wrong(`${archive}${BACKUP_ENTRY}${MANIFEST}`, 'list'));
    else if (manifest !== 'none') {
      found.push(...lackingIn(`${archive}${BACKUP_ENTRY}`, manifest), ...(await compare(archive, manifest, files)));
    }
  }
  for (const folder of sources.filter((name) => !/\.zip$/i.test(name))) {
    const manifest = await manifestIn(folder, true);
    if (manifest !== null) found.push(...lackingIn(`${folder}${sep}`, manifest));
  }
  const problems = found.filter(({ label }) => !named.has(label));
  const bad = new Set(found.map(({ label }) => label));
  const kept = reading.files.filter(({ label }) => !bad.has(label)).map((file, index) => ({ ...file, index }));
  return { ...reading, files: kept, problems: [...reading.problems, ...problems] };
}

function lackingIn(start: string, { missing = [] }: BackupManifest): readonly SourceProblem[] {
  return missing.map(({ href, reason }) => ({
    label: start + href,
    code: NOT_IN_BACKUP,
    reason: `${href} is missing in this backup: ${reason}`,
  }));
}

/** Archives that were chosen, and those in chosen folders. */
function archivesIn({ files }: Reading, sources: readonly string[]): ReadonlySet<string> {
  const within = files.flatMap(({ label }) => {
    const at = label.indexOf(BACKUP_ENTRY);
    return at < 0 ? [] : [label.slice(0, at)];
  });
  return new Set([...sources, ...within].filter((name) => /\.zip$/i.test(name)));
}

async function compare(
  source: string,
  { calendars }: BackupManifest,
  files: ReadonlyMap<string, SourceFile>,
): Promise<readonly SourceProblem[]> {
  const problems: SourceProblem[] = [];
  const start = `${source}${BACKUP_ENTRY}`;
  const extra = new Set([...files.keys()].filter((label) => label.startsWith(start)));
  for (const { path, sha256 } of calendars.flatMap(({ resources }) => resources)) {
    const label = `${start}${path}`;
    const file = files.get(label);
    extra.delete(label);
    if (file === undefined) problems.push(wrong(label, 'missing'));
    else if ((await hashOfFile(file, source, path)) !== sha256) problems.push(wrong(label, 'changed'));
  }
  return [...problems, ...[...extra].map((label) => wrong(label, 'extra'))];
}

/** What was converted on reading is read from the archive once more. */
async function hashOfFile(file: SourceFile, source: string, path: string): Promise<string | null> {
  if (file.encoding === 'utf-8' && file.format === 'icalendar') return hashOf(await readFile(file.path));
  const archive = await ArchiveReader.open(source);
  try {
    const bytes = await archive.read(path);
    return bytes === null ? null : hashOf(bytes);
  } finally {
    archive.close();
  }
}

/** The manifest of a backup of ours; `none` for every other archive. */
async function listOf(source: string): Promise<BackupManifest | 'none' | 'damaged'> {
  try {
    const archive = await ArchiveReader.open(source);
    archive.close();
    return archive.manifest;
  } catch {
    return (await hasOurList(source)) ? 'damaged' : 'none';
  }
}

/** Whether an archive has a manifest that is or may be ours; one that cannot be unpacked may be. */
async function hasOurList(source: string): Promise<boolean> {
  const zip = await yauzl.openPromise(source, { autoClose: false, lazyEntries: true }).catch(() => null);
  if (zip === null) return false;
  try {
    let head: Entry | undefined;
    for await (const entry of zip.eachEntry()) if (entry.fileName === MANIFEST) head = entry;
    if (head === undefined) return false;
    const text = await octetsOf(zip, head).then(
      (bytes) => bytes.toString('utf8'),
      () => null,
    );
    return text === null || text.includes('hushcal-backup');
  } catch {
    return false;
  } finally {
    zip.close();
  }
}

/** What is wrong with an archive, and how many entries were looked at; every entry is unpacked. */
export async function checkArchive(
  path: string,
): Promise<{ readonly entries: number; readonly ours: boolean; readonly problems: readonly SourceProblem[] }> {
  const list = await listOf(path);
  if (list === 'none' || list === 'damaged') {
    const { entries, problems } = await unpackAll(path);
    const lost = list === 'damaged' ? [wrong(MANIFEST, 'list')] : [];
    return { entries, ours: list === 'damaged', problems: [...lost, ...problems] };
  }
  const archive = await ArchiveReader.open(path);
  try {
    const problems: SourceProblem[] = [];
    const extra = new Set(archive.names);
    const resources = list.calendars.flatMap((calendar) => calendar.resources);
    for (const { path: name, sha256 } of resources) {
      extra.delete(name);
      const bytes = await archive.read(name);
      if (bytes === null) problems.push(wrong(name, 'missing'));
      else if (hashOf(bytes) !== sha256) problems.push(wrong(name, 'changed'));
    }
    return {
      entries: resources.length,
      ours: true,
      problems: [...problems, ...[...extra].map((name) => wrong(name, 'extra'))],
    };
  } finally {
    archive.close();
  }
}

/** Unpacks an entry and keeps nothing. Rejects when it is not what its CRC says. */
async function drain(zip: ZipFile, entry: Entry): Promise<void> {
  const chunks = (await openEntry(zip, entry))[Symbol.asyncIterator]();
  let isOver = false;
  while (!isOver) isOver = (await chunks.next()).done === true;
}

/** The CRC of every entry. */
async function unpackAll(
  path: string,
): Promise<{ readonly entries: number; readonly problems: readonly SourceProblem[] }> {
  const damaged = { code: 'damaged-archive', reason: 'This is damaged and cannot be unpacked.' };
  const zip = await yauzl.openPromise(path, { autoClose: false, lazyEntries: true }).catch(() => null);
  if (zip === null) return { entries: 0, problems: [{ label: '', ...damaged }] };
  const problems: SourceProblem[] = [];
  let entries = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      entries += 1;
      await drain(zip, entry).catch(() => problems.push({ label: entry.fileName, ...damaged }));
    }
  } catch {
    problems.push({ label: '', ...damaged });
  } finally {
    zip.close();
  }
  return { entries, problems };
}
