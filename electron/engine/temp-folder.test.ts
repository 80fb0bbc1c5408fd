import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { here } from './run/kept/lock-holder.ts';
import { openTempFolder } from './temp-folder.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'temp-folders-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function leftBy(name: string, owner: object | null): Promise<void> {
  await mkdir(join(dir, name));
  await writeFile(join(dir, name, 'event.ics'), 'BEGIN:VEVENT');
  if (owner !== null) await writeFile(join(dir, name, 'owner.json'), JSON.stringify(owner));
}

it('removes what a killed process left, and nobody else’s', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.once('exit', resolve));
  await leftBy('hushcal-dead', { ...here(), pid: child.pid });
  await leftBy('hushcal-alive', here());
  await leftBy('hushcal-elsewhere', { ...here(), pid: child.pid, space: 'another container' });
  await leftBy('hushcal-unknown', null);
  const own = await openTempFolder(dir);
  const left = ['hushcal-alive', 'hushcal-elsewhere', 'hushcal-unknown'];
  expect((await readdir(dir)).filter((name) => join(dir, name) !== own.path).sort()).toEqual(left);
  await own.remove();
  expect((await readdir(dir)).sort()).toEqual(left);
});
