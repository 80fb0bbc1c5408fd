import { describe, expect, it } from 'vitest';
import { holdsWords, searchWords } from './words.ts';

const EVENT = [
  'BEGIN:VEVENT',
  'UID:budget-7@example.org',
  String.raw`SUMMARY:Büro\, Budget\nReview`,
  'LOCATION:Room Aspen',
  'ORGANIZER;CN="Archer, Alice":mailto:alice@example.com',
  'ATTENDEE;PARTSTAT=NEEDS-ACTION;CN=Bob:mailto:bob@example.com',
  'BEGIN:VALARM',
  'DESCRIPTION:This is an event reminder',
  'END:VALARM',
  'PRODID:-//Google//EN',
  'END:VEVENT',
].join('\r\n');

const holds = (words: string): boolean => holdsWords(searchWords(words), EVENT);

describe('words', () => {
  it.each([
    ['budget review'],
    ['REVIEW aspen'],
    ['buro'],
    ['Büro, budget'],
    ['budget-7@example.org'],
    ['alice@example.com'],
    ['archer bob'],
    [''],
  ])('"%s" stand in it', (words) => {
    expect(holds(words)).toBe(true);
  });

  it.each([['budget dentist'], ['needs-action'], ['google'], ['reminder'], ['vevent'], ['mailto:alice'], ['summary']])(
    '"%s" do not',
    (words) => {
      expect(holds(words)).toBe(false);
    },
  );

  it('come once each', () => {
    expect(searchWords('  Budget  budget review ')).toEqual(['budget', 'review']);
  });
});
