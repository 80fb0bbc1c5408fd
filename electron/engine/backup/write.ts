import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { lastSegment } from '../../../shared/text/address.ts';
import type { BackupManifest, BackupResult } from '../../../shared/model/kept/backup.ts';
import { HushError, toFailure } from '../../../shared/model/failure.ts';
import type { BackupProgress } from '../types.ts';
import { ArchiveReader, hashOf, MANIFEST, manifestText } from './archive-reader.ts';
import { ArchiveWriter } from './archive-writer.ts';
import { EntryNames } from './entry-names.ts';
import { pullCalendar } from './pull.ts';
import type { BackupFailure, BackupTask, PulledCalendar } from './types.ts';

export interface BackupOptions {
  /** An earlier backup: what the server says did not change since is taken over from it. */
  readonly since?: string | undefined;
  /** Replace a file that is there. */
  readonly overwrite?: boolean | undefined;
  /** What belongs into the backup and could not even be asked for. */
  readonly unseen?: readonly BackupFailure[] | undefined;
}

/**
 * Backs up calendars into one zip: a folder per calendar, a file per event, and `manifest.json`. It has its own name
 * only when every event is in it and was read back; with anything missing it is kept as `NAME.incomplete.zip`.
 *
 * @throws HushError when nothing can be written, or none of the calendars can be read
 */
export async function writeBackup(
  tasks: readonly BackupTask[],
  out: string,
  at: Date,
  options: BackupOptions = {},
  progress: BackupProgress = () => undefined,
  signal?: AbortSignal,
): Promise<BackupResult> {
  if (options.overwrite !== true && (await exists(out))) throw fileThere(out);
  const earlier = options.since === undefined ? null : await ArchiveReader.open(options.since);
  const archive = new ArchiveWriter(out);
  try {
    const { pulled, failed } = await pullAll(tasks, archive, earlier, progress, signal);
    const lacking = [...(options.unseen ?? []), ...failed];
    if (pulled.length === 0) throw nothingRead(lacking);
    const manifest = manifestOf(pulled, lacking, at);
    await archive.add(MANIFEST, Buffer.from(manifestText(manifest)));
    await archive.finish();
    const missing = [...lacking, ...(await readBack(archive.path, progress, signal))];
    earlier?.close();
    const target = missing.length === 0 ? out : incompleteName(out);
    if (target !== out && options.overwrite !== true && (await exists(target))) throw fileThere(target);
    await archive.keepAs(target);
    return resultOf(pulled, missing, target);
  } catch (error) {
    await archive.discard();
    throw error;
  } finally {
    earlier?.close();
  }
}

async function pullAll(
  tasks: readonly BackupTask[],
  archive: ArchiveWriter,
  earlier: ArchiveReader | null,
  progress: BackupProgress,
  signal: AbortSignal | undefined,
): Promise<{ readonly pulled: readonly PulledCalendar[]; readonly failed: readonly BackupFailure[] }> {
  const folders = new EntryNames();
  const pulled: PulledCalendar[] = [];
  const failed: BackupFailure[] = [];
  for (const task of tasks) {
    signal?.throwIfAborted();
    const folder = folders.take(`${task.user}-${lastSegment(task.url, '')}`, 'calendar');
    try {
      const one = await pullCalendar({ task, folder, archive, earlier, progress, signal });
      pulled.push(one);
      failed.push(...one.failed);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof HushError)) throw error;
      failed.push({ href: task.url, reason: toFailure(error).message });
    }
  }
  return { pulled, failed };
}

/** Reads every entry out of the finished archive, as any program would, and compares its hash. */
async function readBack(
  path: string,
  progress: BackupProgress,
  signal: AbortSignal | undefined,
): Promise<readonly BackupFailure[]> {
  const archive = await ArchiveReader.open(path);
  try {
    const wrong: BackupFailure[] = [];
    const all = archive.manifest.calendars.flatMap(({ resources }) => resources);
    for (const [at, { path: name, href, sha256 }] of all.entries()) {
      signal?.throwIfAborted();
      const bytes = await archive.read(name);
      if (bytes === null || hashOf(bytes) !== sha256) {
        wrong.push({ href, reason: 'It could not be read back out of the backup as it was written.' });
      }
      progress(null, at + 1, all.length);
    }
    return wrong;
  } finally {
    archive.close();
  }
}

function manifestOf(pulled: readonly PulledCalendar[], missing: readonly BackupFailure[], at: Date): BackupManifest {
  return {
    format: 'hushcal-backup',
    version: 1,
    at: at.toISOString(),
    server: [...new Set(pulled.map(({ calendar }) => new URL(calendar.url).origin))].join(' '),
    product: pulled.find(({ product }) => product !== null)?.product ?? null,
    calendars: pulled.map(({ calendar }) => calendar),
    ...(missing.length === 0 ? {} : { missing }),
  };
}

function resultOf(pulled: readonly PulledCalendar[], failed: readonly BackupFailure[], target: string): BackupResult {
  const resources = pulled.flatMap(({ calendar }) => calendar.resources);
  const sum = (of: (one: PulledCalendar) => number): number => pulled.reduce((all, one) => all + of(one), 0);
  const disagreeing = sum((one) => one.disagreeing);
  const unreadable = new Set(failed.map(({ href }) => href));
  return {
    calendars: pulled.length,
    events: resources.length,
    bytes: resources.reduce((all, { bytes }) => all + bytes, 0),
    reused: sum(({ reused }) => reused),
    verified: resources.filter(({ href }) => !unreadable.has(href)).length,
    gone: sum(({ gone }) => gone),
    ...(disagreeing === 0 ? {} : { disagreeing }),
    file: basename(target),
    failed,
    warnings: [...new Set(pulled.flatMap(({ calendar }) => calendar.warnings))],
  };
}

function incompleteName(out: string): string {
  return `${out.replace(/\.zip$/i, '')}.incomplete.zip`;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function fileThere(path: string): HushError {
  return new HushError({
    code: 'FILE_EXISTS',
    message: `${path} already exists. Choose another name, or say that it may be replaced.`,
    reaction: 'fix-input',
  });
}

function nothingRead(failed: readonly BackupFailure[]): HushError {
  const [first] = failed;
  return new HushError({
    code: 'NOTHING_BACKED_UP',
    message: `No backup was made. ${first?.reason ?? 'No calendar was named, or the user has none.'}`,
    reaction: 'fix-input',
  });
}
