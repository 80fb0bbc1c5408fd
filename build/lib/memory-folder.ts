import { mkdtempSync, rmSync, statfsSync } from 'node:fs';

/*
 * Before all tests: their temporary files lie in memory, where the system has such a folder with room. What ends in them is
 * a process and never the machine, so that what is synced need not reach a disk.
 */

const MEMORY = '/dev/shm';
/** Octets: what the tests keep at a time, many times over. */
const ROOM = 2 ** 30;

let folder: string | null = null;

export function setup(): void {
  if (!hasRoom()) return;
  folder = mkdtempSync(`${MEMORY}/hushcal-tests-`);
  process.env['TMPDIR'] = folder;
}

export function teardown(): void {
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOM;
  } catch {
    return false;
  }
}
