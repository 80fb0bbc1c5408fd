import { cpSync, rmSync, truncateSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { PracticeServer } from '../../electron/practice/index.ts';

/** Brings back what was kept once the servers are idle, as often as it is called. */
export type BringBack = () => Promise<void>;
/** Keeps what servers hold once they are idle, and a folder; of the named files only so many octets. */
export type Keep = (cut?: readonly (readonly [file: string, size: number])[]) => Promise<BringBack>;

/** Where what was kept of a folder lies. */
const besides = (dir: string): string => `${dir}.kept`;

/**
 * Keeps what servers and a folder hold, and the faults of the servers: one scene is made ready once, and each kill begins
 * there; and what a process would leave at a moment is taken up later.
 */
export function keeper(servers: readonly PracticeServer[], dir: string): Keep {
  let count = 0;
  const idle = async (): Promise<void> => {
    for (const server of servers) await server.idle();
  };
  return async (cut = []) => {
    await idle();
    const kept = path.join(besides(dir), String(count++));
    cpSync(dir, kept, { recursive: true });
    for (const [file, size] of cut) truncateSync(path.join(kept, path.relative(dir, file)), size);
    const marks = servers.map((server) => server.mark());
    return async () => {
      await idle();
      for (const bringBack of marks) bringBack();
      rmSync(dir, { recursive: true });
      cpSync(kept, dir, { recursive: true });
    };
  };
}

/** Deletes what was kept of a folder. */
export async function forget(dir: string): Promise<void> {
  await rm(besides(dir), { recursive: true, force: true });
}
