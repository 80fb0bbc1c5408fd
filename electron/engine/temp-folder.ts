import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { here, holderIn, isAlive } from './run/kept/lock-holder.ts';

/*
 * Event texts leave no copies behind: what was unpacked or copied for a while goes with the process, however that ends.
 */

const PREFIX = 'hushcal-';
/** Who made a temporary folder. */
const OWNER = 'owner.json';

const leftovers = new Set<string>();

/** Removes a file or folder when the process exits; the result takes that back. A kill is left to the next start. */
export function removeAtExit(path: string): () => void {
  if (leftovers.size === 0) process.once('exit', removeLeftovers);
  leftovers.add(path);
  return () => {
    leftovers.delete(path);
    if (leftovers.size === 0) process.removeListener('exit', removeLeftovers);
  };
}

function removeLeftovers(): void {
  for (const path of leftovers) rmSync(path, { recursive: true, force: true });
}

export interface TempFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * A temporary folder of this process, of an unforeseeable name and its owner's only. Folders of processes that are dead
 * are removed first.
 */
export async function openTempFolder(within = tmpdir()): Promise<TempFolder> {
  await removeAbandoned(within);
  const path = await mkdtemp(join(within, PREFIX));
  const release = removeAtExit(path);
  await writeFile(join(path, OWNER), JSON.stringify(here()), { mode: 0o600 });
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true });
      release();
    },
  };
}

/** What this system does not know, of another container or without an owner, is left alone. */
async function removeAbandoned(within: string): Promise<void> {
  const names = await readdir(within).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(PREFIX))) {
    const folder = join(within, name);
    const owner = holderIn(await readFile(join(folder, OWNER), 'utf8').catch(() => ''));
    if (owner === null || isAlive(owner) !== false) continue;
    // Somebody else's cannot be removed, and need not be by us.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
