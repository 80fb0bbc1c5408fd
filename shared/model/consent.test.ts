import { describe, expect, it } from 'vitest';
import type { BatchMember } from './batch/batch.ts';
import { checkNumber, messagesOfBatch, notifiedByPlan } from './consent.ts';
import { HushError } from './failure.ts';
import { NOBODY, type SchedulingMode, type Verdict } from './scheduling.ts';

const notified = {
  none: NOBODY,
  'internal-only': { ...NOBODY, calendars: 2 },
  'external-only': { people: 1, inside: 0, outside: 1, messages: 4, calendars: 0, past: 0 },
  all: { people: 3, inside: 2, outside: 1, messages: 12, calendars: 2, past: 0 },
};

function verdict(effective: SchedulingMode | null, assurance: Verdict['assurance'] = 'advertised'): Verdict {
  const words = { because: '', alternatives: [], checkedAt: '', undo: '' };
  return { asked: effective ?? 'none', effective, assurance, ...words };
}

describe('the number that consent names', () => {
  it.each([
    ['none', 0],
    ['internal-only', 0],
    ['external-only', 4],
    ['all', 12],
    [null, 0],
    // Nobody knows whom a mode of the server's own tells.
    ['X-quiet', 12],
  ] as const)('is in mode %s %i', (mode, messages) => {
    expect(notifiedByPlan({ verdict: verdict(mode), notified }).messages).toBe(messages);
  });

  it('is 0 where the server schedules nothing, whatever is asked', () => {
    expect(notifiedByPlan({ verdict: verdict('all', 'noScheduling'), notified })).toEqual(NOBODY);
  });

  it('is for a batch the sum over the calendars that can run, each in its own mode', () => {
    const member = (one: Verdict | null, part: Partial<BatchMember> = {}): BatchMember => ({
      ...{ id: 0, mailbox: '', calendar: '', calendarUrl: null, sources: [], state: 'queued', hash: 'h' },
      ...{ verdict: one, counts: null, writes: 1, written: 0, verified: 0, notified, totals: null, runIds: [] },
      ...{ problem: null, notCarried: [] },
      ...part,
    });
    const problem = { code: 'READ_ONLY', message: '', reaction: 'fix-input' } as const;
    const members = [
      member(verdict('all')),
      member(verdict('external-only')),
      member(verdict('none')),
      member(verdict('all', 'noScheduling')),
      member(verdict('all'), { problem }),
      member(verdict('all'), { hash: null }),
      member(null),
    ];
    expect(messagesOfBatch(members)).toBe(16);
  });

  it.each([
    [0, null],
    [0, 0],
    [4, 4],
  ] as const)('of %i is named by %s', (messages, named) => {
    expect(() => {
      checkNumber(messages, named);
    }).not.toThrow();
  });

  it.each([
    [4, null],
    [4, 0],
    [4, 3],
    [4, 5],
    [0, 4],
  ] as const)('of %i is not named by %s', (messages, named) => {
    expect(() => {
      checkNumber(messages, named);
    }).toThrow(HushError);
  });
});
