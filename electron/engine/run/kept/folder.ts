import { randomBytes } from 'node:crypto';
import { open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { JobNote } from '../../../../shared/model/kept/job-note.ts';
import { runEntry } from '../../../../shared/model/kept/report.ts';
import { makeFolder, replaceDurably, syncFolder, writeDurably } from '../../../durably.ts';
import { rejectedRow } from '../../plan/rows.ts';
import { paced, runYielding, type Work } from '../../yielding.ts';
import { headFrom, planLineFrom } from './format.ts';
import { writeNote } from './job-note.ts';
import { Journal } from './journal.ts';
import { parseKept, runDamaged, runNotFound } from './kept.ts';
import { PackWriter } from './pack.ts';
import { sealed, sealOf, sumIn } from './seal.ts';
import { LineWriter, readLines, tryJson } from './sealed-lines.ts';
import { runHead, runStep, type RunHead, type RunStep } from '../types.ts';

/** What the end of a run leaves for History, so that listing runs need not replay every journal. */
const runResult = runEntry.pick({
  endedAt: true,
  status: true,
  totals: true,
  verified: true,
  attention: true,
  unread: true,
  canUndo: true,
  leftOver: true,
});
export type RunResult = z.infer<typeof runResult>;

/** How the name of a run folder begins while it is being made. */
const MAKING = '.new-';
/** Milliseconds after which nobody is making it any more. */
const ABANDONED_AFTER = 24 * 3_600_000;

/** Names of the files of a run. */
export function runPaths(
  folder: string,
): Readonly<Record<'head' | 'plan' | 'bodies' | 'originals' | 'journal' | 'result', string>> {
  return {
    head: join(folder, 'run.json'),
    plan: join(folder, 'plan.jsonl'),
    bodies: join(folder, 'bodies.pack'),
    originals: join(folder, 'originals.pack'),
    journal: join(folder, 'journal.jsonl'),
    result: join(folder, 'result.json'),
  };
}

/** A new run id: sorts by time (milliseconds), cannot collide. */
export function newRunId(now: Date): string {
  const time = now.toISOString().replace(/[-:.Z]/g, '');
  return `${time}-${randomBytes(4).toString('hex')}`;
}

/** The folder of a run. Throws HushError (fix-input) when the id is not one, or there is no such run. */
export async function findRun(runsDir: string, runId: string): Promise<string> {
  const known = /^[0-9A-Za-z-]+$/.test(runId) ? await listRuns(runsDir) : [];
  if (!known.includes(runId)) throw runNotFound(runsDir);
  return join(runsDir, runId);
}

/** Ids of all runs, newest first. */
export async function listRuns(runsDir: string): Promise<readonly string[]> {
  try {
    const names = await readdir(runsDir, { withFileTypes: true });
    const runs = names.filter((entry) => entry.isDirectory() && /^\d{8}T\d{6,9}-[0-9a-f]+$/.test(entry.name));
    return runs
      .map((entry) => entry.name)
      .sort()
      .reverse();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** A step about to be written down, with its octets where it has some. */
export interface NewStep {
  readonly step: Omit<RunStep, 'body'>;
  readonly body: Buffer | null;
}

/**
 * Writes a run folder, complete and durable, before anything is sent; it appears under its name in one step. Its journal
 * is begun here, so that a folder without one is a damaged folder.
 *
 * @returns the folder and the steps as a resume would read them
 */
export async function createRun(
  runsDir: string,
  head: RunHead,
  newSteps: AsyncIterable<NewStep>,
  note: JobNote = {},
): Promise<{ readonly folder: string; readonly steps: readonly RunStep[] }> {
  const folder = join(runsDir, head.runId);
  const making = join(runsDir, `${MAKING}${head.runId}`);
  await removeAbandoned(runsDir);
  await makeFolder(making);
  try {
    const steps = await writeSteps(making, head.runId, newSteps);
    const text = sealedHead({ ...head, steps: steps.length });
    await writeDurably(runPaths(making).head, `${text}\n`);
    await beginJournal(making, head, sumIn(text));
    await writeNote(making, note, head.runId);
    await syncFolder(making);
    await rename(making, folder);
    await syncFolder(runsDir);
    return { folder, steps };
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw error;
  }
}

async function beginJournal(making: string, { runId, hash, startedAt }: RunHead, head: string | null): Promise<void> {
  const journal = await Journal.open(runPaths(making).journal, runId);
  try {
    await journal.commit({ k: 'open', v: 1, runId, hash, ...(head === null ? {} : { head }), at: startedAt });
  } finally {
    await journal.close();
  }
}

/** Run folders in the making that a killed process left: they hold texts of events, and nothing was sent for them. */
async function removeAbandoned(runsDir: string): Promise<void> {
  const names = await readdir(runsDir).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(MAKING))) {
    const folder = join(runsDir, name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > ABANDONED_AFTER) await rm(folder, { recursive: true, force: true });
  }
}

/** How the name of a folder begins that is being deleted. */
const GOING = '.gone-';

/** Deletes a folder of a run or a batch: under its name it is gone in one step, or stays whole. */
export async function removeFolder(folder: string): Promise<void> {
  const going = join(dirname(folder), `${GOING}${basename(folder)}`);
  await rename(folder, going);
  await syncFolder(dirname(folder));
  await rm(going, { recursive: true, force: true });
}

/** Deletes what a killed process left of folders that it was deleting. */
export async function removeGone(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(GOING))) {
    await rm(join(parent, name), { recursive: true, force: true });
  }
}

async function writeSteps(
  folder: string,
  owner: string,
  newSteps: AsyncIterable<NewStep>,
): Promise<readonly RunStep[]> {
  const paths = runPaths(folder);
  const bodies = await PackWriter.open(paths.bodies);
  const plan = await PackWriter.open(paths.plan);
  const lines = new LineWriter(owner);
  try {
    const steps: RunStep[] = [];
    for await (const { step, body } of paced(newSteps)) {
      const whole = { ...step, body: body === null ? null : await bodies.append(body) };
      steps.push(whole);
      await plan.append(Buffer.from(`${lines.line(whole)}\n`));
    }
    await Promise.all([bodies.sync(), plan.sync()]);
    return steps;
  } finally {
    await bodies.close();
    await plan.close();
  }
}

function sealedHead(head: RunHead): string {
  return sealed(JSON.stringify(head, null, 1), head.runId);
}

/**
 * Throws HushError where it cannot be believed: it is not as it was written, or has no checksum while the journal beside
 * it has some.
 */
export async function readHead(folder: string): Promise<RunHead> {
  return (await readSealedHead(folder)).head;
}

/** The same with its checksum; null for one of an earlier version. */
export async function readSealedHead(folder: string): Promise<{ readonly head: RunHead; readonly sum: string | null }> {
  const { head: path, journal } = runPaths(folder);
  const text = await readFile(path, 'utf8');
  const seal = sealOf(text, basename(folder));
  if (seal === 'bad' || (seal === 'none' && (await hasChecksums(journal)))) throw runDamaged(path, CHANGED);
  const head = parseKept(runHead, headFrom(tryJson(text), path));
  if (head === null) throw runDamaged(path);
  return { head, sum: seal === 'good' ? sumIn(text) : null };
}

const CHANGED = 'is not as it was written';

/** Whether the first line of a journal has one. */
async function hasChecksums(journal: string): Promise<boolean> {
  const file = await open(journal, 'r').catch(() => null);
  if (file === null) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_LINES), 0, FIRST_LINES, 0);
    return buffer.subarray(0, bytesRead).includes('"sum":"');
  } finally {
    await file.close();
  }
}

/** Octets in which one of the first lines of a journal ends. */
const FIRST_LINES = 64 * 1024;

/** The steps of a plan. A line that is damaged stands for a step of which nothing is known. */
export async function readSteps(
  folder: string,
  { steps: count = 0 }: Pick<RunHead, 'steps'>,
): Promise<readonly RunStep[]> {
  return runYielding(stepsIn(await readFile(runPaths(folder).plan), folder, count));
}

function* stepsIn(bytes: Buffer, folder: string, count: number): Work<readonly RunStep[]> {
  const steps: RunStep[] = [];
  const lines = readLines(bytes, basename(folder), count);
  for (let line = lines.next(); ; line = lines.next()) {
    if (line.done === true) {
      if (!line.value.checked && steps.some((step) => step.damaged)) throw runDamaged(runPaths(folder).plan);
      return steps;
    }
    const { value } = line;
    const step = value.kind === 'line' ? parseKept(runStep, planLineFrom(value.value)) : null;
    steps.push(step ?? damagedStep(value.n));
    yield;
  }
}

function damagedStep(line: number): RunStep {
  const reason = `Line ${line} of the plan of this run is damaged, so which event it was is not known. It was left alone.`;
  const rejection = { file: '', line: 0, uid: '', title: '', code: 'PLAN_DAMAGED', reason };
  const row = { ...rejectedRow(line - 1, rejection), action: 'conflict' } as const;
  return { row, etag: null, meaning: '', body: null, damaged: true };
}

/** The end of a run, and how many lines its journal had then. */
export interface StoredResult {
  readonly result: RunResult;
  readonly lines: number;
}

/** Null while the run has not ended, and where it cannot be believed: the journal has the truth. */
export async function readResult(folder: string): Promise<StoredResult | null> {
  const text = await readFile(runPaths(folder).result, 'utf8').catch(() => '');
  const seal = sealOf(text, basename(folder));
  const stored = parseKept(storedResult, tryJson(text));
  if (stored === null || seal === 'bad') return null;
  const { lines, ...result } = stored;
  // Without a checksum it is of an earlier version, whose journals have none either.
  return seal === 'none' && (await hasChecksums(runPaths(folder).journal)) ? null : { result, lines };
}

const storedResult = runResult.extend({ lines: z.int().default(0) });

export async function writeResult(folder: string, result: RunResult, lines: number): Promise<void> {
  await replaceDurably(runPaths(folder).result, `${sealed(JSON.stringify({ ...result, lines }), basename(folder))}\n`);
}

export async function dropResult(folder: string): Promise<void> {
  await rm(runPaths(folder).result, { force: true });
}
