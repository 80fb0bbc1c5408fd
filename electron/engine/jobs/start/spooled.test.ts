import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { consentTo } from '../testing/consent.ts';
import { event, follow, GUESTS, openWorld, type World } from '../testing/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const spooled = (): Promise<readonly string[]> => readdir(join(world.dir, 'temp')).catch(() => []);

it('texts that were unpacked for a plan are gone before its run has sent anything', async () => {
  const source = await world.source('packed.ics.gz', gzipSync(event('a', GUESTS)));
  const job = await world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection);
  expect(await spooled()).toHaveLength(1);
  world.server.setDelay(200);
  const handle = await job.start(consentTo(job));
  expect([await spooled(), (await world.objects()).size]).toEqual([[], 0]);
  expect((await follow(handle)).settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
});

it('and gone when a plan is put away', async () => {
  const source = await world.source('packed.ics.gz', gzipSync(event('a', GUESTS)));
  const job = await world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection);
  await job.discard();
  expect(await spooled()).toEqual([]);
});
