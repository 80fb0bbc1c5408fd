import { noteIn } from '../../../../shared/model/kept/job-note.ts';
import { ZERO_TOTALS } from '../../../../shared/model/outcome.ts';
import type { JobEvent } from '../../../../shared/model/job.ts';
import type { RunReport } from '../../../../shared/model/kept/report.ts';
import { RESUME_UNDO_OPTIONS, connectAgain, forOneRun, shownAs, type ResumeUndoArgs } from './resume-or-undo.ts';
import { resumeUnfinished } from './unfinished.ts';
import { readArgs, UsageError } from '../../options/args.ts';
import { noteAgain, resumeBatch } from './batch-resume-undo.ts';
import type { Engine } from '../../../engine/engine.ts';
import { agreeToRest, type Rest } from '../../running/agree-to-rest.ts';
import { followRun } from '../../running/follow.ts';
import { print, tell, type CliIo } from '../../io.ts';
import { SECRET_USAGE } from '../../options/login.ts';
import { NETWORK_USAGE } from '../../options/network.ts';
import { VARIABLE_USAGE } from '../../options/variables.ts';
import { withRuns } from '../../options/open-engine.ts';
import { planText } from '../../output/plan-text.ts';
import { jsonLine } from '../../output/json-line.ts';
import { JOB_USAGE, readNote } from '../../options/job-options.ts';

export const RESUME_USAGE = `hushcal resume RUN|--unfinished ${SECRET_USAGE} ${NETWORK_USAGE} ${VARIABLE_USAGE} ${JOB_USAGE}`;

/** Goes on with a run that was stopped or interrupted; with `--unfinished`, with all of the folder that are. */
export async function resumeCommand(argv: readonly string[], io: CliIo): Promise<number> {
  const args = readArgs(argv, { ...RESUME_UNDO_OPTIONS, unfinished: 'flag' });
  if (!args.flag('unfinished')) {
    const one = forOneRun(args);
    return withRuns(one, io, (engine) => resumeOne(engine, one, io));
  }
  if (args.positionals.length > 0) throw new UsageError('--unfinished takes no name: it resumes what it finds.');
  const ofRun = (runId: string): ResumeUndoArgs => ({ ...args, runId, jobNote: readNote(args) });
  return withRuns(args, io, (engine) =>
    resumeUnfinished(engine, args, (runId) => resumeOne(engine, ofRun(runId), io), io),
  );
}

async function resumeOne(engine: Engine, args: ResumeUndoArgs, io: CliIo): Promise<number> {
  if (await engine.isBatch(args.runId)) return resumeBatch(engine, args, io);
  const json = args.flag('json');
  const report = await engine.report(args.runId);
  const agreed = await agreeToRest(args, await restOf(engine, report), io);
  if ('why' in agreed) {
    await showRest(report, io, json);
    tell(io, agreed.why);
    return agreed.code;
  }
  const connection = await connectAgain(engine, report.run, args, io);
  await noteAgain(engine, args.runId, report.run, args.jobNote);
  return followRun(await engine.resume(args.runId, connection, agreed.typedMessages), io, json);
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
      ({ row, uid, href, action, reason, file, line, title, bin }) =>
        ({
          kind: 'item',
          row,
          uid,
          href,
          action,
          outcome: 'planned',
          reason,
          file,
          line,
          title,
          ...(bin === undefined ? {} : { bin }),
        }) as const,
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
