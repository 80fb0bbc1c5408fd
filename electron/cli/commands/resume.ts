import { noteIn } from '../../../shared/model/job-note.ts';
import { ZERO_TOTALS } from '../../../shared/model/outcome.ts';
import type { JobEvent } from '../../../shared/model/job.ts';
import type { RunReport } from '../../../shared/model/report.ts';
import { connectAgain, readAgainArgs, shownAs } from './resume-or-undo.ts';
import { findBatch, noteAgain, resumeBatch } from './batch-resume-undo.ts';
import type { Engine } from '../../engine/engine.ts';
import { agreeToRest, type Rest } from '../running/agree-to-rest.ts';
import { followRun } from '../running/follow.ts';
import { print, tell, type CliIo } from '../io.ts';
import { SECRET_USAGE } from '../options/login.ts';
import { NETWORK_USAGE } from '../options/network.ts';
import { VARIABLE_USAGE } from '../options/variables.ts';
import { withEngine } from '../options/open-engine.ts';
import { planText } from '../output/plan-text.ts';
import { jsonLine } from '../output/json-line.ts';
import { NOTE_USAGE } from '../options/job-note.ts';

export const RESUME_USAGE = `hushcal resume RUN ${SECRET_USAGE} ${NETWORK_USAGE} ${VARIABLE_USAGE} [--yes[=HASH]] [--messages N] ${NOTE_USAGE} [--runs DIR] [--json]`;

/** Goes on with a run that was stopped or interrupted. */
export async function resumeCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readAgainArgs(argv);
  return withEngine(args, io, async (engine) => {
    const batch = await findBatch(engine, args.runId);
    if (batch !== undefined) return resumeBatch(engine, batch, args, io);
    const json = args.flag('json');
    const report = await engine.report(args.runId);
    const agreed = await agreeToRest(args, await restOf(engine, report), io);
    if ('why' in agreed) {
      await showRest(report, io, json);
      tell(io, agreed.why);
      return agreed.code;
    }
    const { connection } = await connectAgain(engine, args, io);
    await noteAgain(engine, args.runId, report.run, args.jobNote);
    return followRun(await engine.resume(args.runId, connection, agreed.typedMessages), io, json);
  });
}

/** What the run has not settled yet. */
function openItems({ items }: RunReport): RunReport['items'] {
  return items.filter(({ outcome }) => outcome === 'cancelled' || outcome === 'unknown');
}

async function restOf(engine: Engine, report: RunReport): Promise<Rest> {
  const messages = await engine.messagesLeft(report.run.runId);
  return { hash: report.summary.hash, messages, done: isDone(report) };
}

function isDone(report: RunReport): boolean {
  return openItems(report).length === 0 && report.run.leftOver === undefined;
}

async function showRest(report: RunReport, io: CliIo, json: boolean): Promise<void> {
  const { run, summary, items } = report;
  const open = openItems(report);
  if (!json) {
    await print(io, planText(summary, []));
    await print(io, `Done ${items.length - open.length} of ${items.length} entries, ${open.length} are left.`);
    for (const left of run.leftOver ?? []) await print(io, left);
    return;
  }
  const { asked, effective, because } = summary.verdict;
  const at = new Date().toISOString();
  const events: readonly JobEvent[] = [
    { kind: 'started', runId: run.runId, at, ...shownAs(run.job, run), ...noteIn(run) },
    { kind: 'plan', hash: summary.hash, notified: summary.notified, summary },
    ...open.map(
      ({ row, uid, href, action, reason, file, line, title }) =>
        ({ kind: 'item', row, uid, href, action, outcome: 'planned', reason, file, line, title }) as const,
    ),
    {
      kind: 'settled',
      runId: run.runId,
      status: 'refused',
      totals: ZERO_TOTALS,
      verified: 0,
      mode: { asked, effective, because },
      at,
    },
  ];
  for (const event of events) await print(io, jsonLine(event));
}
