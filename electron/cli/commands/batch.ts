import type { PreparedBatch } from '../../engine/engine.ts';
import type { BatchEvent, BatchMember, BatchSummary } from '../../../shared/model/batch/batch.ts';
import type { JobNote } from '../../../shared/model/kept/job-note.ts';
import { ZERO_TOTALS } from '../../../shared/model/outcome.ts';
import { effectiveOf } from '../../../shared/model/batch/batch-mode.ts';
import { messagesOfBatch } from '../../../shared/model/consent.ts';
import { batchText } from '../output/batch-text.ts';
import type { Consented } from '../options/args.ts';
import { agree, otherPlan } from '../running/agree.ts';
import { followBatch } from '../running/batch-follow.ts';
import { EXIT, print, tell, type CliIo } from '../io.ts';
import { allRows, PAGE } from '../running/rows.ts';
import { jsonLine } from '../output/json-line.ts';

interface BatchRequest {
  readonly consent: Consented;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly jobNote: JobNote;
}

/** Shows the plan of a batch and, where it was consented to, runs it. Gives the exit code (docs/exit-codes.md). */
export async function showAndRunBatch(batch: PreparedBatch, request: BatchRequest, io: CliIo): Promise<number> {
  const { dryRun, consent, json } = request;
  const { summary, members } = batch;
  const { hash } = summary;
  const refusal = refusalOf(summary, consent);
  if (!json) await print(io, batchText(summary, members));
  const waits = refusal ?? (dryRun ? `Nothing was written. To run exactly this plan: --yes=${hash}` : null);
  const asked = { hash, messages: messagesOfBatch(members), people: null };
  const agreed = waits === null ? await agree(consent, asked, io) : { why: waits };
  if ('typedMessages' in agreed) {
    if (json) for (const stop of summary.stops) tell(io, `Careful: ${stop.message}`);
    return followBatch(await batch.start({ hash, ...agreed, jobNote: request.jobNote }), io, json);
  }
  if (json) await printPlan(batch, request.jobNote, io);
  tell(io, agreed.why);
  if (refusal !== null || !dryRun) return EXIT.nothingWritten;
  // A plan that could not see everything is not the whole plan.
  return (summary.unseen ?? 0) > 0 ? EXIT.trouble : EXIT.done;
}

/** Why this plan cannot run, whatever is consented to; null when it can. */
function refusalOf({ kind, stops, hash }: BatchSummary, consent: Consented): string | null {
  const stop = stops.find((one) => !one.override);
  if (stop !== undefined) return `Nothing was written. ${stop.message}`;
  const mass =
    kind === 'migrate' && consent.kind === 'yes' && consent.hash === null
      ? stops.find(({ code }) => code === 'MASS_DELETE')
      : undefined;
  if (mass !== undefined) {
    return `Nothing was written. ${mass.message} Look whether the source is complete; if that is what you want: --yes=${hash}`;
  }
  return otherPlan(consent, hash);
}

/** The events of a batch that does not take place: every row of every calendar is `planned`. One plan at a time. */
async function printPlan(batch: PreparedBatch, note: JobNote, io: CliIo): Promise<void> {
  const { summary, members } = batch;
  const at = new Date().toISOString();
  await say(io, [
    { kind: 'started', runId: 'dry-run', job: summary.kind, at, members: members.length, ...note },
    { kind: 'plan', hash: summary.hash, notified: summary.notified, summary },
    ...members.map((member) => ({ kind: 'member', member }) as const),
  ]);
  for (const member of members) if (member.hash !== null) await printRows(batch, member, io);
  const mode = { asked: summary.asked, ...effectiveOf(members) };
  const none = { totals: ZERO_TOTALS, verified: 0 };
  await say(io, [{ kind: 'settled', runId: 'dry-run', status: 'refused', ...none, mode, at }]);
}

async function printRows(batch: PreparedBatch, { id, mailbox }: BatchMember, io: CliIo): Promise<void> {
  const job = await batch.open(id);
  try {
    let events: BatchEvent[] = [];
    for await (const { id: row, uid, href, action, reason, file, line, title, bin } of allRows(job, [])) {
      const planned = { kind: 'item', row, uid, href, action, outcome: 'planned', reason, file, line, title } as const;
      events.push({ ...planned, ...(bin === undefined ? {} : { bin }), member: id, mailbox });
      if (events.length < PAGE) continue;
      await say(io, events);
      events = [];
    }
    await say(io, events);
  } finally {
    await job.discard();
  }
}

async function say(io: CliIo, events: readonly BatchEvent[]): Promise<void> {
  await print(io, events.map(jsonLine).join('\n'));
}
