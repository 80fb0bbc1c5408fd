import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openScene } from './scene.ts';

let dir = '';

/**
 * Once for all files: a whole restore, and its undo. Their processes leave the command line compiled for the hundreds that
 * follow.
 */
export async function setup(): Promise<void> {
  dir = await mkdtemp(path.join(tmpdir(), 'hushcal-compiled-'));
  process.env['XDG_CACHE_HOME'] = dir;
  const scene = await openScene();
  const restored = await scene.run(scene.restoreArgs('all'));
  // The conflict of the backup is left for a person.
  if (restored.code !== 1) throw new Error(`the first restore ended with ${String(restored.code)}: ${restored.stderr}`);
  const undone = await scene.run(scene.againArgs('undo', restored.settled?.runId ?? ''));
  if (undone.code !== 0) throw new Error(`the first undo ended with ${String(undone.code)}: ${undone.stderr}`);
  await scene.close();
}

export async function teardown(): Promise<void> {
  await rm(dir, { recursive: true, force: true });
}
