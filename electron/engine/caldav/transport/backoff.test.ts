import { describe, expect, it } from 'vitest';
import { Backoff, BOUNDS, type Purpose, type Trouble } from './backoff.ts';

const busy: Trouble = { kind: 'later', seconds: null };
const lost: Trouble = { kind: 'lost' };
const asks = (seconds: number): Trouble => ({ kind: 'later', seconds });

/** Waits until it is given up, in the middle of the jitter; at most twelve. */
function waits(purpose: Purpose, trouble: Trouble): readonly number[] {
  const backoff = new Backoff(purpose, () => 0.5);
  const all: number[] = [];
  while (all.length < 12) {
    const next = backoff.after(trouble);
    if (next.kind === 'give-up') break;
    all.push(next.seconds);
  }
  return all;
}

describe('waiting', () => {
  it('has one table', () => {
    expect(waits('read', busy)).toEqual([0.1, 0.4, 1.6]);
    expect(waits('readInRun', busy)).toEqual([0.5, 1, 2, 4]);
    expect(waits('silentWrite', busy)).toEqual([0.5, 1, 2, 4, 8]);
    expect(waits('silentWrite', lost)).toEqual([0.5, 1]);
    expect(waits('loudWrite', busy)).toEqual([0.5, 1, 2, 4, 8]);
  });

  it('never sends a write again that may have notified people', () => {
    expect(waits('loudWrite', lost)).toEqual([]);
    const backoff = new Backoff('loudWrite');
    expect(backoff.after(busy).kind).toBe('wait');
    expect(backoff.after(lost).kind).toBe('give-up');
  });

  it.each([busy, lost, { kind: 'refused' } as const, asks(100_000)])(
    'never gives up an event that is out: %j',
    (one) => {
      expect(waits('putBack', one)).toHaveLength(12);
    },
  );

  it.each(['read', 'readInRun', 'silentWrite', 'loudWrite'] as const)(
    '%s: what is refused is not sent again',
    (one) => {
      expect(waits(one, { kind: 'refused' })).toEqual([]);
    },
  );

  it('keeps Retry-After, also where it is longer than its own waits and where it is nothing', () => {
    for (const purpose of Object.keys(BOUNDS) as Purpose[]) {
      for (const random of [0, 0.5, 1]) {
        const next = new Backoff(purpose, () => random).after(asks(50));
        expect(next.kind === 'wait' && next.seconds >= 50 && next.seconds <= 55.1).toBe(true);
      }
    }
    expect(waits('silentWrite', asks(0))).toEqual([0, 0, 0, 0, 0]);
    // Without a bound, a server that always asks for nothing is not asked without end in one breath.
    expect(waits('putBack', asks(0))[5]).toBe(16);
  });

  it('gives up at once where the server asks for more patience than there is', () => {
    expect(new Backoff('silentWrite').after(asks(601))).toEqual({ kind: 'give-up', asksTooLong: true });
    expect(new Backoff('read').after(asks(61))).toEqual({ kind: 'give-up', asksTooLong: true });
    expect(new Backoff('read').after(asks(60)).kind).toBe('wait');
  });

  it('spreads its own waits, and never waits longer than the table says', () => {
    expect(new Backoff('silentWrite', () => 0).after(busy)).toEqual({ kind: 'wait', seconds: 0.375 });
    expect(new Backoff('silentWrite', () => 1).after(busy)).toEqual({ kind: 'wait', seconds: 0.625 });
    expect(Math.max(...waits('putBack', busy))).toBe(30);
  });
});

it('a calendar that has to wait for its hour is waited for over an hour, and not much longer', () => {
  const waits = (random: number): readonly number[] => {
    const backoff = new Backoff('makeRationed', () => random);
    const seconds: number[] = [];
    for (;;) {
      const next = backoff.after({ kind: 'later', seconds: null });
      if (next.kind === 'give-up') return seconds;
      seconds.push(next.seconds);
    }
  };
  for (const random of [0, 1]) {
    const sum = waits(random).reduce((a, b) => a + b, 0);
    expect(sum).toBeGreaterThan(3600);
    expect(sum).toBeLessThan(2 * 3600);
  }
});
