import { join } from 'node:path';
import type { Failure } from '../../../shared/model/failure.ts';
import { readHead, readResult, runPaths, type RunResult } from '../run/kept/folder.ts';
import { endOf, readRun, statusOf } from '../run/kept/read-run.ts';
import { runYielding } from '../yielding.ts';
import { readJournal } from '../run/kept/replay.ts';
import { summariseRun } from '../run/tally.ts';

/** How a run of a batch stands on the disk. `none`: it was never made, so nothing of it was sent. */
type Child = { readonly kind: 'none' } | { readonly kind: 'run'; readonly result: RunResult };

/** Reads how a run stands; one without an end was interrupted. Throws HushError when it is damaged as a whole. */
export async function readChild(runsDir: string, runId: string): Promise<Child> {
  const folder = join(runsDir, runId);
  const done = await readResult(folder);
  if (done !== null) return { kind: 'run', result: done.result };
  if (!(await wasMade(folder))) return { kind: 'none' };
  const run = await readRun(folder);
  const { rows } = run.journal;
  return {
    kind: 'run',
    result: await runYielding(summariseRun(run.steps, (row) => rows.get(row), statusOf(run), endOf(run))),
  };
}

/** Why a run must not go on: its server told people against the mode. Null where it did not, or nothing of it is there. */
export async function notifiedAnywayIn(runsDir: string, runId: string): Promise<Failure | null> {
  const { problems, settled } = await readJournal(runPaths(join(runsDir, runId)).journal);
  return [...problems, ...(settled?.problems ?? [])].find(({ code }) => code === 'NOTIFIED_ANYWAY') ?? null;
}

/** Whether a resume of the run has something to do. */
export function isOpen({ status, totals }: Pick<RunResult, 'status' | 'totals'>): boolean {
  return status === 'interrupted' || (status === 'stopped' && totals.cancelled + totals.unknown > 0);
}

/** Whether the folder of a run was made: its id stands in the journal of the batch before that. */
export async function wasMade(folder: string): Promise<boolean> {
  try {
    await readHead(folder);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
