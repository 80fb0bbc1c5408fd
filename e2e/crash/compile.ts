import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openScene } from './scene.ts';

let dir = '';

/** Once for all files: a whole restore, whose process leaves the command line compiled for the hundreds that follow. */
export async function setup(): Promise<void> {
  dir = await mkdtemp(path.join(tmpdir(), 'hushcal-compiled-'));
  process.env['XDG_CACHE_HOME'] = dir;
  const scene = await openScene();
  const { code, stderr } = await scene.run(scene.restoreArgs('none'));
  await scene.close();
  // The conflict of the backup is left for a person.
  if (code !== 1) throw new Error(`the first restore ended with ${String(code)}: ${stderr}`);
}

export async function teardown(): Promise<void> {
  await rm(dir, { recursive: true, force: true });
}
