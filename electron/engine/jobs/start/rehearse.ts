import { FORMAT } from '../../run/kept/format.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import type { ETag } from '../../caldav/types.ts';
import { readListed } from '../../caldav/objects/read-listed.ts';
import { pathKey } from '../../caldav/url.ts';
import type { Progress, RehearsalStage, RunHandle, TargetCopy } from '../../types.ts';
import { isBeside, isWrite } from '../../plan/rows.ts';
import type { Plan, PlanStep } from '../../plan/types.ts';
import { createRun, newRunId } from '../../run/kept/folder.ts';
import { startRun } from '../../run/run.ts';
import { runHead } from '../../run/types.ts';
import { headersOf, leaksIn } from './headers.ts';
import type { Material } from './material.ts';
import { newSteps } from './new-steps.ts';
import { specToKeep } from './start.ts';
import type { OpenTarget } from '../target/target.ts';
import { withTarget } from '../target/with-target.ts';

/** Everything that the calendar of a plan holds now, and whose it is: what a copy of it needs. */
export async function copyTarget(
  { target, spec }: Material,
  progress: Progress = () => undefined,
  signal?: AbortSignal,
): Promise<TargetCopy> {
  const { properties, context, missing, store } = target;
  const owner = {
    user: spec.user,
    addresses: [...new Set([...properties.ownerAddresses, ...(spec.aliases ?? [])])],
    insideDomains: [...context.insideDomains],
    calendar: properties.info.name,
  };
  if (missing !== null) return { ...owner, objects: [] };
  const listed = await store.list(signal);
  const objects: { href: string; text: string }[] = [];
  for await (const batch of readListed(store, listed, signal)) {
    for (const { href, text } of batch.objects) objects.push({ href, text });
    progress('copying', objects.length, listed.objects.length);
  }
  return { ...owner, objects };
}

/**
 * Runs the very steps of a plan on a copy of its calendar, in the mode that was asked for. Addresses and ETags are those
 * of the copy; everything else is what a run would send. The run is kept where the stage says, not in History.
 *
 * @throws HushError `PLAN_EXPIRED` when the copy lacks what the plan changes
 */
export async function rehearseJob(material: Material, plan: Plan, stage: RehearsalStage): Promise<RunHandle> {
  const { ports } = material;
  const here = { calendarUrl: stage.calendarUrl, user: stage.connection.user };
  const spec = { ...specToKeep(material.spec), workaround: undefined, makeCalendar: undefined, ...here };
  return withTarget(
    { spec, connection: stage.connection, ports: { now: ports.now, runsDir: stage.runsDir } },
    async (target) => {
      const verdict = target.capability.verdict(plan.summary.verdict.asked, METHODS);
      const { makes, ...summary } = plan.summary;
      const now = ports.now();
      const head = runHead.parse({
        formatVersion: FORMAT,
        runId: newRunId(now),
        job: plan.basis.job,
        startedAt: now.toISOString(),
        spec,
        server: 'rehearsal',
        calendar: makes?.name ?? material.target.properties.info.name,
        parent: null,
        hash: plan.hash,
        summary: { ...summary, verdict },
      });
      const steps = await stagedSteps(plan, target, stage);
      const made = await createRun(
        stage.runsDir,
        head,
        newSteps({ ...plan, steps }, material.bodies, material.target.store.trash),
      );
      return await startRun({
        folder: made.folder,
        head,
        steps: made.steps,
        store: target.store,
        headers: headersOf(target.capability, verdict),
        leaks: leaksIn(verdict, target.context),
        concurrency: spec.concurrency,
        now: ports.now,
      });
    },
  );
}

const METHODS = ['create', 'update', 'delete'] as const;

/** The same steps, addressed to the copy. */
async function stagedSteps(plan: Plan, { store }: OpenTarget, stage: RehearsalStage): Promise<readonly PlanStep[]> {
  const etags = new Map((await store.list()).objects.map(({ href, etag }) => [pathKey(href), etag]));
  const places = new Map([...stage.places].map(([href, place]) => [pathKey(href), place]));
  return plan.steps.map((step) => stagedStep(step, places, etags, (uid) => store.newHref(uid)));
}

function stagedStep(
  step: PlanStep,
  places: ReadonlyMap<string, string>,
  etags: ReadonlyMap<string, ETag | null>,
  newHref: (uid: string) => string,
): PlanStep {
  const { row } = step;
  if (row.excluded || !isWrite(row.action)) return step;
  // The copy has no trash bin: what goes in or out of it stays, and what comes out of it is stored as it is.
  if (isBeside(row)) return { ...step, row: { ...row, action: 'skip', reason: 'The copy has no trash bin.' } };
  const known = row.href === null ? undefined : places.get(pathKey(row.href));
  if (row.action === 'create') {
    const { deleted: _deleted, purges: _purges, ...others } = step;
    const { bin: _bin, ...event } = row;
    return { ...others, row: { ...event, href: known ?? newHref(row.uid) } };
  }
  const etag = known === undefined ? null : (etags.get(pathKey(known)) ?? null);
  if (known === undefined || etag === null) {
    throw new HushError({
      code: 'PLAN_EXPIRED',
      message: `"${row.title}" is no longer in the calendar, or cannot be copied, so this plan has no dry run. Make the plan again.`,
      reaction: 'fix-input',
    });
  }
  return { ...step, etag, row: { ...row, href: known } };
}
