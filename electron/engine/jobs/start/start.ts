import { FORMAT } from '../../run/kept/format.ts';
import { checkNumber, notifiedByPlan } from '../../../../shared/model/consent.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import type { FailureCode } from '../../../../shared/model/failure-codes.ts';
import { auditOfRun } from '../../audit/of-job.ts';
import type { Pacer } from '../../caldav/transport/pace.ts';
import { operatorIn, type Consent, type JobAudit, type RunHandle, type RunPlace } from '../../types.ts';
import { finalStop } from '../../plan/stops.ts';
import type { Plan } from '../../plan/types.ts';
import { createRun, newRunId, removeFolder } from '../../run/kept/folder.ts';
import { runLocked } from '../../run/kept/run-locked.ts';
import { startRun } from '../../run/run.ts';
import { runHead, type RunHead } from '../../run/types.ts';
import { collaboratorsOf } from './collaborators.ts';
import { headersOf, leaksIn } from './headers.ts';
import { restoreSwitches } from './restore-switches.ts';
import { lockSwitch } from './switch-lock.ts';
import { calendarName, serverName, sourceName } from '../../../../shared/text/display-names.ts';
import { checkAsPlanned } from './as-planned.ts';
import type { Material } from './material.ts';
import { newSteps } from './new-steps.ts';

/**
 * Runs exactly the plan that was consented to. Throws, nothing written, when it may not run; the run folder is complete on
 * the disk, and the plan has been left, before the first request.
 */
export async function startJob(
  material: Material,
  plan: Plan,
  consent: Consent,
  leave: () => Promise<void>,
  place?: RunPlace,
): Promise<RunHandle> {
  checkConsent(plan, consent);
  await checkAsPlanned(material, plan);
  const { ports, parent, connection, spec } = material;
  const head = headOf(material, plan, place);
  const audit = auditOfRun(ports, head);
  // A calendar of a batch was consented to with the batch.
  if (place === undefined) await audit.consented(consent.jobNote?.ticket);
  if (parent !== null) await restoreSwitches(ports.runsDir, parent, connection);
  const lock = await lockSwitch(ports.runsDir, spec, null);
  return runLocked(lock, () =>
    begin(material, plan, { head, audit, jobNote: consent.jobNote, leave, pacer: place?.pacer }),
  );
}

function headOf({ ports, spec, target, parent }: Material, plan: Plan, place: RunPlace | undefined): RunHead {
  const now = ports.now();
  return runHead.parse({
    formatVersion: FORMAT,
    runId: place?.runId ?? newRunId(now),
    job: plan.basis.job,
    startedAt: now.toISOString(),
    spec: specToKeep(spec),
    server: serverName(target.store.url),
    calendar: plan.summary.makes?.name ?? calendarName(target.properties.info.name, target.store.url),
    parent,
    ...(place === undefined ? {} : { batch: place.batch }),
    ...operatorIn(ports),
    hash: plan.hash,
    summary: plan.summary,
  });
}

/** What a run begins with, once it was consented to. */
interface Agreed extends Pick<Consent, 'jobNote'> {
  readonly head: RunHead;
  readonly audit: JobAudit;
  readonly leave: () => Promise<void>;
  readonly pacer: Pacer | undefined;
}

async function begin(
  { ports, spec, target, bodies, connection }: Material,
  plan: Plan,
  { head, audit, jobNote, leave, pacer }: Agreed,
): Promise<RunHandle> {
  const { verdict } = plan.summary;
  const { folder, steps } = await createRun(ports.runsDir, head, newSteps(plan, bodies, target.store.trash), jobNote);
  try {
    await leave();
    return await startRun({
      folder,
      head,
      steps,
      store: target.store,
      headers: headersOf(target.capability, verdict),
      leaks: leaksIn(verdict, target.context),
      ...collaboratorsOf(target, head, connection),
      concurrency: spec.concurrency,
      pacer,
      now: ports.now,
      audit,
    });
  } catch (error) {
    // Nothing was sent, and nothing of it is there to be resumed; the plan is left, and its connection with it.
    await Promise.allSettled([removeFolder(folder), target.close()]);
    throw error;
  }
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

function refusal(code: FailureCode, message: string): HushError {
  return new HushError({ code, message, reaction: 'fix-input' });
}
