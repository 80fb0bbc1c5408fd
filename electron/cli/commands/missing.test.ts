import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { missingResult } from '../../../shared/model/found/missing.ts';
import { calendar, event, openWorld, type World } from '../../engine/jobs/testing/world.ts';
import { readLine, sayIn, toCalendar, type Said } from '../testing/said.ts';

/** What `--json` prints: an interface, so it is parsed strictly. */
const printed = missingResult.extend({ kind: z.literal('missing'), restore: z.array(z.string()).nullable() });

const titles = ['Budget', 'Choir', "Anna's lunch", 'Planning'];
const one = (title: string): readonly string[] => [`UID:${title}`, `SUMMARY:${title}`];

let world: World;
/** Three nights: the choir is lost on the second, the lunch on the third; the planning today. */
beforeEach(async () => {
  world = await openWorld();
  await mkdir(join(world.dir, 'nightly'));
  const nights = [titles, titles.filter((title) => title !== 'Choir'), ['Budget', 'Planning']];
  for (const [at, events] of nights.entries())
    await writeFile(join(world.dir, 'nightly', `anna-2026-11-1${String(at)}.ics`), calendar(events.map(one)));
  await world.put('budget.ics', calendar([one('Budget')]));
  world.server.clearMessages();
});
afterEach(() => world.close());

const missing = (...argv: readonly string[]): Promise<Said> => sayIn(world, ['missing', ...argv, ...toCalendar(world)]);

describe('missing', () => {
  it('lists by day what is gone, and since which backup', async () => {
    const { code, out } = await missing('nightly');
    expect(code).toBe(1);
    expect(out).toContain('Compared    3 backups, 2026-11-10 to 2026-11-12\n');
    expect(out).toContain('Missing     3 gone; 1 as in the newest backup\n');
    expect(out).toMatch(
      /Thursday,? 12 November 2026\n {2}gone {5}Anna's lunch · 2037-01-05 09:00:00Z\n {4}there in anna-2026-11-11\.ics, no more in anna-2026-11-12\.ics\n/,
    );
    expect(out).toMatch(/Wednesday,? 11 November 2026\n {2}gone {5}Choir/);
    expect(out).toMatch(/--save missing\.ics$/m);
  });

  it('saves what is gone, and gives the command that restores it, for the shell', async () => {
    const { code, out } = await missing('nightly', '--save', 'what is gone.ics', '--since', '2026-11-12');
    expect(code).toBe(1);
    const [typed = ''] = /hushcal (restore .*) \\$/m.exec(out)?.slice(1) ?? [];
    const words = execFileSync('sh', ['-c', `printf '%s\\0' ${typed}`], { encoding: 'utf8' })
      .split('\0')
      .slice(0, -1);
    const rest = ['--password-env', 'PASSWORD', '--runs', world.runsDir, '--scheduling', 'none', '--yes'];
    expect((await sayIn(world, [...words, ...rest])).code).toBe(0);
    expect(world.server.messages()).toEqual([]);
    expect([...(await world.objects()).values()].join('')).not.toContain('Choir');
    const after = await missing('nightly', '--since', '2026-11-12');
    expect([after.code, after.out.includes('Missing     nothing; 2 as in')]).toEqual([0, true]);
    const again = await missing('nightly', '--save', 'what is gone.ics');
    expect([again.code, again.out]).toEqual([2, '']);
    expect(again.err).toMatch(/is there already/);
  });

  it('prints one JSON object', async () => {
    const { out } = await missing('nightly', '--json');
    const found = printed.parse(readLine(out));
    expect(found.entries.map(({ title, before, after }) => [title, before, after]).slice(1)).toEqual([
      ["Anna's lunch", 1, 0],
      ['Choir', 2, 1],
    ]);
    expect(found.restore).toBeNull();
  });

  it('exits 0 where nothing is gone, also where something was changed', async () => {
    for (const title of titles.slice(1)) await world.put(`${title.length}.ics`, calendar([one(title)]));
    await world.put('budget.ics', event('Budget', ['SUMMARY:Budget 2']));
    const { code, out } = await missing('nightly');
    expect([code, out.includes('Missing     1 changed; 1 as in')]).toEqual([0, true]);
  });

  it.each(['list:truncated', 'list:members-left-out'])(
    'exits 3 where not all of the calendar is seen (%s)',
    async (text) => {
      const [request = '', bend = ''] = text.split(':');
      world.server.setFaults([{ request: request === 'list' ? 'list' : 'query', bend, count: 0 }]);
      const { code } = await missing('nightly');
      expect(code).toBe(3);
    },
  );

  it('exits 3 where a backup is not whole, which is named', async () => {
    const { code, out } = await missing('nightly', 'gone.ics');
    expect(code).toBe(3);
    expect(out).toMatch(/Not read {4}.*gone\.ics: /);
    expect(out).toContain('3 gone');
  });

  it.each([
    [[], /Name the backups/],
    [['-'], /not standard input/],
    [['nightly', '--since', 'monday'], /a day like/],
  ])('%j is a usage error', async (argv, sentence) => {
    const { code, out, err } = await missing(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
  });

  it('exits 2 where the login is refused', async () => {
    const { code } = await sayIn(world, ['missing', 'nightly', ...toCalendar(world)], { env: { PASSWORD: 'wrong' } });
    expect(code).toBe(2);
  });
});
