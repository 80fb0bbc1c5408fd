import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HushError, toFailure } from '../../../../shared/model/failure.ts';
import type { FailureCode } from '../../../../shared/model/failure-codes.ts';
import type { Purged } from '../../../../shared/model/kept/kept.ts';
import { noteAudit, type AuditPorts } from '../../audit/write.ts';
import { isOpen, readChild } from '../../batch/child.ts';
import { batchesDir, isBatch, listBatches, openBatch, type StoredBatch } from '../../batch/kept/folder.ts';
import { canResume } from '../../batch/resume.ts';
import { collectionKey } from '../../caldav/url.ts';
import { findRun, readHead, removeFolder, removeGone } from '../../run/kept/folder.ts';
import { isLocked, lockRun } from '../../run/kept/lock.ts';
import { foldersOf } from './batch-folders.ts';
import { laidMigration } from './migration-spec.ts';
import { sizeOf } from './size.ts';

export interface PurgeOptions {
  /** Also what could still be resumed: a person said so. */
  readonly resumable?: boolean | undefined;
}

/**
 * Deletes runs and batches from this computer, with all that they kept: nothing of them can be undone, resumed or reported
 * afterwards, and no server hears of it. What is running, cannot be believed, is needed by another one, or could be
 * resumed without that being said, stays and is named. A batch goes with all its runs. The audit stays.
 */
export async function purge(ports: AuditPorts, ids: readonly string[], options: PurgeOptions = {}): Promise<Purged> {
  const { runsDir } = ports;
  if (ids.length > 0) await noteAudit(ports, { what: 'delete', things: 'runs', names: [...ids] });
  await Promise.all([removeGone(runsDir), removeGone(batchesDir(runsDir))]);
  const removed: string[] = [];
  const kept: Purged['kept'][number][] = [];
  let freed = 0;
  for (const id of await inOrder(runsDir, ids)) {
    try {
      freed += (await isBatch(runsDir, id))
        ? await purgeBatch(runsDir, id, options)
        : await purgeRun(runsDir, id, options);
      removed.push(id);
    } catch (error) {
      const { code, message } = toFailure(error);
      kept.push({ id, code, message });
    }
  }
  return { removed, freed, kept };
}

/** Who needs others goes before them: the newest first, and a migration before what it announced. */
async function inOrder(runsDir: string, ids: readonly string[]): Promise<readonly string[]> {
  const announcements = new Set<string>();
  for (const id of ids) {
    if (!(await isBatch(runsDir, id))) continue;
    const batch = await openBatch(runsDir, id).catch(() => null);
    if (batch?.head.kind === 'announce') announcements.add(id);
  }
  const rank = (id: string): number => (announcements.has(id) ? 1 : 0);
  return [...new Set(ids)].sort((a, b) => rank(a) - rank(b) || (a < b ? 1 : -1));
}

/** @returns octets that are free now */
async function purgeRun(runsDir: string, runId: string, options: PurgeOptions): Promise<number> {
  const folder = await findRun(runsDir, runId);
  const { batch } = await readHead(folder);
  if (batch !== undefined && (await isBatch(runsDir, batch))) {
    throw refusal('RUN_NEEDED', 'It is one calendar of a job over many calendars: delete that job.');
  }
  if (options.resumable !== true && (await isRunResumable(runsDir, runId))) throw resumable();
  return takeAway([folder]);
}

async function isRunResumable(runsDir: string, runId: string): Promise<boolean> {
  const child = await readChild(runsDir, runId);
  return child.kind === 'run' && (isOpen(child.result) || child.result.leftOver !== undefined);
}

async function purgeBatch(runsDir: string, batchId: string, options: PurgeOptions): Promise<number> {
  const batch = await openBatch(runsDir, batchId);
  if (options.resumable !== true && canResume(batch)) throw resumable();
  await checkNotNeeded(batch);
  const runs: string[] = [];
  for (const runId of [...batch.journal.members.values()].flatMap((member) => member.runIds)) {
    const folder = join(runsDir, runId);
    // Of the last one of a member it is not known whether it exists.
    if ((await findRun(runsDir, runId).catch(() => null)) !== null) runs.push(folder);
  }
  if (runs.some(isLocked)) throw refusal('RUN_LOCKED', 'One of its calendars is being written now.');
  // Without the batch each of its runs stands for itself; the other way round it would look as if they had never been.
  const [own = batch.folder, ...copies] = foldersOf(batch);
  return takeAway([own, ...runs], copies);
}

/**
 * An announcement is the only record of who was notified, and an earlier pass of what a later one goes on from: neither
 * goes while the migration that reads it is there.
 */
async function checkNotNeeded(batch: StoredBatch): Promise<void> {
  const { runsDir, head } = batch;
  const migrations = await migrationsIn(runsDir);
  if (head.kind === 'announce') {
    const own = calendarsOf(batch);
    const kept = migrations.find((other) => [...calendarsOf(other)].some((calendar) => own.has(calendar)));
    if (kept === undefined) return;
    throw refusal('RUN_NEEDED', 'It says who was notified of a migration that is still kept: delete that one first.');
  }
  const later = migrations.find((other) => {
    const laid = laidMigration.safeParse(other.head.spec);
    return laid.success && laid.data.spec.after === head.batchId;
  });
  if (later === undefined) return;
  throw refusal('RUN_NEEDED', 'A later migration continues from it and is still kept: delete that one first.');
}

async function migrationsIn(runsDir: string): Promise<readonly StoredBatch[]> {
  const found: StoredBatch[] = [];
  for (const id of await listBatches(runsDir)) {
    const batch = await openBatch(runsDir, id).catch(() => null);
    if (batch?.head.kind === 'migrate') found.push(batch);
  }
  return found;
}

function calendarsOf({ head }: StoredBatch): ReadonlySet<string> {
  return new Set(
    head.members.flatMap(({ member: { calendarUrl } }) => (calendarUrl === null ? [] : collectionKey(calendarUrl))),
  );
}

/**
 * Deletes the folders of runs, and copies that nothing refers to afterwards, while the lock of the first folder is held:
 * a live holder keeps all of them. Gives the octets that are free now.
 */
async function takeAway(folders: readonly [string, ...string[]], copies: readonly string[] = []): Promise<number> {
  const lock = lockRun(folders[0]);
  try {
    let freed = 0;
    for (const folder of [...folders, ...copies]) freed += await sizeOf(folder);
    for (const folder of folders) await removeFolder(folder);
    for (const copy of copies) await rm(copy, { recursive: true, force: true });
    return freed;
  } finally {
    lock.release();
  }
}

function resumable(): HushError {
  return refusal('RUN_RESUMABLE', 'It can still be resumed: resume it first, or say that it is to be deleted anyway.');
}

function refusal(code: FailureCode, message: string): HushError {
  return new HushError({ code, message, reaction: 'fix-input' });
}
