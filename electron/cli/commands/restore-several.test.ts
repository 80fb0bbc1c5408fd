import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calendar, event, GUESTS, openWorld, type World } from '../../engine/jobs/testing/world.ts';
import { sayIn, toCalendar, type Said } from '../testing/said.ts';

let world: World;
let backup: string;

async function plain(method: string, path: string, body?: string): Promise<Response> {
  const { password } = world.server.info.admin;
  const authorization = `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'text/calendar', scheduling: 'none' };
  return fetch(new URL(path, world.calendarUrl), { method, headers, ...(body === undefined ? {} : { body }) });
}

/** What a calendar beside the first one holds. */
const titlesIn = (slug: string): readonly string[] => {
  const alice = world.server.state().users.find(({ user }) => user === 'alice');
  return (alice?.calendars ?? []).filter(({ url }) => url.includes(`/${slug}/`)).map(({ objects }) => String(objects));
};

const login = (): readonly string[] => ['--user', 'alice', '--password-env', 'PASSWORD', '--runs', world.runsDir];
const restore = (...argv: readonly string[]): Promise<Said> =>
  sayIn(world, [
    'restore',
    backup,
    '--to-original',
    '--server',
    world.server.info.base_url,
    ...login(),
    '--scheduling',
    'none',
    ...argv,
  ]);

/** A backup of "Calendar", with one event, and of "choir", with two; then everything in them is deleted. */
beforeEach(async () => {
  world = await openWorld();
  await world.put('work.ics', calendar([['UID:work', 'SUMMARY:Work', ...GUESTS]]));
  await plain('MKCALENDAR', '../choir/');
  for (const uid of ['song', 'hymn']) await plain('PUT', `../choir/${uid}.ics`, event(uid, [`SUMMARY:${uid}`]));
  backup = join(world.dir, 'all.zip');
  const made = await sayIn(world, [
    'backup',
    '--all',
    '--server',
    world.server.info.base_url,
    '--user',
    'alice',
    '--password-env',
    'PASSWORD',
    '--out',
    backup,
  ]);
  expect(made.code).toBe(0);
  await plain('DELETE', 'work.ics');
  for (const uid of ['song', 'hymn']) await plain('DELETE', `../choir/${uid}.ics`);
  world.server.clearMessages();
});
afterEach(() => world.close());

describe('restore --to-original', () => {
  it('brings every calendar back to where it was, with one consent and one report', async () => {
    const shown = await restore('--dry-run');
    expect(shown.code).toBe(0);
    expect(shown.err).toMatch(/"choir" \(2 events\) → "choir" .*: where it was/);
    expect(shown.out).toContain('restore: 2 calendars');
    const [hash = ''] = /^Plan {8}(\w+)$/m.exec(shown.out)?.slice(1) ?? [];
    const { code, out } = await restore(`--yes=${hash}`);
    expect(code).toBe(0);
    expect(out).toContain('Read back and as it should be: 3 of 3.');
    expect([(await world.objects()).size, titlesIn('choir')]).toEqual([1, ['2']]);
    expect(world.server.messages()).toEqual([]);
    const [run = ''] = /^Run (\S+)$/m.exec(out)?.slice(1) ?? [];
    const undone = await sayIn(world, [
      'undo',
      run,
      '--password-env',
      'PASSWORD',
      '--runs',
      world.runsDir,
      '--scheduling',
      'none',
      '--yes',
    ]);
    expect([undone.code, (await world.objects()).size, titlesIn('choir')]).toEqual([0, 0, ['0']]);
    expect(world.server.messages()).toEqual([]);
  });

  it('leaves a calendar alone that is empty in the backup, and says so', async () => {
    await plain('MKCALENDAR', '../empty/');
    for (const uid of ['song', 'hymn']) await plain('PUT', `../choir/${uid}.ics`, event(uid, [`SUMMARY:${uid}`]));
    backup = join(world.dir, 'again.zip');
    const server = ['--server', world.server.info.base_url, '--user', 'alice', '--password-env', 'PASSWORD'];
    expect((await sayIn(world, ['backup', '--all', ...server, '--out', backup])).code).toBe(0);
    await plain('DELETE', '../choir/song.ics');
    const { code, err } = await restore('--yes');
    expect([code, titlesIn('choir'), titlesIn('empty')]).toEqual([0, ['2'], ['0']]);
    expect(err).toContain('"empty" is empty in the backup: nothing of it is restored.');
  });

  it('wants to hear the number of messages of all calendars together', async () => {
    const loud = await restore('--scheduling', 'all', '--yes');
    expect(loud.code).toBe(2);
    expect(loud.err).toMatch(/sends 2 messages/);
    expect([(await world.objects()).size, world.server.messages()]).toEqual([0, []]);
  });

  it('leaves out what is named', async () => {
    const { code, out } = await restore('--leave-out', 'choir', '--yes');
    expect([code, titlesIn('choir')]).toEqual([0, ['0']]);
    expect(out).toContain('Read back and as it should be: 1 of 1.');
  });

  it('makes a calendar that is not there any more only where that is wanted', async () => {
    expect((await plain('DELETE', '../choir/')).status).toBe(204);
    const without = await restore('--yes');
    expect(without.err).toMatch(/there is none of this address or name/);
    expect([without.code, titlesIn('choir')]).toEqual([1, []]);
    const { code } = await restore('--make-calendar', '--yes');
    expect([code, titlesIn('choir')]).toEqual([0, ['2']]);
  });

  it.each([
    [['--leave-out', 'Garden'], /is called "Garden"; it holds "Calendar", "choir"/],
    [['--rehearse'], /one calendar/],
    [['--calendar', 'https://cal.test/a/'], /one calendar/],
  ])('%j is a usage error', async (argv, sentence) => {
    const { code, out, err } = await restore(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
  });

  it('of one calendar, the options of several are a usage error', async () => {
    const { code, err } = await sayIn(world, [
      'restore',
      backup,
      ...toCalendar(world),
      '--scheduling',
      'none',
      '--leave-out',
      'a',
    ]);
    expect([code, err.includes('goes with --to-original')]).toEqual([2, true]);
  });
});
