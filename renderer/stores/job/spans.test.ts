import { expect, it } from 'vitest';
import { countIn, holds, spanOf, toggleIn, type Spans } from './spans.ts';

it('goes from one position to another, whichever is first', () => {
  expect(spanOf(7, 3)).toEqual([[3, 7]]);
  expect(countIn(spanOf(7, 3))).toBe(5);
});

it('takes single positions in and out, as a set of them would', () => {
  const set = new Set<number>([2, 3, 4]);
  let spans: Spans = spanOf(2, 4);
  for (const at of [3, 6, 5, 3, 2, 0, 1, 4, 5, 5]) {
    spans = toggleIn(spans, at);
    if (!set.delete(at)) set.add(at);
    expect(Array.from({ length: 9 }, (_, n) => n).filter((n) => holds(spans, n))).toEqual(
      [...set].sort((a, b) => a - b),
    );
    expect(countIn(spans)).toBe(set.size);
    for (const [n, [from, to]] of spans.entries()) {
      expect(from).toBeLessThanOrEqual(to);
      if (n > 0) expect(from, 'no stretch touches another').toBeGreaterThan((spans[n - 1]?.[1] ?? 0) + 1);
    }
  }
});
