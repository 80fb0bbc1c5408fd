import type { PreparedJob } from '../../engine/types.ts';
import type { ActiveRuns } from '../runs/active-runs.ts';
import type { Ports } from '../ports.ts';
import type { Servers } from '../servers/servers.ts';
import type { HandleStore } from '../runs/handle-store.ts';
import type { HandlersOf } from '../types.ts';

export function runHandlers(
  { engine }: Pick<Ports, 'engine'>,
  servers: Pick<Servers, 'connectRun'>,
  plans: HandleStore<PreparedJob>,
  runs: ActiveRuns,
): HandlersOf<'run'> {
  return {
    'run.start': async ({ planId, hash, typedMessages, jobNote }) => {
      const job = plans.get(planId);
      const handle = await job.start({ hash, typedMessages, jobNote });
      runs.follow(handle);
      // It runs once: the plan belongs to its run from here on. The window may have let go of it meanwhile.
      plans.release(planId);
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
    'run.messages_left': async ({ runId }) => ({ messages: await engine.messagesLeft(runId) }),
    'run.resume': async ({ runId, typedMessages }) => {
      const connection = servers.connectRun(await engine.whereOf(runId));
      const handle = await engine.resume(runId, connection, typedMessages);
      runs.follow(handle);
      return { runId: handle.runId };
    },
    'run.snapshot': ({ runId }) => Promise.resolve(runs.snapshot(runId)),
    'run.active': () => Promise.resolve([...runs.active()]),
  };
}
