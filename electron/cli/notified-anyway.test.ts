import { afterEach, beforeEach, expect, it } from 'vitest';
import { calendar, GUESTS, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { sayIn, toCalendar } from './testing/said.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld({ personality: 'advertises-but-ignores' });
});
afterEach(() => world.close());

it('a server that tells people anyway ends the run with 3, and no resume is promised', async () => {
  const source = await world.source(
    'two.ics',
    calendar([
      ['UID:a', ...GUESTS],
      ['UID:b', ...GUESTS],
    ]),
  );
  const said = await sayIn(world, ['restore', source, ...toCalendar(world), '--scheduling', 'none', '--yes']);
  expect(said.code).toBe(3);
  expect(said.err).toContain('the server notified people although it was asked not to');
  expect(said.out + said.err).not.toMatch(/can be resumed|hushcal resume/);
  expect(said.err).toContain('hushcal undo');
});
