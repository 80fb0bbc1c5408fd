import type { Page } from '@playwright/test';

/** Begins to watch the event loop of the page; the function ends it and gives the longest turn in milliseconds. */
export async function watchPage(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(`(() => {
    const watch = { longest: 0, last: performance.now() };
    watch.timer = setInterval(() => {
      const now = performance.now();
      watch.longest = Math.max(watch.longest, now - watch.last - ${String(EVERY)});
      watch.last = now;
    }, ${String(EVERY)});
    window.__turns = watch;
  })()`);
  return async () => Number(await page.evaluate('(clearInterval(window.__turns.timer), window.__turns.longest)'));
}

/** A timer of the page is due this often, in milliseconds. */
const EVERY = 10;
