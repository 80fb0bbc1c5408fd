import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorld, type World } from '../testing/world.ts';
import type { OpenTarget } from './target.ts';
import { withTarget } from './with-target.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

function opening(closed: string[]) {
  const other = {
    close: () => {
      closed.push('other');
      return Promise.resolve();
    },
  };
  const { connection, runsDir } = world;
  return { spec: world.spec(), connection, ports: { now: () => new Date(), runsDir }, others: [other] };
}

it('leaves the calendar open to the result of the work', async () => {
  const closed: string[] = [];
  const target = await withTarget(opening(closed), (open) => Promise.resolve(open));
  expect((await target.store.list()).objects).toEqual([]);
  expect(closed).toEqual([]);
  await target.close();
});

it('closes the calendar, and what belongs to it, when the work fails', async () => {
  const closed: string[] = [];
  const seen: OpenTarget[] = [];
  const failing = withTarget(opening(closed), (open) => {
    seen.push(open);
    return Promise.reject(new Error('no plan'));
  });
  await expect(failing).rejects.toThrow('no plan');
  expect(closed).toEqual(['other']);
  await expect(seen[0]?.store.list()).rejects.toThrow();
});
