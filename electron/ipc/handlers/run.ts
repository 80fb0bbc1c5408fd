import { HushError } from '../../../shared/model/failure.ts';
import type { PlanSummary } from '../../../shared/model/plan.ts';
import type { PreparedJob } from '../../engine/types.ts';
import type { ActiveRuns } from '../active-runs.ts';
import type { Ports } from '../ports.ts';
import type { Servers } from '../servers.ts';
import type { HandleStore } from '../handle-store.ts';
import type { HandlersOf } from '../types.ts';

export function runHandlers(
  { engine }: Pick<Ports, 'engine'>,
  servers: Servers,
  plans: HandleStore<PreparedJob>,
  runs: ActiveRuns,
): HandlersOf<'run'> {
  return {
    'run.start': async ({ planId, hash, typedMessages }) => {
      const job = plans.get(planId);
      if (typedMessages === null) requireNoNumber(job.summary);
      const handle = await job.start({ hash, typedMessages });
      // It runs once: the plan belongs to its run from here on.
      plans.take(planId);
      runs.follow(handle);
      return { runId: handle.runId };
    },
    'run.pause': ({ runId, paused }) => {
      runs.pause(runId, paused);
      return Promise.resolve({});
    },
    'run.stop': ({ runId }) => {
      runs.stop(runId);
      return Promise.resolve({});
    },
    'run.resume': async ({ runId }) => {
      const handle = await engine.resume(runId, servers.connect(servers.ofRun(await engine.whereOf(runId))));
      runs.follow(handle);
      return { runId: handle.runId };
    },
    'run.snapshot': ({ runId }) => Promise.resolve(runs.snapshot(runId)),
    'run.active': () => Promise.resolve([...runs.active()]),
  };
}

/** A page that forgets to ask for the number may not tell everybody. */
function requireNoNumber({ verdict, notified }: PlanSummary): void {
  if (verdict.effective !== 'all' || verdict.assurance === 'noScheduling' || notified.all.messages === 0) return;
  throw new HushError({
    code: 'CONSENT_NUMBER',
    message: `Everybody would be told: type ${String(notified.all.messages)}, the number of messages, to go on.`,
    reaction: 'fix-input',
  });
}
