import type { JobNote } from '../../../../shared/model/kept/job-note.ts';
import { batchesDir, isBatch, openBatch } from '../../batch/kept/folder.ts';
import { findRun, readHead } from '../../run/kept/folder.ts';
import { readNote, writeNote } from '../../run/kept/job-note.ts';
import { join } from 'node:path';

/**
 * Puts a ticket and a note in the place of what a run or a batch has; what is left out is taken away. The note of one
 * calendar of a batch is that of the batch.
 *
 * @throws HushError when there is no such run, or its folder cannot be believed
 */
export async function annotate(runsDir: string, id: string, note: JobNote): Promise<void> {
  if (await isBatch(runsDir, id)) {
    await writeNote((await openBatch(runsDir, id)).folder, note);
    return;
  }
  const folder = await findRun(runsDir, id);
  await writeNote(await whereNoted(runsDir, folder, (await readHead(folder)).batch), note);
}

/** The ticket and the note of a run, which are those of its batch where it has one. */
export async function noteOf(runsDir: string, folder: string, batch: string | undefined): Promise<JobNote> {
  return readNote(await whereNoted(runsDir, folder, batch));
}

async function whereNoted(runsDir: string, folder: string, batch: string | undefined): Promise<string> {
  return batch !== undefined && (await isBatch(runsDir, batch)) ? join(batchesDir(runsDir), batch) : folder;
}
