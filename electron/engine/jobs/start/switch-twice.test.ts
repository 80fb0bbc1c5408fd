import { afterEach, expect, it } from 'vitest';
import { openSwitch } from '../../caldav/objects/collection-switch.ts';
import { lockCalendar } from './announce-lock.ts';
import { calendar, GUESTS, openWorld, runAll, type World } from '../testing/world.ts';

let world: World;
afterEach(() => world.close());

const MEETING = calendar([['UID:a', ...GUESTS]]);
const OTHER = calendar([['UID:b', ...GUESTS]]);
const quietly = { workaround: 'collection-switch' } as const;

async function switched(): Promise<string | null> {
  const one = openSwitch(world.calendarUrl, world.connection);
  try {
    return await one.read();
  } finally {
    await one.close();
  }
}

it('does not begin where an earlier run left the switch off, so that what was there before is not forgotten', async () => {
  const faults = [{ method: 'PROPPATCH', status: 403, after: 1, count: 0 }];
  world = await openWorld({ personality: 'cyrus-like', faults });
  const first = await world.restore({ ...quietly, sources: [await world.source('a.ics', MEETING)] });
  expect([first.settled.status, await switched()]).toEqual(['stopped', 'F']);
  world.server.setFaults([]);
  const second = world.restore({ ...quietly, sources: [await world.source('b.ics', OTHER)] });
  await expect(second).rejects.toMatchObject({
    failure: {
      code: 'SWITCH_TAKEN',
      message: expect.stringMatching(/^The run of .*\d{1,2}:\d\d.* left the scheduling/) as string,
    },
  });
  expect((await world.objects()).size).toBe(1);
  await world.resume(first.runId);
  expect(await switched()).toBeNull();
  const third = await world.restore({ ...quietly, sources: [await world.source('b.ics', OTHER)] });
  expect([third.settled.status, await switched()]).toEqual(['complete', null]);
});

it('does not begin beside another run that has the switch', async () => {
  world = await openWorld({ personality: 'cyrus-like' });
  const spec = world.spec({ ...quietly, sources: [await world.source('a.ics', MEETING)] });
  const other = lockCalendar(world.runsDir, 'switching', world.calendarUrl);
  const job = await world.engine.prepareRestore(spec, world.connection);
  await expect(runAll(job)).rejects.toMatchObject({ failure: { code: 'SWITCH_TAKEN' } });
  expect(await world.engine.runs()).toEqual([]);
  other.release();
  expect((await runAll(job)).settled.status).toBe('complete');
  expect((await runAll(await world.engine.prepareRestore(spec, world.connection))).settled.status).toBe('complete');
});
