import { afterEach, beforeEach, expect, it } from 'vitest';
import type {} from '../../../../shared/model/plan.ts';
import { openWorld, type World } from '../testing/world.ts';
import { NO_FILTER } from '../../../../shared/model/plan.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

const MARCH = { from: '2027-03-01', to: '2027-03-31' };

function text(...events: readonly string[]): string {
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Test//EN\r\n${events.join('')}END:VCALENDAR\r\n`;
}

function event(uid: string, ...lines: readonly string[]): string {
  return ['BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20261101T000000Z', `SUMMARY:${uid}`, ...lines, 'END:VEVENT', ''].join(
    '\r\n',
  );
}

const at = (time: string): readonly string[] => [`DTSTART:${time}`, 'DURATION:PT1H'];

async function plan() {
  await world.put('moved.ics', text(event('moved', ...at('20270302T090000Z'))));
  await world.put('renamed.ics', text(event('renamed', 'LOCATION:Old room', ...at('20270303T090000Z'))));
  await world.put('same.ics', text(event('same', ...at('20270304T090000Z'))));
  await world.put('theirs.ics', text(event('theirs', ...at('20270305T090000Z'))));
  const newer = 'LAST-MODIFIED:20271101T000000Z';
  const source = text(
    event('moved', newer, ...at('20270309T090000Z')),
    event('renamed', newer, 'LOCATION:New room', ...at('20270303T090000Z')),
    event('same', ...at('20270304T090000Z')),
    event('gone', 'RRULE:FREQ=WEEKLY;COUNT=2', ...at('20270301T080000Z')),
    event('far', ...at('20310301T080000Z')),
    event('undated'),
  );
  const sources = [await world.source('in.ics', source)];
  return world.engine.prepareRestore(world.spec({ sources, onConflict: 'replace' }), world.connection);
}

it('shows the calendar before and after, and what the list has nothing to do with', async () => {
  const job = await plan();
  const { occurrences, cut, undated } = await job.occurrences(NO_FILTER, MARCH);
  const shown = occurrences.map(({ title, state, on, startMs, ticked, covered }) =>
    [title, new Date(startMs).toISOString().slice(5, 13), state, on, ticked, covered === true ? 'covered' : ''].join(
      ' ',
    ),
  );
  expect(shown.sort()).toEqual([
    'gone 03-01T08 added after true ',
    'gone 03-08T08 added after true ',
    'moved 03-02T09 replaced before true ',
    'moved 03-09T09 changed after true ',
    'renamed 03-03T09 changed after true ',
    'renamed 03-03T09 replaced before true covered',
    'same 03-04T09 kept both  ',
    'theirs 03-05T09 other both  ',
  ]);
  expect([cut, undated]).toEqual([false, 1]);
  await job.discard();
});

it('goes with the ticks and the filter of the list', async () => {
  const job = await plan();
  await job.select({ ...NO_FILTER, search: 'moved' }, false);
  const { occurrences } = await job.occurrences({ ...NO_FILTER, search: 'moved' }, MARCH);
  expect(occurrences.map(({ title, state, on, ticked }) => [title, state, on, ticked])).toEqual([
    ['moved', 'kept', 'both', null],
    ['moved', 'leftOut', 'after', false],
  ]);
  await job.discard();
});
