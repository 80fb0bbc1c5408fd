import { expect } from '@playwright/test';
import type { Result } from 'axe-core';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningApp } from './app.ts';
import { inShapes, type Shape } from './layout.ts';

/** The usual window, and the smallest. */
const USUAL = { width: 1280, height: 800, zoom: 1 };
const SMALLEST = { width: 1024, height: 700, zoom: 1 };

type Scheme = 'light' | 'dark';

/** Looks at both themes when nothing moves any more, and leaves the light one. The theme of the settings must be "system". */
async function inBothThemes(app: RunningApp, look: (scheme: Scheme) => Promise<void>): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await app.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await expect(app.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    await app.page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)))');
    await look(scheme);
  }
  await app.page.emulateMedia({ colorScheme: 'light' });
}

/** Where pictures are wanted, writes `e2e/output/NAME-light.png` and `-dark.png` of what the window shows. */
export async function screenshots(app: RunningApp, name: string): Promise<void> {
  if (WANTED) await inShapes(app, [USUAL], () => inBothThemes(app, (scheme) => picture(app, name, scheme)));
}

/** Nobody looks at the pictures of every run: `npm run pictures` asks for them. */
const WANTED = process.env['HUSHCAL_PICTURES'] !== undefined;

async function picture(app: RunningApp, name: string, scheme: Scheme): Promise<void> {
  if (!WANTED) return;
  await app.page.screenshot({ path: `e2e/output/${name}-${scheme}.png`, animations: 'disabled' });
}

/** Measures at both sizes that nothing lies outside the window and no text is cut off without an ellipsis. */
export async function expectNoOverflow(app: RunningApp): Promise<void> {
  await inShapes(app, [USUAL, SMALLEST], (shape) => expectNothingOutside(app, shape));
}

async function expectNothingOutside(app: RunningApp, { width, height }: Shape): Promise<void> {
  await expect.poll(() => app.page.evaluate(MEASURE), `at ${width} x ${height}`).toEqual([]);
}

/** The step on screen needs no scrolling in the window's usual size. */
export async function expectNoScrolling(app: RunningApp): Promise<void> {
  const hidden = '((body) => body.scrollHeight - body.clientHeight)(document.querySelector("[data-testid=page-body]"))';
  await inShapes(app, [USUAL], () => expect.poll(() => app.page.evaluate(hidden)).toBe(0));
}

/** Runs in the page; a string, because this file is compiled without the DOM. Gives descriptions of what sticks out. */
const MEASURE = `(() => {
  const found = [];
  const name = (element) => {
    const text = (element.textContent || '').trim().replace(/\\s+/g, ' ').slice(0, 40);
    return element.tagName.toLowerCase() + (element.className ? '.' + String(element.className).split(' ')[0] : '') + ' "' + text + '"';
  };
  const page = document.scrollingElement;
  if (page.scrollWidth > innerWidth) found.push('the page is ' + page.scrollWidth + ' wide');
  if (page.scrollHeight > innerHeight) found.push('the page is ' + page.scrollHeight + ' high');
  const clipped = (element) => {
    for (let above = element.parentElement; above; above = above.parentElement) {
      const style = getComputedStyle(above);
      if (style.overflowX !== 'visible' || style.overflowY !== 'visible') return true;
    }
    return false;
  };
  for (const element of document.querySelectorAll('body *')) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    const style = getComputedStyle(element);
    const outside = box.right > innerWidth + 1 || box.left < -1 || box.bottom > innerHeight + 1 || box.top < -1;
    if (outside && !clipped(element)) found.push('outside the window: ' + name(element));
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    const hides = style.overflowX === 'hidden' || style.overflowX === 'clip';
    const isHidden = style.clipPath !== 'none' || style.clip !== 'auto' || box.width < 4;
    if (hasText && hides && !isHidden && style.textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1)
      found.push('text cut off: ' + name(element));
  }
  return found;
})()`;

/** Looks at a state of the window in every way: both sizes, both themes, and with axe. Draws both where pictures are wanted. */
export async function lookAt(app: RunningApp, name: string): Promise<void> {
  await inShapes(app, [USUAL, SMALLEST], async (shape) => {
    if (shape === USUAL) {
      await inBothThemes(app, async (scheme) => {
        await picture(app, name, scheme);
        await expectAccessibleIn(app, scheme);
      });
    }
    await expectNothingOutside(app, shape);
  });
}

/** No finding of axe that it calls serious or critical. */
export async function expectAccessible(app: RunningApp): Promise<void> {
  await inBothThemes(app, (scheme) => expectAccessibleIn(app, scheme));
}

/** In dark only the colours can be others than in light. */
async function expectAccessibleIn(app: RunningApp, scheme: Scheme): Promise<void> {
  expect(await seriousFaults(app, scheme === 'dark' ? ['color-contrast'] : null), `axe, ${scheme}`).toEqual([]);
}

/**
 * By these rules of axe, or by all. Axe is read into the page once, and asked for what it finds wrong only: all that its own
 * builder for Playwright does for each look takes four times as long.
 */
async function seriousFaults(app: RunningApp, rules: readonly string[] | null): Promise<readonly string[]> {
  if ((await app.page.evaluate('typeof axe')) === 'undefined') {
    await app.page.evaluate(await readFile(join(process.cwd(), 'node_modules/axe-core/axe.min.js'), 'utf8'));
  }
  // Style sheets, which axe reads beforehand otherwise, take a fifth of its time: only a rule that is off wants them.
  const options = {
    preload: { assets: ['media'] },
    selectors: false,
    resultTypes: ['violations'],
    ...(rules === null ? {} : { runOnly: rules }),
  };
  const violations = await app.page.evaluate<Result[]>(
    `axe.run(document, ${JSON.stringify(options)}).then((found) => found.violations)`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => [id, node.html.slice(0, 140), node.failureSummary].join('\n')));
}
