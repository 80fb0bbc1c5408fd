import { basename, join } from 'node:path';
import { toFailure } from '../../../../shared/model/failure.ts';
import type { BackupResult } from '../../../../shared/model/kept/backup.ts';
import type { Move } from '../../../../shared/model/batch/migrate.ts';
import { ArchiveReader } from '../../backup/archive-reader.ts';
import { calendarInBackup, takeOut } from '../../backup/one-calendar.ts';
import { missingFrom } from '../../backup/origin.ts';
import { profileOf } from '../../scheduling/recognise.ts';
import type { BackupTask } from '../../backup/types.ts';
import { writeBackup } from '../../backup/write.ts';
import type { Connect } from '../../batch/types.ts';
import type { Earlier } from './earlier.ts';
import { leftBehindInHome, leftBehindWith } from './not-carried.ts';
import type { LaidMove } from '../stored/migration-spec.ts';
import { formatNumber } from '../../../../shared/words/format.ts';

interface PullOrder {
  /** Index of the move. */
  readonly at: number;
  readonly move: Move;
  /** The first calendar of its mailbox: what concerns the mailbox as a whole is said with it. */
  readonly first: boolean;
  /** Where archives go. */
  readonly folder: string;
  readonly connect: Connect;
  readonly earlier: Earlier | null;
  readonly now: Date;
  readonly signal: AbortSignal | undefined;
}

/** Gets what one calendar is made from. What cannot be got is said; never throws but for `signal`. */
export async function pullSource(order: PullOrder): Promise<LaidMove> {
  const { at, move, first, folder, connect, signal } = order;
  const { from } = move;
  if (from.kind === 'files') return fromFiles(at, from.paths, folder);
  const connection = connect({ ...from.login, url: from.url });
  const base = { move: at, from: from.url };
  try {
    const task = { url: from.url, user: from.login.user, connection };
    const saved = await save(order, task, join(folder, `${at}.zip`));
    const notCarried = [
      ...saved.failed.map(({ href, reason }) => `${href} could not be read on the source: ${reason}`),
      ...saved.warnings,
      ...(await leftBehindWith(from.url, connection)),
      ...(first ? await leftBehindInHome(from.url, connection) : []),
    ];
    const incomplete = saved.failed.length > 0 || saved.hides;
    // An archive without a calendar file is no source: an old calendar may be empty.
    const sources = saved.events === 0 ? [] : [join(folder, saved.file)];
    // What could not be read is no empty calendar.
    const problem = saved.events === 0 && saved.failed.length > 0 ? nothingRead(saved.failed) : null;
    return { ...base, sources, notCarried, incomplete, unread: saved.failed.length, gone: saved.proved, problem };
  } catch (error) {
    signal?.throwIfAborted();
    const problem = `The source calendar could not be read, so nothing of it is copied. ${toFailure(error).message}`;
    return { ...base, sources: [], notCarried: [], incomplete: true, unread: 0, gone: [], problem };
  }
}

/** Files stay where they are; one calendar of a backup is taken out of it. */
async function fromFiles(at: number, paths: readonly string[], folder: string): Promise<LaidMove> {
  const base = {
    move: at,
    from: paths.map((path) => basename(path)).join(', '),
    notCarried: [],
    unread: 0,
    gone: null,
  };
  const sources: string[] = [];
  try {
    for (const [index, path] of paths.entries()) {
      const one = await calendarInBackup(path);
      const out = join(folder, `${at}-${index}.zip`);
      if (one !== null) await takeOut(one, out);
      sources.push(one === null ? path : out);
    }
    const missing = (await Promise.all(sources.map(missingFrom))).flat();
    const notCarried = missing.map(({ href, reason }) => `${href} is missing in the backup: ${reason}`);
    return { ...base, sources, notCarried, incomplete: missing.length > 0, unread: missing.length, problem: null };
  } catch (error) {
    return { ...base, sources: [], incomplete: true, problem: toFailure(error).message };
  }
}

function nothingRead(failed: BackupResult['failed']): string {
  return `None of the ${formatNumber(failed.length)} events on the source could be read, so nothing is copied. ${failed[0]?.reason ?? ''}`.trim();
}

interface Saved extends BackupResult {
  /** The old server keeps old events to itself, so what is missing need not be deleted. */
  readonly hides: boolean;
  /** UIDs that the old side has proved to have no more. */
  readonly proved: readonly string[];
}

async function save({ earlier, move, now, signal }: PullOrder, task: BackupTask, out: string): Promise<Saved> {
  const since = earlier?.archiveOf(move.calendarUrl) ?? null;
  const options = since !== null && (await isArchive(since)) ? { since } : {};
  const saved = await writeBackup([task], out, now, options, undefined, signal);
  const archive = await ArchiveReader.open(join(out, '..', saved.file));
  archive.close();
  const proved = archive.manifest.calendars.flatMap(({ gone = [] }) => gone.map(({ uid }) => uid));
  return { ...saved, proved, hides: profileOf(archive.manifest.product)?.hides !== undefined };
}

async function isArchive(path: string): Promise<boolean> {
  try {
    (await ArchiveReader.open(path)).close();
    return true;
  } catch {
    return false;
  }
}
