import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PreparedJob } from '../../engine/types.ts';
import { event, openWorld, type World } from '../../engine/jobs/testing/world.ts';
import { ActiveRuns } from '../runs/active-runs.ts';
import { HandleStore } from '../runs/handle-store.ts';
import { runHandlers } from './run.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

test('a plan that the window lets go while it is being started has a run that can be watched and stopped', async () => {
  const source = await world.source('a.ics', event('a'));
  const job = await world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection);
  const plans = new HandleStore<PreparedJob>(1, 'gone', (plan) => void plan.discard());
  const ended: string[] = [];
  const runs = new ActiveRuns(() => undefined, {
    progressed: () => undefined,
    ended: ({ status }) => ended.push(String(status)),
  });
  const servers = { connectRun: () => world.connection };
  const planId = plans.add(job);
  const { hash } = job.summary;
  const starting = runHandlers(world, servers, plans, runs)['run.start']({ planId, hash, typedMessages: null });
  plans.discard(planId);
  const { runId } = await starting;
  expect(runs.active()).toEqual([runId]);
  await runs.stopAll();
  expect(ended).toHaveLength(1);
});
