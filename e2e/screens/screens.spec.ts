import { expect } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type RunningApp } from '../harness/app.ts';
import { shape, type Shape } from '../harness/layout.ts';
import { WALKS } from '../harness/walk.ts';
import { looks, OUTPUT, pictureName, type Look } from './sheet.ts';

// Hundreds of pictures, each after a change of the window.
test.describe.configure({ timeout: 900_000 });

const USUAL: Shape = { width: 1280, height: 800, zoom: 1 };

for (const [title, walk] of Object.entries(WALKS)) {
  test(`pictures: ${title}`, async ({ hushcal: app }) => {
    await walk(app, async (name) => {
      for (const look of looks()) {
        await app.page.emulateMedia({ colorScheme: look.scheme, reducedMotion: 'reduce' });
        await expect(app.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', look.scheme);
        await shape(app, look);
        await picture(app, name, look);
      }
      await app.page.emulateMedia({ colorScheme: 'light' });
      await shape(app, USUAL);
    });
  });
}

/** Of the window as it is drawn: Playwright's own picture takes no account of the zoom. */
async function picture(app: RunningApp, name: string, look: Look): Promise<void> {
  const png = await app.electron.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.toPNG().toString('base64') ?? '';
  });
  expect(png, 'a picture of the window').not.toBe('');
  await writeFile(join(OUTPUT, pictureName(name, look)), Buffer.from(png, 'base64'));
}
