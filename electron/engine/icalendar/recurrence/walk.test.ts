import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { readRule } from './rule.ts';
import { walk } from './walk.ts';

const DAY = 86_400_000;
const utc = (ms: number): number => ms;
const at = (text: string): number => Date.parse(`${text}Z`);

function starts(rule: string, first: string, from: string, to: string, most = 1000) {
  const read = readRule(rule);
  if (read === null) throw new Error(`not read: ${rule}`);
  const budget = { left: 1_000_000 };
  return walk(read, at(first), { fromMs: at(from), toMs: at(to), most, budget, utc });
}

function shown(rule: string, first: string, from: string, to: string): string[] {
  return starts(rule, first, from, to).starts.map((ms) => new Date(ms).toISOString().slice(0, 16));
}

describe('what RFC 5545 gives as examples', () => {
  it('the last Monday of a month, and the last workday', () => {
    expect(
      shown('FREQ=MONTHLY;BYDAY=-1MO', '2026-01-26T09:00:00', '2026-02-01T00:00:00', '2026-05-01T00:00:00'),
    ).toEqual(['2026-02-23T09:00', '2026-03-30T09:00', '2026-04-27T09:00']);
    const workday = 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1';
    expect(shown(workday, '2026-01-30T09:00:00', '2026-05-01T00:00:00', '2026-07-01T00:00:00')).toEqual([
      '2026-05-29T09:00',
      '2026-06-30T09:00',
    ]);
  });

  it('months without the day are left out, and leap days come every four years', () => {
    expect(shown('FREQ=MONTHLY', '2026-01-31T09:00:00', '2026-01-01T00:00:00', '2026-06-01T00:00:00')).toEqual([
      '2026-01-31T09:00',
      '2026-03-31T09:00',
      '2026-05-31T09:00',
    ]);
    expect(shown('FREQ=YEARLY', '2024-02-29T09:00:00', '2025-01-01T00:00:00', '2029-01-01T00:00:00')).toEqual([
      '2028-02-29T09:00',
    ]);
  });

  it('every other week, counted from the week of the first', () => {
    const rule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO';
    expect(shown(rule, '2026-03-03T09:00:00', '2026-03-01T00:00:00', '2026-03-31T00:00:00')).toEqual([
      '2026-03-03T09:00',
      '2026-03-08T09:00',
      '2026-03-17T09:00',
      '2026-03-22T09:00',
    ]);
  });

  it('several times of a day', () => {
    const rule = 'FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0,30';
    expect(shown(rule, '2026-03-03T09:00:00', '2026-03-04T00:00:00', '2026-03-05T00:00:00')).toEqual([
      '2026-03-04T09:00',
      '2026-03-04T09:30',
      '2026-03-04T15:00',
      '2026-03-04T15:30',
    ]);
  });
});

describe('bounds', () => {
  it('a window far away is jumped to', () => {
    const read = readRule('FREQ=DAILY');
    const budget = { left: 100 };
    const window = { fromMs: at('2926-03-01T00:00:00'), toMs: at('2926-03-31T00:00:00'), most: 400, budget, utc };
    expect(read).not.toBeNull();
    if (read !== null) expect(walk(read, at('1926-03-01T00:00:00'), window)).toMatchObject({ cut: false });
    expect(budget.left).toBeLessThan(100);
    expect(budget.left).toBeGreaterThan(0);
  });

  it.each([
    ['a day that never comes', 'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9', '9999-01-01T00:00:00'],
    ['a count without end', 'FREQ=DAILY;COUNT=9007199254740991', '9999-01-01T00:00:00'],
    ['each Friday the 13th, counted', 'FREQ=DAILY;BYDAY=FR;BYMONTHDAY=13;COUNT=99999999', '9999-01-01T00:00:00'],
  ])('%s costs no more than the budget', (_what, rule, from) => {
    const read = readRule(rule);
    const budget = { left: 5000 };
    const window = { fromMs: at(from), toMs: at(from) + 42 * DAY, most: 400, budget, utc };
    expect(read === null ? null : walk(read, at('1970-01-01T09:00:00'), window).cut).toBe(true);
  });

  it('each second gives as many as are asked for', () => {
    const walked = starts('FREQ=SECONDLY', '1970-01-01T00:00:00', '2026-03-01T00:00:00', '2026-04-12T00:00:00', 400);
    expect([walked.starts.length, walked.cut]).toEqual([400, true]);
  });

  it.each([
    'FREQ=YEARLY;BYWEEKNO=20',
    'FREQ=HOURLY;BYDAY=MO',
    'RSCALE=CHINESE;FREQ=YEARLY',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12;BYMINUTE=0,1,2,3,4,5,6,7,8,9',
    'FREQ=WEEKLY;BYDAY=2MO',
    'FREQ=DAILY;UNTIL=soon',
    '',
  ])('%s is not walked over', (rule) => {
    expect(readRule(rule)).toBeNull();
  });
});

/** Rules of each kind against the library, which walks from the first instance on. */
const RULES = [
  'FREQ=DAILY',
  'FREQ=DAILY;INTERVAL=3',
  'FREQ=DAILY;INTERVAL=2;COUNT=40',
  'FREQ=DAILY;BYMONTH=1,6',
  'FREQ=WEEKLY',
  'FREQ=WEEKLY;INTERVAL=3;UNTIL=20271231T000000Z',
  'FREQ=WEEKLY;COUNT=30;BYDAY=WE,FR,SU',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,SU;WKST=SU',
  'FREQ=MONTHLY;INTERVAL=2',
  'FREQ=MONTHLY;BYMONTHDAY=15,-1',
  'FREQ=MONTHLY;BYDAY=2WE',
  'FREQ=MONTHLY;BYDAY=2WE,-1FR;COUNT=25',
  'FREQ=MONTHLY;INTERVAL=3;BYDAY=WE,TH;BYSETPOS=1,-1',
  'FREQ=YEARLY',
  'FREQ=YEARLY;INTERVAL=2;BYMONTH=4,10',
  'FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'FREQ=YEARLY;BYMONTHDAY=14;BYMONTH=1,3',
  'FREQ=HOURLY;INTERVAL=36;COUNT=200',
];

it.each(RULES)('%s gives what the library gives', (rule) => {
  const first = '2026-01-14T09:30:00';
  const [from, to] = [at('2027-01-01T00:00:00'), at('2028-07-01T00:00:00')];
  const recur = ICAL.Recur.fromString(rule);
  const iterator = recur.iterator(ICAL.Time.fromDateTimeString(first));
  const library: string[] = [];
  for (let next = iterator.next() as ICAL.Time | null; next !== null; next = iterator.next() as ICAL.Time | null) {
    const ms = at(next.toString().slice(0, 19));
    if (ms >= to) break;
    if (ms >= from) library.push(new Date(ms).toISOString());
  }
  const own = starts(rule, first, '2027-01-01T00:00:00', '2028-07-01T00:00:00').starts;
  expect(own.map((ms) => new Date(ms).toISOString())).toEqual(library);
});
