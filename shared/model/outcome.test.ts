import { expect, it } from 'vitest';
import { countWritten, OUTCOMES, totals, ZERO_TOTALS } from './outcome.ts';
import { ACTIONS, actionCounts, ZERO_COUNTS } from './plan.ts';

it('totals name every bucket, counts every action', () => {
  expect(Object.keys(totals.shape)).toEqual([...OUTCOMES]);
  expect(Object.keys(ZERO_TOTALS)).toEqual([...OUTCOMES]);
  expect(Object.keys(actionCounts.shape)).toEqual([...ACTIONS]);
  expect(Object.keys(ZERO_COUNTS)).toEqual([...ACTIONS]);
});

it('runs that were kept before the newest buckets are read with none in them', () => {
  const { altered, superseded, ...kept } = { ...ZERO_TOTALS, created: 2 };
  expect(totals.parse(kept)).toEqual({ ...kept, altered, superseded });
  const { supersede, ...counts } = ZERO_COUNTS;
  expect(actionCounts.parse(counts)).toEqual({ ...counts, supersede });
});

it('what the server changed on storing counts as written', () => {
  expect(countWritten({ ...ZERO_TOTALS, created: 1, updated: 2, altered: 4, deleted: 8, failed: 16 })).toBe(15);
});
