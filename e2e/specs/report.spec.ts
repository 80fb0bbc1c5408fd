import { expect } from '@playwright/test';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { test, type RunningApp } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import {
  answerSaveDialog,
  chooseCalendar,
  chooseSample,
  decide,
  goToDecide,
  reportHeadline,
  startRun,
} from '../harness/steps.ts';

const OUTPUT = join(import.meta.dirname, '../output');

test('the report of 39 events: three pages on either paper, narrow screens, and a sentence for the ticket', async ({
  hushcal: app,
}) => {
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  await startRun(app);
  await reportHeadline(app);
  await lookAt(app, 'report');

  const [pdf, html] = [join(OUTPUT, 'report.pdf'), join(OUTPUT, 'report.html')];
  await mkdir(OUTPUT, { recursive: true });
  await rm(pdf, { force: true });
  await rm(html, { force: true });
  await save(app, 'PDF', pdf);
  await save(app, 'HTML', html);
  const bytes = await readFile(pdf);
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pagesOf(bytes)).toBeLessThanOrEqual(3);
  expect((await stat(pdf)).mode & 0o077, 'for this person alone').toBe(0);
  const page = await readFile(html, 'utf8');
  expect(page.match(/<tr[ >]/g)?.length).toBeGreaterThan(39);

  for (const paper of ['A4', 'Letter'] as const) {
    const { pages, title, png } = await print(app, html, paper);
    expect(pages, paper).toBeLessThanOrEqual(3);
    expect(title, 'share of the title').toBeGreaterThanOrEqual(0.35);
    await writeFile(`e2e/output/report-${paper}.pdf`, Buffer.from(png, 'base64'));
  }
  const narrow = await measure(app, html, 620);
  expect(narrow.width).toBeLessThanOrEqual(620);
  expect(narrow.height, '39 events are no scroll').toBeLessThan(6000);
  expect(narrow.broken, 'headings that break within a word').toEqual([]);

  await app.page.getByRole('button', { name: 'Copy summary for the ticket' }).click();
  const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toMatch(
    /^31 events restored into alice's Calendar on Practice server, nobody notified, .+, run \d{8}T/,
  );
});

async function save(app: RunningApp, format: string, path: string): Promise<void> {
  await answerSaveDialog(app, path);
  await app.page.getByRole('button', { name: `Export ${format}` }).click();
  await expect(app.page.getByRole('alert')).toHaveCount(0);
  await expect
    .poll(() =>
      stat(path).then(
        ({ size }) => size > 0,
        () => false,
      ),
    )
    .toBe(true);
  await expect(app.page.getByTestId('exported')).toContainText(`Saved as ${basename(path)}`);
  await expect(app.page.getByRole('button', { name: 'Show in folder' })).toBeVisible();
}

function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

/** Runs in the page of a hidden window, which has no size for a moment: nothing there has a width before. */
const LAID_OUT =
  'new Promise((done) => { const look = () => ' +
  'document.querySelector(".rows").offsetWidth > 0 ? done(null) : setTimeout(look, 20); look(); })';

/** The saved page on paper, as a browser prints it; the share of the first column of titles, and the PDF itself. */
async function print(
  app: RunningApp,
  file: string,
  pageSize: 'A4' | 'Letter',
): Promise<{ readonly pages: number; readonly title: number; readonly png: string }> {
  const made = await app.electron.evaluate(
    async ({ BrowserWindow }, { path, size, laidOut }) => {
      const window = new BrowserWindow({
        show: false,
        width: 794,
        height: 1123,
        webPreferences: { partition: 'paper' },
      });
      try {
        await window.loadFile(path);
        await window.webContents.executeJavaScript(laidOut);
        const share: unknown = await window.webContents.executeJavaScript(
          '(() => { const cell = document.querySelector(".rows th.c-title"); ' +
            'return cell.offsetWidth / cell.closest("table").offsetWidth; })()',
        );
        const pdf = await window.webContents.printToPDF({ pageSize: size, preferCSSPageSize: false });
        return { share, pdf: pdf.toString('base64') };
      } finally {
        window.destroy();
      }
    },
    { path: file, size: pageSize, laidOut: LAID_OUT },
  );
  return { pages: pagesOf(Buffer.from(made.pdf, 'base64')), title: Number(made.share), png: made.pdf };
}

/** The saved page in a window of this width, in CSS pixels, and a picture of its head. */
async function measure(
  app: RunningApp,
  file: string,
  width: number,
): Promise<{ readonly width: number; readonly height: number; readonly broken: readonly string[] }> {
  const found = await app.electron.evaluate(
    async ({ BrowserWindow }, { path, wide, laidOut }) => {
      const window = new BrowserWindow({
        show: false,
        width: wide,
        height: 1000,
        useContentSize: true,
        webPreferences: { partition: 'paper' },
      });
      try {
        await window.loadFile(path);
        await window.webContents.executeJavaScript(laidOut);
        const script =
          '({ width: document.scrollingElement.scrollWidth, height: document.scrollingElement.scrollHeight, ' +
          'broken: [...document.querySelectorAll("th, h1, h2")].filter((one) => one.scrollWidth > one.clientWidth + 1)' +
          '.map((one) => one.textContent) })';
        const size: unknown = await window.webContents.executeJavaScript(script);
        const picture = await window.webContents.capturePage();
        return { size, png: picture.toPNG().toString('base64') };
      } finally {
        window.destroy();
      }
    },
    { path: file, wide: width, laidOut: LAID_OUT },
  );
  await writeFile('e2e/output/report-narrow.png', Buffer.from(found.png, 'base64'));
  return found.size as Awaited<ReturnType<typeof measure>>;
}
