import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventTime, Recurrence } from '../model/found/event-card.ts';
import { setHere } from './here.ts';
import { recurrenceWords, ruleWords } from './recurrence.ts';

const START: EventTime = { text: '2026-11-23T09:30:00', tzid: 'Europe/Berlin', at: Date.UTC(2026, 10, 23, 8, 30) };

beforeEach(() => setHere({ locale: 'en-GB', timeZone: 'Europe/Berlin' }));
afterEach(() => setHere({}));

describe('a rule in words', () => {
  it.each([
    ['FREQ=DAILY', 'every day'],
    ['FREQ=DAILY;INTERVAL=3;COUNT=10', 'every 3 days, 10 times'],
    ['FREQ=DAILY;BYDAY=MO,TU', 'every day, only on Monday and Tuesday'],
    ['FREQ=WEEKLY', 'every week on Monday'],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20270303T225959Z',
      'every 2 weeks on Monday and Wednesday until 3 Mar 2027, 23:59',
    ],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU', 'every 2 weeks on Monday and Sunday (weeks begin on Sunday)'],
    ['freq=weekly;byday=we', 'every week on Wednesday'],
    ['FREQ=MONTHLY', 'every month on day 23'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'every month on the last day'],
    ['FREQ=MONTHLY;BYDAY=2TU', 'every month on the 2nd Tuesday'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'every month on the last Friday'],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      'every month on the last Monday, Tuesday, Wednesday, Thursday or Friday',
    ],
    ['FREQ=YEARLY', 'every year on day 23 of November'],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'every year on the last Sunday of March'],
    ['FREQ=HOURLY;INTERVAL=6', 'every 6 hours'],
  ])('%s', (rule, words) => {
    expect(ruleWords(rule, START)).toBe(words);
  });

  it.each([
    'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO',
    'FREQ=YEARLY;BYYEARDAY=100',
    'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
    'FREQ=WEEKLY;BYDAY=2MO',
    'FREQ=DAILY;BYHOUR=9,17',
    'FREQ=DAILY;COUNT=3;UNTIL=20270101',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=FORTNIGHTLY',
    'FREQ=YEARLY;RSCALE=HEBREW',
    'nonsense',
    '',
  ])('that it has not is shown as written: %s', (rule) => {
    expect(ruleWords(rule, START)).toBe(`by the rule ${rule}`);
  });

  it('says whole days without a clock', () => {
    const day = { text: '2026-11-23', tzid: null };
    expect(ruleWords('FREQ=WEEKLY;UNTIL=20270303T000000Z', day)).toBe('every week on Monday until 3 Mar 2027');
  });
});

const days = fc.uniqueArray(fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'), { minLength: 1, maxLength: 4 });
const numbered = fc
  .tuple(
    fc.integer({ min: -4, max: 4 }).filter((one) => one !== 0),
    days,
  )
  .map(([n, [day = 'MO']]) => `${String(n)}${day}`);
const ends = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 1, max: 999 }).map((many) => `;COUNT=${String(many)}`),
  fc.integer({ min: 10, max: 28 }).map((day) => `;UNTIL=203001${String(day)}`),
);
const interval = fc.integer({ min: 1, max: 40 }).map((many) => (many === 1 ? '' : `;INTERVAL=${String(many)}`));
const rules = fc
  .tuple(
    fc.oneof(
      fc.constant('FREQ=DAILY'),
      days.map((all) => `FREQ=WEEKLY;BYDAY=${all.join(',')}`),
      fc.integer({ min: 1, max: 31 }).map((day) => `FREQ=MONTHLY;BYMONTHDAY=${String(day)}`),
      fc.integer({ min: -9, max: -1 }).map((day) => `FREQ=MONTHLY;BYMONTHDAY=${String(day)}`),
      numbered.map((day) => `FREQ=MONTHLY;BYDAY=${day}`),
      fc
        .tuple(fc.integer({ min: 1, max: 12 }), numbered)
        .map(([month, day]) => `FREQ=YEARLY;BYMONTH=${String(month)};BYDAY=${day}`),
      fc
        .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
        .map(([m, d]) => `FREQ=YEARLY;BYMONTH=${String(m)};BYMONTHDAY=${String(d)}`),
    ),
    interval,
    ends,
  )
  .map((parts) => parts.join(''));

describe('any rule', () => {
  it('of these is said in words, and no two of them in the same', () => {
    fc.assert(
      fc.property(rules, rules, (one, other) => {
        expect(ruleWords(one, START)).not.toContain('rule');
        expect(ruleWords(one, START) === ruleWords(other, START)).toBe(one === other);
      }),
      { numRuns: 500 },
    );
  });

  it('with one part more is never said as if that part were not there', () => {
    const more = fc.constantFrom(
      'BYHOUR=9',
      'BYMINUTE=30',
      'BYSECOND=1',
      'BYWEEKNO=3',
      'BYYEARDAY=40',
      'X-OWN=1',
      'FREQ=DAILY',
    );
    fc.assert(
      fc.property(rules, more, (rule, part) => {
        expect(ruleWords(`${rule};${part}`, START)).toBe(`by the rule ${rule};${part}`);
      }),
    );
  });

  it('of any text whatever is said or shown whole', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (rule) => {
        expect(ruleWords(rule, null)).toBe(`by the rule ${rule}`);
      }),
    );
  });
});

describe('a series', () => {
  const none: Recurrence = {
    start: START,
    rules: ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=20'],
    exceptRules: [],
    dates: [],
    moreDates: 0,
    exceptDates: [],
    moreExceptDates: 0,
    changed: 0,
  };
  const day = (text: string): EventTime => ({ text, tzid: null });

  it('names what is taken out, added and changed', () => {
    expect(
      recurrenceWords({
        ...none,
        dates: [day('2027-01-01')],
        exceptDates: [day('2026-12-21'), day('2026-12-23')],
        changed: 1,
      }),
    ).toBe(
      'every 2 weeks on Monday and Wednesday, 20 times, and also on 1 Jan 2027, except 21 Dec 2026 and 23 Dec 2026, with 1 changed date',
    );
  });

  it('counts what it does not name', () => {
    const many = Array.from({ length: 9 }, (_, at) => day(`2027-01-0${String(at + 1)}`));
    expect(recurrenceWords({ ...none, exceptDates: many, moreExceptDates: 1000 })).toMatch(/6 Jan 2027, 1,003 more$/);
  });

  it('shows a rule that takes out as it is written', () => {
    expect(recurrenceWords({ ...none, exceptRules: ['FREQ=MONTHLY'] })).toMatch(/, except by the rule FREQ=MONTHLY$/);
  });
});
