import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../caldav/types.ts';
import { openReader } from '../caldav/discovery/collection-reader.ts';
import { discover } from '../caldav/discovery/discover.ts';
import { calendar, openWorld, runAll, type World } from './testing/world.ts';

/*
 * A calendar of alice that bob may write to, as Nextcloud shares it. What bob writes there counts the addresses of both: the
 * number of the plan is what the server then does.
 */

let world: World;
/** Alice's calendar, as bob has it. */
let shared: Connection;

beforeEach(async () => {
  world = await openWorld({ personality: 'nextcloud-shares-like' });
  const url = new URL('/dav/calendars/bob/default_shared_by_alice/', world.server.info.base_url).href;
  shared = { ...world.connection, url, user: 'bob' };
});
afterEach(async () => {
  await world.close();
});

const at = (user: string): string => `mailto:${user}@example.com`;
const meeting = (uid: string, organizer: string, ...guests: readonly string[]): readonly string[] => [
  `UID:${uid}`,
  `ORGANIZER:${organizer}`,
  ...guests.map(
    (guest) => `ATTENDEE;${guest.startsWith('+') ? 'PARTSTAT=ACCEPTED' : 'RSVP=TRUE'}:${guest.replace('+', '')}`,
  ),
];

const OUTSIDE = 'mailto:ext@other.test';
const MEETINGS: readonly (readonly [name: string, lines: readonly string[], notified: readonly string[]])[] = [
  ['of its owner', meeting('a', at('alice'), at('alice'), at('bob'), at('carol'), OUTSIDE), ['bob', 'carol', 'ext']],
  [
    'of the one who writes',
    meeting('b', at('bob'), at('bob'), at('alice'), at('carol'), OUTSIDE),
    ['alice', 'carol', 'ext'],
  ],
  ['that its owner accepted', meeting('c', OUTSIDE, `+${at('alice')}`, at('carol')), ['ext']],
  ['that the one who writes accepted', meeting('d', OUTSIDE, `+${at('bob')}`, at('carol')), ['ext']],
  ['of others', meeting('e', OUTSIDE, at('carol')), []],
];

describe('a share', () => {
  it.each(MEETINGS)('notifies of a meeting %s whom the plan said', async (_name, lines, notified) => {
    const sources = [await world.source('one.ics', calendar([lines]))];
    const spec = world.spec({ sources, calendarUrl: shared.url, user: 'bob', mode: 'all' });
    const job = await world.engine.prepareRestore(spec, shared);
    const { all } = job.summary.notified;
    const run = await runAll(job);
    expect(run.settled.totals.created).toBe(1);
    const heard = world.server.messages().map(({ to }) => to.split('@')[0] ?? to);
    expect(heard.sort()).toEqual([...notified].sort());
    expect([all.messages, all.people]).toEqual([notified.length, notified.length]);
    expect([...(await world.objects()).keys()], "it lies in the owner's calendar").toHaveLength(1);
  });

  /** Of a DELETE the owner alone takes part: alice declines what bob organizes, and what he accepted is nobody's. */
  const DELETED: readonly (readonly string[])[] = [['bob', 'carol', 'ext'], ['bob'], ['ext'], [], []];
  it.each(MEETINGS.map((meeting, at) => [...meeting, DELETED[at] ?? []] as const))(
    'notifies of the removal of a meeting %s whom the plan of the undo said',
    async (_name, lines, _notified, deleted) => {
      const sources = [await world.source('one.ics', calendar([lines]))];
      const spec = world.spec({ sources, calendarUrl: shared.url, user: 'bob', mode: 'none' });
      const run = await runAll(await world.engine.prepareRestore(spec, shared));
      const undo = await world.engine.prepareUndo(run.runId, shared, { mode: 'all' });
      const { all } = undo.summary.notified;
      world.server.clearMessages();
      await runAll(undo);
      const heard = world.server.messages().map(({ to }) => to.split('@')[0] ?? to);
      expect(heard.sort()).toEqual([...deleted].sort());
      expect([all.messages, all.people]).toEqual([deleted.length, deleted.length]);
    },
  );

  it('is silent where it is asked to be, and its undo, too', async () => {
    const sources = [await world.source('all.ics', calendar(MEETINGS.map(([, lines]) => lines)))];
    const spec = world.spec({ sources, calendarUrl: shared.url, user: 'bob', mode: 'none' });
    const run = await runAll(await world.engine.prepareRestore(spec, shared));
    expect(run.settled).toMatchObject({ status: 'complete', totals: { created: 5 } });
    await runAll(await world.engine.prepareUndo(run.runId, shared));
    expect(world.server.messages()).toEqual([]);
    expect(await world.objects()).toEqual(new Map());
  });

  it('is listed once for each of the two, and its owner is none of those it is shared with', async () => {
    const { calendars } = await discover(shared);
    expect(calendars.map(({ url }) => new URL(url).pathname)).toEqual([
      '/dav/calendars/bob/default/',
      '/dav/calendars/bob/default_shared_by_alice/',
    ]);
    const own = await discover(world.connection);
    expect(own.calendars).toHaveLength(1);
    const reader = openReader(world.calendarUrl, world.connection);
    expect((await reader.describe()).shares).toEqual([{ who: 'principal:principals/users/bob', write: true }]);
    await reader.close();
    const other = openReader(shared.url, shared);
    expect((await other.describe()).shares).toEqual([]);
    await other.close();
  });

  it("in the owner's own home it is the owner's alone", async () => {
    const lines = meeting('f', at('bob'), at('bob'), at('carol'));
    const sources = [await world.source('one.ics', calendar([lines]))];
    const job = await world.engine.prepareRestore(world.spec({ sources, mode: 'all' }), world.connection);
    const predicted = job.summary.notified.all.messages;
    await runAll(job);
    expect([predicted, world.server.messages()]).toEqual([0, []]);
  });
});
