import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
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

function spooled(): readonly string[] {
  const folder = join(world.dir, 'temp');
  return existsSync(folder) ? readdirSync(folder) : [];
}

it('texts that were unpacked for a plan are gone before its run has sent anything', async () => {
  const source = await world.source('packed.ics.gz', gzipSync(event('a', GUESTS)));
  const job = await world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection);
  expect(spooled()).toHaveLength(1);
  const atChanges: (readonly string[])[] = [];
  world.server.onChange(() => atChanges.push(spooled()));
  const handle = await job.start(consentTo(job));
  expect((await follow(handle)).settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
  expect(atChanges.length).toBeGreaterThan(0);
  expect(atChanges.flat()).toEqual([]);
});

it('nothing is sent where they cannot be removed', async () => {
  const source = await world.source('packed.ics.gz', gzipSync(event('a', GUESTS)));
  const job = await world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection);
  const [name = ''] = spooled();
  // What is open is still read; what stands there now is no file that can be removed.
  await rename(join(world.dir, 'temp', name), join(world.dir, 'moved.ics'));
  await mkdir(join(world.dir, 'temp', name));
  await expect(job.start(consentTo(job))).rejects.toThrow(name);
  expect(await world.objects()).toEqual(new Map());
  expect(await world.engine.runs()).toEqual([]);
});

it('a plan that is put away while it is being started runs to its end', async () => {
  const source = await world.source('packed.ics.gz', gzipSync(event('a', GUESTS)));
  const job = await world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection);
  const starting = job.start(consentTo(job));
  await job.discard();
  expect((await follow(await starting)).settled).toMatchObject({ status: 'complete', totals: { created: 1 } });
  expect(spooled()).toEqual([]);
});

it('and gone when a plan is put away', async () => {
  const source = await world.source('packed.ics.gz', gzipSync(event('a', GUESTS)));
  const job = await world.engine.prepareRestore(world.spec({ sources: [source] }), world.connection);
  await job.discard();
  expect(spooled()).toEqual([]);
});
