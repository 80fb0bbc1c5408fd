import { STANDARD_MODES } from '../../../../shared/model/scheduling.ts';
import type { RunEntry, RunReport } from '../../../../shared/model/report.ts';
import { runYielding } from '../../yielding.ts';
import type { RunWhere } from '../../types.ts';
import { buildReport } from '../../report/build.ts';
import { viewReport, type ReportView } from '../../report/view.ts';
import { findRun, listRuns, readHead, readResult, type RunResult } from '../../run/folder.ts';
import { isLocked } from '../../run/lock.ts';
import { leftOverOf } from '../../run/switching.ts';
import { summariseRun } from '../../run/tally.ts';
import type { RunHead } from '../../run/types.ts';
import { damageNotes } from '../../run/damage-notes.ts';
import { endOf, statusOf, type StoredRun } from '../../run/read-run.ts';
import { openRun } from './stored-run.ts';
import { join } from 'node:path';

/** All runs, newest first. A run that cannot be read any more is left out of the list; its folder stays. */
export async function listHistory(runsDir: string): Promise<readonly RunEntry[]> {
  const entries: RunEntry[] = [];
  for (const runId of await listRuns(runsDir)) {
    try {
      entries.push(await entryFor(runsDir, runId));
    } catch {
      // Damaged or of another version: asking for its report says so.
    }
  }
  return entries;
}

/** The whole report of one run. */
export async function reportOf(runsDir: string, runId: string): Promise<RunReport> {
  const run = await openRun(runsDir, runId);
  const entry = entryOf(run.head, await resultOf(run), isLocked(run.folder));
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
  if (result !== null) return entryOf(await readHead(folder), result.result, running);
  const run = await openRun(runsDir, runId);
  return entryOf(run.head, await resultOf(run), running);
}

/** The numbers as the journal has them; a run without an end was interrupted, or goes on. */
async function resultOf(run: StoredRun): Promise<RunResult> {
  const { rows } = run.journal;
  const result = await runYielding(summariseRun(run.steps, (row) => rows.get(row), statusOf(run), endOf(run)));
  const leftOver = leftOverOf(run.journal);
  return leftOver.length === 0 ? result : { ...result, leftOver };
}

function entryOf(head: RunHead, result: RunResult, running: boolean): RunEntry {
  const { verdict, notified } = head.summary;
  const mode = STANDARD_MODES.find((known) => known === verdict.effective) ?? 'all';
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
    sources: head.spec.sources,
    status: result.status,
    running,
    asked: verdict.asked,
    effective: verdict.effective,
    totals: result.totals,
    verified: result.verified,
    notified: verdict.effective === null ? 0 : notified[mode].people,
    canUndo: result.canUndo,
    ...(result.leftOver === undefined ? {} : { leftOver: result.leftOver }),
    ...(head.batch === undefined ? {} : { batch: head.batch }),
  };
}
