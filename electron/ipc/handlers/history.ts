import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { actorName } from '../../../shared/text/display-names.ts';
import type { RunCalendar } from '../../engine/engine.ts';
import type { PreparedJob, RunWhere } from '../../engine/types.ts';
import { reportName, type ReportSource, type SavedReports } from '../runs/report-file.ts';
import type { Ports } from '../ports.ts';
import type { Servers } from '../servers/servers.ts';
import type { HandleStore } from '../runs/handle-store.ts';
import type { HandlersOf } from '../types.ts';
import { Reports } from '../runs/reports.ts';

/** Lines of the audit that the window shows; the command line has all of them. */
const AUDIT_SHOWN = 1_000;

export function historyHandlers(
  { desktop, engine }: Pick<Ports, 'desktop' | 'engine'>,
  servers: Servers,
  plans: HandleStore<PreparedJob>,
  saved: SavedReports,
): HandlersOf<'history'> {
  const reports = new Reports((runId) => engine.openReport(runId));
  let calendar: { readonly runId: string; readonly opened: Promise<RunCalendar> } | null = null;
  const connect = async (runId: string) => servers.connectRun(await engine.whereOf(runId));
  const keep = (job: PreparedJob) => ({ planId: plans.add(job), summary: job.summary });
  return {
    'history.list': async () => [...(await engine.runs())],
    'history.note': async ({ id, note }) => {
      await engine.annotate(id, note);
      return {};
    },
    'history.purge': ({ ids, resumable }) => engine.purge(ids, { resumable }),
    'history.audit': async () => {
      const [{ lines }, verdict] = await Promise.all([engine.audit(), engine.verifyAudit()]);
      return { lines: lines.slice(-AUDIT_SHOWN).reverse(), more: Math.max(0, lines.length - AUDIT_SHOWN), verdict };
    },
    'history.damaged': async () => [...(await engine.damaged())],
    'history.originals': async ({ runId }) => {
      const [folder] = (await desktop.choosePaths('originals')) ?? [];
      if (folder === undefined) return null;
      const path = await mkdtemp(join(folder, `hushcal-originals-${dayOf(runId)}-`));
      return { path, ...(await engine.saveOriginals(runId, path)) };
    },
    'history.report': async ({ runId }) => {
      // As the run stands now: it may have gone on since.
      calendar = null;
      return (await reports.open(runId)).head;
    },
    'history.items': ({ runId, list, order, offset, limit }) => reports.page(runId, list, order, offset, limit),
    'history.row': ({ runId, row }) => engine.runText(runId, row),
    'history.occurrences': async ({ runId, range }) => {
      if (calendar?.runId !== runId) calendar = { runId, opened: engine.openRunCalendar(runId) };
      const mine = calendar;
      try {
        return await (await mine.opened).show(range);
      } catch (thrown) {
        if (calendar === mine) calendar = null;
        throw thrown;
      }
    },
    'history.export': async ({ runId, format }) => {
      const name = nameOfServer(servers, await engine.whereOf(runId));
      const { lists, run } = (await reports.get(runId)).head;
      const report: ReportSource = {
        name: reportName([run.job, actorName(run), run.calendar], run.startedAt),
        rows: lists.all,
        text: (kind, medium) => engine.exportReport(runId, kind, name, medium),
      };
      return { path: await saved.save(report, format) };
    },
    'history.show': () => {
      saved.show();
      return Promise.resolve({});
    },
    'history.undo': async ({ runId, mode }) => keep(await engine.prepareUndo(runId, await connect(runId), { mode })),
    'history.retry': async ({ runId, ...options }) =>
      keep(await engine.prepareRetry(runId, await connect(runId), options)),
  };
}

/** The day on which a run was begun, as its name says. */
function dayOf(runId: string): string {
  return runId.replace(/^(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3');
}

/** The server as the person calls it; null when it is not in the list any more. */
function nameOfServer(servers: Servers, run: RunWhere): string | null {
  try {
    return servers.info(servers.ofRun(run)).name;
  } catch {
    return null;
  }
}
