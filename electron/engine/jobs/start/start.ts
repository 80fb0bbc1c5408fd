import { FORMAT } from '../../run/kept/format.ts';
import { checkNumber, notifiedByPlan } from '../../../../shared/model/consent.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import type { JobKind } from '../../../../shared/model/job.ts';
import type { FailureCode } from '../../../../shared/model/failure-codes.ts';
import type { ETag } from '../../caldav/types.ts';
import type { Consent, RunHandle, RunPlace } from '../../types.ts';
import { fingerprintOf } from '../../icalendar/meaning/meaning.ts';
import { countsAs, droppedBy, isWrite, writingSteps } from '../../plan/rows.ts';
import { finalStop } from '../../plan/stops.ts';
import type { Plan, PlanStep } from '../../plan/types.ts';
import { createRun, newRunId, type NewStep } from '../../run/kept/folder.ts';
import { runLocked } from '../../run/kept/run-locked.ts';
import { startRun } from '../../run/run.ts';
import { runHead } from '../../run/types.ts';
import { aroundOf } from './collaborators.ts';
import { headersOf, leaksIn } from './headers.ts';
import { putBackLeftOver } from './restore-switches.ts';
import { lockSwitch } from './switch-lock.ts';
import { calendarName, serverName, sourceName } from '../../../../shared/text/display-names.ts';
import type { Bodies, Material } from './material.ts';

/** A listing younger than this, in milliseconds, is not taken again; If-Match and If-None-Match guard every write anyway. */
const FRESH = 5_000;

/**
 * Runs exactly the plan that was consented to. Throws HushError, nothing written, when it may not run; the run folder
 * is complete on the disk before the first request.
 */
export async function startJob(material: Material, plan: Plan, consent: Consent, place?: RunPlace): Promise<RunHandle> {
  checkConsent(plan, consent);
  await checkTarget(material, plan);
  if (material.parent !== null) await putBackLeftOver(material.ports.runsDir, material.parent, material.connection);
  const lock = await lockSwitch(material.ports.runsDir, material.spec, null);
  return runLocked(lock, () => begin(material, plan, consent, place));
}

async function begin(
  material: Material,
  plan: Plan,
  { jobNote }: Consent,
  place: RunPlace | undefined,
): Promise<RunHandle> {
  const { ports, spec, target } = material;
  const now = ports.now();
  const head = runHead.parse({
    formatVersion: FORMAT,
    runId: place?.runId ?? newRunId(now),
    job: plan.basis.job,
    startedAt: now.toISOString(),
    spec: specToKeep(spec),
    server: serverName(target.store.url),
    calendar: plan.summary.makes?.name ?? calendarName(target.properties.info.name, target.store.url),
    parent: material.parent,
    ...(place === undefined ? {} : { batch: place.batch }),
    ...(ports.operator === undefined ? {} : { operator: ports.operator }),
    hash: plan.hash,
    summary: plan.summary,
  });
  const { folder, steps } = await createRun(ports.runsDir, head, newSteps(plan, material.bodies), jobNote);
  return startRun({
    folder,
    head,
    steps,
    store: target.store,
    headers: headersOf(target.capability, plan.summary.verdict),
    leaks: leaksIn(plan.summary.verdict, target.context),
    ...aroundOf(target, head, material.connection),
    concurrency: spec.concurrency,
    pacer: place?.pacer,
    now: ports.now,
  });
}

/** Sources by their names: where they lay on this computer is nobody's business. */
export function specToKeep(spec: Material['spec']): Material['spec'] {
  return 'sources' in spec ? { ...spec, sources: spec.sources.map(sourceName) } : spec;
}

/** Consent names the plan; a blocked mode and a safety stop are beyond consent. */
function checkConsent(plan: Plan, consent: Consent): void {
  const { verdict } = plan.summary;
  if (consent.hash !== plan.hash) {
    throw refusal('PLAN_CHANGED', 'The plan is not the one that was shown. Look at it again, then confirm it.');
  }
  if (verdict.effective === null) {
    throw refusal('MODE_BLOCKED', [verdict.because, ...verdict.alternatives].join(' '));
  }
  const stop = finalStop(plan.stops);
  if (stop !== undefined) throw refusal(stop.code, stop.message);
  checkNumber(notifiedByPlan(plan.summary).messages, consent.typedMessages);
}

/** What the plan saw must still be so: a changed calendar expires the plan. */
async function checkTarget({ target, listedAt, ports }: Material, plan: Plan): Promise<void> {
  if (target.missing !== null) {
    if ((await target.missing.maker.look()) === 'nothing') return;
    throw refusal('PLAN_EXPIRED', 'A calendar was made there since the plan was made. Make the plan again.');
  }
  const writes = writingSteps(plan.steps);
  if (writes.length === 0 || ports.now().getTime() - listedAt < FRESH) return;
  const now = new Map((await target.store.list()).objects.map(({ href, etag }) => [href, etag]));
  const changed = writes.filter((step) => !isAsPlanned(step, now)).length;
  if (changed === 0) return;
  throw refusal(
    'PLAN_EXPIRED',
    `The calendar was changed since the plan was made: ${changed} of its events are no longer as they were. Make the plan again.`,
  );
}

function isAsPlanned({ row, etag }: PlanStep, now: ReadonlyMap<string, ETag | null>): boolean {
  if (row.href === null) return true;
  if (row.action === 'create') return !now.has(row.href);
  return now.get(row.href) === etag;
}

/** Jobs whose events come from files: what is in conflict has a text there. */
const FROM_SOURCES: readonly JobKind[] = ['restore', 'retry', 'migrate'];

/** The steps of a plan with the octets that each of them sends. */
export async function* newSteps(plan: Plan, bodies: Bodies): AsyncGenerator<NewStep> {
  for (const step of plan.steps) {
    const { row, etag, digest } = step;
    const sent = !row.excluded && isWrite(row.action);
    // A conflict may be settled from the result, when the backup is not at hand any more.
    const kept = sent || (row.action === 'conflict' && FROM_SOURCES.includes(plan.basis.job));
    const body = kept && countsAs(row) !== 'delete' ? await bodies.text(step) : null;
    // The digest of a copy stands for the original text; what is sent has a new UID.
    const meaning = step.asCopy && body !== null ? fingerprintOf(body) : digest;
    const dropped = droppedBy(step);
    yield {
      step: {
        row,
        etag,
        meaning,
        ...(dropped === null ? {} : { dropped, ...(step.purges === true ? { purges: true } : {}) }),
      },
      body,
    };
  }
}

function refusal(code: FailureCode, message: string): HushError {
  return new HushError({ code, message, reaction: 'fix-input' });
}
