import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { HushError } from '../../../shared/model/failure.ts';
import { runEntry } from '../../../shared/model/report.ts';
import { paced } from '../yielding.ts';
import { PackWriter } from './pack.ts';
import { runHead, runStep, type RunHead, type RunStep } from './types.ts';

/** What the end of a run leaves for History, so that listing runs need not replay every journal. */
export const runResult = runEntry.pick({
  endedAt: true,
  status: true,
  totals: true,
  verified: true,
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
  if (!known.includes(runId)) {
    throw new HushError({
      code: 'RUN_NOT_FOUND',
      message: `There is no run "${runId}" in ${runsDir}. List the runs to see their names.`,
      reaction: 'fix-input',
    });
  }
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
 * Writes a run folder, complete and durable, before anything is sent; it appears under its name in one step.
 *
 * @returns the folder and the steps as a resume would read them
 */
export async function createRun(
  runsDir: string,
  head: RunHead,
  newSteps: AsyncIterable<NewStep>,
): Promise<{ readonly folder: string; readonly steps: readonly RunStep[] }> {
  const folder = join(runsDir, head.runId);
  const making = join(runsDir, `${MAKING}${head.runId}`);
  await removeAbandoned(runsDir);
  await mkdir(making, { recursive: true, mode: 0o700 });
  try {
    const steps = await writeSteps(making, newSteps);
    await writeDurably(runPaths(making).head, `${JSON.stringify(head, null, 1)}\n`);
    await rename(making, folder);
    await syncFolder(runsDir);
    return { folder, steps };
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw error;
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

async function writeSteps(folder: string, newSteps: AsyncIterable<NewStep>): Promise<readonly RunStep[]> {
  const paths = runPaths(folder);
  const bodies = await PackWriter.open(paths.bodies);
  const plan = await PackWriter.open(paths.plan);
  try {
    const steps: RunStep[] = [];
    for await (const { step, body } of paced(newSteps)) {
      const whole = { ...step, body: body === null ? null : await bodies.append(body) };
      steps.push(whole);
      await plan.append(Buffer.from(`${JSON.stringify(whole)}\n`));
    }
    await Promise.all([bodies.sync(), plan.sync()]);
    return steps;
  } finally {
    await bodies.close();
    await plan.close();
  }
}

export async function readHead(folder: string): Promise<RunHead> {
  return readJson(runPaths(folder).head, runHead);
}

export async function readSteps(folder: string): Promise<readonly RunStep[]> {
  const path = runPaths(folder).plan;
  const steps: RunStep[] = [];
  for await (const line of paced(createInterface({ input: createReadStream(path), crlfDelay: Infinity }))) {
    const parsed = runStep.safeParse(tryJson(line));
    if (!parsed.success) throw damaged(path);
    steps.push(parsed.data);
  }
  return steps;
}

/** Null while the run has not ended. */
export async function readResult(folder: string): Promise<RunResult | null> {
  try {
    return await readJson(runPaths(folder).result, runResult);
  } catch {
    // Not there, or torn by a crash: the journal has the truth.
    return null;
  }
}

export async function writeResult(folder: string, result: RunResult): Promise<void> {
  const path = runPaths(folder).result;
  await writeFile(`${path}.new`, JSON.stringify(result), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

export async function dropResult(folder: string): Promise<void> {
  await rm(runPaths(folder).result, { force: true });
}

async function readJson<T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> {
  const parsed = schema.safeParse(tryJson(await readFile(path, 'utf8')));
  if (!parsed.success) throw damaged(path);
  return parsed.data;
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename durable, where the system lets a folder be synced. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows opens no folders; its rename is durable with the next journal commit.
  }
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function damaged(path: string): HushError {
  return new HushError({
    code: 'RUN_DAMAGED',
    message: `${path} cannot be read, so this run cannot be used. Nothing was changed.`,
    reaction: 'fix-input',
  });
}
