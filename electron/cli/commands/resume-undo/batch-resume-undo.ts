import type { Engine, UndoBatchSpec } from '../../../engine/engine.ts';
import type {
  BatchEntry,
  BatchEvent,
  BatchMember,
  BatchReport,
  MemberReport,
} from '../../../../shared/model/batch/batch.ts';
import { noteIn, type JobNote } from '../../../../shared/model/kept/job-note.ts';
import { ZERO_TOTALS } from '../../../../shared/model/outcome.ts';
import { effectiveOf } from '../../../../shared/model/batch/batch-mode.ts';
import { modeOf, type ResumeUndoArgs } from './resume-or-undo.ts';
import { UsageError } from '../../options/args.ts';
import { agreeToRest } from '../../running/agree-to-rest.ts';
import { followBatch } from '../../running/batch-follow.ts';
import { showAndRunBatch } from '../batch.ts';
import { readConnect, sayingWhere } from '../../options/connect.ts';
import { totalsText } from '../../running/follow.ts';
import { print, tell, type CliIo } from '../../io.ts';
import { jsonLine } from '../../output/json-line.ts';

/** Takes back what a batch did: all of it, or the calendars of some mailboxes. */
export async function undoBatch(engine: Engine, args: ResumeUndoArgs, io: CliIo): Promise<number> {
  const only = args.list('only');
  engine.checkRules(only);
  if (args.flag('rehearse')) {
    throw new UsageError('--rehearse works on one calendar. Name the run of that calendar; "hushcal runs" lists them.');
  }
  const members = await membersOf(engine, args.runId, args.list('mailbox'));
  const spec: UndoBatchSpec = { batchId: args.runId, members, only, mode: modeOf(args) ?? null };
  const connect = sayingWhere(await readConnect(engine, args, io), io);
  const batch = await engine.prepareBatch({ kind: 'undo', spec }, connect);
  try {
    const request = {
      consent: args.consent,
      dryRun: args.flag('dry-run'),
      json: args.flag('json'),
      jobNote: args.jobNote,
    };
    return await showAndRunBatch(batch, request, io);
  } finally {
    await batch.discard();
  }
}

/** Goes on with a batch that was stopped or interrupted. */
export async function resumeBatch(engine: Engine, args: ResumeUndoArgs, io: CliIo): Promise<number> {
  const report = await engine.batchReport(args.runId);
  const { batch: entry } = report;
  const messages = await engine.messagesLeft(entry.batchId);
  const agreed = await agreeToRest(args, { hash: report.summary.hash, messages, done: !entry.canResume }, io);
  if ('why' in agreed) {
    if (args.flag('json')) await printRest(report, io);
    else await print(io, restText(entry));
    tell(io, agreed.why);
    return agreed.code;
  }
  const connect = sayingWhere(await readConnect(engine, args, io), io);
  await noteAgain(engine, entry.batchId, entry, args.jobNote);
  return followBatch(await engine.resumeBatch(entry.batchId, connect, agreed.typedMessages), io, args.flag('json'));
}

/** What a resume says of ticket and note takes the place of what was said; what it does not say stays. */
export async function noteAgain(engine: Engine, id: string, before: JobNote, said: JobNote): Promise<void> {
  if (said.ticket !== undefined || said.note !== undefined) await engine.annotate(id, { ...noteIn(before), ...said });
}

/** What stands as it stands: the events of a resume that does not take place. */
async function printRest({ batch, summary, members }: BatchReport, io: CliIo): Promise<void> {
  const at = new Date().toISOString();
  const mode = { asked: summary.asked, ...effectiveOf(members) };
  const events: readonly BatchEvent[] = [
    { kind: 'started', runId: batch.batchId, job: batch.kind, at, members: members.length, ...noteIn(batch) },
    { kind: 'plan', hash: summary.hash, notified: summary.notified, summary },
    ...members.map((member) => ({ kind: 'member', member: plainMember(member) }) as const),
    { kind: 'settled', runId: batch.batchId, status: 'refused', totals: ZERO_TOTALS, verified: 0, mode, at },
  ];
  for (const event of events) await print(io, jsonLine(event));
}

function plainMember({
  before: _before,
  after: _after,
  differences: _differences,
  ...member
}: MemberReport): BatchMember {
  return member;
}

async function membersOf(
  engine: Engine,
  batchId: string,
  mailboxes: readonly string[],
): Promise<readonly number[] | null> {
  if (mailboxes.length === 0) return null;
  const { members } = await engine.batchReport(batchId);
  const unknown = mailboxes.find((name) => !members.some(({ mailbox }) => mailbox === name));
  if (unknown !== undefined) throw new UsageError(`There is no mailbox "${unknown}" in this run.`);
  return members.filter(({ mailbox }) => mailboxes.includes(mailbox)).map(({ id }) => id);
}

function restText({ kind, members, done, needsAttention, totals }: BatchEntry): string {
  const left = members - done - needsAttention;
  return `${kind} of ${members} calendars: ${done} done, ${needsAttention} need attention, ${left} are left. ${totalsText(totals)}.`;
}

/** One line of `hushcal runs`. */
export function batchLine(entry: BatchEntry): string {
  const { batchId, kind, members, done, totals, notified } = entry;
  const status = (entry.running ? 'running' : entry.status).padEnd(11);
  const who = notified === 0 ? 'nobody notified' : `${notified} notified`;
  return `${batchId}  ${kind.padEnd(7)}  ${status}  ${done} of ${members} calendars  ${totalsText(totals)}; ${who}${ticketText(entry)}`;
}

/** The ticket of a run in its line of `hushcal runs`. */
export function ticketText({ ticket }: JobNote): string {
  return ticket === undefined ? '' : `; ticket ${ticket}`;
}
