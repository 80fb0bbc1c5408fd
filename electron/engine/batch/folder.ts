import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { batchEntry } from '../../../shared/model/batch.ts';
import { HushError } from '../../../shared/model/failure.ts';
import { isLocked } from '../run/lock.ts';
import { batchHead, type BatchHead } from './records.ts';
import { readBatchJournal, type BatchReplay } from './replay.ts';

const ID = /^\d{8}T\d{6,9}-[0-9a-f]+$/;

/** What the end of a batch leaves for History. */
export const batchResult = batchEntry.pick({ endedAt: true, status: true, totals: true, verified: true });
export type BatchResult = z.infer<typeof batchResult>;

export function batchPaths(folder: string): Readonly<Record<'head' | 'journal' | 'result', string>> {
  return {
    head: join(folder, 'batch.json'),
    journal: join(folder, 'journal.jsonl'),
    result: join(folder, 'result.json'),
  };
}

/** Folder of all batches: beside the runs, which are told apart by their names. */
export function batchesDir(runsDir: string): string {
  return join(runsDir, 'batches');
}

/** Writes a batch's folder, durable; it appears under its name in one step. */
export async function createBatch(runsDir: string, head: BatchHead): Promise<string> {
  const folder = join(batchesDir(runsDir), head.batchId);
  const making = join(batchesDir(runsDir), `.new-${head.batchId}`);
  await mkdir(making, { recursive: true, mode: 0o700 });
  try {
    const file = await open(batchPaths(making).head, 'w', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(head)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(making, folder);
    return folder;
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw error;
  }
}

/** Ids of all batches, newest first. */
export async function listBatches(runsDir: string): Promise<readonly string[]> {
  try {
    const names = await readdir(batchesDir(runsDir));
    return names.filter((name) => ID.test(name)).sort((a, b) => (a < b ? 1 : -1));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** Whether there is a batch of this name. */
export async function isBatch(runsDir: string, id: string): Promise<boolean> {
  return ID.test(id) && (await listBatches(runsDir)).includes(id);
}

/** A batch as its folder tells it. */
export interface StoredBatch {
  readonly folder: string;
  readonly runsDir: string;
  readonly head: BatchHead;
  readonly journal: BatchReplay;
  /** Another process is running it now. */
  readonly running: boolean;
}

/** Throws HushError when there is no batch of this name, or it is damaged. */
export async function openBatch(runsDir: string, batchId: string): Promise<StoredBatch> {
  if (!(await isBatch(runsDir, batchId))) {
    throw new HushError({
      code: 'RUN_NOT_FOUND',
      message: `There is no run "${batchId}" in ${runsDir}. List the runs to see their names.`,
      reaction: 'fix-input',
    });
  }
  const folder = join(batchesDir(runsDir), batchId);
  const paths = batchPaths(folder);
  const running = isLocked(folder);
  const [head, journal] = await Promise.all([readHead(paths.head), readBatchJournal(paths.journal)]);
  return { folder, runsDir, head, journal, running };
}

async function readHead(path: string): Promise<BatchHead> {
  const parsed = batchHead.safeParse(tryJson(await readFile(path, 'utf8').catch(() => '')));
  if (parsed.success) return parsed.data;
  throw new HushError({
    code: 'RUN_DAMAGED',
    message: `${path} cannot be read, so this run cannot be used. Nothing was changed.`,
    reaction: 'fix-input',
  });
}

export async function writeBatchResult(folder: string, result: BatchResult): Promise<void> {
  const path = batchPaths(folder).result;
  await writeFile(`${path}.new`, JSON.stringify(result), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

export async function dropBatchResult(folder: string): Promise<void> {
  await rm(batchPaths(folder).result, { force: true });
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
