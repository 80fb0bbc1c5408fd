import { describe, expect, it } from 'vitest';
import type { BatchEvent, BatchItem, BatchMember } from './batch.ts';
import { EMPTY_BATCH, foldBatch } from './batch-snapshot.ts';
import type { Outcome } from '../outcome.ts';
import { ZERO_TOTALS } from '../outcome.ts';
import { RECENT_ITEMS } from '../snapshot.ts';

const at = '2026-11-24T17:00:00Z';
const started: BatchEvent = { kind: 'started', runId: 'b1', job: 'migrate', at, members: 2 };

function member(id: number, part: Partial<BatchMember> = {}): BatchEvent {
  const whole: BatchMember = {
    id,
    mailbox: `user${String(id)}`,
    calendar: 'Calendar',
    calendarUrl: null,
    sources: [],
    state: 'queued',
    hash: null,
    verdict: null,
    counts: null,
    writes: 3,
    written: 0,
    verified: 0,
    notified: null,
    totals: null,
    runIds: [],
    problem: null,
    notCarried: [],
  };
  return { kind: 'member', member: { ...whole, ...part } };
}

function item(of: number, row: number, outcome: Outcome = 'created'): BatchItem {
  const place = { href: null, reason: '', file: 'a.ics', line: 1, title: `Event ${String(row)}` };
  return {
    kind: 'item',
    member: of,
    mailbox: `user${String(of)}`,
    row,
    uid: `u${String(row)}`,
    action: 'create',
    outcome,
    ...place,
  };
}

describe('foldBatch', () => {
  it('is the same, however the events are cut into pieces', () => {
    const events: BatchEvent[] = [
      started,
      member(0),
      member(1),
      item(0, 0),
      member(0, { state: 'moving', written: 2, verified: 1 }),
      item(1, 0, 'failed'),
      { kind: 'paused', paused: true },
      item(0, 1),
      { kind: 'problem', mailbox: 'user1', failure: { code: 'QUOTA', message: 'Full.', reaction: 'skip-item' } },
      member(1, { state: 'needs-attention' }),
      { kind: 'paused', paused: false },
    ];
    const whole = foldBatch(EMPTY_BATCH, events);
    const pieces = events.reduce((snapshot, event) => foldBatch(snapshot, [event]), EMPTY_BATCH);
    expect(pieces).toEqual(whole);
    expect(whole.members.map(({ state }) => state)).toEqual(['moving', 'needs-attention']);
    expect(whole.done).toEqual([2, 1]);
    expect(whole.totals).toMatchObject({ created: 2, failed: 1 });
    expect(whole.verified).toBe(1);
    expect(whole.trouble.map(({ mailbox }) => mailbox)).toEqual(['user1']);
    expect(whole.problems).toHaveLength(1);
    expect(whole.recent.map(({ member: of, row }) => [of, row])).toEqual([
      [0, 1],
      [1, 0],
      [0, 0],
    ]);
  });

  it('ends with the totals of the batch, and keeps what it had when it goes on another day', () => {
    const before = foldBatch(EMPTY_BATCH, [started, member(0), item(0, 0)]);
    const totals = { ...ZERO_TOTALS, created: 7 };
    const mode = { asked: 'none' as const, effective: 'none' as const, because: '' };
    const settled: BatchEvent = { kind: 'settled', runId: 'b1', status: 'complete', totals, verified: 7, mode, at };
    const ended = foldBatch(before, [item(0, 1), settled]);
    expect(ended).toMatchObject({ status: 'complete', totals, verified: 7, paused: false });
    expect(foldBatch(ended, [started])).toMatchObject({ status: null, members: [], totals: ZERO_TOTALS });
  });

  it('keeps a bounded list of what happened last, newest first', () => {
    const many = Array.from({ length: RECENT_ITEMS + 50 }, (_, row) => item(0, row));
    const { recent, totals } = foldBatch(foldBatch(EMPTY_BATCH, [started, member(0)]), many);
    expect(recent).toHaveLength(RECENT_ITEMS);
    expect(recent[0]?.row).toBe(RECENT_ITEMS + 49);
    expect(totals.created).toBe(RECENT_ITEMS + 50);
  });

  it('counts a planned row as nothing done', () => {
    const { done, totals } = foldBatch(EMPTY_BATCH, [started, member(0), { ...item(0, 0), outcome: 'planned' }]);
    expect(done).toEqual([]);
    expect(totals).toEqual(ZERO_TOTALS);
  });
});
