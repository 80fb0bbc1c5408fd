import type { BatchEntry, BatchReport } from '../../../../shared/model/batch/batch.ts';
import type { ReportFormat, RunReport } from '../../../../shared/model/kept/report.ts';
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
import { reportOf } from '../stored/history.ts';

/** All batches, newest first. One that cannot be read any more is left out; its folder stays. */
export async function listBatchHistory(runsDir: string): Promise<readonly BatchEntry[]> {
  const entries: BatchEntry[] = [];
  const undoneBy = await readUndone(runsDir);
  for (const id of await listBatches(runsDir)) {
    try {
      const batch = await openBatch(runsDir, id);
      const { entry } = await whole(batch, undoneBy);
      entries.push({ ...entry, size: await sizeOfAll(foldersOf(batch)) });
    } catch {
      // Damaged or of another version: asking for its report says so.
    }
  }
  return entries;
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
