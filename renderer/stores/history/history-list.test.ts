import { describe, expect, it } from 'vitest';
import { batchEntry, type BatchEntry } from '../../../shared/model/batch/batch.ts';
import { ZERO_TOTALS } from '../../../shared/model/outcome.ts';
import { runEntry, type RunEntry } from '../../../shared/model/kept/report.ts';
import { choicesIn, endedBefore, isOpen, matchesFilter, sizeOf, sortEntries, stateOf } from './history-list.ts';

function run(runId: string, over: Partial<RunEntry> = {}): RunEntry {
  return runEntry.parse({
    runId,
    job: 'restore',
    startedAt: `2026-11-0${runId}T08:00:00.000Z`,
    endedAt: `2026-11-0${runId}T08:01:00.000Z`,
    server: 'cal.example.org',
    calendar: 'Work',
    calendarUrl: 'https://cal.example.org/alice/work/',
    user: 'alice',
    sources: ['alice.zip'],
    status: 'complete',
    running: false,
    asked: 'none',
    effective: 'none',
    totals: ZERO_TOTALS,
    verified: 0,
    notified: 0,
    canUndo: true,
    size: 10,
    ...over,
  });
}

function batch(batchId: string, over: Partial<BatchEntry> = {}): BatchEntry {
  return batchEntry.parse({
    batchId,
    kind: 'migrate',
    startedAt: '2026-11-05T08:00:00.000Z',
    endedAt: '2026-11-05T08:10:00.000Z',
    status: 'complete',
    running: false,
    asked: 'none',
    members: 2,
    done: 2,
    needsAttention: 0,
    totals: ZERO_TOTALS,
    verified: 0,
    notified: 0,
    canUndo: true,
    canResume: false,
    canAnnounce: false,
    size: 100,
    ...over,
  });
}

const UNDONE = { runId: '3', at: '2026-11-03T08:00:00.000Z' };
const RUNS = [
  run('1', { ticket: 'INC-7', note: 'Lost week', undone: UNDONE, canUndo: false }),
  run('2', { user: 'bob', server: 'old.example.org', calendar: 'Private', status: 'interrupted' }),
  run('3', { job: 'undo', parent: '1' }),
  run('4', { batch: 'B', user: 'carol' }),
];
const ENTRIES = sortEntries(RUNS, [batch('B', { ticket: 'M-1' })]);
const ALL = { search: '', user: '', server: '', kind: '', ticket: '', state: '' } as const;

const found = (filter: Partial<Parameters<typeof matchesFilter>[1]>): readonly string[] =>
  ENTRIES.filter((entry) =>
    matchesFilter(entry, { ...ALL, ...filter }, `Title of ${entry.id}`, (host) =>
      host === 'old.example.org' ? 'Attic' : host,
    ),
  ).map(({ id }) => id);

describe('the list of History', () => {
  it('is newest first, the runs of a batch under it', () => {
    expect(ENTRIES.map(({ id }) => id)).toEqual(['B', '3', '2', '1']);
    expect(ENTRIES.map(sizeOf)).toEqual([110, 10, 10, 10]);
    expect(ENTRIES.map(stateOf)).toEqual(['complete', 'complete', 'open', 'undone']);
  });

  it.each([
    ['title of', ['B', '3', '2', '1']],
    ['inc-7', ['1']],
    ['LOST week', ['1']],
    ['carol', ['B']],
    ['attic', ['2']],
    ['private bob', ['2']],
    ['alice.zip undo', []],
  ] as const)('is searched for "%s"', (search, ids) => {
    expect(found({ search })).toEqual(ids);
  });

  it('is filtered by user, server, kind, ticket and state', () => {
    expect(found({ user: 'bob' })).toEqual(['2']);
    expect(found({ user: 'carol' })).toEqual(['B']);
    expect(found({ server: 'old.example.org' })).toEqual(['2']);
    expect(found({ kind: 'undo' })).toEqual(['3']);
    expect(found({ ticket: 'M-1' })).toEqual(['B']);
    expect(found({ state: 'open' })).toEqual(['2']);
    expect(found({ state: 'undone', user: 'alice' })).toEqual(['1']);
  });

  it('offers what is in it', () => {
    expect(choicesIn(ENTRIES)).toEqual({
      users: ['alice', 'bob', 'carol'],
      servers: ['cal.example.org', 'old.example.org'],
      kinds: ['restore', 'undo', 'migrate'],
      tickets: ['INC-7', 'M-1'],
      states: ['complete', 'open', 'undone'],
    });
  });

  it('is old only where it has ended and cannot be resumed', () => {
    expect(endedBefore(ENTRIES, new Date('2026-11-04T00:00:00Z')).map(({ id }) => id)).toEqual(['3', '1']);
    const [open] = sortEntries([], [batch('C', { canResume: true })]);
    expect(open !== undefined && isOpen(open)).toBe(true);
  });
});
