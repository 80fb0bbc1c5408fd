import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Octets of all files below a folder; what goes away meanwhile counts as nothing. */
export async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let size = 0;
  for (const entry of names) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) size += await sizeOf(path);
    else if (entry.isFile()) size += (await lstat(path).catch(() => ({ size: 0 }))).size;
  }
  return size;
}
