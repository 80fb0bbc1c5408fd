import { describe, expect, it } from 'vitest';
import type { PlanSummary } from '../../shared/model/plan.ts';
import { haltedBy, paceWords, writeProgress } from './pace.ts';

const counts = { create: 6, update: 1, delete: 0, unchanged: 5, skip: 0, supersede: 0, conflict: 2, reject: 1 };
// Only the counts of the summary matter here.
const summary = { counts } as PlanSummary;

describe('how far a run is', () => {
  it('counts what is written, and nothing that was settled before', () => {
    expect(writeProgress({ summary: null, reached: 3 })).toEqual({ done: 0, of: 0 });
    expect(writeProgress({ summary, reached: 0 })).toEqual({ done: 0, of: 7 });
    expect(writeProgress({ summary, reached: 8 })).toEqual({ done: 0, of: 7 });
    expect(writeProgress({ summary, reached: 10 })).toEqual({ done: 2, of: 7 });
    expect(writeProgress({ summary, reached: 15 })).toEqual({ done: 7, of: 7 });
  });

  it('promises a time only while something comes back', () => {
    expect(paceWords({ done: 0, of: 0 }, null)).toBe('getting ready');
    expect(paceWords({ done: 2, of: 10 }, null)).toBe('20%');
    expect(paceWords({ done: 2, of: 10 }, 4)).toBe('20% · 4 events a second · about 2 s left');
    expect(paceWords({ done: 2, of: 10 }, 0)).toBe('20% · waiting for the server');
    expect(paceWords({ done: 10, of: 10 }, 0)).toBe('100%');
  });

  it('is halted where as many rows wait as requests may go out', () => {
    const row = { row: 1, title: 'Lunch', reason: 'Nothing answers.', seconds: 2 };
    const pace = { connections: 2, because: '', at: '' };
    expect(haltedBy({ waiting: [row, row], pace })).toBe('Nothing answers.');
    expect(haltedBy({ waiting: [row], pace })).toBeNull();
    expect(haltedBy({ waiting: [row, row], pace: null })).toBeNull();
  });
});
