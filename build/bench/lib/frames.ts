import type { Page } from '@playwright/test';

export interface Frames {
  readonly perSecond: number;
  /** Longest time between two frames, in whole milliseconds: three frames of 60 Hz are 50, give or take a tenth. */
  readonly longestMs: number;
  /** Gaps of more than 34 ms: two frames of a 60 Hz display. */
  readonly slow: readonly number[];
}

/**
 * Counts the page's animation frames. `during` is a promise in the page's own words (these files are compiled without
 * the DOM), or something that goes on outside of it.
 */
export async function framesDuring(page: Page, during: string | (() => Promise<void>)): Promise<Frames> {
  await page.evaluate(`window.__frames = { times: [], going: true };
    (function note(now) {
      window.__frames.times.push(now);
      if (window.__frames.going) requestAnimationFrame(note);
    })(performance.now())`);
  if (typeof during === 'string') await page.evaluate(during);
  else await during();
  const times: unknown = await page.evaluate('((window.__frames.going = false), window.__frames.times)');
  if (!Array.isArray(times)) throw new Error('no frames');
  // The first frame may lie in the past of the call.
  const stamps = times.slice(2).map(Number);
  const gaps = stamps.slice(1).map((time, index) => time - (stamps[index] ?? time));
  const whole = (stamps.at(-1) ?? 0) - (stamps[0] ?? 0);
  return {
    perSecond: (gaps.length / whole) * 1000,
    longestMs: Math.round(Math.max(...gaps)),
    slow: gaps.filter((gap) => gap > 34).map((gap) => Math.round(gap)),
  };
}
