import { mkdir, open, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { HushError, toFailure } from '../../../../shared/model/failure.ts';
import type { VerifiedThing } from '../../../../shared/model/kept/kept.ts';
import { checkArchive } from '../../backup/check.ts';
import { isBatch, openBatch } from '../../batch/kept/folder.ts';
import { checkRun } from '../../run/kept/check-run.ts';
import { findRun, runPaths } from '../../run/kept/folder.ts';
import { PackReader, readUndamaged } from '../../run/kept/pack.ts';
import { readJournal } from '../../run/kept/replay.ts';

/**
 * Checks a backup, a run, or a job over many calendars with all its runs; no server is asked.
 *
 * @param name a file or folder, or the name of a run in `runsDir`
 * @throws HushError (fix-input) when there is nothing of this name
 */
export async function verify(runsDir: string, name: string): Promise<VerifiedThing> {
  const kind = await kindOf(name);
  if (kind === 'file') return verifyArchive(name);
  if (kind === 'folder') {
    const folder = resolve(name);
    const parent = dirname(folder);
    return basename(parent) === 'batches'
      ? verifyBatch(dirname(parent), basename(folder), name)
      : verifyRun(folder, name);
  }
  if (await isBatch(runsDir, name)) return verifyBatch(runsDir, name, name);
  return verifyRun(await findRun(runsDir, name), name);
}

async function kindOf(name: string): Promise<'file' | 'folder' | 'name'> {
  const found = await stat(name).catch(() => null);
  if (found === null) return 'name';
  return found.isDirectory() ? 'folder' : 'file';
}

async function verifyArchive(name: string): Promise<VerifiedThing> {
  if (!(await isZip(name))) {
    throw new HushError({
      code: 'NOTHING_TO_VERIFY',
      message: `${name} is no zip archive: it has no checksums that could be checked.`,
      reaction: 'fix-input',
    });
  }
  const { entries, ours, problems } = await checkArchive(name);
  return {
    name,
    kind: ours ? 'backup' : 'archive',
    sound: problems.length === 0,
    looked: entries,
    unchecked: !ours,
    problems: problems.map(({ label, reason }) => (label === '' ? reason : `${label}: ${reason}`)),
  };
}

/** By its name, or by how it begins. */
async function isZip(path: string): Promise<boolean> {
  if (/\.zip$/i.test(path)) return true;
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1') === 'PK';
  } finally {
    await file.close();
  }
}

async function verifyRun(folder: string, name: string): Promise<VerifiedThing> {
  try {
    const { looked, problems, unchecked } = await checkRun(folder);
    return { name, kind: 'run', sound: problems.length === 0, looked, unchecked, problems };
  } catch (error) {
    return lost(name, 'run', error);
  }
}

async function verifyBatch(runsDir: string, batchId: string, name: string): Promise<VerifiedThing> {
  try {
    const { journal } = await openBatch(runsDir, batchId);
    const lines = journal.damaged.map((line) => `Line ${line} of its journal is damaged.`);
    const runs: VerifiedThing[] = [];
    for (const { runIds, ended } of journal.members.values()) {
      for (const runId of runIds) {
        const folder = join(runsDir, runId);
        if ((await kindOf(folder)) === 'folder') runs.push(await verifyRun(folder, runId));
        // One that did not end may never have been made: its id is in the journal before its folder is.
        else if (ended?.runId === runId) runs.push(notSound(runId, 'run', 'Its folder is not there.'));
      }
    }
    const problems = [...lines, ...runs.flatMap((run) => run.problems.map((one) => `${run.name}: ${one}`))];
    return {
      name,
      kind: 'batch',
      sound: problems.length === 0,
      looked: journal.end.last + runs.reduce((sum, { looked }) => sum + looked, 0),
      unchecked: !journal.end.checked || runs.some(({ unchecked }) => unchecked),
      problems,
    };
  } catch (error) {
    return lost(name, 'batch', error);
  }
}

function lost(name: string, kind: VerifiedThing['kind'], error: unknown): VerifiedThing {
  const { code, message } = toFailure(error);
  if (code === 'RUN_NOT_FOUND') throw error;
  return notSound(name, kind, message);
}

function notSound(name: string, kind: VerifiedThing['kind'], problem: string): VerifiedThing {
  return { name, kind, sound: false, looked: 0, unchecked: false, problems: [problem] };
}

/**
 * Writes what a run saved before it overwrote or deleted it as files of their own, to be restored like any other backup:
 * the way out where the run itself cannot be taken back. Its journal says which they are; one that is damaged is left out.
 *
 * @returns how many were written, and how many are damaged
 */
export async function saveOriginals(
  runsDir: string,
  name: string,
  out: string,
): Promise<{ readonly saved: number; readonly damaged: number }> {
  const folder = (await kindOf(name)) === 'folder' ? resolve(name) : await findRun(runsDir, name);
  const paths = runPaths(folder);
  const { rows } = await readJournal(paths.journal);
  await mkdir(out, { recursive: true, mode: 0o700 });
  const pack = new PackReader(paths.originals);
  let saved = 0;
  let damaged = 0;
  try {
    for (const [row, { original }] of rows) {
      if (original === null) continue;
      const text = await readUndamaged(pack, original.body);
      if (text === null) damaged += 1;
      else {
        await writeFile(join(out, `${String(row).padStart(6, '0')}.ics`), text, { mode: 0o600, flag: 'wx' });
        saved += 1;
      }
    }
    return { saved, damaged };
  } finally {
    await pack.close();
  }
}
