import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findResult, foundEvent, versionChange } from '../../../shared/model/found/find.ts';
import { calendar, openWorld, type World } from '../../engine/jobs/testing/world.ts';
import { shellWords } from '../output/shell-words.ts';
import { readLine, sayIn, toCalendar, type Said } from '../testing/said.ts';

const UID = "anna's *budget* 7";
const LUNCH = ['UID:lunch', 'SUMMARY:Lunch'];

/** What `--json` prints: an interface, so it is parsed strictly. */
const printed = findResult.extend({
  kind: z.literal('found'),
  events: z.array(
    foundEvent.extend({
      versions: z.array(
        z.strictObject({
          range: z.int(),
          changes: z.array(versionChange).nullable(),
          restore: z.array(z.string()),
        }),
      ),
    }),
  ),
});

let world: World;
const find = (...argv: readonly string[]): Promise<Said> => sayIn(world, ['find', ...argv]);

beforeAll(async () => {
  world = await openWorld();
  await mkdir(join(world.dir, 'nightly runs'));
  const nights = [[LUNCH, [`UID:${UID}`, 'SUMMARY:Budget']], [LUNCH, [`UID:${UID}`, 'SUMMARY:Budget review']], [LUNCH]];
  for (const [at, events] of nights.entries())
    await writeFile(join(world.dir, 'nightly runs', `anna-2026-11-1${String(at)}.ics`), calendar(events));
});
afterAll(() => world.close());
beforeEach(() => {
  world.server.reset();
  world.server.clearMessages();
});

describe('find', () => {
  it('says where an event was lost, and each of its versions', async () => {
    const { code, out } = await find('nightly runs', '--text', 'BUDGET');
    expect(code).toBe(0);
    expect(out).toContain('3 backups, 2026-11-10 to 2026-11-12');
    expect(out).toMatch(/Not in the newest backup: deleted between anna-2026-11-11\.ics and anna-2026-11-12\.ics$/m);
    expect(out).toMatch(
      /Version 2 of 2, in anna-2026-11-11\.ics\n[^]*Differs from version 1:\n {6}Title: "Budget" → "Budget review"/,
    );
    expect(out).toMatch(/anna-2026-11-11\.ics, line 11/);
    expect(out).not.toContain('Lunch');
  });

  it('gives the command that brings a version back, for the shell', async () => {
    const { out } = await find('nightly runs', '--match', 'title=budget');
    const [command = ''] = out.split('\n').filter((line) => line.includes('hushcal restore') && line.includes('11-10'));
    const typed = command.trim().replace(/^hushcal (.*) \\$/, '$1');
    const words = execFileSync('sh', ['-c', `printf '%s\\0' ${typed}`], { encoding: 'utf8' })
      .split('\0')
      .slice(0, -1);
    const restored = await sayIn(world, [...words, ...toCalendar(world), '--scheduling', 'none', '--yes']);
    expect(restored.code).toBe(0);
    const texts = [...(await world.objects()).values()];
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('SUMMARY:Budget\r\n');
    expect(world.server.messages()).toEqual([]);
  });

  it('prints one JSON object', async () => {
    const { code, out } = await find('nightly runs', '--text', 'budget', '--json');
    expect(code).toBe(0);
    const found = printed.parse(readLine(out));
    expect(found.events.map(({ uid, state, versions }) => [uid, state, versions.length])).toEqual([[UID, 'lost', 2]]);
    expect(found.events[0]?.versions[0]?.restore.slice(0, 2)).toEqual(['hushcal', 'restore']);
  });

  it('exits 1 when nothing fits, and when a backup could not be read, which is named', async () => {
    const nothing = await find('nightly runs', '--text', 'dentist');
    expect([nothing.code, nothing.out.includes('nothing that fits')]).toEqual([1, true]);
    const missing = await find('nightly runs', 'gone.ics', '--text', 'budget');
    expect(missing.code).toBe(1);
    expect(missing.out).toMatch(/Not read {4}.*gone\.ics: /);
    expect(missing.out).toContain('deleted between');
  });

  it.each([
    [[], /Name the backups/],
    [['-', '--text', 'x'], /not standard input/],
    [['nightly runs'], /Say what to look for/],
    [['nightly runs', '--match', 'titel=x'], /the fields are/],
    [['nightly runs', '--only', 'title=x'], /--only/],
  ])('%j is a usage error', async (argv, sentence) => {
    const { code, out, err } = await find(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
  });
});

it.each([['plain-1@x.test'], ["it's"], ['a b*$(touch x)`y`'], ['"q"\\'], ['~home'], ['']])(
  'a shell reads %j as one word',
  (word) => {
    const got = execFileSync('sh', ['-c', `printf '%s\\0' ${shellWords(['a', word])}`], { encoding: 'utf8' });
    expect(got).toBe(`a\0${word}\0`);
  },
);
