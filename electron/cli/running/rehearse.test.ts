import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { rehearsal } from '../../../shared/model/rehearsal.ts';
import { calendar, GUESTS, openWorld, type World } from '../../engine/jobs/testing/world.ts';
import { sayIn, type Said } from '../testing/said.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

async function rehearse(mode: string, ...more: readonly string[]): Promise<Said> {
  const source = await world.source(
    'two.ics',
    calendar([
      ['UID:a', ...GUESTS],
      ['UID:b', 'SUMMARY:Lunch'],
    ]),
  );
  const to = ['--calendar', world.calendarUrl, '--user', 'alice', '--password-env', 'PASSWORD'];
  return sayIn(world, ['restore', source, ...to, '--scheduling', mode, '--rehearse', '--runs', world.runsDir, ...more]);
}

const line = rehearsal.extend({ kind: z.literal('rehearsal') });

describe('--rehearse', () => {
  it('runs the plan on a copy and lists what would have gone out; the calendar stays empty', async () => {
    const said = await rehearse('all');
    expect(said.code).toBe(0);
    expect(said.out).toContain('2 created');
    expect(said.out).toContain('2 would go out');
    expect(said.out).toContain('mail to ext@other.test: Planning');
    expect(said.out).toContain('bob@example.com (1)');
    expect(said.err).toContain('nothing was written to the real calendar');
    expect((await world.objects()).size).toBe(0);
    expect(world.server.messages()).toEqual([]);
  });

  it('as JSON ends with one line that holds the messages', async () => {
    const said = await rehearse('none', '--json');
    expect(said.code).toBe(0);
    expect(line.parse(said.lines.at(-1))).toMatchObject({ status: 'complete', verified: 2, messages: [] });
  });
});
