import { describe, expect, it } from 'vitest';
import type { JobEvent } from './job.ts';
import type { Outcome } from './outcome.ts';
import { EMPTY_SNAPSHOT, foldEvents, RECENT_ITEMS, type RunSnapshot } from './snapshot.ts';

const started: JobEvent = {
  kind: 'started',
  runId: 'r1',
  job: 'restore',
  at: '2026-01-01T00:00:00Z',
  server: 'practice',
  calendar: 'Work',
  user: 'alice',
  sources: [],
};

function item(row: number, outcome: Outcome | 'planned'): JobEvent {
  return {
    kind: 'item',
    row,
    uid: `u${String(row)}`,
    href: null,
    action: 'create',
    outcome,
    reason: '',
    file: 'a.ics',
    line: 1,
    title: `Event ${String(row)}`,
  };
}

describe('foldEvents', () => {
  it('counts each finished item once, whatever the batch size', () => {
    const events = Array.from({ length: 1000 }, (_, row) => item(row, row % 10 === 0 ? 'failed' : 'created'));
    const atOnce = foldEvents(EMPTY_SNAPSHOT, events);
    const oneByOne = events.reduce((snapshot, event) => foldEvents(snapshot, [event]), EMPTY_SNAPSHOT);
    expect(atOnce.totals).toEqual(oneByOne.totals);
    expect(atOnce.recent).toEqual(oneByOne.recent);
    expect(atOnce.done).toBe(1000);
    expect(atOnce.totals.failed).toBe(100);
    expect(atOnce.trouble).toHaveLength(100);
    expect(atOnce.recent).toHaveLength(RECENT_ITEMS);
    expect(atOnce.recent[0]).toMatchObject({ row: 999 });
  });

  it('takes the totals of the end, with items in the same batch or before it', () => {
    const totals = { ...EMPTY_SNAPSHOT.totals, created: 2, skipped: 5 };
    const mode = { asked: 'none', effective: 'none', because: '' } as const;
    const at = '2026-01-01T00:01:00Z';
    const settled: JobEvent = { kind: 'settled', runId: 'r1', status: 'complete', totals, verified: 2, mode, at };
    const events = [started, item(0, 'created'), item(1, 'created'), settled];
    const oneByOne = events.reduce((snapshot, event) => foldEvents(snapshot, [event]), EMPTY_SNAPSHOT);
    expect(foldEvents(EMPTY_SNAPSHOT, events)).toEqual(oneByOne);
    expect(oneByOne.totals).toEqual(totals);
  });

  it('does not count a dry run', () => {
    expect(foldEvents(EMPTY_SNAPSHOT, [item(0, 'planned')]).done).toBe(0);
  });

  it('starts anew with `started`', () => {
    const old = foldEvents(EMPTY_SNAPSHOT, [item(0, 'created')]);
    const fresh = foldEvents(old, [started]);
    expect(fresh).toEqual({ ...EMPTY_SNAPSHOT, runId: 'r1', job: 'restore', server: 'practice', calendar: 'Work' });
  });

  it('lists an item as waiting until it has an outcome', () => {
    const waiting: JobEvent = { kind: 'waiting', row: 3, title: 'Event 3', reason: '503', seconds: 4 };
    const during = foldEvents(EMPTY_SNAPSHOT, [waiting, { ...waiting, seconds: 8 }]);
    expect(during.waiting).toEqual([{ row: 3, title: 'Event 3', reason: '503', seconds: 8 }]);
    expect(foldEvents(during, [item(3, 'created')]).waiting).toEqual([]);
  });

  it('tells verified apart from differing and from unread', () => {
    const verdicts = (['same', 'rewritten', 'changed', 'missing', 'unreadable'] as const).map(
      (verdict, row): JobEvent => ({ kind: 'verified', row, verdict, properties: [] }),
    );
    const snapshot = foldEvents(EMPTY_SNAPSHOT, verdicts);
    expect([snapshot.verified, snapshot.differing, snapshot.unread]).toEqual([2, 2, 1]);
  });

  it('says how far the writing is before anything was read back, and never goes back', () => {
    const counts = { create: 8, update: 0, delete: 0, unchanged: 2, skip: 0, supersede: 0, conflict: 0, reject: 0 };
    // Only the counts of the summary matter here.
    const planned = { ...EMPTY_SNAPSHOT, summary: { counts } as RunSnapshot['summary'] };
    const unchanged = foldEvents(planned, [item(0, 'unchanged'), item(1, 'unchanged')]);
    const writing = foldEvents(unchanged, [{ kind: 'phase', phase: 'writing', done: 5, of: 8 }]);
    expect([writing.done, writing.reached]).toEqual([2, 7]);
    const reading = foldEvents(writing, [item(2, 'created'), { kind: 'phase', phase: 'verifying', done: 1, of: 8 }]);
    expect([reading.done, reading.reached]).toEqual([3, 7]);
  });
});
