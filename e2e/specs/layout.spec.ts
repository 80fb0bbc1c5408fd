import { expect } from '@playwright/test';
import { test } from '../harness/app.ts';
import { inShapes, layoutFaults } from '../harness/layout.ts';
import { expectNoCommandWords } from '../harness/sight.ts';
import { WALKS } from '../harness/walk.ts';

// Some thirty screens in eighteen shapes, measured on three walks: minutes, where a test for each would start thirty.
test.describe.configure({ timeout: 600_000 });

/** From the smallest window to a large screen; 512 × 350 is what is left of the smallest one at 200 %. */
const SIZES = [
  [1024, 700],
  [1280, 720],
  [1280, 800],
  [1440, 900],
  [1600, 1000],
  [1920, 1080],
] as const;
const ZOOMS = [1, 1.5, 2] as const;
const SHAPES = ZOOMS.flatMap((zoom) => SIZES.map(([width, height]) => ({ width, height, zoom })));

for (const [title, walk] of Object.entries(WALKS)) {
  test(`every screen at six sizes and three zooms: ${title}`, async ({ hushcal: app }) => {
    await app.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await walk(app, async (name) => {
      await expectNoCommandWords(app.page);
      await inShapes(app, SHAPES, async ({ width, height, zoom }) => {
        const where = `${name} at ${String(width)} × ${String(height)}, ${String(zoom * 100)} %`;
        expect.soft(await layoutFaults(app), where).toEqual([]);
      });
    });
  });
}
