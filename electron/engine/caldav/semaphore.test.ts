import { describe, expect, it } from 'vitest';
import { Semaphore } from './semaphore.ts';

/** Requests that end when they are told to, and how many of them are under way. */
function requests(): { go(): Promise<void>; endOne(): Promise<void>; readonly underWay: number } {
  const ends: (() => void)[] = [];
  return {
    get underWay() {
      return ends.length;
    },
    go: () => new Promise<void>((resolve) => ends.push(resolve)),
    async endOne() {
      ends.shift()?.();
      // What waits for it has a few steps to take before the next one begins.
      for (let step = 0; step < 5; step += 1) await Promise.resolve();
    },
  };
}

describe('a gate', () => {
  it('lets so many through at a time, the others in their order', async () => {
    const gate = new Semaphore(2);
    const server = requests();
    const done: number[] = [];
    const all = [0, 1, 2, 3].map((id) => gate.pass(() => server.go()).then(() => done.push(id)));
    expect(server.underWay).toBe(2);
    for (const left of [2, 2, 1, 0]) {
      await server.endOne();
      expect(server.underWay).toBe(left);
    }
    await Promise.all(all);
    expect(done).toEqual([0, 1, 2, 3]);
  });

  it('lets the next one in when a request fails', async () => {
    const gate = new Semaphore(1);
    await expect(gate.pass(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    await expect(gate.pass(() => Promise.resolve('there'))).resolves.toBe('there');
  });

  it('lets more in as soon as the limit is raised', () => {
    const gate = new Semaphore(1);
    const server = requests();
    for (let id = 0; id < 3; id += 1) void gate.pass(() => server.go());
    expect(server.underWay).toBe(1);
    gate.limit = 3;
    return Promise.resolve().then(() => expect(server.underWay).toBe(3));
  });
});
