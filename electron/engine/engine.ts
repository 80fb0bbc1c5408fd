import { paced } from './yielding.ts';
import type { Engine, EnginePorts } from './types.ts';
import { openAccount } from './jobs/account.ts';
import { backUp } from './jobs/backup.ts';
import { planOrder, resumeOrder } from './jobs/batches/batch.ts';
import { batchReportOf, exportBatch, listBatchHistory } from './jobs/batches/history.ts';
import { canary } from './jobs/canary.ts';
import { placesOf } from './jobs/cleanup/places.ts';
import { prepareCleanup } from './jobs/cleanup/prepare.ts';
import { findRuleSet, listRuleSets, removeRuleSet, saveRuleSet } from './jobs/cleanup/rule-sets.ts';
import { search } from './jobs/cleanup/session.ts';
import { backupsIn } from './jobs/find/backups.ts';
import { find } from './jobs/find/find.ts';
import { listDamaged, listHistory, openReport, reportOf, whereOf } from './jobs/stored/history.ts';
import { saveOriginals, verify } from './jobs/stored/verify.ts';
import { inspect } from './jobs/inspect.ts';
import { prepareMigration } from './jobs/batches/migration.ts';
import { prepareRestore } from './jobs/restore.ts';
import { prepareRetry } from './jobs/retry.ts';
import { prepareUndo } from './jobs/undo/undo.ts';
import { resume } from './jobs/resume.ts';
import { exportReport } from './report/export.ts';

/** The engine behind the window and the command line. Plain Node; it keeps no state but what is in the runs folder. */
export function createEngine(ports: EnginePorts): Engine {
  return {
    inspect: (sources, progress, signal) => inspect(ports, sources, progress, signal),
    backupsIn: (sources) => backupsIn(sources),
    find: (sources, spec, options) => find(ports, sources, spec, options),
    discover: openAccount,
    backup: (places, connect, out, options, progress, signal) =>
      backUp(ports, places, connect, out, options, progress, signal),
    canary: (spec, connection, progress, signal) => canary(ports, spec, connection, progress, signal),
    prepareRestore: (spec, connection, progress, signal) => prepareRestore(ports, spec, connection, progress, signal),
    resume: (runId, connection) => resume(ports, runId, connection),
    prepareUndo: (runId, connection, options) => prepareUndo(ports, runId, connection, options),
    prepareRetry: (runId, connection, options) => prepareRetry(ports, runId, connection, options),
    searchPlaces: (login, connect) => placesOf(login, connect),
    search: (spec, connect, options) => search(spec, connect, options),
    prepareCleanup: (spec, place, connection, progress, signal) =>
      prepareCleanup(ports, spec, place, connection, progress, signal),
    ruleSets: () => listRuleSets(ports),
    ruleSet: (name) => findRuleSet(ports, name),
    saveRuleSet: (set) => saveRuleSet(ports, set),
    removeRuleSet: (id) => removeRuleSet(ports, id),
    prepareBatch: (order, connect, progress, signal) => planOrder(ports, order, connect, progress, signal),
    prepareMigration: (spec, connect, progress, signal) => prepareMigration(ports, spec, connect, progress, signal),
    resumeBatch: (batchId, connect) => resumeOrder(ports, batchId, connect),
    batches: () => listBatchHistory(ports.runsDir),
    batchReport: (batchId) => batchReportOf(ports.runsDir, batchId),
    exportBatchReport: (batchId, format, mailbox) => exportBatch(ports.runsDir, batchId, format, mailbox),
    runs: () => listHistory(ports.runsDir),
    damaged: () => listDamaged(ports.runsDir),
    verify: (name) => verify(ports.runsDir, name),
    saveOriginals: (name, out) => saveOriginals(ports.runsDir, name, out),
    whereOf: (runId) => whereOf(ports.runsDir, runId),
    report: (runId) => reportOf(ports.runsDir, runId),
    openReport: (runId) => openReport(ports.runsDir, runId),
    exportReport: async (runId, format, name) =>
      paced(exportReport(await reportOf(ports.runsDir, runId), format, name)),
  };
}
