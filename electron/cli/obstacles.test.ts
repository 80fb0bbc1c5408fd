import { afterEach, describe, expect, it } from 'vitest';
import { calendar, event, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { sayIn, toCalendar, type Said } from './testing/said.ts';

/* What stands in another calendar or in the trash bin, as the command line says it. */

let world: World;
afterEach(async () => {
  await world.close();
});

async function plain(method: string, path: string, body?: string): Promise<number> {
  const password = world.server.info.users.find(({ user }) => user === 'alice')?.password ?? '';
  const authorization = `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'text/calendar' };
  const init = body === undefined ? { method, headers } : { method, headers, body };
  return (await fetch(new URL(path, world.calendarUrl), init)).status;
}

const two = calendar([
  ['UID:there', 'SUMMARY:Budget'],
  ['UID:new', 'SUMMARY:Lunch'],
]);

async function restore(mode: string, ...more: readonly string[]): Promise<Said> {
  const source = await world.source('two.ics', two);
  return sayIn(world, ['restore', source, ...toCalendar(world), '--scheduling', mode, ...more]);
}

const outcomes = ({ lines }: Said): unknown =>
  lines.filter((line) => isItem(line)).map(({ uid, outcome }) => [uid, outcome]);

function isItem(line: unknown): line is { readonly uid: string; readonly outcome: string; readonly reason: string } {
  return typeof line === 'object' && line !== null && 'kind' in line && line.kind === 'item';
}

describe('an event in another calendar of the user', () => {
  it('is a conflict in the plan, which names that calendar, before anything is written', async () => {
    world = await openWorld({ personality: 'cyrus-like' });
    await plain('MKCALENDAR', '../work/');
    await plain('PUT', '../work/x.ics', event('there'));
    const dry = await restore('none', '--dry-run');
    expect(dry.code).toBe(0);
    expect(dry.out).toContain('1 to create + 1 in conflict = 2');
    expect(dry.out.replace(/\s+/g, ' ')).toContain('It is in "work".');
    expect((await world.objects()).size).toBe(0);
    const run = await restore('none', '--yes', '--json');
    expect([run.code, outcomes(run)]).toEqual([
      1,
      [
        ['there', 'conflict'],
        ['new', 'created'],
      ],
    ]);
  });

  it('is settled with --resolve', async () => {
    world = await openWorld({ personality: 'cyrus-like' });
    await plain('MKCALENDAR', '../work/');
    await plain('PUT', '../work/x.ics', event('there'));
    const backup = await restore('none', '--resolve', 'backup:there', '--dry-run');
    expect(backup.code).toBe(2);
    const kept = await restore('none', '--resolve', 'server:there', '--yes', '--json');
    expect([kept.code, (await world.objects()).size]).toEqual([0, 1]);
    const copied = await restore('none', '--resolve', 'copy:there', '--yes');
    expect([copied.code, (await world.objects()).size]).toEqual([0, 2]);
  });
});

describe('an event in the trash bin', () => {
  async function open(personality: string): Promise<void> {
    world = await openWorld({ personality });
    await plain('PUT', 'x.ics', event('there', ['SUMMARY:Deleted']));
    expect(await plain('DELETE', 'x.ics')).toBe(204);
  }

  it('is a conflict that says what to do, where the server refuses it', async () => {
    await open('nextcloud-25-like');
    const dry = await restore('all', '--dry-run');
    expect(dry.out.replace(/\s+/g, ' ')).toContain('Put it back there or delete it there for good');
    const copied = await restore('all', '--on-conflict', 'copy', '--yes');
    expect([copied.code, (await world.objects()).size]).toEqual([0, 2]);
  });

  it('goes where the server takes the new one, which the plan says', async () => {
    await open('nextcloud-31-like');
    const dry = await restore('all', '--dry-run');
    expect(dry.out.replace(/\s+/g, ' ')).toMatch(/Note .*One deleted event lies in the trash bin of this calendar/);
    const run = await restore('all', '--yes', '--json');
    expect(run.code).toBe(0);
    expect([...(await world.objects()).values()].join('')).toContain('SUMMARY:Budget');
  });

  it('that the server would fail on is a row of its own, in the plan and in the JSON', async () => {
    await open('nextcloud-33-like');
    const dry = await restore('all', '--dry-run');
    expect(dry.out).toContain('2 to create + 1 to delete = 3');
    expect(dry.out).toContain('Trash bin   1 taken out for good');
    expect(dry.out.replace(/\s+/g, ' ')).toContain('the server would cancel it for all guests once more');
    const planned = await restore('all', '--dry-run', '--json');
    const bins = planned.lines.flatMap((line) => (isItem(line) && 'bin' in line ? [[line.uid, line.bin]] : []));
    expect(bins).toEqual([['there', 'remove']]);
    const run = await restore('all', '--yes', '--json');
    expect(run.code).toBe(0);
    expect(outcomes(run)).toEqual(
      expect.arrayContaining([
        ['new', 'created'],
        ['there', 'deleted'],
        ['there', 'created'],
      ]),
    );
  });

  it('comes back as it was with --resolve trash:UID, where the server is known to keep quiet about that', async () => {
    await open('nextcloud-33-like');
    const run = await restore('all', '--resolve', 'trash:there', '--yes');
    expect(run.code).toBe(0);
    expect([...(await world.objects()).values()].join('')).toContain('SUMMARY:Deleted');
    await world.close();
    await open('nextcloud-25-like');
    expect((await restore('all', '--resolve', 'trash:there', '--dry-run')).code).toBe(2);
  });
});
