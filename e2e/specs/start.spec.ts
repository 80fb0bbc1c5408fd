import { expect, test } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

test.skip(process.platform !== 'linux', 'A display without a screen is made on Linux only.');

let userData: string;
test.beforeEach(async () => {
  userData = await mkdtemp(join(tmpdir(), 'hushcal-start-'));
});
test.afterEach(() => rm(userData, { recursive: true, force: true }));

test('npm start that is ended by a signal to all of it lets the app end in order', async () => {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const start = spawn(process.execPath, ['build/start.mjs', '--remote-debugging-port=0'], {
    // In a group of its own, as a terminal or `timeout` has it: the signal reaches whoever is in it.
    detached: true,
    env: { ...env, HUSHCAL_USER_DATA: userData },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(start, 'exit');
  let said = '';
  for (const stream of [start.stdout, start.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  await expect.poll(isOpen, { timeout: 60_000 }).toBe(true);
  const apart = await childrenOf(start.pid);
  expect(apart).toHaveLength(2);

  process.kill(-(start.pid ?? 0), 'SIGTERM');
  // As npm passes it on once more.
  process.kill(start.pid ?? 0, 'SIGTERM');
  await ended;
  expect(said).not.toContain('Failed to shutdown');
  expect(await readFile(join(userData, 'log.txt'), 'utf8')).toMatch(/ app ended/);
  expect(await readdir(userData)).not.toContain('SingletonLock');
  expect(JSON.parse(await readFile(join(userData, 'settings.json'), 'utf8'))).toMatchObject({
    bounds: expect.objectContaining({ width: expect.any(Number) }),
  });
  // Neither the app with its processes, nor the display.
  await expect.poll(async () => (await processes()).filter(({ line }) => line.includes(userData))).toEqual([]);
  await expect.poll(async () => (await processes()).filter(({ pid }) => apart.includes(pid))).toEqual([]);
});

/** Whether the window is there, as the debugger of Chromium sees it. */
async function isOpen(): Promise<boolean> {
  try {
    const [port = ''] = (await readFile(join(userData, 'DevToolsActivePort'), 'utf8')).split('\n');
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { readonly url: string }[];
    return targets.some(({ url }) => url.startsWith('app://'));
  } catch {
    return false;
  }
}

interface Process {
  readonly pid: string;
  readonly parent: string;
  readonly line: string;
}

async function childrenOf(pid: number | undefined): Promise<readonly string[]> {
  return (await processes()).filter(({ parent }) => parent === String(pid)).map((one) => one.pid);
}

async function processes(): Promise<readonly Process[]> {
  const found: Process[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    try {
      const [line, status] = await Promise.all(
        ['cmdline', 'status'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')),
      );
      // One that has ended and that nobody asked about is still listed.
      const [, state = '', parent = ''] = /^State:\s+(\w)[^]*^PPid:\s+(\d+)/m.exec(status ?? '') ?? [];
      if (state !== 'Z') found.push({ pid, parent, line: line ?? '' });
    } catch {
      // It ended meanwhile.
    }
  }
  return found;
}
