import { expect, type Locator } from '@playwright/test';
import type { RunningApp } from './app.ts';

/** Presses of Tab within which everything on a screen must be reached. */
const FAR = 150;
/** Drawn pictures after which a focus that is nowhere counts as lost: within two of them the window finds it a place. */
const PATIENCE = 3;

/** A person without a mouse: nothing but keys, and after each of them the focus must be somewhere. */
export interface Keyboard {
  /** Presses Tab until something has the focus; backwards where that is nearer. */
  reach(target: Locator, backwards?: boolean): Promise<void>;
  /** Reaches something and presses a key on it. */
  use(target: Locator, key?: string): Promise<void>;
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Waits until something is there, with the focus kept meanwhile. */
  see(target: Locator): Promise<void>;
}

/** Looks at each picture that is drawn where the focus is, and notes from where it was lost. */
const WATCH = `
  let missing = 0;
  let last = '';
  globalThis.lostFocus = [];
  const look = () => {
    const at = document.activeElement;
    if (at !== null && at !== document.body) {
      missing = 0;
      last = at.tagName + ' ' + (at.getAttribute('aria-label') ?? at.textContent.slice(0, 40));
    } else {
      missing += 1;
      if (missing === ${PATIENCE}) globalThis.lostFocus.push('after ' + last);
    }
    requestAnimationFrame(look);
  };
  look();
`;

/** Watches the focus at each picture that is drawn, from the first press on. */
export async function openKeyboard(app: RunningApp): Promise<Keyboard> {
  const { page } = app;
  await page.keyboard.press('Tab');
  await page.evaluate(WATCH);
  const check = async (): Promise<void> => {
    expect(await page.evaluate('globalThis.lostFocus')).toEqual([]);
  };
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
    await check();
  };
  const reach = async (target: Locator, backwards = false): Promise<void> => {
    await expect(target).toBeVisible({ timeout: 60_000 });
    await expect(target).toBeEnabled({ timeout: 60_000 });
    for (let presses = 0; presses < FAR; presses += 1) {
      if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return check();
      await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab');
    }
    throw new Error(`${String(target)} is not reached by Tab.`);
  };
  return {
    reach,
    press,
    use: async (target, key = 'Enter') => {
      await reach(target);
      await press(key);
    },
    type: async (text) => {
      await page.keyboard.type(text);
      await check();
    },
    see: async (target) => {
      await expect(target).toBeVisible({ timeout: 60_000 });
      await check();
    },
  };
}
