import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { event, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { sayIn, toCalendar, type Said } from './testing/said.ts';

/* `resume --unfinished`: for a script that is started anew and does not know what it was at. */

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** A restore that its server stops before anything is written. */
async function stopped(name: string): Promise<void> {
  await world.source(`${name}.ics`, event(name));
  world.server.setFaults([{ method: 'PUT', status: 507, count: 0 }]);
  const said = await sayIn(world, ['restore', `${name}.ics`, ...toCalendar(world), '--scheduling', 'none', '--yes']);
  world.server.setFaults([]);
  expect(said.code).toBe(3);
}

/** The UIDs in the calendar. */
async function stored(): Promise<readonly string[]> {
  return [...(await world.objects()).values()].map((text) => /^UID:(.*?)\r?$/m.exec(text)?.[1] ?? '').sort();
}

/** What the event with the UID `a` is stored as. */
const NAME_OF_A = 'ca978112ca1bbdcafac231b39a23dc4da786eff8';

const resume = (...more: readonly string[]): Promise<Said> =>
  sayIn(world, ['resume', '--unfinished', '--password-env', 'PASSWORD', '--runs', world.runsDir, ...more]);

it('resumes all that did not come to its end, oldest first; a second time nothing is left', async () => {
  await stopped('a');
  await stopped('b');
  const said = await resume('--yes');
  const ids = (await readdir(world.runsDir)).filter((name) => /^\d{8}T/.test(name)).sort();
  expect([said.code, [...said.err.matchAll(/^Resuming (.*)\.$/gm)].map(([, id]) => id)]).toEqual([0, ids]);
  expect(await stored()).toEqual(['a', 'b']);
  const again = await resume('--yes');
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('Nothing here is unfinished.')]);
});

it('one that is refused keeps no other back, and counts', async () => {
  await stopped('a');
  await stopped('b');
  world.server.setFaults([{ method: 'PUT', path: `${NAME_OF_A}\\.ics$`, status: 507, count: 0 }]);
  const said = await resume('--yes');
  world.server.setFaults([]);
  expect(said.code).toBe(3);
  expect(await stored()).toEqual(['b']);
  expect((await resume('--yes')).code).toBe(0);
});

it('without consent, or with one that names another plan, nothing is written', async () => {
  await stopped('a');
  expect((await resume()).code).toBe(2);
  await stopped('b');
  for (const consent of ['--yes=0123456789ab', '--messages=0']) {
    const said = await resume(consent);
    expect([said.code, said.err]).toEqual([2, expect.stringContaining('agrees to one of them')]);
  }
  expect((await resume('--yes', 'a-name')).err).toContain('--unfinished takes no name');
  expect((await world.objects()).size).toBe(0);
});

it('a damaged run is named and makes it trouble, beside what is resumed', async () => {
  await stopped('a');
  const broken = join(world.runsDir, '20200101T000000000-00000000');
  await mkdir(broken);
  await writeFile(join(broken, 'run.json'), '{');
  const said = await resume('--yes');
  expect([said.code, said.err]).toEqual([1, expect.stringContaining('20200101T000000000-00000000')]);
  expect((await world.objects()).size).toBe(1);
  await rm(broken, { recursive: true });
  expect((await resume('--yes')).code).toBe(2);
});
