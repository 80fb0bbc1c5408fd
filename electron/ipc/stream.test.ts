import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JobEvent } from '../../shared/model/job.ts';
import { EMPTY_SNAPSHOT, foldEvents } from '../../shared/model/snapshot.ts';
import { EventStream, type Batch } from './stream.ts';

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
  const stream = new EventStream((batch) => batches.push(batch));
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

test('500 events leave at once; none is lost or doubled', () => {
  const batches: Batch[] = [];
  const stream = new EventStream((batch) => batches.push(batch));
  stream.add(items(0, 1234));
  expect(batches.map((batch) => batch.events.length)).toEqual([500, 500]);
  stream.flush();
  stream.flush();
  expect(batches.flatMap((batch) => batch.events)).toEqual(items(0, 1234));
  expect(batches.at(-1)?.seq).toBe(1234);
});

test('a window that comes late has the same state as one that saw everything', () => {
  const batches: Batch[] = [];
  const stream = new EventStream((batch) => batches.push(batch));
  stream.add(items(0, 700));
  const late = stream.snapshot();
  expect(late.seq).toBe(500);
  stream.flush();
  const missed = batches.filter((batch) => batch.seq > late.seq).flatMap((batch) => batch.events);
  const whole = foldEvents(EMPTY_SNAPSHOT, items(0, 700));
  expect(foldEvents(late.snapshot, missed)).toEqual(whole);
  expect(stream.snapshot().snapshot).toEqual(whole);
});
