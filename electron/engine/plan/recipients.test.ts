import { expect, it } from 'vitest';
import { event, person } from '../scheduling/summary.fixture.ts';
import { notifiedBy } from '../scheduling/notified/notified.ts';
import { atOnce } from '../yielding.ts';
import { rejectedRow } from './rows.ts';
import { countAddresses, nameMeetings, topDomains, topRecipients } from './recipients.ts';

const context = {
  ownAddresses: ['mailto:alice@example.com'],
  insideDomains: new Set(['example.com']),
  now: Date.UTC(2027, 0, 1),
};
const invite = (...guests: readonly string[]): ReturnType<typeof notifiedBy> =>
  notifiedBy(
    'create',
    event({ organizer: person('alice@example.com'), attendees: guests.map((one) => person(one)) }),
    null,
    context,
  );
const notified = [
  invite('bob@example.com', 'x@other.test', 'y@other.test'),
  invite('X@Other.test', 'urn:uuid:1'),
  invite('x@other.test', 'z@third.test'),
];

const row = rejectedRow(0, { uid: '', title: '', file: '', line: 0, code: '', reason: '' });
const addresses = atOnce(countAddresses(notified));

it('names who hears most', () => {
  expect(topRecipients(addresses)[0]).toEqual({ address: 'mailto:x@other.test', inside: false, messages: 3 });
  expect(topRecipients(addresses).map(({ messages }) => messages)).toEqual([3, 1, 1, 1, 1]);
});

it('adds up by domain, people once and messages each time', () => {
  expect(topDomains(addresses)).toEqual([
    { domain: 'other.test', inside: false, people: 2, messages: 4 },
    { domain: 'example.com', inside: true, people: 1, messages: 1 },
    { domain: 'third.test', inside: false, people: 1, messages: 1 },
  ]);
});

it('names the meetings, and adds up by month and kind', () => {
  const writes = notified.map((one, at) => ({
    row: { ...row, title: `Meeting ${String(at + 1)}`, start: at === 2 ? '2027-04-01' : '2027-03-01T09:00:00' },
    notified: one,
  }));
  const named = atOnce(nameMeetings(writes, topRecipients(addresses), topDomains(addresses)));
  expect(named.topRecipients[0]?.meetings).toEqual(['Meeting 1', 'Meeting 2', 'Meeting 3']);
  expect(named.topDomains.map(({ domain, meetings }) => [domain, meetings?.length])).toEqual([
    ['other.test', 3],
    ['example.com', 1],
    ['third.test', 1],
  ]);
  expect(named.notifiedMonths).toEqual([
    { month: '2027-03', inside: 2, outside: 3, meetings: ['Meeting 1', 'Meeting 2'] },
    { month: '2027-04', inside: 0, outside: 2, meetings: ['Meeting 3'] },
  ]);
  expect(named.kindMeetings).toEqual({ invitation: ['Meeting 1', 'Meeting 2', 'Meeting 3'] });
});
