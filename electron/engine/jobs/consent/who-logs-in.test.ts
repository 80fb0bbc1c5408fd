import { afterEach, expect, it } from 'vitest';
import type { RunSpec } from '../../../../shared/model/job.ts';
import { calendar, openWorld, runAll, type World } from '../testing/world.ts';

let world: World;
afterEach(() => world.close());

it('the same plan by another way to log in has another hash, and by the same way the same one', async () => {
  world = await openWorld();
  const sources = [await world.source('a.ics', calendar([['UID:a']]))];
  const hashOf = async (behalf?: RunSpec['behalf']): Promise<string> => {
    const spec = world.spec({ sources, ...(behalf === undefined ? {} : { behalf }) });
    const job = await world.engine.prepareRestore(spec, world.connection);
    await job.discard();
    return job.summary.hash;
  };
  const ways = [
    undefined,
    { user: 'alice', way: 'direct' },
    { user: 'alice', way: 'authorize-as' },
    { user: 'alice', way: 'template' },
    { user: 'alice', way: 'template', template: '{admin}+{user}' },
    { user: 'bob', way: 'direct' },
  ] as const;
  const hashes: string[] = [];
  for (const way of ways) hashes.push(await hashOf(way));
  expect(new Set(hashes).size).toBe(ways.length);
  expect(await hashOf()).toBe(hashes[0]);
  expect(await hashOf(ways[1])).toBe(hashes[1]);
});

it('so does the undo of a run', async () => {
  world = await openWorld();
  const run = await world.restore({ sources: [await world.source('a.ics', calendar([['UID:a']]))] });
  const hashOf = async (): Promise<string> => {
    const job = await world.engine.prepareUndo(run.runId, world.connection);
    await job.discard();
    return job.summary.hash;
  };
  const own = await hashOf();
  expect(await hashOf()).toBe(own);
  const password = (): Promise<string> => Promise.resolve(world.server.info.admin.password);
  const admin = { ...world.connection, user: 'admin', password, authorizeAs: 'alice' };
  const job = await world.engine.prepareUndo(run.runId, admin);
  expect(job.summary.hash).not.toBe(own);
  await expect(job.start({ hash: own, typedMessages: null })).rejects.toMatchObject({
    failure: { code: 'PLAN_CHANGED' },
  });
  await job.discard();
  expect((await runAll(await world.engine.prepareUndo(run.runId, world.connection))).settled.status).toBe('complete');
});
