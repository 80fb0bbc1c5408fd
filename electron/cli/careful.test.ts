import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { calendar, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { sayIn, toCalendar, type Said } from './testing/said.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.server.reset();
});

const events = (name: string, ...lines: string[]): string =>
  calendar(Array.from({ length: 24 }, (_, at) => [`UID:${name}${String(at)}`, ...lines]));

async function restore(name: string, text: string, more: readonly string[]): Promise<Said> {
  const source = await world.source(name, text);
  return sayIn(world, ['restore', source, ...toCalendar(world), '--scheduling', 'none', ...more]);
}

describe('a plan that asks for care', () => {
  const again = ['SEQUENCE:5', 'SUMMARY:changed'];
  it.each([
    ['another calendar', 'other', [], [], 'share no events'],
    ['a mass overwrite', 'one', again, ['--on-conflict', 'replace'], '24 of the 24 events'],
  ])('says so before anything is written: %s', async (_what, name, lines, options, words) => {
    expect((await restore('one.ics', events('one'), ['--yes'])).code).toBe(0);
    const stored = [...(await world.objects()).values()].sort();
    const shown = await restore('two.ics', events(name, ...lines), options);
    expect([shown.code, shown.out]).toEqual([2, expect.stringContaining(words)]);
    expect([...(await world.objects()).values()].sort()).toEqual(stored);
  });

  it('copies of what is there are no sign of another calendar', async () => {
    await restore('one.ics', events('one'), ['--yes']);
    const copies = await restore('two.ics', events('one', 'SUMMARY:changed'), ['--on-conflict', 'copy', '--yes']);
    expect([copies.code, copies.out]).toEqual([0, expect.not.stringContaining('share no events')]);
  });
});
