import { describe, expect, it } from 'vitest';
import { kindsByMode } from './kinds.ts';
import { notifiedBy } from './notified.ts';
import { sumNotified } from './testing/sum-notified.ts';
import { event, person } from '../summary.fixture.ts';
import type { ResourceSummary, SeriesPart } from '../../icalendar/types.ts';
import type { NotifiedContext } from '../types.ts';
import { deliversOf } from './delivers.ts';
import type { Change } from '../types.ts';

/* What the brokers of sabre/vobject and Nextcloud send beyond RFC 6638. */

const context: NotifiedContext = {
  ownAddresses: ['mailto:alice@example.com', 'mailto:alice.archer@example.com'],
  insideDomains: new Set(['example.com']),
  now: Date.UTC(2027, 0, 1),
};
const alice = person('alice@example.com');
const bob = person('bob@example.com');
const carol = person('carol@example.com');
const ext = person('ext@other.test');
const organized = event({ organizer: alice, attendees: [alice, bob, carol, ext] });
const IN = ['mailto:bob@example.com', 'mailto:carol@example.com'];

describe('a server that cancels apart', () => {
  const apart: NotifiedContext = { ...context, delivers: { cancelled: true, cancelsApart: true, evidence: 'test' } };
  const part = (recurrenceId: number | null, cancelled: boolean): SeriesPart => ({
    title: 'Meeting',
    start: { text: '2030-12-01T10:00:00Z', tzid: null, ms: Date.UTC(2030, 11, 1, 10) },
    lengthMs: 3_600_000,
    rrules: recurrenceId === null ? ['FREQ=WEEKLY'] : [],
    rdates: [],
    excluded: [],
    recurrenceId,
    cancelled,
  });
  const series = (...parts: readonly SeriesPart[]): ResourceSummary =>
    event({ organizer: alice, attendees: [alice, bob, ext], recurring: true, series: { parts } });
  const weekly = series(part(null, false));
  const off = { ...organized, cancelled: true, meaning: 'off' };
  /** Per person: how many messages. */
  const messages = (...[change, after, before]: readonly [Change, ResourceSummary | null, ResourceSummary | null]) => {
    const { inside, outside, several, perMode, calendars } = notifiedBy(change, after, before, apart);
    const counts = [...inside, ...outside].map((one) => [one.replace(/^mailto:|@.*$/g, ''), several?.get(one) ?? 1]);
    expect(perMode.all.messages).toBe(counts.reduce((sum, [, count]) => sum + Number(count), 0));
    expect(calendars).not.toContain('mailto:alice@example.com');
    return Object.fromEntries(counts) as Record<string, number>;
  };
  it.each([
    ['a meeting is called off', 'update', off, organized, { alice: 1, bob: 1, carol: 1, ext: 1 }],
    ['one that was called off is created', 'create', off, null, { alice: 1, bob: 1, carol: 1, ext: 1 }],
    ['one that was called off is changed', 'update', { ...off, meaning: 'more' }, off, { bob: 1, carol: 1, ext: 1 }],
    ['one that was called off is deleted', 'delete', null, off, { bob: 1, carol: 1, ext: 1 }],
    [
      'the organizer is not on the list',
      'update',
      { ...off, attendees: [bob] },
      event({ organizer: alice, attendees: [bob] }),
      { bob: 1 },
    ],
    [
      'everybody is taken off',
      'update',
      event({ organizer: alice, attendees: [] }),
      organized,
      { alice: 1, bob: 1, carol: 1, ext: 1 },
    ],
    [
      'one that was called off gets its first guests',
      'update',
      off,
      event({ organizer: alice, attendees: [], cancelled: true }),
      { alice: 1, bob: 1, carol: 1, ext: 1 },
    ],
    [
      'an instance is cancelled',
      'update',
      series(part(null, false), part(7, true)),
      weekly,
      { alice: 1, bob: 2, ext: 2 },
    ],
    [
      'two instances are cancelled',
      'update',
      series(part(null, false), part(7, true), part(8, true)),
      weekly,
      { alice: 2, bob: 3, ext: 3 },
    ],
    [
      'an instance that was moved before is cancelled',
      'update',
      series(part(null, false), part(7, true)),
      series(part(null, false), part(7, false)),
      { bob: 1, ext: 1 },
    ],
    [
      'an instance is cancelled that had no guests before',
      'update',
      series(part(null, false), part(7, true)),
      series(part(null, false), { ...part(7, true), guestless: true }),
      { alice: 1, bob: 2, ext: 2 },
    ],
    [
      'it is called off, and nobody organizes it any more',
      'update',
      { ...off, organizer: null },
      organized,
      { alice: 1, bob: 1, carol: 1, ext: 1 },
    ],
    ['a series is created with it', 'create', series(part(null, false), part(7, true)), null, { bob: 1, ext: 1 }],
    [
      'the series is called off, its instance is not',
      'update',
      series(part(null, true), part(7, false)),
      weekly,
      { alice: 1, bob: 1, ext: 1 },
    ],
  ] as const)('%s', (_what, change, after, before, expected) => {
    expect(messages(change, after, before)).toEqual(expected);
  });
  it('is two messages where an instance goes that has no series, on every server', () => {
    const lone = (...parts: readonly SeriesPart[]): ResourceSummary => ({ ...series(...parts), hasMaster: false });
    const both = lone(part(7, false), part(8, false));
    const plain = (after: ResourceSummary): number => notifiedBy('update', after, both, context).perMode.all.messages;
    expect(plain({ ...lone(part(7, false)), meaning: 'one' })).toBe(4);
    expect(plain({ ...lone(part(7, false), part(8, true)), meaning: 'off' })).toBe(4);
    expect(plain({ ...both, meaning: 'moved' })).toBe(2);
  });
  it('is two messages for a guest of single instances who loses one, whatever the series says to the others', () => {
    const invites = (...ids: readonly number[]): ResourceSummary => ({
      ...series(part(null, false), part(7, false), part(8, false)),
      instances: { answers: [], excluded: [], guests: ids.map((id) => ({ id, address: 'MAILTO:ext@other.test' })) },
      meaning: ids.join(' '),
    });
    const count = (after: ResourceSummary, before: ResourceSummary): number | undefined =>
      notifiedBy('update', after, before, context).several?.get('mailto:ext@other.test');
    expect(count(invites(7), invites(7, 8))).toBe(2);
    expect(count(invites(7), invites())).toBe(2);
    expect(count(invites(7, 8), invites(7))).toBeUndefined();
    expect(count(invites(), invites(7))).toBeUndefined();
  });
  it('adds the second message to the kinds, the sum and the modes', () => {
    const one = notifiedBy('update', series(part(null, false), part(7, true)), weekly, apart);
    expect(kindsByMode([one]).all).toEqual({ invitation: 0, update: 2, cancellation: 3, reply: 0 });
    expect(sumNotified([one]).all).toEqual({ people: 3, inside: 2, outside: 1, messages: 5, calendars: 1, past: 0 });
    expect(one.perMode['external-only']).toMatchObject({ people: 1, messages: 2 });
  });
});

describe('the sabre family', () => {
  const family: NotifiedContext = {
    ...context,
    shareeAddresses: ['mailto:bob@example.com'],
    delivers: { ownGuests: true, everyUpdate: true, sharees: ['create', 'update'], evidence: 'test' },
  };
  it('leaves out the ORGANIZER alone', () => {
    const own = event({ organizer: alice, attendees: [alice, person('alice.archer@example.com')] });
    const notified = notifiedBy('create', own, null, { ...family, shareeAddresses: [] });
    expect([notified.inside, notified.calendars]).toEqual([['mailto:alice.archer@example.com'], []]);
  });
  it('counts the sharee on a PUT, and on a DELETE the owner alone', () => {
    const ofBob = event({ organizer: bob, attendees: [bob, carol, ext] });
    expect(notifiedBy('create', ofBob, null, family).perMode.all.messages).toBe(2);
    expect(notifiedBy('update', { ...ofBob, meaning: 'new' }, ofBob, family).perMode.all.messages).toBe(2);
    expect(notifiedBy('delete', null, ofBob, family).perMode.all.messages).toBe(0);
    expect(notifiedBy('delete', null, organized, family).inside).toEqual(IN);
  });
});

describe('a meeting that changes hands', () => {
  const boss = person('boss@other.test');
  const family: NotifiedContext = { ...context, delivers: { ownGuests: true, everyUpdate: true, evidence: 'test' } };
  const heard = (after: ResourceSummary, before: ResourceSummary, of: NotifiedContext): readonly string[] => {
    const { inside, outside } = notifiedBy('update', after, before, of);
    return [...inside, ...outside].map((one) => one.replace(/^mailto:|@.*$/g, '')).sort();
  };
  const ofBoss = event({ organizer: boss, attendees: [boss, { ...alice, partstat: 'ACCEPTED' }] });
  it('tells those who are still on the list that nobody organizes, in the name of the one before', () => {
    const nobodys = event({ organizer: null, attendees: [alice, bob, person('new@other.test')] });
    expect(heard(nobodys, organized, family)).toEqual(['bob', 'carol', 'ext', 'new']);
    expect(heard(nobodys, organized, context)).toEqual(['bob', 'carol', 'ext']);
  });
  it('may be answered to the organizer before, and to the one after', () => {
    expect(heard(event({ organizer: alice, attendees: [] }), ofBoss, context)).toEqual(['boss']);
    expect(heard(ofBoss, event({ organizer: alice, attendees: [] }), context)).toEqual(['boss']);
    expect(heard(event({ organizer: null, attendees: [] }), ofBoss, context)).toEqual(['boss']);
  });
});

describe('the broker of a Nextcloud', () => {
  const at = (version: string): unknown => {
    const evidence = { davTokens: new Set(['nc-paginate']), allow: new Set<string>(), headers: {}, checkedAt: '' };
    const { cancelsApart = false, takenOff } =
      deliversOf({ ...evidence, statusPage: { product: 'Nextcloud', version } }) ?? {};
    return [cancelsApart, takenOff !== undefined];
  };
  it.each(['28.0.2', '32.0.10', '33.0.3', '33.0.6'])('cancels with the rest in %s', (version) => {
    expect(at(version)).toEqual([false, false]);
  });
  it.each(['33.0.7', '33.0.10', '34.0.0', '35.0.0', ''])('cancels apart in "%s"', (version) => {
    expect(at(version)).toEqual([true, true]);
  });
});
