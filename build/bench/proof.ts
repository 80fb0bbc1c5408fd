import { rm, stat } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { launchApp, type RunningApp } from '../../e2e/harness/app.ts';
import { answerSaveDialog, chooseCalendar, openScreen } from '../../e2e/harness/steps.ts';
import { watchAppsPractice } from '../../e2e/harness/watch.ts';
import { plainClient } from '../../e2e/servers/plain-http.ts';
import { withCalendarFile } from './lib/contest.ts';
import { REAL_SHAPE } from './lib/generate.ts';
import { scaled } from './lib/options.ts';
import { Walk } from './lib/parts.ts';
import { scrolling } from './lib/scroll.ts';
import { beginRun, headline, planQuietly, readBackup } from './lib/steps.ts';

/*
 * By hand: a backup of 100,000 events goes through the window into the app's own practice server. In the middle the
 * power is cut (SIGKILL); the app is opened again, the run is resumed and verified, then undone. Every part is watched:
 * the page frame by frame, the main process by a timer. Pictures, frames and a table stay in e2e/output/.
 */

const COUNT = scaled(100_000);
const OUTPUT = 'e2e/output';
/** Nothing here is waited for longer, in milliseconds. */
const PATIENCE = 1_800_000;
const SCROLL_MS = 3000;

const walk = new Walk('proof', OUTPUT);

async function open(userData?: string): Promise<RunningApp> {
  const app = await launchApp(userData === undefined ? {} : { userData });
  app.page.setDefaultTimeout(PATIENCE);
  return app;
}

async function held(app: RunningApp): Promise<number> {
  const practice = await watchAppsPractice(app);
  const alice = practice.user('alice');
  return (await plainClient(practice, alice).list(alice.calendar)).length;
}

async function done(page: Page, least: number): Promise<void> {
  const progress = page.getByTestId('progress');
  for (;;) {
    const text = (await progress.textContent()) ?? '';
    if (Number.parseInt(text.replaceAll(',', ''), 10) >= least) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function demand(what: string, found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`${what}: ${String(found)}, not ${String(wanted)}`);
  console.log(`${what}: ${String(found)}`);
}

async function readAndPlan(app: RunningApp, file: string): Promise<void> {
  await walk.watched(app, 'read', COUNT, () => readBackup(app, file));
  await chooseCalendar(app);
  await walk.watched(app, 'plan', COUNT, () => planQuietly(app));
}

/** What a person does in Review; the plan is the same afterwards. */
async function look(app: RunningApp): Promise<void> {
  const { page } = app;
  const foot = page.getByTestId('grid-foot');
  const all = COUNT.toLocaleString('en-US');
  const whole = foot.getByText(`Showing ${all}, ${all} selected`, { exact: true });
  await walk.watched(app, 'scroll the plan', null, async () => {
    await page.evaluate(scrolling('[data-list]', SCROLL_MS));
  });
  await walk.watched(app, 'type into the search', null, async () => {
    const search = page.getByRole('searchbox');
    await search.pressSequentially('77', { delay: 250 });
    await whole.waitFor({ state: 'detached' });
    await search.fill('no title has these words');
    await page.getByText('No event matches').waitFor();
    await search.fill('');
    await whole.waitFor();
  });
  await walk.watched(app, 'choose a bar of the timeline', null, async () => {
    await page.getByRole('toolbar', { name: 'Months' }).getByRole('button').nth(3).click();
    await page.getByRole('button', { name: /show all months/ }).click();
    await whole.waitFor();
  });
  await walk.watched(app, 'untick and tick all', null, async () => {
    const tick = page.getByRole('checkbox', { name: 'Tick all that the filter shows' });
    await tick.click();
    await foot.getByText(`0 selected, ${all} left out`).waitFor();
    await tick.click();
    await whole.waitFor();
  });
  await walk.watched(app, 'untick and tick one', null, async () => {
    const tick = page.getByTestId('row-grid').getByRole('row').nth(2).getByRole('checkbox');
    await tick.click();
    await foot.getByText('1 left out').waitFor();
    await tick.click();
    await whole.waitFor();
  });
}

/** Starts what Review shows, and cuts the power in the middle. */
async function restoreHalf(app: RunningApp): Promise<void> {
  const { page } = app;
  const half = Math.floor(COUNT / 2);
  await walk.watched(app, 'start', null, () => beginRun(app));
  await walk.watched(app, 'first half', half, () => done(page, half));
  await app.kill();
}

async function resume(app: RunningApp, before: number): Promise<void> {
  const { page } = app;
  const half = await held(app);
  console.log(`held after the power cut: ${String(half - before)} of ${String(COUNT)}`);
  const entry = page.getByTestId('run-entry').first();
  await walk.watched(app, 'History after the cut', null, async () => {
    await openScreen(app, 'History');
    await entry.getByText('Interrupted').waitFor();
  });
  await walk.watched(app, 'resume', COUNT - (half - before), async () => {
    await entry.getByRole('button', { name: 'Resume' }).click();
    await headline(app);
  });
  demand('report', await headline(app), `${COUNT.toLocaleString('en-US')} events restored`);
  demand('held after the resume', await held(app), before + COUNT);
}

async function readReport(app: RunningApp): Promise<void> {
  const { page } = app;
  await walk.watched(app, 'scroll the report', null, async () => {
    await page.getByTestId('report-items').getByTestId('report-row').first().waitFor();
    await page.evaluate(scrolling('[data-list]', SCROLL_MS));
  });
  for (const format of ['HTML', 'CSV', 'JSON']) {
    const path = `${app.userData}/report.${format.toLowerCase()}`;
    await answerSaveDialog(app, path);
    await walk.watched(app, `export ${format}`, COUNT, async () => {
      await page.getByRole('button', { name: `Export ${format}` }).click();
      await written(path);
    });
  }
  await walk.watched(app, 'report out of History', null, async () => {
    await openScreen(app, 'History');
    await page
      .getByTestId('run-entry')
      .first()
      .getByRole('button', { name: /^Report of/ })
      .click();
    await headline(app);
  });
  await page.getByRole('button', { name: 'Back to History' }).click();
}

/** Until the file is there and grows no more. */
async function written(path: string): Promise<void> {
  const size = async (): Promise<number> => (await stat(path).catch(() => ({ size: 0 }))).size;
  for (let before = 0; ;) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const now = await size();
    if (now > 0 && now === before) return;
    before = now;
  }
}

async function undo(app: RunningApp, before: number): Promise<void> {
  const { page } = app;
  await walk.watched(app, 'preview of the undo', COUNT, async () => {
    await page.getByTestId('run-entry').first().getByRole('button', { name: 'Undo…' }).click();
    await page
      .getByTestId('start-run')
      .getByText(/^Undo [\d,]+ changes/)
      .waitFor();
  });
  await walk.watched(app, 'undo', COUNT, async () => {
    await beginRun(app);
    await headline(app);
  });
  demand('report', await headline(app), `${COUNT.toLocaleString('en-US')} events removed again`);
  demand('held after the undo', await held(app), before);
}

await withCalendarFile(COUNT, REAL_SHAPE, async (file) => {
  const first = await open();
  try {
    const before = await held(first);
    await readAndPlan(first, file);
    await look(first);
    await restoreHalf(first);
    const again = await open(first.userData);
    try {
      await resume(again, before);
      await readReport(again);
      await undo(again, before);
      demand('errors in the console of the page', again.problems.join('\n'), '');
    } finally {
      await again.kill().catch(() => undefined);
    }
  } finally {
    await first.kill().catch(() => undefined);
    await rm(first.userData, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
    await walk.keep(`The walk with ${COUNT.toLocaleString('en-US')} events: restored, cut, resumed, verified, undone`);
  }
});
