import { describe, expect, it } from 'vitest';
import type { Occurrence } from '../../../shared/model/found/occurrences.ts';
import { wallClock } from './clock.ts';
import { addMonths, dayOfIso, daysFrom, isoOfDay, monthWeeks, weekStart, type Weekday } from './days.ts';
import { byDay, intoColumn, intoLanes, onSide, place, type Placed } from './layout.ts';

const VIENNA = wallClock('Europe/Vienna');

function at(start: string, end: string, over: Partial<Occurrence> = {}): Occurrence {
  return {
    row: 0,
    state: 'added',
    on: 'after',
    title: '',
    startMs: Date.parse(start),
    endMs: Date.parse(end),
    clock: 'instant',
    tzid: null,
    recurring: false,
    ticked: true,
    ...over,
  };
}

function placed(occurrence: Occurrence, zone = VIENNA): string {
  const [one] = place([occurrence], zone);
  if (one === undefined) return '';
  return `${isoOfDay(one.first)} ${time(one.start)} – ${isoOfDay(one.last)} ${time(one.end)}${one.bar ? ' bar' : ''}`;
}

function time(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

describe('where an event stands', () => {
  it('an hour, in the zone of who looks', () => {
    const meeting = at('2026-11-23T08:00:00Z', '2026-11-23T09:00:00Z');
    expect(placed(meeting)).toBe('2026-11-23 09:00 – 2026-11-23 10:00');
    expect(placed(meeting, wallClock('America/New_York'))).toBe('2026-11-23 03:00 – 2026-11-23 04:00');
    // Half past one in the night of the day after.
    expect(placed(meeting, wallClock('Pacific/Kiritimati'))).toBe('2026-11-23 22:00 – 2026-11-23 23:00');
  });

  it('a whole day is the same day everywhere', () => {
    const birthday = at('2026-11-23', '2026-11-24', { clock: 'day' });
    for (const zone of ['Europe/Vienna', 'America/Los_Angeles', 'Pacific/Kiritimati']) {
      expect(placed(birthday, wallClock(zone))).toBe('2026-11-23 00:00 – 2026-11-23 24:00 bar');
    }
  });

  it('several days, whole or not', () => {
    expect(placed(at('2026-11-23', '2026-11-26', { clock: 'day' }))).toBe('2026-11-23 00:00 – 2026-11-25 24:00 bar');
    expect(placed(at('2026-11-23T08:00:00Z', '2026-11-25T11:00:00Z'))).toBe('2026-11-23 09:00 – 2026-11-25 12:00 bar');
  });

  it('over midnight it has two days and is no bar; up to midnight it has one', () => {
    expect(placed(at('2026-11-23T21:00:00Z', '2026-11-24T01:00:00Z'))).toBe('2026-11-23 22:00 – 2026-11-24 02:00');
    expect(placed(at('2026-11-23T21:00:00Z', '2026-11-23T23:00:00Z'))).toBe('2026-11-23 22:00 – 2026-11-23 24:00');
  });

  it('without a length', () => {
    expect(placed(at('2026-11-23T08:00:00Z', '2026-11-23T08:00:00Z'))).toBe('2026-11-23 09:00 – 2026-11-23 09:00');
    expect(placed(at('2026-11-22T23:00:00Z', '2026-11-22T23:00:00Z'))).toBe('2026-11-23 00:00 – 2026-11-23 00:00');
  });

  it('without a zone it stands as it is written', () => {
    expect(placed(at('2026-11-23T08:00:00Z', '2026-11-23T09:00:00Z', { clock: 'floating' }))).toBe(
      '2026-11-23 08:00 – 2026-11-23 09:00',
    );
  });
});

describe('a day on which the clock changes', () => {
  it('forward: three hours of the clock are two', () => {
    expect(placed(at('2026-03-29T00:30:00Z', '2026-03-29T02:30:00Z'))).toBe('2026-03-29 01:30 – 2026-03-29 04:30');
  });

  it('back: the hour that comes twice never ends before it begins', () => {
    expect(placed(at('2026-10-25T00:30:00Z', '2026-10-25T01:15:00Z'))).toBe('2026-10-25 02:30 – 2026-10-25 02:30');
    expect(placed(at('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'))).toBe('2026-10-25 00:00 – 2026-10-25 24:00 bar');
  });

  it('on the other side of the world', () => {
    expect(placed(at('2026-04-04T15:30:00Z', '2026-04-04T16:30:00Z'), wallClock('Australia/Lord_Howe'))).toBe(
      '2026-04-05 02:00 – 2026-04-05 03:00',
    );
  });
});

const WEEK = daysFrom(dayOfIso('2026-11-23'));

function lanes(all: readonly Occurrence[], most = 3): readonly string[] {
  const { strips, more } = intoLanes(place(all, VIENNA), WEEK, most);
  return [
    ...strips.map(
      ({ placed: one, lane, from, to }) => `${one.occurrence.title} ${String(lane)}: ${String(from)}–${String(to)}`,
    ),
    more.join(' '),
  ];
}

describe('a week of a month', () => {
  it('bars lie over their days, and what is under them goes on below', () => {
    expect(
      lanes([
        at('2026-11-23T08:00:00Z', '2026-11-23T09:00:00Z', { title: 'monday' }),
        at('2026-11-24', '2026-11-27', { clock: 'day', title: 'fair' }),
        at('2026-11-25T08:00:00Z', '2026-11-25T09:00:00Z', { title: 'wednesday' }),
        at('2026-11-20', '2026-11-24', { clock: 'day', title: 'trip' }),
      ]),
    ).toEqual(['trip 0: 0–0', 'monday 1: 0–0', 'fair 0: 1–3', 'wednesday 1: 2–2', '0 0 0 0 0 0 0']);
  });

  it('what finds no line is counted on each of its days', () => {
    const many = Array.from({ length: 10_000 }, () => at('2026-11-24', '2026-11-26', { clock: 'day' }));
    const { strips, more } = intoLanes(place(many, VIENNA), WEEK, 3);
    expect([strips.length, more]).toEqual([3, [0, 9997, 9997, 0, 0, 0, 0]]);
  });

  it('a day has all that touches it', () => {
    const days = byDay(
      place(
        [at('2026-11-23T21:00:00Z', '2026-11-24T01:00:00Z'), at('2026-11-24', '2026-11-25', { clock: 'day' })],
        VIENNA,
      ),
      WEEK,
    );
    expect(WEEK.map((day) => days.get(day)?.length)).toEqual([1, 2, 0, 0, 0, 0, 0]);
    expect(days.get((WEEK[0] ?? 0) - 1), 'a day that was not asked for').toBeUndefined();
  });
});

describe('the column of a day', () => {
  const hour = (from: string, to: string, title: string): Occurrence =>
    at(`2026-11-23T${from}:00Z`, `2026-11-23T${to}:00Z`, { title, clock: 'floating' });

  function column(all: readonly Occurrence[], most = 4) {
    const { blocks, more } = intoColumn(place(all, VIENNA), WEEK[0] ?? 0, most);
    return [
      blocks.map((one) => `${one.placed.occurrence.title} ${String(one.column + 1)}/${String(one.columns)}`),
      more,
    ];
  }

  it('what is at the same time stands side by side, and only that', () => {
    expect(
      column([
        hour('09:00', '11:00', 'a'),
        hour('10:00', '12:00', 'b'),
        hour('11:00', '12:00', 'c'),
        hour('13:00', '14:00', 'd'),
      ]),
    ).toEqual([['a 1/2', 'b 2/2', 'c 1/2', 'd 1/1'], []]);
  });

  it('more than fit are counted where they begin', () => {
    const all = Array.from({ length: 6 }, (_one, at) => hour('09:00', '10:00', String(at)));
    expect(column(all)).toEqual([['0 1/4', '1 2/4', '2 3/4', '3 4/4'], [{ start: 540, count: 2 }]]);
  });

  it('over midnight it has a part on both days', () => {
    const all: readonly Placed[] = place([at('2026-11-23T21:00:00Z', '2026-11-24T01:00:00Z')], VIENNA);
    const parts = WEEK.slice(0, 2).flatMap((day) => intoColumn(all, day, 4).blocks);
    expect(parts.map(({ start, end }) => [time(start), time(end)])).toEqual([
      ['22:00', '24:00'],
      ['00:00', '02:00'],
    ]);
  });
});

describe('before and after', () => {
  const old = at('2026-11-23T08:00:00Z', '2026-11-23T09:00:00Z', { on: 'before', state: 'replaced' });

  it('after: what is replaced is a ghost, but not where the new one covers it', () => {
    const kept = { ...old, on: 'both', state: 'kept' } as const;
    expect(onSide([old, kept], 'after')).toEqual([old, kept]);
    expect(onSide([{ ...old, covered: true }, kept], 'after')).toEqual([kept]);
    expect(onSide([{ ...old, covered: true }, kept, { ...old, on: 'after' }], 'before')).toHaveLength(2);
  });
});

describe('weeks and months', () => {
  it('a week begins where it begins for who looks', () => {
    const wednesday = dayOfIso('2026-11-25');
    expect([1, 0, 6].map((first) => isoOfDay(weekStart(wednesday, first as Weekday)))).toEqual([
      '2026-11-23',
      '2026-11-22',
      '2026-11-21',
    ]);
  });

  it('a month has the weeks that it touches', () => {
    const weeks = monthWeeks(dayOfIso('2026-11-15'), 1);
    expect([weeks.length, isoOfDay(weeks[0]?.[0] ?? 0), isoOfDay(weeks.at(-1)?.[6] ?? 0)]).toEqual([
      6,
      '2026-10-26',
      '2026-12-06',
    ]);
    expect(monthWeeks(dayOfIso('2027-02-01'), 1)).toHaveLength(4);
  });

  it('a month later is the last day where there is no such date', () => {
    expect(isoOfDay(addMonths(dayOfIso('2026-01-31'), 1))).toBe('2026-02-28');
    expect(isoOfDay(addMonths(dayOfIso('2026-01-15'), -1))).toBe('2025-12-15');
  });
});
