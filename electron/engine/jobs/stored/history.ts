import type { DamagedRun } from '../../../../shared/model/kept/kept.ts';
import { toFailure } from '../../../../shared/model/failure.ts';
import type { JobNote } from '../../../../shared/model/kept/job-note.ts';
import { notifiedByPlan } from '../../../../shared/model/consent.ts';
import type { RunEntry, RunReport } from '../../../../shared/model/kept/report.ts';
import { runYielding } from '../../yielding.ts';
import type { RunWhere } from '../../types.ts';
import { buildReport } from '../../report/build.ts';
import { viewReport, type ReportView } from '../../report/view.ts';
import { findRun, listRuns, readHead, readResult, type RunResult } from '../../run/kept/folder.ts';
import { isLocked } from '../../run/kept/lock.ts';
import { switchesLeftOff } from '../../run/writing/switching.ts';
import { summariseRun } from '../../run/tally.ts';
import { sourcesOf, type RunHead } from '../../run/types.ts';
import { damageNotes } from '../../run/kept/damage-notes.ts';
import { endOf, readRun, statusOf, type StoredRun } from '../../run/kept/read-run.ts';
import { noteOf } from './annotate.ts';
import { sizeOf } from './size.ts';
import { readUndone, undoneBy, undoRecord, type UndoneBy, type UndoRecord } from './undone.ts';
import { openRun } from './stored-run.ts';
import { join } from 'node:path';

/** The runs of a folder, newest first. */
interface KeptRuns {
  readonly runs: readonly RunEntry[];
  /** Those that cannot be believed. */
  readonly damaged: readonly DamagedRun[];
  readonly undoneBy: UndoneBy;
}

/** Reads all runs, each folder once. */
export async function readRuns(runsDir: string): Promise<KeptRuns> {
  const entries: RunEntry[] = [];
  const damaged: DamagedRun[] = [];
  const undos: UndoRecord[] = [];
  for (const runId of await listRuns(runsDir)) {
    const folder = join(runsDir, runId);
    try {
      const head = await readHead(folder);
      const stored = await readResult(folder);
      const running = isLocked(folder);
      const undo = undoRecord(runId, head, stored);
      if (undo !== null) undos.push(undo);
      // Without an end it is read whole.
      const result = stored?.result ?? (await resultOf(await readRun(folder)));
      entries.push(entryOf(head, result, running, await noteOf(runsDir, folder, head.batch)));
    } catch (error) {
      damaged.push(asDamaged(runId, error, ADVICE, true));
    }
  }
  const by = undoneBy(undos);
  return { runs: entries.map((entry) => marked(entry, by)), damaged, undoneBy: by };
}

/** The same runs with what they take on the disk. */
export async function withSizes(runsDir: string, runs: readonly RunEntry[]): Promise<readonly RunEntry[]> {
  const sized: RunEntry[] = [];
  for (const run of runs) sized.push({ ...run, size: await sizeOf(join(runsDir, run.runId)) });
  return sized;
}

/** A job over many calendars that cannot be believed. */
export function damagedBatch(batchId: string, error: unknown): DamagedRun {
  return asDamaged(batchId, error, BATCH_ADVICE, false);
}

function asDamaged(runId: string, error: unknown, advice: string, keepsOriginals: boolean): DamagedRun {
  const { code, message } = toFailure(error);
  const damaged = { runId, at: momentOf(runId), code, message };
  return code === 'RUN_VERSION'
    ? { ...damaged, advice: '', keepsOriginals: false }
    : { ...damaged, advice, keepsOriginals };
}

const ADVICE =
  'Nothing of it is resumed or undone. What was there before the run is kept with it: written out as files, it can be ' +
  'restored like any backup.';

const BATCH_ADVICE = 'Its runs are listed one by one, and each can be undone by itself.';

/** The moment in the name of a run. */
function momentOf(runId: string): string {
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/.exec(runId) ?? [];
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
}

/** The whole report of one run. */
export async function reportOf(runsDir: string, runId: string): Promise<RunReport> {
  const run = await openRun(runsDir, runId);
  const note = await noteOf(runsDir, run.folder, run.head.batch);
  const known = entryOf(run.head, await resultOf(run), isLocked(run.folder), note);
  const entry = marked(known, await readUndone(runsDir, runId));
  const { rows, settled, problems, calendar } = run.journal;
  const damage = damageNotes(run).map((message) => ({ code: 'RUN_DAMAGED', message, reaction: 'fix-input' }) as const);
  const said = [...damage, ...(settled?.problems ?? problems)];
  return runYielding(buildReport(entry, run.head.summary, run.steps, (row) => rows.get(row), run.head, said, calendar));
}

/** The report of one run, to be read in pages. */
export async function openReport(runsDir: string, runId: string): Promise<ReportView> {
  return runYielding(viewReport(await reportOf(runsDir, runId)));
}

/** Where a run goes to, of what, and who logged in for it; its plan and its journal are not read for that. */
export async function whereOf(runsDir: string, runId: string): Promise<RunWhere> {
  return whereIn(await readHead(await findRun(runsDir, runId)));
}

function whereIn(head: RunHead): RunWhere {
  const { server, calendar, spec } = head;
  return {
    server,
    calendar,
    calendarUrl: spec.calendarUrl,
    user: spec.user,
    ...(spec.behalf === undefined ? {} : { behalf: spec.behalf }),
    sources: sourcesOf(head),
  };
}

/** The numbers as the journal has them; a run without an end was interrupted, or goes on. */
async function resultOf(run: StoredRun): Promise<RunResult> {
  const { rows } = run.journal;
  const result = await runYielding(summariseRun(run.steps, (row) => rows.get(row), statusOf(run), endOf(run)));
  const leftOver = switchesLeftOff(run.journal);
  return leftOver.length === 0 ? result : { ...result, leftOver };
}

function entryOf(head: RunHead, result: RunResult, running: boolean, note: JobNote): RunEntry {
  const { verdict } = head.summary;
  return {
    runId: head.runId,
    job: head.job,
    startedAt: head.startedAt,
    endedAt: result.endedAt,
    ...whereIn(head),
    status: result.status,
    running,
    asked: verdict.asked,
    effective: verdict.effective,
    totals: result.totals,
    verified: result.verified,
    ...(result.attention === undefined ? {} : { attention: result.attention }),
    ...(result.unread === undefined ? {} : { unread: result.unread }),
    notified: notifiedByPlan(head.summary).people,
    canUndo: result.canUndo,
    ...(result.leftOver === undefined ? {} : { leftOver: result.leftOver }),
    ...(head.batch === undefined ? {} : { batch: head.batch }),
    ...(head.operator === undefined ? {} : { operator: head.operator }),
    ...(head.parent === null ? {} : { parent: head.parent }),
    ...note,
  };
}

/** A run that was taken back is not taken back once more. */
function marked(entry: RunEntry, undoneBy: UndoneBy): RunEntry {
  const undone = undoneBy(entry.runId);
  return undone === null ? entry : { ...entry, canUndo: false, undone };
}
