import { spawn } from 'node:child_process';
import fs, { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync, readdirSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { EXPIRES, isLocked, lockRun, REFRESH, unlock } from './lock.ts';
import { here } from './lock-holder.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'hushcal-lock-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

it('lets one in, and the next one after it went', () => {
  const first = lockRun(dir);
  expect(isLocked(dir)).toBe(true);
  expect(() => lockRun(dir)).toThrow(/another window or command/);
  first.release();
  expect(isLocked(dir)).toBe(false);
  lockRun(dir).release();
});

it('takes over from a dead process, whose file it leaves alone', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const { pid } = child;
  writeFileSync(join(dir, 'lock.1'), JSON.stringify({ pid, began: null }));
  expect(isLocked(dir)).toBe(true);
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  expect(isLocked(dir)).toBe(false);
  const lock = lockRun(dir);
  expect(readdirSync(dir).sort()).toEqual(['lock.1', 'lock.2']);
  lock.release();
});

it('is not fooled by another process with the same id', () => {
  writeFileSync(join(dir, 'lock.1'), JSON.stringify({ pid: process.pid, began: '1' }));
  // Where the system tells when a process began, this one began at another time.
  expect(isLocked(dir)).toBe(process.platform !== 'linux');
});

it('does not slip in beside one that took the lock between the look and the hand', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const first = lockRun(dir);
  // While we read who holds lock.1, its holder goes and another process takes the lock under the same name.
  const text = aroundFirstRead(join(dir, 'lock.1'), {
    before: () => {
      first.release();
    },
    after: () => {
      writeFileSync(join(dir, 'lock.1'), JSON.stringify({ pid: child.pid, began: null }));
    },
  });
  expect(() => lockRun(dir)).toThrow(/another window or command/);
  expect(text()).toContain(String(child.pid));
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
});

/** Does something before and after a file is read for the first time; gives what it holds then. */
function aroundFirstRead(file: string, { before, after }: Record<'before' | 'after', () => void>): () => string {
  const { readFileSync } = fs;
  const spy = vi.spyOn(fs, 'readFileSync').mockImplementation(((path: string, encoding: 'utf8') => {
    if (path !== file) return readFileSync(path, encoding);
    putBack();
    before();
    try {
      return readFileSync(path, encoding);
    } finally {
      after();
    }
  }) as typeof readFileSync);
  const putBack = (): void => {
    spy.mockRestore();
    syncBuiltinESMExports();
  };
  // The modules that import it have it by its name.
  syncBuiltinESMExports();
  onTestFinished(putBack);
  return () => readFileSync(file, 'utf8');
}

it('waits for one that is just being made', () => {
  writeFileSync(join(dir, 'lock.1'), '');
  expect(isLocked(dir)).toBe(true);
  expect(() => lockRun(dir)).toThrow();
});

/** The lock of a process elsewhere, refreshed so many milliseconds ago. */
function elsewhere(ago: number, host = 'another-host'): string {
  const path = join(dir, 'lock.1');
  writeFileSync(path, JSON.stringify({ ...here(), pid: 1, began: '1', host, space: 'another boot' }));
  const at = (Date.now() - ago) / 1000;
  utimesSync(path, at, at);
  return path;
}

it('believes a process on another host or in another container while it refreshes its lock', () => {
  elsewhere(REFRESH);
  expect(isLocked(dir)).toBe(true);
  expect(() => lockRun(dir)).toThrow(
    /process 1 on another-host; if that one is dead, the run is free 15 minutes after\./,
  );
  elsewhere(EXPIRES + 1000);
  expect(isLocked(dir)).toBe(false);
  lockRun(dir).release();
});

it('is free soon after this computer was started anew', () => {
  elsewhere(REFRESH, here().host ?? '');
  expect(isLocked(dir)).toBe(true);
  elsewhere(5 * REFRESH, here().host ?? '');
  expect(isLocked(dir)).toBe(false);
});

it('is refreshed, and looked at again after a gap: a process that slept sends nothing once another one has the run', () => {
  const lock = lockRun(dir);
  const path = join(dir, 'lock.1');
  utimesSync(path, 1, 1);
  expect(lock.stillHeld(Date.now() + REFRESH + 1)).toBe(true);
  expect(statSync(path).mtimeMs).toBeGreaterThan(Date.now());
  writeFileSync(join(dir, 'lock.2'), JSON.stringify(here()));
  expect(lock.stillHeld(Date.now() + 3 * REFRESH)).toBe(false);
  expect(lock.stillHeld()).toBe(false);
  lock.release();
  expect(readdirSync(dir).sort()).toEqual(['lock.1', 'lock.2']);
});

it('is lost with its folder', () => {
  const lock = lockRun(dir);
  rmSync(dir, { recursive: true });
  expect(lock.stillHeld(Date.now() + 2 * REFRESH)).toBe(false);
  lock.release();
});

it('is taken by a person from a dead holder elsewhere, and not from one that lives here', () => {
  const lock = lockRun(dir);
  expect(unlock(dir)).toMatchObject({ kind: 'alive', holder: { pid: process.pid } });
  expect(lock.stillHeld(Date.now() + 2 * REFRESH)).toBe(true);
  lock.release();
  expect(unlock(dir)).toEqual({ kind: 'free' });
  elsewhere(0);
  expect(unlock(dir)).toMatchObject({ kind: 'removed', holder: { host: 'another-host' } });
  expect(isLocked(dir)).toBe(false);
});
