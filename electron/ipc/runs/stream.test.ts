import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JobEvent } from '../../../shared/model/job.ts';
import { EMPTY_SNAPSHOT, foldEvents, type RunSnapshot } from '../../../shared/model/snapshot.ts';
import { Stream, type Sent } from './stream.ts';

type Batch = Sent<JobEvent, RunSnapshot>;
const FOLD = { empty: EMPTY_SNAPSHOT, fold: foldEvents };

const item = (row: number): JobEvent => ({
  kind: 'item',
  row,
  uid: `uid-${row}`,
  href: null,
  action: 'create',
  outcome: 'created',
  reason: '',
  file: 'a.ics',
  line: 1,
  title: '',
});
const items = (from: number, count: number) => Array.from({ length: count }, (_, index) => item(from + index));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('events wait 50 ms at most and leave together, numbered without a gap', () => {
  const batches: Batch[] = [];
  const stream = new Stream(FOLD, (batch: Batch) => batches.push(batch));
  stream.add(items(0, 3));
  vi.advanceTimersByTime(49);
  stream.add(items(3, 2));
  expect(batches).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(batches.map((batch) => [batch.seq, batch.events.length])).toEqual([[5, 5]]);
  stream.add(items(5, 1));
  vi.advanceTimersByTime(50);
  expect(batches.map((batch) => batch.seq)).toEqual([5, 6]);
});

test('of more than 500 events at once the window hears the state that they make, in one message of bounded size', () => {
  const batches: Batch[] = [];
  const stream = new Stream(FOLD, (batch: Batch) => batches.push(batch));
  for (let from = 0; from < 20_000; from += 1000) stream.add(items(from, 1000));
  expect(batches).toEqual([]);
  vi.advanceTimersByTime(50);
  const whole = foldEvents(EMPTY_SNAPSHOT, items(0, 20_000));
  expect(batches).toEqual([{ seq: 20_000, events: [], snapshot: whole }]);
  expect(batches[0]?.snapshot?.recent).toHaveLength(200);
  stream.add(items(20_000, 500));
  stream.flush();
  stream.flush();
  expect(batches.slice(1)).toEqual([{ seq: 20_500, events: items(20_000, 500) }]);
});

test('a window that comes late has the same state as one that saw everything', () => {
  const batches: Batch[] = [];
  const stream = new Stream(FOLD, (batch: Batch) => batches.push(batch));
  stream.add(items(0, 300));
  stream.flush();
  stream.add(items(300, 400));
  const late = stream.snapshot();
  expect(late.seq).toBe(300);
  stream.flush();
  const missed = batches.filter((batch) => batch.seq > late.seq).flatMap((batch) => batch.events);
  const whole = foldEvents(EMPTY_SNAPSHOT, items(0, 700));
  expect(foldEvents(late.snapshot, missed)).toEqual(whole);
  expect(stream.snapshot().snapshot).toEqual(whole);
});
