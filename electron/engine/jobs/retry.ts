import { HushError } from '../../../shared/model/failure.ts';
import type { Rejection } from '../../../shared/model/found/inspection.ts';
import type { RestoreSpec } from '../../../shared/model/job.ts';
import type { Outcome } from '../../../shared/model/outcome.ts';
import type { Connection } from '../caldav/types.ts';
import type { EnginePorts, PreparedJob, RetryOptions } from '../types.ts';
import { mended } from '../icalendar/rewrites/broken-lines.ts';
import { MERGE_INSTANCE } from '../icalendar/rewrites/merge-instance.ts';
import { copyUidFor, withNewUid } from '../icalendar/rewrites/copy-uid.ts';
import { summarise } from '../icalendar/summary/summarise.ts';
import type { ResourceSummary } from '../icalendar/types.ts';
import { completePlan, newUids, planSteps } from '../plan/make.ts';
import { resolveStep } from '../plan/steps/resource-step.ts';
import type { PlanInput, PlanStep } from '../plan/types.ts';
import { runPaths } from '../run/kept/folder.ts';
import { sends } from '../run/log.ts';
import { PackReader, readUndamaged, TEXT_DAMAGED } from '../run/kept/pack.ts';
import { mayNotify } from '../run/writing/notifies.ts';
import { isRetriable, outcomeOf } from '../run/tally.ts';
import type { Slice } from '../run/types.ts';
import { collect, runYielding } from '../yielding.ts';
import { newSha256 } from './consent/text-digest.ts';
import { lookForObstacles, withObstacles } from './target/obstacles.ts';
import { planNotes } from './consent/plan-notes.ts';
import { prepareJob } from './consent/prepared.ts';
import type { Bodies } from './start/material.ts';
import type { StoredRun } from '../run/kept/read-run.ts';
import { openIdleRun } from './stored/stored-run.ts';
import { limitsOf, listTarget, type Listing, type OpenTarget } from './target/target.ts';
import { withTarget } from './target/with-target.ts';
import { prepareUndo } from './undo/undo.ts';
import { whoLogsIn } from './consent/who-logs-in.ts';
import { plural } from '../../../shared/words/format.ts';

/** What did not come through, for whatever reason, and what nobody got to. */
const AGAIN: readonly Outcome[] = ['failed', 'unknown', 'cancelled'];
/** What a person may settle besides. */
const TO_SETTLE: readonly Outcome[] = ['conflict', 'altered', 'rejected'];

/**
 * A plan that tries again what failed in a run, with the texts that were consented to then, against the calendar as it
 * is now. The retry of an undo is the undo again: what it took back already is seen as such.
 */
export async function prepareRetry(
  ports: EnginePorts,
  runId: string,
  connection: Connection,
  options: RetryOptions = {},
): Promise<PreparedJob> {
  const run = await openIdleRun(ports.runsDir, runId);
  const { head } = run;
  const mode = options.mode ?? head.spec.mode;
  if (head.job === 'undo' && head.parent !== null) {
    return prepareUndo(ports, head.parent, connection, { mode, only: head.spec.only ?? [] });
  }
  if (head.job !== 'restore' && head.job !== 'retry' && head.job !== 'migrate') throw otherwise(AGAIN_BY[head.job]);
  const spec: RestoreSpec = { ...head.spec, mode, rewrites: { ...head.spec.rewrites, ...options.rewrites } };
  const pack = new PackReader(runPaths(run.folder).bodies);
  return withTarget({ spec, connection, ports, others: [pack] }, async (target) => {
    const wantedOutcomes = options.attention === true ? [...AGAIN, ...TO_SETTLE] : AGAIN;
    const { texts: again, damaged } = await failedTexts(run, pack, wantedOutcomes, spec);
    if (again.length + damaged.length === 0) throw nothingFailed();
    const listedAt = ports.now().getTime();
    const listing = await listTarget(target);
    const wanted = planInput(spec, again, damaged, target, listing, unknownNotes(run));
    const uids = await runYielding(newUids(wanted));
    const input = withObstacles(wanted, await lookForObstacles(target, connection, uids));
    const makes = target.missing === null ? undefined : head.summary.makes;
    const complete = { ...input, makes, who: whoLogsIn(spec, connection) };
    const planned = leaveMerged(await collect(planSteps(input)), again, listing);
    const steps = again.some(({ altered }) => altered) ? leaveAltered(planned, again, input) : planned;
    const plan = await runYielding(completePlan(complete, steps, newSha256, 'retry'));
    const bodies = bodiesOf(again, pack);
    return prepareJob({
      ports,
      spec,
      connection,
      target,
      bodies,
      plan,
      there: listing.byUid,
      resolve: (step, choice) => resolveStep(input, step, choice),
      parent: runId,
      listedAt,
    });
  });
}

interface FailedText {
  readonly body: Slice;
  readonly summary: ResourceSummary;
  /** It was put together with what the calendar held then: the ETag of that. */
  readonly mergedInto?: string | null;
  /** It was stored, and the server changed it. */
  readonly altered: boolean;
}

/** `damaged`: what failed and cannot be tried again, since its text is not what it was. */
async function failedTexts(
  { steps, journal }: StoredRun,
  pack: PackReader,
  wanted: readonly Outcome[],
  { rewrites }: Pick<RestoreSpec, 'rewrites'>,
): Promise<{ readonly texts: readonly FailedText[]; readonly damaged: readonly Rejection[] }> {
  const texts: FailedText[] = [];
  const damaged: Rejection[] = [];
  for (const [row, step] of steps.entries()) {
    const { uid, title, file, line } = step.row;
    const findings = rewrites?.brokenLines === true ? mended(step.row.findings) : step.row.findings;
    const wasted = { file, line, uid, title, code: TEXT_DAMAGED };
    if (step.damaged) damaged.push({ ...wasted, reason: step.row.reason });
    if (step.body === null || (!sends(step) && step.row.action !== 'conflict' && !isRetriable(step))) continue;
    const { outcome } = outcomeOf(step, journal.rows.get(row));
    if (!wanted.includes(outcome)) continue;
    const text = (await readUndamaged(pack, step.body))?.toString('utf8');
    if (text === undefined) {
      damaged.push({ ...wasted, reason: LOST_HERE });
      continue;
    }
    const [summary] = summarise(text);
    if (summary === undefined) continue;
    const merged = findings.some(({ code }) => code === MERGE_INSTANCE) ? { mergedInto: step.etag } : {};
    const altered = outcome === 'altered';
    texts.push({ body: step.body, summary: { ...summary, file, line, findings }, altered, ...merged });
  }
  return { texts, damaged };
}

/** What was put together with the calendar's own object fits that object only as it was then. */
function leaveMerged(
  steps: readonly PlanStep[],
  again: readonly FailedText[],
  { byUid }: Listing,
): readonly PlanStep[] {
  return steps.map((step) => {
    const into = step.ordinal === null ? undefined : again[step.ordinal]?.mergedInto;
    if (into === undefined || step.row.action !== 'update') return step;
    const { choices: _choices, ...quiet } = step;
    const row = { ...step.row, action: 'conflict', reason: SERIES_CHANGED, notified: 0, actingAs: null } as const;
    return into !== null && byUid.get(step.row.uid)?.etag === into ? step : { ...quiet, notified: null, bytes: 0, row };
  });
}

/** To send the same text again would end the same: what the server has is kept, unless a person settles it otherwise. */
function leaveAltered(steps: readonly PlanStep[], again: readonly FailedText[], input: PlanInput): readonly PlanStep[] {
  return steps.map((step) => {
    if (step.ordinal === null || !textAt(again, step.ordinal).altered) return step;
    const kept = resolveStep(input, step, 'server');
    if (kept === null) return step;
    const { decided: _decided, ...row } = kept.row;
    return { ...kept, row: { ...row, reason: ALTERED } };
  });
}

const ALTERED = 'It was saved, and the server changed it: that is kept unless you choose otherwise.';

const SERIES_CHANGED =
  'The series was changed in the calendar since this instance was to be put into it; restore it from the backup again.';

const LOST_HERE =
  'Its text in the folder of the run is damaged, so it is not sent. Restore it from the backup it came from.';

function planInput(
  spec: RestoreSpec,
  again: readonly FailedText[],
  rejected: readonly Rejection[],
  target: OpenTarget,
  listing: Listing,
  notes: readonly string[],
): PlanInput {
  const { ownerAddresses } = target.properties;
  return {
    resources: resourcesOf(again),
    rejected,
    target: listing.byUid,
    unseen: listing.unseen,
    mode: spec.mode,
    identity: spec.identity,
    onConflict: spec.onConflict,
    only: null,
    capability: target.capability,
    context: target.context,
    ownerAddresses,
    limits: limitsOf(target),
    workaround: spec.workaround,
    notes: [...notes, ...planNotes(spec, target)],
    newHref: (uid) => target.store.newHref(uid),
    copyUid: copyUidFor,
  };
}

/** What left and was never answered may have notified people: whoever tries it again must know. */
function unknownNotes({ head, steps, journal }: StoredRun): readonly string[] {
  const { effective } = head.summary.verdict;
  const lost = steps.filter(({ row }, at) => mayNotify(effective, row) && journal.rows.get(at)?.lost === true).length;
  if (lost === 0) return [];
  return [
    `${plural(lost, 'event')} went out before and had no answer, so people may have been notified of them already. Tried again, they may be notified twice.`,
  ];
}

/** Few, and read already: their meaning is known. */
function resourcesOf(again: readonly FailedText[]): PlanInput['resources'] {
  const summary = (ordinal: number): ResourceSummary => textAt(again, ordinal).summary;
  return { size: again.length, summary, glance: summary, fingerprint: (ordinal) => summary(ordinal).meaning };
}

function bodiesOf(again: readonly FailedText[], pack: PackReader): Bodies {
  return {
    async text({ ordinal, asCopy, row }) {
      if (ordinal === null) return null;
      const text = await pack.read(textAt(again, ordinal).body);
      return asCopy ? withNewUid(text, row.uid) : text;
    },
    raw: () => Promise.resolve(''),
    close: () => pack.close(),
  };
}

function textAt(again: readonly FailedText[], ordinal: number): FailedText {
  const found = again[ordinal];
  if (found === undefined) throw new Error(`no text ${ordinal}`);
  return found;
}

/** Jobs that are tried again by being done again: their steps are more than texts that are sent. */
const AGAIN_BY: Readonly<Record<'undo' | 'cleanup' | 'announce', string>> = {
  undo: 'An undo is tried again by undoing the same run once more: what it undid is seen as such.',
  cleanup: 'A clean-up is tried again by searching with the same rules: what is gone is not found any more.',
  announce:
    'An announcement is tried again by announcing the same migration: whoever was notified is not notified twice.',
};

function otherwise(message: string): HushError {
  return new HushError({ code: 'RETRY_OTHERWISE', message, reaction: 'fix-input' });
}

function nothingFailed(): HushError {
  return new HushError({
    code: 'NOTHING_FAILED',
    message: 'Nothing failed in this run, so there is nothing to try again.',
    reaction: 'fix-input',
  });
}
