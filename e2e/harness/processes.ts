import { readFileSync } from 'node:fs';
import type { RunningApp } from './app.ts';

/** The number of a process of the app, by the name under which the app started it. */
export async function pidOf(app: RunningApp, name: 'Hushcal engine' | 'Hushcal practice server'): Promise<number> {
  const found = await app.electron.evaluate(
    ({ app: electron }, wanted) => electron.getAppMetrics().find((one) => one.name === wanted)?.pid,
    name,
  );
  if (found === undefined) throw new Error(`There is no process ${name}.`);
  return found;
}

/** Whether a process still does something: one that only waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !readFileSync(`/proc/${String(pid)}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
