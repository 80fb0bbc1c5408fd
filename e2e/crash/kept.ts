import { cp, rm } from 'node:fs/promises';
import type { PracticeServer } from '../../electron/practice/index.ts';

/**
 * Keeps what servers and a folder hold, and the faults of the servers. What it gives brings all of that back, as often as it is
 * called: one scene is made ready once, and each kill begins there.
 */
export async function keep(servers: readonly PracticeServer[], dir: string): Promise<() => Promise<void>> {
  const kept = besides(dir);
  await cp(dir, kept, { recursive: true });
  const marks = servers.map((server) => {
    const bringBack = server.mark();
    const faults = server.faults().map(({ fault }) => fault);
    return () => {
      bringBack();
      server.setFaults(faults);
    };
  });
  return async () => {
    for (const bringBack of marks) bringBack();
    await rm(dir, { recursive: true });
    await cp(kept, dir, { recursive: true });
  };
}

/** Deletes what was kept of a folder. */
export async function forget(dir: string): Promise<void> {
  await rm(besides(dir), { recursive: true, force: true });
}

function besides(dir: string): string {
  return `${dir}.kept`;
}
