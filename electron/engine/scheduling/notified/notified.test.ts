import { describe, expect, it } from 'vitest';
import { kindsByMode } from './kinds.ts';
import { notifiedBy } from './notified.ts';
import { sumNotified } from './testing/sum-notified.ts';
import { event, person } from '../summary.fixture.ts';
import type { Instances } from '../../icalendar/types.ts';
import type { NotifiedContext } from '../types.ts';

const context: NotifiedContext = {
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
    ['guest deletes, declined', 'delete', null, invited('DECLINED'), [], []],
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
    const notified = notifiedBy(change, after, before, context);
    expect([notified.inside, notified.outside]).toEqual([inside, outside]);
  });

  it('takes part only by the address that is sent', () => {
    const other = 'mailto:alice.archer@example.com';
    expect(notifiedBy('create', organized, null, context, other).outside).toEqual([]);
    expect(notifiedBy('create', organized, null, context, 'mailto:alice@example.com').outside).toEqual(OUT);
  });

  it('counts by mode as the draft says', () => {
    expect(notifiedBy('create', organized, null, context).perMode).toEqual({
      all: { people: 3, inside: 2, outside: 1, messages: 3, calendars: 2, past: 0 },
      none: { people: 0, inside: 0, outside: 0, messages: 0, calendars: 0, past: 0 },
      'internal-only': { people: 0, inside: 0, outside: 0, messages: 0, calendars: 2, past: 0 },
      'external-only': { people: 1, inside: 0, outside: 1, messages: 1, calendars: 0, past: 0 },
    });
  });

  it('marks messages about events that are over', () => {
    const { perMode } = notifiedBy('create', { ...organized, endsMs: Date.UTC(2020, 0, 1) }, null, context);
    expect([perMode.all.past, perMode['external-only'].past, perMode.none.past]).toEqual([3, 1, 0]);
  });

  it('takes a series without an end for not over', () => {
    expect(notifiedBy('create', { ...organized, endsMs: null, recurring: true }, null, context).perMode.all.past).toBe(
      0,
    );
  });
});

describe('an answer to one instance', () => {
  const series = (instances: Instances): ReturnType<typeof event> =>
    event({
      organizer: boss,
      attendees: [boss, { ...alice, partstat: 'ACCEPTED' }],
      instances,
      meaning: JSON.stringify(instances),
    });
  const plain = series({ answers: [], excluded: [] });
  const declines = series({
    answers: [{ id: 7, address: 'mailto:alice@example.com', partstat: 'DECLINED' }],
    excluded: [],
  });
  const others = series({
    answers: [{ id: 7, address: 'mailto:bob@example.com', partstat: 'DECLINED' }],
    excluded: [],
  });
  const takesOut = series({ answers: [], excluded: [7] });
  it.each([
    ['declined', declines, plain, BOSS],
    ['accepted again', plain, declines, BOSS],
    ['of somebody else', others, plain, []],
    ['taken out', takesOut, plain, BOSS],
    ['taken out, and declined before', takesOut, declines, BOSS],
    ['put back', plain, takesOut, []],
  ] as const)('%s', (_what, after, before, outside) => {
    expect(notifiedBy('update', after, before, context).outside).toEqual(outside);
  });
  it('is a reply even where the series was declined', () => {
    const before = event({
      organizer: boss,
      attendees: [{ ...alice, partstat: 'DECLINED' }],
      instances: { answers: [{ id: 7, address: 'MAILTO:Alice@example.com', partstat: 'ACCEPTED' }], excluded: [] },
    });
    expect(notifiedBy('delete', null, before, context).outside).toEqual(BOSS);
  });
});

describe('an owner who is on the list by two addresses', () => {
  const archer = { ...alice, address: 'mailto:alice.archer@example.com' };
  const listed = (...answers: readonly string[]): ReturnType<typeof event> =>
    event({
      organizer: boss,
      attendees: [alice, archer].map((one, at) => ({ ...one, partstat: answers[at] ?? null })),
      meaning: answers.join(' '),
    });
  it.each([
    ['create', listed('NEEDS-ACTION', 'DECLINED'), null],
    ['update', listed('NEEDS-ACTION', 'ACCEPTED'), listed('NEEDS-ACTION', 'NEEDS-ACTION')],
    ['delete', null, listed('DECLINED', 'ACCEPTED')],
  ] as const)('answers by the second one, too: %s', (change, after, before) => {
    expect(notifiedBy(change, after, before, context).outside).toEqual(BOSS);
  });
});

describe('what the messages say', () => {
  const all = (...notified: Parameters<typeof notifiedBy>): unknown => kindsByMode([notifiedBy(...notified)]).all;
  const none = { invitation: 0, update: 0, cancellation: 0, reply: 0 };
  it.each([
    ['create', 'create', organized, null, { invitation: 3 }],
    ['delete', 'delete', null, organized, { cancellation: 3 }],
    ['change', 'update', { ...organized, meaning: 'later' }, organized, { update: 3 }],
    [
      'one guest off',
      'update',
      event({ organizer: alice, attendees: [bob] }),
      organized,
      { update: 1, cancellation: 2 },
    ],
    [
      'one guest more',
      'update',
      organized,
      event({ organizer: alice, attendees: [bob] }),
      { update: 1, invitation: 2 },
    ],
    ['called off', 'update', { ...organized, cancelled: true, meaning: 'off' }, organized, { cancellation: 3 }],
    ['brought back', 'update', { ...organized, meaning: 'on' }, { ...organized, cancelled: true }, { update: 3 }],
    ['answer', 'create', invited('ACCEPTED'), null, { reply: 1 }],
  ] as const)('%s', (_what, change, after, before, expected) => {
    expect(all(change, after, before, context)).toEqual({ ...none, ...expected });
  });
  it('outside alone in external-only, nothing in the quiet modes', () => {
    const kinds = kindsByMode([notifiedBy('create', organized, null, context)]);
    expect(kinds['external-only']).toEqual({ ...none, invitation: 1 });
    expect([kinds.none, kinds['internal-only']]).toEqual([none, none]);
  });
});

describe('a server that tells more than RFC 6638 asks for', () => {
  const sogo: NotifiedContext = {
    ...context,
    delivers: { agents: [], cancelled: true, unanswered: true, declined: true, evidence: 'test' },
  };
  const byHand = event({
    organizer: alice,
    attendees: [
      { ...bob, scheduleAgent: 'CLIENT' },
      { ...ext, scheduleAgent: 'NONE' },
    ],
  });
  it.each([
    ['SCHEDULE-AGENT is not obeyed', 'create', byHand, null, IN.slice(0, 1), OUT],
    ['cancelled already', 'create', { ...organized, cancelled: true }, null, IN, OUT],
    ['not answered', 'create', invited('NEEDS-ACTION'), null, [], BOSS],
    ['declined, deleted', 'delete', null, invited('DECLINED'), [], BOSS],
  ] as const)('%s', (_what, change, after, before, inside, outside) => {
    const notified = notifiedBy(change, after, before, sogo);
    expect([notified.inside, notified.outside]).toEqual([inside, outside]);
  });
  it('cancels the meetings of others, and answers once more for an instance put back', () => {
    const seen: NotifiedContext = { ...context, delivers: { strangers: true, putBack: true, evidence: 'test' } };
    const foreign = event({ organizer: boss, attendees: [boss, bob] });
    const notified = notifiedBy('delete', null, foreign, seen);
    expect([notified.inside, notified.outside, notified.kinds.outside.cancellation]).toEqual([IN.slice(0, 1), BOSS, 1]);
    expect(notifiedBy('delete', null, foreign, context).perMode.all.messages).toBe(0);
    const takenOut = { ...invited('ACCEPTED'), instances: { answers: [], excluded: [7] }, meaning: 'x' };
    expect(notifiedBy('update', invited('ACCEPTED'), takenOut, seen).outside).toEqual(BOSS);
  });
  it('obeys the agents that it knows', () => {
    const sabre: NotifiedContext = { ...context, delivers: { agents: ['CLIENT'], evidence: 'test' } };
    const notified = notifiedBy('create', byHand, null, sabre);
    expect([notified.inside, notified.outside]).toEqual([[], OUT]);
  });
});

describe('a mail hook', () => {
  const hook: NotifiedContext = { ...context, delivers: { mailHook: true, evidence: 'test' } };
  const guests = [alice, { ...bob, scheduleAgent: 'NONE' }, person('urn:uuid:1'), ext];
  const mails = [['mailto:alice@example.com', 'mailto:bob@example.com'], OUT];
  const ended = Date.UTC(2020, 0, 1);

  it.each([
    ['creates', 'create', event({ organizer: alice, attendees: guests }), null, mails],
    ['creates, without organizer', 'create', event({ attendees: guests }), null, mails],
    ['changes', 'update', event({ attendees: guests, meaning: 'new' }), event({ attendees: guests }), mails],
    ['changes nothing', 'update', event({ attendees: guests }), event({ attendees: guests }), [[], []]],
    ['takes one off', 'update', event({ attendees: [bob] }), event({ attendees: [bob, ext] }), [[IN[0]], OUT]],
    ['what is over', 'create', event({ attendees: guests, endsMs: ended }), null, [[], []]],
    [
      'what is over without an end',
      'create',
      event({ attendees: guests, endsMs: ended, withoutEnd: true }),
      null,
      mails,
    ],
    ['deletes what is over', 'delete', null, event({ attendees: guests, endsMs: ended }), mails],
    ['deletes what was called off', 'delete', null, event({ attendees: guests, cancelled: true }), mails],
    ['a task', 'create', event({ kind: 'VTODO', attendees: guests }), null, [[], []]],
  ] as const)('%s', (_what, change, after, before, expected) => {
    const { inside, outside, perMode } = notifiedBy(change, after, before, hook);
    expect([inside, outside, perMode.all.calendars]).toEqual([...expected, 0]);
  });

  it('says who is new, who stays and who is off', () => {
    const before = event({ attendees: [bob, carol] });
    const { kinds } = notifiedBy('update', event({ attendees: [carol, ext] }), before, hook);
    expect([kinds.inside, kinds.outside]).toEqual([
      { invitation: 0, update: 1, cancellation: 1, reply: 0 },
      { invitation: 1, update: 0, cancellation: 0, reply: 0 },
    ]);
  });

  it('changes no calendar, beside writes that do', () => {
    const [mailed, scheduled] = [hook, context].map((one) => notifiedBy('create', organized, null, one));
    if (mailed === undefined || scheduled === undefined) throw new Error('two were made');
    expect(sumNotified([mailed]).all).toMatchObject({ people: 4, calendars: 0 });
    expect(sumNotified([mailed, scheduled]).all).toMatchObject({ people: 4, calendars: 2 });
  });
});

describe('the sum', () => {
  it('counts people and their calendars once, and messages each time', () => {
    const second = event({ uid: 'uid-2', organizer: alice, attendees: [bob, person('new@other.test')] });
    const sum = sumNotified([
      notifiedBy('create', organized, null, context),
      notifiedBy('create', second, null, context),
    ]);
    expect(sum.all).toEqual({ people: 4, inside: 2, outside: 2, messages: 5, calendars: 2, past: 0 });
    expect(sum['external-only']).toEqual({ people: 2, inside: 0, outside: 2, messages: 2, calendars: 0, past: 0 });
    expect(sum['internal-only']).toEqual({ people: 0, inside: 0, outside: 0, messages: 0, calendars: 2, past: 0 });
    expect(sum.none.messages + sum.none.calendars).toBe(0);
  });

  it('is nobody for nothing', () => {
    expect(sumNotified([]).all).toEqual({ people: 0, inside: 0, outside: 0, messages: 0, calendars: 0, past: 0 });
  });
});
