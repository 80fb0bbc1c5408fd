import { describe, expect, it } from 'vitest';
import { dateInName, areSeries } from './backup-date.ts';

describe('the date in a name', () => {
  it.each([
    ['alice-2026-11-24.ics', '2026-11-24'],
    ['20261124.zip', '2026-11-24'],
    ['backup_2026.11.24_full.zip', '2026-11-24'],
    ['alice-20261124T023000Z.zip', '2026-11-24T02:30:00.000Z'],
    ['alice 2026-11-24 02-30.zip', new Date('2026-11-24T02:30:00').toISOString()],
  ])('of %s is %s', (name, date) => {
    expect(dateInName(name)).toBe(date);
  });

  it.each([['alice.ics'], ['alice-2026-02-31.ics'], ['120261124.ics'], ['room-20261399.ics'], ['1234-5678.ics']])(
    'of %s is none',
    (name) => {
      expect(dateInName(name)).toBeNull();
    },
  );

  it('tells a series of backups from a folder of events', () => {
    expect(areSeries(['alice-2026-11-23.ics', 'alice-2026-11-24.ics'], 2)).toBe(true);
    expect(areSeries(['2026-11-23', '2026-11-24'], 2)).toBe(true);
    expect(areSeries(['alice-2026-11-23.ics'], 2)).toBe(false);
    expect(areSeries(['alice-2026-11-23.ics', 'bob-2026-11-23.ics'], 2)).toBe(false);
    expect(areSeries(['20261123T093000Z-11@host.ics', '20261123T093000Z-12@host.ics'], 2)).toBe(false);
  });
});
