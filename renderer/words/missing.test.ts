import { describe, expect, it } from 'vitest';
import type { FoundBackup } from '../../shared/model/found/find.ts';
import type { MissingEntry } from '../../shared/model/found/missing.ts';
import { becameWords, dayWords, sumWords } from './missing.ts';

const backup = (id: number, at: string | null, name = 'night.zip'): FoundBackup => ({
  id,
  source: `/${name}`,
  name,
  at,
  dateFrom: 'name',
  events: 1,
  problem: null,
  rejected: 0,
  rejections: [],
  doubled: 0,
});
const entry = (over: Partial<MissingEntry> = {}): MissingEntry => ({
  id: 0,
  uid: 'a',
  kind: 'VEVENT',
  state: 'gone',
  day: '2026-11-25',
  before: 1,
  after: 0,
  file: 'a.ics',
  line: 1,
  title: 'Lunch',
  start: null,
  tzid: null,
  location: '',
  organizer: null,
  guests: 0,
  recurring: false,
  elsewhere: null,
  trash: null,
  ...over,
});
const BACKUPS = [backup(0, '2026-11-25'), backup(1, '2026-11-24')];
const NOW = new Date('2026-11-26T12:00:00');

describe('what went missing, in words', () => {
  it.each([
    [{}, 'There on Tuesday, Nov 24, 2026, gone on Wednesday, Nov 25, 2026'],
    [{ after: null, before: 0 }, 'There on Wednesday, Nov 25, 2026, gone now'],
    [
      { trash: { deletedAt: null } },
      'There on Tuesday, Nov 24, 2026, gone on Wednesday, Nov 25, 2026. In the trash bin',
    ],
    [
      { before: null, after: null, trash: { deletedAt: '2026-11-26T09:30:00' } },
      'Deleted today 9:30 AM, in the trash bin; in no backup',
    ],
    [
      { state: 'moved', elsewhere: { calendar: 'Work', href: '/x' } },
      'There on Tuesday, Nov 24, 2026; now in the calendar “Work”',
    ],
    [{ state: 'changed' }, 'Like this on Tuesday, Nov 24, 2026, otherwise on Wednesday, Nov 25, 2026'],
    [{ state: 'unreadable' }, /^There on Tuesday, Nov 24, 2026; the server has something of it/],
  ] as const)('%j', (over, words) => {
    const said = becameWords(entry(over), BACKUPS, NOW);
    if (typeof words === 'string') expect(said).toBe(words);
    else expect(said).toMatch(words);
  });

  it('names a backup without a date', () => {
    expect(becameWords(entry(), [BACKUPS[0] ?? backup(0, null), backup(1, null, 'old.zip')], NOW)).toBe(
      'There in old.zip, gone on Wednesday, Nov 25, 2026',
    );
  });

  it('sums up', () => {
    expect(sumWords({ entries: [], more: 0 })).toBe('Nothing is gone');
    const states = ['gone', 'gone', 'changed', 'moved'] as const;
    expect(sumWords({ entries: states.map((state) => entry({ state })), more: 3 })).toBe(
      '2 events are gone · 1 changed · 1 moved to another calendar · 3 more are not listed: restore the whole backup',
    );
    expect([dayWords('2026-11-25'), dayWords(null)]).toEqual(['Wednesday, Nov 25, 2026', 'On an unknown day']);
  });
});
