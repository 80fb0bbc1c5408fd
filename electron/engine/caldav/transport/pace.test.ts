import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPacer, type PaceChange, type Pacer, type LoadSignal } from './pace.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const busy = (seconds: number | null): LoadSignal => ({ kind: 'strained', seconds, why: 'The server answered 503' });

interface Load {
  most: number;
  now: number;
  started: number;
}

function task(load: Load, milliseconds: number): () => Promise<string> {
  return async () => {
    load.started += 1;
    load.now += 1;
    load.most = Math.max(load.most, load.now);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    load.now -= 1;
    return 'done';
  };
}

async function runMany(pacer: Pacer, count: number, milliseconds: number): Promise<Load> {
  const load: Load = { most: 0, now: 0, started: 0 };
  const all = Promise.all(Array.from({ length: count }, () => pacer.run(task(load, milliseconds))));
  await vi.runAllTimersAsync();
  await all;
  return load;
}

describe('the pacer', () => {
  it('starts gently and grows to its ceiling, never above', async () => {
    const changes: PaceChange[] = [];
    const load = await runMany(
      createPacer(16, (change) => changes.push(change)),
      500,
      20,
    );
    expect(changes.map((change) => change.connections)).toEqual([8, 16]);
    expect(load.most).toBe(16);
    expect(load.started).toBe(500);
  });

  it('runs one at a time when that is the ceiling', async () => {
    expect((await runMany(createPacer(1), 20, 5)).most).toBe(1);
  });

  it('does not grow while answers become slow', async () => {
    const pacer = createPacer(16);
    await runMany(pacer, 1, 5);
    await runMany(pacer, 60, 2000);
    expect(pacer.connections).toBe(4);
  });

  it('starts with two where the ceiling is low', () => {
    expect([1, 2, 4, 8, 12, 32].map((ceiling) => createPacer(ceiling).connections)).toEqual([1, 2, 2, 2, 3, 8]);
  });

  it('knows how long the quickest answers take, and forgets it when the server is strained', async () => {
    const pacer = createPacer(4);
    expect(pacer.quickest).toBe(0);
    await runMany(pacer, 20, 30);
    expect(Math.round(pacer.quickest)).toBe(30);
    await pacer.run(
      () => Promise.resolve(busy(null)),
      (loadSignal) => loadSignal,
    );
    expect(pacer.quickest).toBe(0);
  });

  it('sees a server at ease while more requests at once do not make the answers slower', async () => {
    const far = createPacer(16);
    expect(far.hasHeadroom).toBe(false);
    await runMany(far, 200, 20);
    expect(far.hasHeadroom).toBe(true);
    const bound = createPacer(16);
    await runMany(bound, 1, 5);
    await runMany(bound, 60, 20);
    expect(bound.hasHeadroom).toBe(false);
  });

  it('halves once per round of strained answers, and says why', async () => {
    const changes: PaceChange[] = [];
    const pacer = createPacer(16, (change) => changes.push(change));
    await runMany(pacer, 500, 20);
    changes.length = 0;
    const load: Load = { most: 0, now: 0, started: 0 };
    const round = Array.from({ length: 16 }, () => pacer.run(task(load, 20), () => busy(null)));
    await vi.runAllTimersAsync();
    await Promise.all(round);
    expect(changes).toEqual([
      { connections: 8, because: 'The server answered 503, so fewer requests go out at once.' },
    ]);
  });

  it('never falls below one', async () => {
    const pacer = createPacer(4);
    for (let i = 0; i < 10; i += 1) {
      const run = pacer.run(task({ most: 0, now: 0, started: 0 }, 10), () => busy(null));
      await vi.advanceTimersByTimeAsync(10);
      await run;
    }
    expect(pacer.connections).toBe(1);
  });

  it('starts nothing before Retry-After is over', async () => {
    const pacer = createPacer(4);
    const load: Load = { most: 0, now: 0, started: 0 };
    const first = pacer.run(task(load, 10), () => busy(5));
    await vi.advanceTimersByTimeAsync(10);
    await first;
    const rest = [pacer.run(task(load, 10)), pacer.run(task(load, 10))];
    await vi.advanceTimersByTimeAsync(4900);
    expect(load.started).toBe(1);
    await vi.runAllTimersAsync();
    await Promise.all(rest);
    expect(load.started).toBe(3);
  });

  it('takes write results for what they are', async () => {
    const changes: PaceChange[] = [];
    const pacer = createPacer(2, (change) => changes.push(change));
    await pacer.run(() => Promise.resolve({ kind: 'later', status: 429, seconds: null, message: 'x' }));
    expect(changes[0]?.because).toBe('The server answered 429, so fewer requests go out at once.');
    await pacer.run(() => Promise.resolve({ kind: 'refused', status: 403, message: 'x' }));
    expect(changes).toHaveLength(1);
  });

  it('hands a rejection on and gives the place back', async () => {
    const pacer = createPacer(1);
    await expect(pacer.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await pacer.run(() => Promise.resolve(7))).toBe(7);
  });

  it('waits for nobody once it is told to hurry', async () => {
    const pacer = createPacer(4);
    await pacer.run(
      () => Promise.resolve(busy(86_400)),
      (loadSignal) => loadSignal,
    );
    const load: Load = { most: 0, now: 0, started: 0 };
    const waiting = Promise.all([1, 2, 3].map(() => pacer.run(task(load, 0))));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(load.started).toBe(0);
    pacer.ignoreRetryAfter();
    await vi.advanceTimersByTimeAsync(10);
    await waiting;
    expect(load.started).toBe(3);
    await pacer.run(
      () => Promise.resolve(busy(86_400)),
      (loadSignal) => loadSignal,
    );
    const last = pacer.run(task(load, 0));
    await vi.advanceTimersByTimeAsync(10);
    await last;
    expect(vi.getTimerCount()).toBe(0);
  });
});
