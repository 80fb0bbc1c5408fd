import { describe, expect, it } from 'vitest';
import { actAs } from './identity.ts';
import { event, person } from './summary.fixture.ts';

const OWN = ['mailto:alice@example.com', 'mailto:alice.archer@example.com', '/dav/principals/alice/', 'urn:uuid:a1'];
const match = { kind: 'match' } as const;

const alice = person('alice@example.com');
const bob = person('bob@example.com');

describe('match each event', () => {
  it.each([
    ['no organizer', event(), null, 'plain'],
    ['guests but no organizer', event({ attendees: [alice, bob] }), null, 'plain'],
    ['organizer', event({ organizer: alice, attendees: [bob] }), 'mailto:alice@example.com', 'organizer'],
    [
      'organizer and guest',
      event({ organizer: alice, attendees: [alice, bob] }),
      'mailto:alice@example.com',
      'organizer',
    ],
    [
      'organizer before another address as guest',
      event({ organizer: alice, attendees: [person('alice.archer@example.com')] }),
      'mailto:alice@example.com',
      'organizer',
    ],
    ['guest', event({ organizer: bob, attendees: [bob, alice] }), 'mailto:alice@example.com', 'attendee'],
    [
      'guest by the other address',
      event({ organizer: bob, attendees: [person('Alice.Archer@EXAMPLE.com')] }),
      'mailto:alice.archer@example.com',
      'attendee',
    ],
    [
      'upper-case scheme',
      event({ organizer: person('MAILTO:Alice@Example.Com') }),
      'mailto:alice@example.com',
      'organizer',
    ],
    [
      'escaped address',
      event({ organizer: person('mailto:alice%40example.com') }),
      'mailto:alice@example.com',
      'organizer',
    ],
    ['by urn', event({ organizer: person('urn:uuid:A1') }), 'urn:uuid:a1', 'organizer'],
    ['by path', event({ organizer: person('/dav/principals/alice') }), 'mailto:alice@example.com', 'organizer'],
    [
      'two own addresses among the guests',
      event({ organizer: bob, attendees: [alice, person('alice.archer@example.com')] }),
      null,
      'ambiguous',
    ],
    [
      'the same address twice',
      event({ organizer: bob, attendees: [alice, alice] }),
      'mailto:alice@example.com',
      'attendee',
    ],
    ['stranger', event({ organizer: bob, attendees: [person('carol@example.com')] }), null, 'stranger'],
    [
      'a longer address',
      event({ organizer: bob, attendees: [person('alice@example.com.evil.test')] }),
      null,
      'stranger',
    ],
  ] as const)('%s', (_what, summary, address, standing) => {
    expect(actAs(summary, match, OWN)).toEqual({ address, standing });
  });
});

describe('other choices', () => {
  const organized = event({ organizer: bob, attendees: [alice] });
  it('lets the server decide', () => {
    expect(actAs(organized, { kind: 'server' }, OWN)).toEqual({ address: null, standing: 'attendee' });
  });
  it('sends a fixed address with every event that schedules', () => {
    const fixed = { kind: 'fixed', address: 'alice.archer@example.com' } as const;
    expect(actAs(organized, fixed, OWN).address).toBe('mailto:alice.archer@example.com');
    expect(actAs(event(), fixed, OWN).address).toBeNull();
  });
  it('refuses a fixed address that is two', () => {
    expect(() => actAs(organized, { kind: 'fixed', address: 'mailto:a@b.test,mailto:c@d.test' }, OWN)).toThrow(
      'one address',
    );
  });
});
