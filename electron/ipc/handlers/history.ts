import type { RunCalendar } from '../../engine/engine.ts';
import type { PreparedJob, RunWhere } from '../../engine/types.ts';
import { saveReport, type ReportSource } from '../report-file.ts';
import type { Ports } from '../ports.ts';
import type { Servers } from '../servers.ts';
import type { HandleStore } from '../handle-store.ts';
import type { HandlersOf } from '../types.ts';
import { Reports } from '../reports.ts';

export function historyHandlers(
  { engine, desktop }: Pick<Ports, 'engine' | 'desktop'>,
  servers: Servers,
  plans: HandleStore<PreparedJob>,
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
    'history.damaged': async () => [...(await engine.damaged())],
    'history.report': async ({ runId }) => {
      // As the run stands now: it may have gone on since.
      calendar = null;
      return (await reports.open(runId)).head;
    },
    'history.items': async ({ runId, list, offset, limit }) => ({
      items: (await reports.get(runId)).page(list, offset, limit),
    }),
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
      const { lists } = (await reports.get(runId)).head;
      const report: ReportSource = {
        id: runId,
        rows: lists.all,
        text: (kind, medium) => engine.exportReport(runId, kind, name, medium),
      };
      return { saved: await saveReport(desktop, report, format) };
    },
    'history.undo': async ({ runId, mode }) => keep(await engine.prepareUndo(runId, await connect(runId), { mode })),
    'history.retry': async ({ runId, attention }) =>
      keep(await engine.prepareRetry(runId, await connect(runId), { attention })),
  };
}

/** The server as the person calls it; null when it is not in the list any more. */
function nameOfServer(servers: Servers, run: RunWhere): string | null {
  try {
    return servers.info(servers.ofRun(run)).name;
  } catch {
    return null;
  }
}
