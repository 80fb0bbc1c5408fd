import { afterEach, describe, expect, it } from 'vitest';
import { calendar, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { sayIn, toCalendar, type Said } from './testing/said.ts';

/* A server that counts failed logins, as Nextcloud does: a wrong password must not lock everybody out. */

let world: World;
afterEach(async () => {
  await world.close();
});

async function restore(password?: string): Promise<Said> {
  const source = await world.source('one.ics', calendar([['UID:one', 'SUMMARY:Lunch']]));
  const env = password === undefined ? {} : { PASSWORD: password };
  return sayIn(world, ['restore', source, ...toCalendar(world), '--scheduling', 'none', '--yes'], { env });
}

describe('wrong passwords', () => {
  it('typed four times lock nobody out: one start is one failed login', async () => {
    world = await openWorld({ personality: 'nextcloud-33-like' });
    for (let time = 0; time < 4; time += 1) expect((await restore('wrong')).code).toBe(2);
    expect((await restore()).code).toBe(0);
  });

  it('typed too often: the lock is named, and that the password may be right', async () => {
    world = await openWorld({ personality: 'nextcloud-33-like' });
    for (let time = 0; time < 12; time += 1) await restore('wrong');
    const locked = await restore();
    expect([locked.code, locked.err]).toEqual([2, expect.stringContaining('locked')]);
    expect((await world.objects()).size).toBe(0);
  });
});
