import { expect, it } from 'vitest';
import { axisTicks, namedBars } from './timeline.ts';

it.each([
  [0, [0]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [26, [0, 10, 20, 30]],
  [140, [0, 50, 100, 150]],
  [9000, [0, 5000, 10_000]],
])('an axis up to %i', (most, ticks) => {
  expect(axisTicks(most)).toEqual(ticks);
});

it('names as many bars as fit', () => {
  expect(namedBars(6, 10)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(namedBars(72, 10)).toEqual([0, 8, 16, 24, 32, 40, 48, 56, 64]);
  expect(namedBars(0, 10)).toEqual([]);
});
