import { readdir, readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batchReport } from '../../../../shared/model/batch/batch.ts';
import { runReport } from '../../../../shared/model/kept/report.ts';
import { openWorld, runAll } from '../testing/world.ts';
import type { Engine } from '../../engine.ts';
import { openKeptRuns } from './testing/kept-runs.ts';
import { findRun, runPaths } from '../../run/kept/folder.ts';
import { FORMAT } from '../../run/kept/format.ts';

/** Runs and batches as the first format kept them: a restore, an update, its undo, a clean-up, a migration of two. */
const KEPT = new URL('format-1/runs', import.meta.url).pathname;

let runsDir: string;
let engine: Engine;
let close: () => Promise<void>;
beforeEach(async () => {
  ({ runsDir, engine, close } = await openKeptRuns(KEPT, '2026-12-01T00:00:00Z'));
});
afterEach(() => close());

const NAMES = /^\d{8}T/;

describe('folders of the first format', () => {
  it('are listed and reported, each run with its numbers', async () => {
    const runs = await engine.runs();
    const folders = (await readdir(KEPT)).filter((name) => NAMES.test(name));
    expect(runs.map(({ runId }) => runId).sort()).toEqual(folders.sort());
    for (const run of runs) {
      expect(run.status).toBe('complete');
      const report = runReport.parse(await engine.report(run.runId));
      expect(report.items.length).toBeGreaterThan(0);
      expect(report.summary.verdict.assurance).toBe('advertised');
      expect(report.summary.notified.all.people).toBeGreaterThanOrEqual(0);
    }
    expect(runs.map(({ job }) => job).sort()).toEqual([
      'cleanup',
      'migrate',
      'migrate',
      'restore',
      'restore',
      'restore',
      'undo',
    ]);
    expect(runs.reduce((sum, { totals }) => sum + totals.created, 0)).toBeGreaterThan(0);
  });

  it('are batches with their members', async () => {
    const [batch] = await engine.batches();
    expect(batch).toMatchObject({ kind: 'migrate', status: 'complete', members: 2, done: 2 });
    const report = batchReport.parse(await engine.batchReport(batch?.batchId ?? ''));
    expect(report.members.map(({ mailbox }) => mailbox)).toEqual(['anna', 'ben']);
    expect(report.members[0]?.notified?.all.people).toBe(0);
  });

  it('are undone and put back', async () => {
    const { server, calendarUrl, connection, close } = await openWorld({ users: ['anna'] }, 'anna');
    try {
      const cleanup = (await engine.runs()).find(({ job }) => job === 'cleanup');
      const { head } = runPaths(await findRun(runsDir, cleanup?.runId ?? ''));
      const text = await readFile(head, 'utf8');
      await writeFile(head, text.replaceAll('http://127.0.0.1:18931', new URL(calendarUrl).origin));
      const undone = await runAll(await engine.prepareUndo(cleanup?.runId ?? '', connection));
      expect(undone.settled).toMatchObject({ status: 'complete', totals: { created: 1 }, verified: 1 });
      expect(server.messages()).toEqual([]);
    } finally {
      await close();
    }
  });

  it('keep saved rules', async () => {
    expect(await engine.ruleSet('mine')).toMatchObject({ rules: ['title~choir'], any: false });
  });
});

describe('a run folder with what this version does not know', () => {
  async function edit(change: (head: Record<string, unknown>) => void): Promise<string> {
    const [run] = await engine.runs();
    const runId = run?.runId ?? '';
    const { head } = runPaths(await findRun(runsDir, runId));
    const value = JSON.parse(await readFile(head, 'utf8')) as Record<string, unknown>;
    change(value);
    await writeFile(head, JSON.stringify(value));
    return runId;
  }

  it('is read all the same where it is one more field', async () => {
    const runId = await edit((head) => {
      head['weather'] = 'fine';
    });
    expect((await engine.runs()).map((run) => run.runId)).toContain(runId);
  });

  it('is named, and never half read, where it is a newer format', async () => {
    const runId = await edit((head) => {
      head['formatVersion'] = FORMAT + 1;
    });
    expect((await engine.runs()).map((run) => run.runId)).not.toContain(runId);
    expect(await engine.damaged()).toMatchObject([{ runId, code: 'RUN_VERSION' }]);
    await expect(engine.report(runId)).rejects.toMatchObject({ failure: { code: 'RUN_VERSION' } });
  });
});
