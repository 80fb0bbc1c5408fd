import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { atOnce, collect, runYielding, paced, type Work } from './yielding.ts';

/** The clock of these tests: each look at it finds 5 ms gone by. */
let now = 0;

beforeEach(() => {
  now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 5));
});
afterEach(() => {
  vi.restoreAllMocks();
});

function* counting(to: number): Work<number> {
  for (let at = 0; at < to; at += 1) yield;
  return to;
}

/** How many turns others had while something was going on. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let going = true;
  const other = (): void => {
    turns += 1;
    if (going) setImmediate(other);
  };
  setImmediate(other);
  await work;
  going = false;
  return turns;
}

it('lets others have their turn as often as it is due, and gives the result', async () => {
  const work = runYielding(counting(300));
  expect(await turnsDuring(work)).toBeGreaterThan(50);
  expect(await work).toBe(300);
  expect(atOnce(counting(300))).toBe(300);
});

it('does the same for what is collected and for what is handed on one by one', async () => {
  const items = Array.from({ length: 300 }, (_, index) => index);
  const collected = collect(items);
  expect(await turnsDuring(collected)).toBeGreaterThan(50);
  expect(await collected).toEqual(items);
  const seen: number[] = [];
  const through = async (): Promise<void> => {
    for await (const item of paced(items)) seen.push(item);
  };
  expect(await turnsDuring(through())).toBeGreaterThan(50);
  expect(seen).toEqual(items);
});

it('ends where it is told to', async () => {
  const over = new AbortController();
  const work = runYielding(counting(1_000_000), over.signal);
  setImmediate(() => {
    over.abort(new Error('over'));
  });
  await expect(work).rejects.toThrow('over');
});
