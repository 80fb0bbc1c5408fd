import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseKept, parseRetention, periodOf, type DatedBackup, type Retention } from './retention.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2025, 9, 1);

const backup = fc.record({
  // Three hours apart, over fourteen months and two changes of the clock.
  slot: fc.integer({ min: 0, max: 8 * 420 }),
  calendars: fc.uniqueArray(fc.constantFrom('anna work', 'anna home', 'bob work'), { maxLength: 3 }),
  state: fc.constantFrom('whole' as const, 'whole' as const, 'incomplete' as const, 'damaged' as const),
});
const backups = fc
  .array(backup, { maxLength: 60 })
  .map((all): readonly DatedBackup[] =>
    all.map(({ slot, ...one }, index) => ({ ...one, name: `${index}.zip`, at: new Date(START + slot * (DAY_MS / 8)) })),
  );
const retention = fc
  .tuple(fc.nat({ max: 9 }), fc.nat({ max: 5 }), fc.nat({ max: 14 }), fc.nat({ max: 3 }))
  .filter((counts) => counts.some((count) => count > 0))
  .map((counts): Retention => {
    const units = ['day', 'week', 'month', 'year'] as const;
    return new Map(units.flatMap((unit, at) => ((counts[at] ?? 0) > 0 ? [[unit, counts[at] ?? 0] as const] : [])));
  });

const namesIn = (all: readonly DatedBackup[]): readonly string[] => all.map(({ name }) => name);
const surviving = (all: readonly DatedBackup[], rule: Retention): readonly DatedBackup[] => {
  const kept = chooseKept(all, rule);
  return all.filter(({ name }) => kept.has(name));
};

describe('what stays of backups', () => {
  it('replaces everything that goes: each of its calendars is in a newer whole one that stays', () => {
    fc.assert(
      fc.property(backups, retention, (all, rule) => {
        const stays = surviving(all, rule);
        for (const gone of all.filter((one) => !stays.includes(one))) {
          expect([gone.state, gone.calendars.length]).not.toEqual(['damaged', expect.anything()]);
          expect(gone.calendars.length).toBeGreaterThan(0);
          for (const calendar of gone.calendars) {
            const newer = stays.some(
              ({ state, at, calendars }) => state === 'whole' && at >= gone.at && calendars.includes(calendar),
            );
            expect([gone.name, calendar, newer]).toEqual([gone.name, calendar, true]);
          }
        }
      }),
    );
  });

  it('has the newest whole one of each of the newest periods of each calendar', () => {
    fc.assert(
      fc.property(backups, retention, (all, rule) => {
        const stays = surviving(all, rule);
        for (const calendar of ['anna work', 'anna home', 'bob work']) {
          const whole = all.filter(({ state, calendars }) => state === 'whole' && calendars.includes(calendar));
          for (const [unit, count] of rule) {
            const periods = [...new Set(whole.map(({ at }) => periodOf(at, unit)))].sort().reverse().slice(0, count);
            for (const period of periods) {
              const within = whole.filter(({ at }) => periodOf(at, unit) === period);
              const newest = Math.max(...within.map(({ at }) => Number(at)));
              expect(within.some((one) => Number(one.at) === newest && stays.includes(one))).toBe(true);
            }
          }
        }
      }),
    );
  });

  it('is the same in any order, and all of it when it is thinned again', () => {
    fc.assert(
      fc.property(backups, retention, (all, rule) => {
        const stays = surviving(all, rule);
        expect(namesIn(surviving([...all].reverse(), rule)).toSorted()).toEqual(namesIn(stays).toSorted());
        expect(surviving(stays, rule)).toEqual(stays);
      }),
    );
  });

  it('is no more than was asked for, of whole ones of one calendar', () => {
    fc.assert(
      fc.property(backups, retention, (all, rule) => {
        const one = all.map((each): DatedBackup => ({ ...each, calendars: ['anna work'], state: 'whole' }));
        expect(surviving(one, rule).length).toBeLessThanOrEqual([...rule.values()].reduce((a, b) => a + b, 0));
      }),
    );
  });
});

describe.each(['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Pacific/Apia'])('in %s', (zone) => {
  let before: string | undefined;
  beforeEach(() => {
    before = process.env['TZ'];
    process.env['TZ'] = zone;
  });
  afterEach(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });

  it('a year and more of nights, thinned each night, leaves 7 days, 4 weeks and 12 months', () => {
    const rule = parseRetention('7d,4w,12m');
    let all: readonly DatedBackup[] = [];
    // To Sunday, 29 November 2026, at 02:30: the night at which a clock may stand still or jump.
    for (let night = 1; night <= 440; night += 1) {
      const at = new Date(2025, 8, 15 + night, 2, 30);
      all = surviving([...all, { name: `${night}`, at, calendars: ['anna work'], state: 'whole' }], rule);
    }
    const days = all.map(({ at }) => periodOf(at, 'day'));
    expect(days).toEqual([
      ...['2025-12-31', '2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30'],
      ...['2026-07-31', '2026-08-31', '2026-09-30', '2026-10-31', '2026-11-08', '2026-11-15', '2026-11-22'],
      ...['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'],
    ]);
  });

  it('days begin at midnight, weeks on Monday', () => {
    expect(periodOf(new Date(2026, 2, 29, 0, 0), 'day')).toBe('2026-03-29');
    expect(periodOf(new Date(2026, 2, 29, 23, 59), 'day')).toBe('2026-03-29');
    expect(periodOf(new Date(2026, 2, 29, 23, 59), 'week')).toBe('2026-03-23');
    expect(periodOf(new Date(2026, 2, 30, 0, 0), 'week')).toBe('2026-03-30');
    expect(periodOf(new Date(2027, 0, 1, 0, 0), 'week')).toBe('2026-12-28');
  });
});

describe('a rule', () => {
  it('says numbers of days, weeks, months and years', () => {
    expect([...parseRetention('7d, 4w,12m,3y')]).toEqual([
      ['day', 7],
      ['week', 4],
      ['month', 12],
      ['year', 3],
    ]);
  });

  it.each(['', '7', 'd', '0d', '7d,', '7d,3d', '-1d', '1.5d', '7h', '12345d', '7D'])('is not "%s"', (text) => {
    expect(() => parseRetention(text)).toThrow('does not say what to keep');
  });
});

it('an incomplete one stands for its day until a whole one is there', () => {
  const one = (name: string, day: number, state: DatedBackup['state']): DatedBackup => ({
    name,
    at: new Date(2026, 10, day, 2),
    calendars: ['anna work'],
    state,
  });
  const days = [
    one('a', 20, 'whole'),
    one('b', 21, 'incomplete'),
    one('c', 22, 'whole'),
    one('d', 23, 'whole'),
    one('e', 24, 'incomplete'),
  ];
  expect([...chooseKept(days, parseRetention('2d')).keys()].toSorted()).toEqual(['c', 'd', 'e']);
  expect([...chooseKept(days, parseRetention('3d')).keys()].toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect([...chooseKept([one('x', 1, 'incomplete'), one('y', 2, 'incomplete')], parseRetention('1d')).keys()]).toEqual([
    'y',
    'x',
  ]);
});
