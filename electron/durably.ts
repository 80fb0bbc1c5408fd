import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder, its owner's only, and those above it. The last one by itself: made all at once, Node says of a disk that
 * can only be read that the folder is not there.
 */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await mkdir(path, { mode: 0o700 });
}

/** Writes a file of its own; it is on the disk afterwards. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Puts a file in the place of an earlier one, or makes it, in one step and durably: a reader, and the next start after a
 * kill, finds the old text or the new one whole. Its folder is there already. When it fails, the earlier one stays.
 */
export async function replaceDurably(path: string, text: string): Promise<void> {
  const making = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await writeDurably(making, text);
    await rename(making, path);
  } catch (error) {
    await rm(making, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Makes what was made, renamed or removed in a folder durable, where the system lets a folder be synced. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows opens no folders; its rename is durable with the next write that is synced.
  }
}
