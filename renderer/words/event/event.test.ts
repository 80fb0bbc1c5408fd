import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventCard } from '../../../shared/model/found/event-card.ts';
import { setHere } from '../../../shared/words/here.ts';
import { comparedField, fieldWords } from './event.ts';
import { wordDiff, type Piece } from './word-diff.ts';

beforeEach(() => {
  setHere({ locale: 'en-US', timeZone: 'America/New_York' });
});
afterEach(() => {
  setHere({});
});

const CARD: EventCard = {
  kind: 'VEVENT',
  title: 'Budget',
  start: { text: '2026-12-01T09:00:00Z', tzid: null, at: Date.UTC(2026, 11, 1, 9) },
  end: null,
  location: '',
  organizer: null,
  guests: [{ address: 'bob@x.org', name: 'Bob', answer: 'DECLINED', role: null }],
  moreGuests: 0,
  text: '',
  links: [],
  attachments: [],
  alarms: [],
  recurrence: null,
  instances: [],
  moreInstances: 0,
  status: '',
  transparency: 'TRANSPARENT',
  privacy: '',
  categories: [],
};

describe('a field that differs', () => {
  it('is said in words, in the zone of this computer', () => {
    const later = {
      ...CARD,
      start: { ...CARD.start, text: '2026-12-01T10:00:00Z', tzid: null, at: Date.UTC(2026, 11, 1, 10) },
    };
    const { before, after } = comparedField({ field: 'Start', before: 'x', after: 'y' }, CARD, later);
    expect(before).toMatch(/4:00\sAM, America\/New_York \(Tue, Dec 1, 2026, 9:00\sAM, UTC\)$/);
    expect(after).toMatch(/5:00\sAM, America\/New_York/);
    expect(fieldWords(CARD, 'Guests')).toBe('Bob (bob@x.org): declined');
    expect(fieldWords(CARD, 'Shown as')).toBe('Free');
    expect(fieldWords(CARD, 'Alarms')).toBeNull();
  });

  it('is shown as written where the words are the same, or there are none', () => {
    const field = { field: 'Start', before: 'one', after: 'other' };
    expect(comparedField(field, CARD, CARD)).toEqual(field);
    expect(comparedField({ ...field, field: 'Sequence' }, CARD, CARD)).toEqual({ ...field, field: 'Sequence' });
    expect(comparedField(field, null, CARD)).toEqual(field);
  });
});

const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('');
const ownOf = (pieces: readonly Piece[]): readonly string[] => pieces.flatMap(({ text, own }) => (own ? [text] : []));

describe('words that differ', () => {
  it('are found', () => {
    const { before, after } = wordDiff('Room 1, second floor', 'Room 12, second floor');
    expect([ownOf(before), ownOf(after)]).toEqual([['1'], ['12']]);
  });

  it('are never lost, added or put in another order', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ' ', '\n', 'é', '漢', '🎉', '\u202e', ','), { maxLength: 60 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const { before, after } = wordDiff(one, other);
        expect([textOf(before), textOf(after)]).toEqual([one, other]);
        const same = (pieces: readonly Piece[]): string => textOf(pieces.filter(({ own }) => !own));
        expect(same(before)).toBe(same(after));
        if (one === other) expect(ownOf(before)).toEqual([]);
      }),
    );
  });

  it('of long texts that have nothing in common are all of them, without long thought', () => {
    const one = Array.from({ length: 30_000 }, (_, at) => `a${String(at)}`).join(' ');
    const other = Array.from({ length: 30_000 }, (_, at) => `b${String(at)}`).join(' ');
    const { before, after } = wordDiff(one, other);
    expect([textOf(before), textOf(after)]).toEqual([one, other]);
    expect(before.every(({ own }) => own)).toBe(true);
  });
});
