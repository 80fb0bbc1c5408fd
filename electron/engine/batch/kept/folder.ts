import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { BatchEntry } from '../../../../shared/model/batch/batch.ts';
import type { JobNote } from '../../../../shared/model/kept/job-note.ts';
import { makeFolder, replaceDurably, syncFolder, writeDurably } from '../../../durably.ts';
import { headFrom } from '../../run/kept/format.ts';
import { readNote, writeNote } from '../../run/kept/job-note.ts';
import { Journal } from '../../run/kept/journal.ts';
import { parseKept, runDamaged, runNotFound } from '../../run/kept/kept.ts';
import { isLocked } from '../../run/kept/lock.ts';
import { sealed, sealOf } from '../../run/kept/seal.ts';
import { tryJson } from '../../run/kept/sealed-lines.ts';
import { batchHead, type BatchHead, type BatchRecord } from './records.ts';
import { readBatchJournal, type BatchReplay } from './replay.ts';

const ID = /^\d{8}T\d{6,9}-[0-9a-f]+$/;

/** What the end of a batch leaves for History. */
type BatchResult = Pick<BatchEntry, 'endedAt' | 'status' | 'totals' | 'verified'>;

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
export async function createBatch(runsDir: string, head: BatchHead, note: JobNote = {}): Promise<string> {
  const folder = join(batchesDir(runsDir), head.batchId);
  const making = join(batchesDir(runsDir), `.new-${head.batchId}`);
  await makeFolder(making);
  try {
    await writeDurably(batchPaths(making).head, `${sealed(JSON.stringify(head), head.batchId)}\n`);
    await beginJournal(making, head);
    await writeNote(making, note, head.batchId);
    await syncFolder(making);
    await rename(making, folder);
    await syncFolder(batchesDir(runsDir));
    return folder;
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw error;
  }
}

async function beginJournal(making: string, { batchId, summary, startedAt }: BatchHead): Promise<void> {
  const journal = await Journal.open<BatchRecord>(batchPaths(making).journal, batchId);
  try {
    await journal.commit({ k: 'batch', v: 1, batchId, hash: summary.hash, at: startedAt });
  } finally {
    await journal.close();
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
  /** The ticket and the note that a person gave it. */
  readonly note: JobNote;
}

/** Throws HushError when there is no batch of this name, or it is damaged. */
export async function openBatch(runsDir: string, batchId: string): Promise<StoredBatch> {
  if (!(await isBatch(runsDir, batchId))) throw runNotFound(runsDir);
  const folder = join(batchesDir(runsDir), batchId);
  const paths = batchPaths(folder);
  const running = isLocked(folder);
  const { head, checked } = await readHead(paths.head, batchId);
  return { folder, runsDir, head, journal: await readJournal(folder, checked), running, note: await readNote(folder) };
}

/** Its first line is as old as the folder; its last one was there when the end was written down. */
async function readJournal(folder: string, checked: boolean): Promise<BatchReplay> {
  const lines = checked ? Math.max(1, await linesAtEnd(folder)) : 0;
  return readBatchJournal(batchPaths(folder).journal, lines);
}

async function readHead(path: string, owner: string): Promise<{ readonly head: BatchHead; readonly checked: boolean }> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const seal = sealOf(text, owner);
  if (seal === 'bad') throw runDamaged(path, 'is not as it was written');
  const head = parseKept(batchHead, headFrom(tryJson(text), path));
  if (head === null) throw runDamaged(path);
  return { head, checked: seal === 'good' };
}

export async function writeBatchResult(folder: string, result: BatchResult, lines: number): Promise<void> {
  await replaceDurably(
    batchPaths(folder).result,
    `${sealed(JSON.stringify({ ...result, lines }), basename(folder))}\n`,
  );
}

/** How many lines the journal had when the batch ended; 0 where that is not known. */
async function linesAtEnd(folder: string): Promise<number> {
  const text = await readFile(batchPaths(folder).result, 'utf8').catch(() => '');
  if (sealOf(text, basename(folder)) !== 'good') return 0;
  return parseKept(z.looseObject({ lines: z.int() }), tryJson(text))?.lines ?? 0;
}

export async function dropBatchResult(folder: string): Promise<void> {
  await rm(batchPaths(folder).result, { force: true });
}
