import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isLocked, lockRun } from './lock.ts';
import { runLocked } from './run-locked.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hushcal-locked-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

it('holds the lock until the end, and not longer', async () => {
  let end: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    end = resolve;
  });
  const handle = await runLocked(lockRun(dir), () => {
    expect(isLocked(dir)).toBe(true);
    return Promise.resolve({ finished });
  });
  expect(isLocked(dir)).toBe(true);
  end();
  await handle.finished;
  expect(isLocked(dir)).toBe(false);
});

it('gives the lock back when nothing begins', async () => {
  const failing = runLocked(lockRun(dir), () => Promise.reject(new Error('the disk is full')));
  await expect(failing).rejects.toThrow('the disk is full');
  expect(isLocked(dir)).toBe(false);
});

it('begins without a lock where none is needed', async () => {
  const finished = Promise.resolve();
  expect(await runLocked(null, () => Promise.resolve({ finished }))).toEqual({ finished });
});
