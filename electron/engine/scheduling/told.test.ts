import { describe, expect, it } from 'vitest';
import { sumTold, toldBy } from './told.ts';
import { event, person } from './summary.fixture.ts';
import type { ToldContext } from './types.ts';

const context: ToldContext = {
  ownAddresses: ['mailto:alice@example.com', 'mailto:alice.archer@example.com'],
  insideDomains: new Set(['example.com']),
  now: Date.UTC(2027, 0, 1),
};

const alice = person('alice@example.com');
const bob = person('bob@example.com');
const carol = person('carol@example.com');
const ext = person('ext@other.test');
const boss = person('boss@other.test');

const organized = event({ organizer: alice, attendees: [alice, bob, carol, ext] });
const invited = (partstat: string): ReturnType<typeof event> =>
  event({ organizer: boss, attendees: [boss, { ...alice, partstat }], meaning: partstat });

const IN = ['mailto:bob@example.com', 'mailto:carol@example.com'];
const OUT = ['mailto:ext@other.test'];
const BOSS = ['mailto:boss@other.test'];

describe('who one write tells', () => {
  it.each([
    ['plain event', 'create', event(), null, [], []],
    ['stranger', 'create', event({ organizer: bob, attendees: [carol, ext] }), null, [], []],
    ['guests without organizer', 'create', event({ attendees: [bob, ext] }), null, [], []],
    ['organizer creates', 'create', organized, null, IN, OUT],
    [
      'organizer, upper case',
      'create',
      event({ organizer: person('MAILTO:ALICE@EXAMPLE.COM'), attendees: [bob] }),
      null,
      [IN[0]],
      [],
    ],
    ['organizer deletes', 'delete', null, organized, IN, OUT],
    ['organizer, same meaning', 'update', organized, organized, [], []],
    ['organizer changes the time', 'update', { ...organized, meaning: 'later' }, organized, IN, OUT],
    [
      'organizer takes a guest off',
      'update',
      event({ organizer: alice, attendees: [bob] }),
      event({ organizer: alice, attendees: [bob, ext] }),
      [IN[0]],
      OUT,
    ],
    ['organizer removes the organizer', 'update', event(), organized, IN, OUT],
    ['plain becomes a meeting', 'update', organized, event(), IN, OUT],
    [
      'guest listed twice',
      'create',
      event({ organizer: alice, attendees: [bob, person('BOB@example.com')] }),
      null,
      [IN[0]],
      [],
    ],
    [
      'SCHEDULE-AGENT NONE and CLIENT are left to others',
      'create',
      event({
        organizer: alice,
        attendees: [
          { ...bob, scheduleAgent: 'NONE' },
          { ...ext, scheduleAgent: 'client' },
          { ...carol, scheduleAgent: 'SERVER' },
        ],
      }),
      null,
      [IN[1]],
      [],
    ],
    [
      'own other address is nobody',
      'create',
      event({ organizer: alice, attendees: [person('alice.archer@example.com')] }),
      null,
      [],
      [],
    ],
    ['guest, not answered', 'create', invited('NEEDS-ACTION'), null, [], []],
    ['guest without PARTSTAT', 'create', event({ organizer: boss, attendees: [alice] }), null, [], []],
    ['guest accepted', 'create', invited('ACCEPTED'), null, [], BOSS],
    ['guest declined', 'create', invited('DECLINED'), null, [], BOSS],
    ['guest answers', 'update', invited('ACCEPTED'), invited('NEEDS-ACTION'), [], BOSS],
    ['guest changes something else', 'update', { ...invited('ACCEPTED'), meaning: 'x' }, invited('ACCEPTED'), [], []],
    ['guest deletes', 'delete', null, invited('ACCEPTED'), [], BOSS],
    ['guest deletes, not answered', 'delete', null, invited('NEEDS-ACTION'), [], BOSS],
    [
      'guest of an organizer who schedules himself',
      'delete',
      null,
      event({ organizer: { ...boss, scheduleAgent: 'NONE' }, attendees: [alice] }),
      [],
      [],
    ],
    [
      'guest of somebody inside',
      'create',
      event({ organizer: bob, attendees: [{ ...alice, partstat: 'ACCEPTED' }] }),
      null,
      [IN[0]],
      [],
    ],
    ['stranger deletes', 'delete', null, event({ organizer: bob, attendees: [ext] }), [], []],
  ] as const)('%s', (_what, change, after, before, inside, outside) => {
    const told = toldBy(change, after, before, context);
    expect([told.inside, told.outside]).toEqual([inside, outside]);
  });

  it('takes part only by the address that is sent', () => {
    const other = 'mailto:alice.archer@example.com';
    expect(toldBy('create', organized, null, context, other).outside).toEqual([]);
    expect(toldBy('create', organized, null, context, 'mailto:alice@example.com').outside).toEqual(OUT);
  });

  it('counts by mode as the draft says', () => {
    expect(toldBy('create', organized, null, context).perMode).toEqual({
      all: { people: 3, inside: 2, outside: 1, messages: 3, calendars: 2, past: 0 },
      none: { people: 0, inside: 0, outside: 0, messages: 0, calendars: 0, past: 0 },
      'internal-only': { people: 0, inside: 0, outside: 0, messages: 0, calendars: 2, past: 0 },
      'external-only': { people: 1, inside: 0, outside: 1, messages: 1, calendars: 0, past: 0 },
    });
  });

  it('marks messages about events that are over', () => {
    const { perMode } = toldBy('create', { ...organized, endsMs: Date.UTC(2020, 0, 1) }, null, context);
    expect([perMode.all.past, perMode['external-only'].past, perMode.none.past]).toEqual([3, 1, 0]);
  });

  it('takes a series without an end for not over', () => {
    expect(toldBy('create', { ...organized, endsMs: null, recurring: true }, null, context).perMode.all.past).toBe(0);
  });
});

describe('the sum', () => {
  it('counts people once and messages each time', () => {
    const second = event({ uid: 'uid-2', organizer: alice, attendees: [bob, person('new@other.test')] });
    const sum = sumTold([toldBy('create', organized, null, context), toldBy('create', second, null, context)]);
    expect(sum.all).toEqual({ people: 4, inside: 2, outside: 2, messages: 5, calendars: 3, past: 0 });
    expect(sum['external-only']).toEqual({ people: 2, inside: 0, outside: 2, messages: 2, calendars: 0, past: 0 });
    expect(sum['internal-only']).toEqual({ people: 0, inside: 0, outside: 0, messages: 0, calendars: 3, past: 0 });
    expect(sum.none.messages + sum.none.calendars).toBe(0);
  });

  it('is nobody for nothing', () => {
    expect(sumTold([]).all).toEqual({ people: 0, inside: 0, outside: 0, messages: 0, calendars: 0, past: 0 });
  });
});
