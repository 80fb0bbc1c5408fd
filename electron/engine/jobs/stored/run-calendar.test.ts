import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorld, runAll, type World } from '../testing/world.ts';

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

function event(uid: string, start: string, ...lines: readonly string[]): string {
  const own = [`UID:${uid}`, 'DTSTAMP:20261101T000000Z', `SUMMARY:${uid}`, `DTSTART:${start}`, 'DURATION:PT1H'];
  return ['BEGIN:VEVENT', ...own, ...lines, 'END:VEVENT', ''].join('\r\n');
}

async function shown(runId: string, range = MARCH): Promise<readonly string[]> {
  const calendar = await world.engine.openRunCalendar(runId);
  const { occurrences } = await calendar.show(range);
  return occurrences
    .map(({ title, state, on, startMs, endMs }) =>
      [title, new Date(startMs).toISOString().slice(5, 13), (endMs - startMs) / 60_000, state, on].join(' '),
    )
    .sort();
}

it('shows what a run wrote and what it replaced, and its undo the other way round', async () => {
  await world.put('moved.ics', text(event('moved', '20270302T090000Z')));
  const newer = 'LAST-MODIFIED:20271101T000000Z';
  const source = text(
    event('moved', '20280302T090000Z', newer),
    event('weekly', '20270101T080000Z', 'RRULE:FREQ=WEEKLY;BYDAY=MO'),
    event('far', '20310301T080000Z'),
  );
  const run = await world.restore({ sources: [await world.source('in.ics', source)], onConflict: 'replace' });
  expect(await shown(run.runId)).toEqual([
    'moved 03-02T09 60 replaced before',
    ...['01', '08', '15', '22', '29'].map((day) => `weekly 03-${day}T08 60 added after`),
  ]);
  expect(await shown(run.runId, { from: '2028-03-01', to: '2028-03-05' })).toContain('moved 03-02T09 60 changed after');
  const undone = await runAll(await world.engine.prepareUndo(run.runId, world.connection));
  expect(await shown(undone.runId)).toContain('moved 03-02T09 60 changed after');
  expect(await shown(undone.runId)).toContain('weekly 03-01T08 60 removed before');
});
