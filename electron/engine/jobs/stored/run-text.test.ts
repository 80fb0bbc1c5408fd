import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorld, runAll, type World } from '../testing/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const event = (uid: string, ...lines: readonly string[]): string =>
  [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20261101T000000Z',
    `SUMMARY:${uid}`,
    ...(lines.length === 0 ? ['DTSTART:20270302T090000Z'] : lines),
    'END:VEVENT',
    '',
  ].join('\r\n');
const calendar = (...events: readonly string[]): string =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Test//EN\r\n${events.join('')}END:VCALENDAR\r\n`;

/** What the report says of each row, and the first line of its text; the backup is gone by then. */
async function restored(
  source: string,
): Promise<{ readonly runId: string; readonly rows: ReadonlyMap<string, number> }> {
  const path = await world.source('in.ics', source);
  const { runId } = await world.restore({ sources: [path] });
  await rm(path);
  const { items } = await world.engine.report(runId);
  return { runId, rows: new Map(items.map(({ outcome, uid, row }) => [`${outcome} ${uid}`, row])) };
}

it('a rejected row keeps its text, and so does one of which a newer version was used', async () => {
  const { runId, rows } = await restored(
    calendar(
      event('good'),
      event('no-start', 'LOCATION:Somewhere'),
      event('twice', 'DTSTART:20270302T090000Z', 'SEQUENCE:1'),
      event('twice', 'DTSTART:20270303T090000Z', 'SEQUENCE:2'),
    ),
  );
  const text = async (key: string): Promise<string> => {
    const row = rows.get(key);
    if (row === undefined) throw new Error(`no "${key}" in ${[...rows.keys()].join(', ')}`);
    return (await world.engine.runText(runId, row))?.raw ?? 'none';
  };
  expect(await text('created good')).toContain('UID:good');
  expect(await text('rejected no-start')).toContain('LOCATION:Somewhere');
  expect(await text('superseded twice')).toContain('SEQUENCE:1');
  const there = [...(await world.objects()).values()].join('');
  expect(there, 'nothing of it is sent').not.toContain('Somewhere');
});

it('what an undo removed is read from what it saved', async () => {
  const { runId } = await restored(calendar(event('good')));
  const undone = await runAll(await world.engine.prepareUndo(runId, world.connection));
  expect((await world.engine.runText(undone.runId, 0))?.raw).toContain('UID:good');
  expect(undone.settled.totals).toMatchObject({ deleted: 1 });
});

it('a damaged text is named and not shown', async () => {
  const { runId } = await restored(calendar(event('good')));
  const pack = join(world.runsDir, runId, 'bodies.pack');
  await writeFile(pack, (await readFile(pack, 'utf8')).replace('SUMMARY:good', 'SUMMARY:evil'));
  await expect(world.engine.runText(runId, 0)).rejects.toMatchObject({ failure: { code: 'TEXT_DAMAGED' } });
  await expect(world.engine.runText(runId, 7)).rejects.toMatchObject({ failure: { code: 'ROW_NOT_FOUND' } });
});
