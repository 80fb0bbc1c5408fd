import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

let dir = '';

/**
 * Once for all files: a folder for what the command line leaves compiled. The first process of each command that is not
 * killed fills it for the hundreds that follow.
 */
export async function setup(): Promise<void> {
  dir = await mkdtemp(path.join(tmpdir(), 'hushcal-compiled-'));
  process.env['XDG_CACHE_HOME'] = dir;
}

export async function teardown(): Promise<void> {
  await rm(dir, { recursive: true, force: true });
}
