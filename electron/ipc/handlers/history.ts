import { writeFile } from 'node:fs/promises';
import { HushError } from '../../../shared/model/failure.ts';
import type { RunEntry } from '../../../shared/model/report.ts';
import type { PreparedJob } from '../../engine/engine.ts';
import type { Ports } from '../ports.ts';
import type { Servers } from '../servers.ts';
import type { Shelf } from '../shelf.ts';
import type { HandlersOf } from '../types.ts';
import { findRun } from './run.ts';

export function historyHandlers(
  { engine, desktop }: Pick<Ports, 'engine' | 'desktop'>,
  servers: Servers,
  plans: Shelf<PreparedJob>,
): HandlersOf<'history'> {
  const connect = async (runId: string) => servers.connect(servers.ofRun(await findRun(engine, runId)));
  const keep = (job: PreparedJob) => ({ planId: plans.add(job), summary: job.summary });
  return {
    'history.list': async () => [...(await engine.runs())],
    'history.report': ({ runId }) => engine.report(runId),
    'history.export': async ({ runId, format }) => {
      const text = await engine.exportReport(runId, format, nameOfServer(servers, await findRun(engine, runId)));
      const path = await desktop.chooseTarget(`hushcal-${runId}.${format}`, format);
      if (path === null) return { saved: false };
      await save(path, text);
      return { saved: true };
    },
    'history.undo': async ({ runId, mode }) => keep(await engine.prepareUndo(runId, await connect(runId), { mode })),
    'history.retry': async ({ runId }) => keep(await engine.prepareRetry(runId, await connect(runId))),
  };
}

/** The server as the person calls it; null when it is not in the list any more. */
function nameOfServer(servers: Servers, run: RunEntry): string | null {
  try {
    return servers.info(servers.ofRun(run)).name;
  } catch {
    return null;
  }
}

async function save(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (cause) {
    const message = 'The report could not be written there. Choose a folder you may write to.';
    throw new HushError({ code: 'REPORT_NOT_SAVED', message, reaction: 'fix-input' }, { cause });
  }
}
