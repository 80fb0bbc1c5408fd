import type { DamagedRun } from '../../../../shared/model/kept/kept.ts';
import { toFailure } from '../../../../shared/model/failure.ts';
import { listBatches, openBatch } from '../../batch/kept/folder.ts';
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
import { endOf, statusOf, type StoredRun } from '../../run/kept/read-run.ts';
import { noteOf } from './annotate.ts';
import { sizeOf } from './size.ts';
import { readUndone, type UndoneBy } from './undone.ts';
import { openRun } from './stored-run.ts';
import { join } from 'node:path';

/** All runs, newest first. One that cannot be read is in `listDamaged`. */
export async function listHistory(runsDir: string): Promise<readonly RunEntry[]> {
  const undoneBy = await readUndone(runsDir);
  const entries: RunEntry[] = [];
  for (const one of await readHistory(runsDir)) {
    if ('code' in one) continue;
    entries.push({ ...marked(one, undoneBy), size: await sizeOf(join(runsDir, one.runId)) });
  }
  return entries;
}

/** The runs, and jobs over many calendars, whose folders cannot be believed, newest first. */
export async function listDamaged(runsDir: string): Promise<readonly DamagedRun[]> {
  const damaged = (await readHistory(runsDir)).flatMap((one) => ('code' in one ? [one] : []));
  for (const batchId of await listBatches(runsDir)) {
    try {
      await openBatch(runsDir, batchId);
    } catch (error) {
      damaged.push(asDamaged(batchId, error, BATCH_ADVICE, false));
    }
  }
  return damaged.sort((a, b) => (a.runId < b.runId ? 1 : -1));
}

async function readHistory(runsDir: string): Promise<readonly (RunEntry | DamagedRun)[]> {
  const entries: (RunEntry | DamagedRun)[] = [];
  for (const runId of await listRuns(runsDir)) {
    try {
      entries.push(await entryFor(runsDir, runId));
    } catch (error) {
      entries.push(asDamaged(runId, error, ADVICE, true));
    }
  }
  return entries;
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

/** Where a run goes to, and who logged in for it; its plan and its journal are not read for that. */
export async function whereOf(runsDir: string, runId: string): Promise<RunWhere> {
  const { server, spec } = await readHead(await findRun(runsDir, runId));
  return {
    server,
    calendarUrl: spec.calendarUrl,
    user: spec.user,
    ...(spec.behalf === undefined ? {} : { behalf: spec.behalf }),
  };
}

async function entryFor(runsDir: string, runId: string): Promise<RunEntry> {
  const folder = join(runsDir, runId);
  const result = await readResult(folder);
  const running = isLocked(folder);
  if (result !== null) {
    const head = await readHead(folder);
    return entryOf(head, result.result, running, await noteOf(runsDir, folder, head.batch));
  }
  const run = await openRun(runsDir, runId);
  return entryOf(run.head, await resultOf(run), running, await noteOf(runsDir, folder, run.head.batch));
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
    server: head.server,
    calendar: head.calendar,
    calendarUrl: head.spec.calendarUrl,
    user: head.spec.user,
    ...(head.spec.behalf === undefined ? {} : { behalf: head.spec.behalf }),
    sources: sourcesOf(head),
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
