import { expect, it } from 'vitest';
import { event, person } from '../scheduling/summary.fixture.ts';
import { notifiedBy } from '../scheduling/notified/notified.ts';
import { atOnce } from '../yielding.ts';
import { countAddresses, topDomains, topRecipients } from './recipients.ts';

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
