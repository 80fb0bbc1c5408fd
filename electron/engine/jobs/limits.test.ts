import { afterEach, expect, it } from 'vitest';
import { openWorld, type World } from './testing/world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const event = (uid: string, ...lines: string[]): string =>
  ['BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20260101T000000Z', `SUMMARY:${uid}`, ...lines, 'END:VEVENT', ''].join('\r\n');

const BACKUP = [
  'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n',
  event('good', 'DTSTART:20260301T100000Z'),
  event('endless', 'DTSTART:20260301T100000Z', 'RRULE:FREQ=DAILY'),
  event('hundred', 'DTSTART:20260301T100000Z', 'RRULE:FREQ=DAILY;COUNT=101', 'EXDATE:20260302T100000Z'),
  event('early', 'DTSTART:19650301T100000Z'),
  event('late', 'DTSTART:20400301T100000Z'),
  event('long', 'DTSTART:20260301T100000Z', 'DTEND:20400301T100000Z'),
  event('often', 'DTSTART:20260301T100000Z', 'RRULE:FREQ=DAILY;COUNT=102'),
  'END:VCALENDAR\r\n',
].join('');

it('what lies beyond the dates and the number of instances of a calendar is rejected before the run', async () => {
  world = await openWorld({ personality: 'narrow-limits' });
  const { events, settled } = await world.restore({ sources: [await world.source('backup.ics', BACKUP)] });
  const items = events.flatMap((one) => (one.kind === 'item' ? [one] : []));
  const rejected = items.filter(({ outcome }) => outcome === 'rejected').map(({ uid, reason }) => `${uid}: ${reason}`);
  expect(rejected.sort()).toEqual([
    'early: It is earlier than this calendar takes. It takes nothing before 1970-01-01.',
    'late: It is later than this calendar takes. It takes nothing after 2038-01-19.',
    'long: It is later than this calendar takes. It takes nothing after 2038-01-19.',
    'often: It repeats more often than this calendar takes. The limit is 100.',
  ]);
  // "hundred" is one that the plan lets through and the server refuses: it counts what is taken out as well.
  expect(settled.totals).toMatchObject({ created: 2, rejected: 4, failed: 1 });
});
