import type { BatchEntry, BatchReport } from '../../../../shared/model/batch/batch.ts';
import type { DamagedRun } from '../../../../shared/model/kept/kept.ts';
import type { ReportFormat, RunEntry, RunReport } from '../../../../shared/model/kept/report.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import { entryOf, membersOnDisk } from '../../batch/kept/entry.ts';
import { listBatches, openBatch, type StoredBatch } from '../../batch/kept/folder.ts';
import { buildBatchReport } from '../../batch/report.ts';
import { batchCsv } from '../../report/batch-csv.ts';
import { batchHtml } from '../../report/batch-html.ts';
import type { Medium } from '../../report/html.ts';
import { reportsCsv } from '../../report/csv.ts';
import { sizeOf } from '../stored/size.ts';
import { readUndone, undoneOf, type UndoneBy } from '../stored/undone.ts';
import { foldersOf, parentOf } from '../stored/batch-folders.ts';
import { mayAnnounce } from './kinds.ts';
import { damagedBatch, readRuns, reportOf, withSizes } from '../stored/history.ts';

/** Runs, and jobs over many calendars, newest first. */
export interface History {
  readonly runs: readonly RunEntry[];
  readonly batches: readonly BatchEntry[];
  /** Those of both kinds that cannot be believed. */
  readonly damaged: readonly DamagedRun[];
}

/** All that is kept; the folder of each run is read once. */
export async function readHistory(runsDir: string): Promise<History> {
  const kept = await readRuns(runsDir);
  const { listed, damaged } = await readBatches(runsDir, kept.undoneBy);
  return {
    runs: await withSizes(runsDir, kept.runs),
    batches: await batchesWithSizes(listed),
    damaged: newestFirst([...kept.damaged, ...damaged]),
  };
}

/** All runs, newest first. One that cannot be read is in `listDamaged`. */
export async function listRunHistory(runsDir: string): Promise<readonly RunEntry[]> {
  return withSizes(runsDir, (await readRuns(runsDir)).runs);
}

/** All batches, newest first. One that cannot be read is in `listDamaged`. */
export async function listBatchHistory(runsDir: string): Promise<readonly BatchEntry[]> {
  return batchesWithSizes((await readBatches(runsDir, await readUndone(runsDir))).listed);
}

/** The runs and batches that cannot be believed, newest first. */
export async function listDamaged(runsDir: string): Promise<readonly DamagedRun[]> {
  const kept = await readRuns(runsDir);
  return newestFirst([...kept.damaged, ...(await readBatches(runsDir, kept.undoneBy)).damaged]);
}

/** The report of a batch: every calendar in numbers. */
export async function batchReportOf(runsDir: string, batchId: string): Promise<BatchReport> {
  const batch = await openBatch(runsDir, batchId);
  const { members, entry } = await whole(batch, await readUndone(runsDir, batchId));
  return buildBatchReport(batch, members, entry);
}

/** A report as text; with a mailbox, its calendars only and every event of them. Throws HushError for an unknown one. */
export async function exportBatch(
  runsDir: string,
  batchId: string,
  format: ReportFormat,
  mailbox: string | null = null,
  medium: Medium = 'page',
): Promise<string> {
  const report = await batchReportOf(runsDir, batchId);
  if (mailbox === null) return batchText(report, format, medium);
  const members = report.members.filter((member) => member.mailbox === mailbox);
  if (members.length === 0) throw noMailbox(mailbox);
  const runs: RunReport[] = [];
  for (const runId of members.flatMap(({ runIds }) => runIds.at(-1) ?? [])) runs.push(await reportOf(runsDir, runId));
  const own = { ...report, members };
  switch (format) {
    case 'html':
      return batchHtml(own, mailbox, runs, medium);
    case 'csv':
      return reportsCsv(runs);
    case 'json':
      return `${JSON.stringify({ ...own, runs }, null, 1)}\n`;
  }
}

/** A report of calendars, in one of the formats. */
export function batchText(report: BatchReport, format: ReportFormat, medium: Medium = 'page'): string {
  switch (format) {
    case 'html':
      return batchHtml(report, null, [], medium);
    case 'csv':
      return batchCsv(report);
    case 'json':
      return `${JSON.stringify(report, null, 1)}\n`;
  }
}

async function whole(
  batch: StoredBatch,
  undoneBy: UndoneBy,
): Promise<{
  readonly members: Awaited<ReturnType<typeof membersOnDisk>>;
  readonly entry: BatchEntry;
}> {
  const members = await membersOnDisk(batch);
  const known = entryOf(batch, members, await mayAnnounce(batch));
  const parent = parentOf(batch);
  const entry = parent === null ? known : { ...known, parent };
  const undone = undoneOf(members, undoneBy);
  if (undone === null) return { members, entry };
  return { members, entry: { ...entry, canUndo: false, canAnnounce: false, undone } };
}

/** A batch, and how it is listed. */
interface Listed {
  readonly batch: StoredBatch;
  readonly entry: BatchEntry;
}

async function readBatches(
  runsDir: string,
  undoneBy: UndoneBy,
): Promise<{ readonly listed: readonly Listed[]; readonly damaged: readonly DamagedRun[] }> {
  const listed: Listed[] = [];
  const damaged: DamagedRun[] = [];
  for (const id of await listBatches(runsDir)) {
    try {
      const batch = await openBatch(runsDir, id);
      listed.push({ batch, entry: (await whole(batch, undoneBy)).entry });
    } catch (error) {
      damaged.push(damagedBatch(id, error));
    }
  }
  return { listed, damaged };
}

async function batchesWithSizes(listed: readonly Listed[]): Promise<readonly BatchEntry[]> {
  const sized: BatchEntry[] = [];
  for (const { batch, entry } of listed) sized.push({ ...entry, size: await sizeOfAll(foldersOf(batch)) });
  return sized;
}

function newestFirst(damaged: readonly DamagedRun[]): readonly DamagedRun[] {
  return [...damaged].sort((a, b) => (a.runId < b.runId ? 1 : -1));
}

async function sizeOfAll(folders: readonly string[]): Promise<number> {
  let size = 0;
  for (const folder of folders) size += await sizeOf(folder);
  return size;
}

function noMailbox(mailbox: string): HushError {
  return new HushError({
    code: 'MAILBOX_NOT_FOUND',
    message: `There is no mailbox "${mailbox}" in this run.`,
    reaction: 'fix-input',
  });
}
