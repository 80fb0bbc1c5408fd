import type { RunningApp } from '../../../e2e/harness/app.ts';

export interface MainProcess {
  /** Longest time that the main process answered nothing, in milliseconds. */
  readonly longestMs: number;
  /** Of the longest: at work. The rest of it others had the processor. */
  readonly workedMs: number;
  /** The longest that it was at work and answered nothing, in milliseconds. */
  readonly mostWorkedMs: number;
  /** Times of more than 100 ms, in milliseconds. */
  readonly slow: readonly number[];
  /** Resident memory at the end, in octets. */
  readonly rss: number;
}

/** A timer of the main process is due this often, in milliseconds: what it comes too late by is a delay. */
const EVERY = 10;
const SLOW = 100;

/** What the main process keeps while it is watched. */
interface Noted {
  timer: NodeJS.Timeout;
  longest: number;
  worked: number;
  mostWorked: number;
  slow: number[];
}

/** Begins to watch the event loop of the main process; the function ends it. */
export async function watchMain({ electron }: RunningApp): Promise<() => Promise<MainProcess>> {
  await electron.evaluate(
    (_electron, { every, slow }) => {
      let last = performance.now();
      let spent = process.cpuUsage();
      const noted: Noted = {
        longest: 0,
        worked: 0,
        mostWorked: 0,
        slow: [],
        timer: setInterval(() => {
          const now = performance.now();
          const delay = now - last - every;
          last = now;
          const { user, system } = process.cpuUsage(spent);
          spent = process.cpuUsage();
          const worked = Math.min(delay, (user + system) / 1000);
          noted.mostWorked = Math.max(noted.mostWorked, worked);
          if (delay > noted.longest) {
            noted.longest = delay;
            noted.worked = worked;
          }
          if (delay > slow) noted.slow.push(Math.round(delay));
        }, every),
      };
      Object.assign(globalThis, { hushcalWatched: noted });
    },
    { every: EVERY, slow: SLOW },
  );
  return () =>
    electron.evaluate(() => {
      const { hushcalWatched: noted } = globalThis as unknown as { hushcalWatched: Noted };
      clearInterval(noted.timer);
      const { longest, worked, mostWorked, slow } = noted;
      const { rss } = process.memoryUsage();
      return { longestMs: longest, workedMs: worked, mostWorkedMs: mostWorked, slow, rss };
    });
}
