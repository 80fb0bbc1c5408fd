import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isLocked, lockRun } from './lock.ts';

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

it('waits for one that is just being made', () => {
  writeFileSync(join(dir, 'lock.1'), '');
  expect(isLocked(dir)).toBe(true);
  expect(() => lockRun(dir)).toThrow();
});
