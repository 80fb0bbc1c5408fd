import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { BatchReport } from '../../../../shared/model/batch/batch.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import { isBatch, listBatches } from '../../batch/kept/folder.ts';
import { mergeReports } from '../../report/batch-merge.ts';
import { batchReportOf } from './history.ts';
import { sha256 } from '../consent/text-digest.ts';

/**
 * One report out of the parts of a job that was done in several places: each folder is a folder of runs, or one batch in
 * such a folder. Throws HushError for a folder without a batch.
 */
export async function mergeFolders(folders: readonly string[]): Promise<BatchReport> {
  const reports: BatchReport[] = [];
  const seen = new Set<string>();
  for (const folder of folders) {
    for (const { runsDir, id } of await batchesIn(resolve(folder))) {
      if (seen.has(id)) continue;
      seen.add(id);
      reports.push(await batchReportOf(runsDir, id));
    }
  }
  const hash = sha256(reports.map(({ summary }) => summary.hash).join('\n'));
  const merged = mergeReports(reports, hash);
  if (merged === null) throw noBatch(folders[0] ?? '');
  return merged;
}

async function batchesIn(folder: string): Promise<readonly { readonly runsDir: string; readonly id: string }[]> {
  const above = dirname(dirname(folder));
  const id = basename(folder);
  if (basename(dirname(folder)) === 'batches' && (await isBatch(above, id))) return [{ runsDir: above, id }];
  const runsDir = basename(folder) === 'batches' ? dirname(folder) : folder;
  const ids = (await isFolder(runsDir)) ? await listBatches(runsDir) : [];
  if (ids.length === 0) throw noBatch(folder);
  return ids.map((one) => ({ runsDir, id: one }));
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory() && (await readdir(path)).length > 0;
  } catch {
    return false;
  }
}

function noBatch(folder: string): HushError {
  return new HushError({
    code: 'BATCH_NOT_FOUND',
    message: `${folder} holds no migration and no clean-up. Name the folder of runs in which it was made.`,
    reaction: 'fix-input',
  });
}
