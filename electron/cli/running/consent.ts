import { notifiedByPlan } from '../../../shared/model/consent.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import { ZERO_TOTALS } from '../../../shared/model/outcome.ts';
import type { JobEvent, JobEventOf, JobKind } from '../../../shared/model/job.ts';
import type { JobNote } from '../../../shared/model/kept/job-note.ts';
import type { Behalf } from '../../../shared/model/login.ts';
import { changesOf, warningsOf, type PlanRow } from '../../../shared/model/plan.ts';
import type { SchedulingMode } from '../../../shared/model/scheduling.ts';
import type { PreparedJob } from '../../engine/types.ts';
import { actorName } from '../../../shared/text/display-names.ts';
import type { Consented } from '../options/args.ts';
import { agree, otherPlan } from './agree.ts';
import { followRun } from './follow.ts';
import { EXIT, print, tell, type CliIo } from '../io.ts';
import { findingsText, planText } from '../output/plan-text.ts';
import { allRows, PAGE } from './rows.ts';
import { jsonLine } from '../output/json-line.ts';

export interface ConsentRequest {
  readonly job: JobKind;
  readonly consent: Consented;
  readonly dryRun: boolean;
  readonly json: boolean;
  /** Shown names. */
  readonly server: string;
  readonly calendar: string;
  readonly user: string;
  /** For whom, where that is somebody else. */
  readonly behalf?: Behalf | undefined;
  readonly sources: readonly string[];
  readonly jobNote: JobNote;
}

/** Shows a plan and, where it was consented to, runs it. Gives the exit code. */
export async function showAndRun(job: PreparedJob, request: ConsentRequest, io: CliIo): Promise<number> {
  const { consent, dryRun, json } = request;
  const refusal = refusalOf(job, request);
  const { hash } = job.summary;
  if (!json) await showPlan(job, request, io);
  const waits =
    refusal ??
    (dryRun ? `Nothing was written. To run exactly this plan: --yes=${hash}` : null) ??
    (consent.kind === 'no' && writesNothing(job) ? 'Nothing was written: this plan has nothing to write.' : null);
  const agreed = waits === null ? await agree(consent, { hash, ...notifiedByPlan(job.summary) }, io) : { why: waits };
  if ('typedMessages' in agreed) {
    if (json) for (const stop of job.summary.stops) tell(io, `Careful: ${stop.message}`);
    return followRun(await job.start({ hash, ...agreed, jobNote: request.jobNote }), io, json);
  }
  if (json) await showPlan(job, request, io);
  tell(io, agreed.why);
  if (refusal !== null || !dryRun) return EXIT.nothingWritten;
  // A plan that could not see everything is not the whole plan.
  return (job.summary.unseen ?? 0) > 0 ? EXIT.trouble : EXIT.done;
}

function writesNothing({ summary: { counts, makes } }: PreparedJob): boolean {
  return counts.create + counts.update + counts.delete === 0 && makes === undefined;
}

/** What goes where. */
function placeText({ job, sources, calendar, server, user, behalf }: ConsentRequest): string {
  const place = `calendar "${calendar}" on ${server}, logged in as ${actorName({ user, behalf })}`;
  return job === 'restore' ? `Job         restore ${sources.join(', ')} → ${place}` : `Job         ${job} in ${place}`;
}

/** Why this plan cannot run, whatever is consented to; null when it can. */
function refusalOf(job: PreparedJob, { consent }: ConsentRequest): string | null {
  const { verdict, stops, hash } = job.summary;
  if (verdict.effective === null) return `Blocked, nothing was written. ${verdict.because}`;
  const stop = stops.find((one) => !one.override);
  if (stop !== undefined) return `Nothing was written. ${stop.message}`;
  return otherPlan(consent, hash);
}

async function showPlan(job: PreparedJob, request: ConsentRequest, io: CliIo): Promise<void> {
  if (!request.json) {
    const trouble: PlanRow[] = [];
    for await (const row of allRows(job, ['conflict', 'reject'])) trouble.push(row);
    const noted: PlanRow[] = [];
    for await (const row of allRows(job, [], 'findings')) {
      if (warningsOf(row.findings).length + changesOf(row.findings).length > 0) noted.push(row);
      if (isCancelled(row)) trouble.push(row);
    }
    await print(io, `${placeText(request)}\n${planText(job.summary, trouble)}${findingsText(noted)}`);
    return;
  }
  let lines: string[] = [];
  for await (const event of planEvents(job, request)) {
    lines.push(jsonLine(event));
    if (lines.length < PAGE) continue;
    await print(io, lines.join('\n'));
    lines = [];
  }
  await print(io, lines.join('\n'));
}

/** Left out because a message cancels it, and not because a person chose so. */
function isCancelled({ action, findings }: PlanRow): boolean {
  return action === 'skip' && findings.some(({ code }) => code === 'cancellation');
}

/** The events of a run that does not take place: every row is `planned`, nothing was written. */
async function* planEvents(job: PreparedJob, request: ConsentRequest): AsyncGenerator<JobEvent> {
  const { summary } = job;
  const { asked, effective, because } = summary.verdict;
  const { server, calendar, user, behalf, sources, jobNote } = request;
  const at = new Date().toISOString();
  const shown = { server, calendar, user, behalf, sources, ...jobNote };
  yield { kind: 'started', runId: 'dry-run', job: request.job, at, ...shown };
  yield { kind: 'plan', hash: summary.hash, notified: summary.notified, summary };
  for await (const row of allRows(job, [])) yield plannedItem(row);
  yield {
    kind: 'settled',
    runId: 'dry-run',
    status: 'refused',
    totals: ZERO_TOTALS,
    verified: 0,
    mode: { asked, effective, because },
    at,
  };
}

function plannedItem(row: PlanRow): JobEventOf<'item'> {
  const { id, uid, href, action, reason, file, line, title, findings, bin } = row;
  const [warnings, changes] = [warningsOf(findings), changesOf(findings)];
  const more = {
    ...(bin === undefined ? {} : { bin }),
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(changes.length === 0 ? {} : { changes }),
  };
  return { kind: 'item', row: id, uid, href, action, outcome: 'planned', reason, file, line, title, ...more };
}

/** A job that could not even be planned: a program reading JSON still gets an end. */
export async function showFailure(failure: Failure, asked: SchedulingMode, io: CliIo): Promise<void> {
  const mode = { asked, effective: null, because: failure.message };
  const at = new Date().toISOString();
  const events: readonly JobEvent[] = [
    { kind: 'problem', failure },
    { kind: 'settled', runId: '', status: 'refused', totals: ZERO_TOTALS, verified: 0, mode, at },
  ];
  for (const event of events) await print(io, jsonLine(event));
}
