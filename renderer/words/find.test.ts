import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VersionRange } from '../../shared/model/found/find.ts';
import { backupDate, listWords, rangeWords, stripWords, versionNumber } from './find.ts';
import { setHere } from '../../shared/words/here.ts';

beforeAll(() => {
  setHere({ locale: 'en-GB' });
});
afterAll(() => {
  setHere({});
});

const NOW = new Date('2026-11-24T12:00:00');
const day = (at: string) => ({ at, dateFrom: 'name', name: `a-${at}.ics` }) as const;
const BACKUPS = ['2026-11-23', '2026-11-22', '2026-11-21', '2026-11-20', '2026-11-19'].map(day);
const absent = (...backups: readonly number[]): VersionRange => ({ kind: 'absent', backups });
const version = (...backups: readonly number[]): VersionRange => ({
  kind: 'version',
  backups,
  file: 'a.ics',
  line: 4,
  title: 'Budget',
  start: null,
  tzid: null,
  location: '',
  organizer: null,
  guests: 0,
  recurring: false,
  changedAt: null,
  unread: [],
});
const said = (ranges: readonly VersionRange[]) =>
  ranges.map((_one, at) => rangeWords({ ranges }, at, BACKUPS, NOW)).map(({ head, under }) => `${head}. ${under}`);

describe('the words of a trail', () => {
  it('say where an event was lost, what is the same, and since when it is there', () => {
    expect(said([absent(0), version(1, 2), version(3), absent(4)])).toEqual([
      'Not in the newest backup. Deleted between 22 Nov 2026 and 23 Nov 2026',
      'As of 22 Nov 2026. The same in 2 backups, from 21 Nov 2026',
      'As of 20 Nov 2026. In this backup only',
      'Not yet in the oldest backup. New between 19 Nov 2026 and 20 Nov 2026',
    ]);
  });

  it('say when an event was away for some time', () => {
    expect(said([version(0), absent(1, 2), version(3, 4)])[1]).toBe(
      'Not in 2 backups. Deleted between 20 Nov 2026 and 21 Nov 2026',
    );
  });

  it('count versions from the oldest, and read the picture aloud', () => {
    const ranges = [absent(0), version(1, 2), version(3), { kind: 'unreadable', backups: [4], unread: [] }] as const;
    expect([1, 2].map((at) => versionNumber(ranges, at))).toEqual([2, 1]);
    expect(stripWords(ranges)).toBe(
      'From the oldest backup on: unreadable in 1 backup, version 1 in 1 backup, version 2 in 2 backups, not in 1 backup',
    );
  });
});

describe('the words of backups', () => {
  it('give days and moments as they are known', () => {
    expect(backupDate(day('2026-11-20'), NOW)).toBe('20 Nov 2026');
    expect(backupDate({ ...day(''), at: NOW.toISOString() }, NOW)).toBe('today 12:00');
    expect(backupDate({ at: null, dateFrom: 'unknown', name: 'x.zip' }, NOW)).toBe('x.zip');
  });

  it('sum a list up', () => {
    expect(listWords(BACKUPS, NOW)).toBe('5 backups, 19 Nov 2026 to 23 Nov 2026');
    expect(listWords(BACKUPS.slice(0, 1), NOW)).toBe('1 backup, 23 Nov 2026');
    expect(listWords([{ at: null, dateFrom: 'unknown', name: 'x.zip' }], NOW)).toBe('1 backup');
  });
});
