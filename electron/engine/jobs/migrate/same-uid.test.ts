import { afterEach, expect, it } from 'vitest';
import type { Move } from '../../../../shared/model/batch/migrate.ts';
import type { PreparedBatch } from '../../batch/types.ts';
import { event } from '../testing/world.ts';
import { followBatch, openOffice, type Ended, type Office } from './testing/office.ts';
import { consentTo } from '../testing/consent.ts';

/* A user who has one event in two calendars moves to a server that takes a UID once per user. */

let office: Office;
afterEach(() => office.close());

/** The same user's calendar of another name, on both sides. */
function movesOf(name: string): Move {
  const [move] = office.moves(['alice']);
  if (move?.from.kind !== 'server') throw new Error('no move');
  const at = (url: string): string => url.replace(/default\/$/, `${name}/`);
  return {
    ...move,
    line: 3,
    calendarName: name,
    makes: true,
    calendarUrl: at(move.calendarUrl),
    from: { ...move.from, url: at(move.from.url) },
  };
}

async function planBoth(): Promise<PreparedBatch> {
  office = await openOffice(['alice'], { personality: 'cyrus-like' });
  const work = `${office.old.home('alice')}work/`;
  await office.old.send('alice', 'MKCALENDAR', work);
  for (const [path, uid] of [
    [office.old.calendar('alice'), 'both'],
    [office.old.calendar('alice'), 'one'],
    [work, 'both'],
    [work, 'other'],
  ] as const) {
    const answer = await office.old.send('alice', 'PUT', `${path}${uid}.ics`, event(uid), {
      'content-type': 'text/calendar',
    });
    expect(answer.status).toBe(201);
  }
  const [first] = office.moves(['alice']);
  if (first === undefined) throw new Error('no move');
  const limits = { members: 1, perOrigin: 8, stopAfter: null, hours: null };
  return office.plan(office.spec(['alice'], { moves: [first, movesOf('work')], mode: 'none', limits }));
}

const outcomes = (...all: readonly Ended[]): readonly string[] =>
  all
    .flatMap(({ events }) => events.flatMap((one) => (one.kind === 'item' ? [`${one.uid} ${one.outcome}`] : [])))
    .sort();

it('costs a conflict for the second one, and not the calendar that it is in', async () => {
  const batch = await planBoth();
  const ended = await followBatch(await batch.start(consentTo(batch)));
  expect(outcomes(ended)).toEqual(['both conflict', 'both created', 'one created', 'other created']);
  expect(ended.settled.totals).toMatchObject({ created: 3, conflict: 1, failed: 0 });
});

it('goes on as it was consented to when the first one came in between', async () => {
  const batch = await planBoth();
  const handle = await batch.start(consentTo(batch));
  let stopped = false;
  const first = await followBatch(handle, (event) => {
    if (event.kind !== 'item' || event.uid !== 'both' || stopped) return;
    stopped = true;
    handle.stop();
  });
  expect(first.settled.status).toBe('stopped');
  const second = await followBatch(await office.engine.resumeBatch(handle.batchId, office.connect, null));
  expect(second.settled.totals).toMatchObject({ created: 3, conflict: 1, failed: 0, cancelled: 0 });
});
