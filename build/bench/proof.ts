import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { launchApp, type RunningApp } from '../../e2e/harness/app.ts';
import {
  answerOpenDialog,
  chooseCalendar,
  goToDecide,
  modeCard,
  openScreen,
  startRun,
} from '../../e2e/harness/steps.ts';
import { watchAppsPractice } from '../../e2e/harness/watch.ts';
import { plainClient } from '../../e2e/servers/plain-http.ts';
import { withCalendarFile } from './lib/contest.ts';
import { framesDuring, type Frames } from './lib/frames.ts';
import { REAL_SHAPE } from './lib/generate.ts';
import { scaled } from './lib/options.ts';
import { perSecond, seconds } from './lib/table.ts';

/*
 * By hand: a backup of 100,000 events goes through the window into the app's own practice server. In the middle the
 * power is cut (SIGKILL); the app is opened again, the run is resumed and verified, then undone. Every part is watched
 * frame by frame. Pictures and the frames stay in e2e/output/.
 */

const COUNT = scaled(100_000);
const OUTPUT = 'e2e/output';
/** Nothing here is waited for longer, in milliseconds. */
const PATIENCE = 1_800_000;

interface Part {
  readonly name: string;
  readonly ms: number;
  readonly events: number | null;
  readonly frames: Frames;
}

const parts: Part[] = [];

async function watched(page: Page, name: string, events: number | null, work: () => Promise<void>): Promise<void> {
  const began = performance.now();
  const frames = await framesDuring(page, work);
  const ms = performance.now() - began;
  parts.push({ name, ms, events, frames });
  const rate = events === null ? '' : `, ${perSecond(events, ms)}`;
  const gaps = `longest gap ${frames.longestMs.toFixed(0)} ms, ${String(frames.slow.length)} over 34 ms`;
  console.log(`${name}: ${seconds(ms)}${rate}, ${frames.perSecond.toFixed(1)} frames/s, ${gaps}`);
  await page.screenshot({ path: `${OUTPUT}/proof-${String(parts.length)}-${name.replaceAll(/[^a-z]+/gi, '-')}.png` });
}

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

async function headline(page: Page): Promise<string> {
  await page.getByTestId('headline').waitFor();
  return (await page.getByTestId('headline').textContent()) ?? '';
}

function demand(what: string, found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`${what}: ${String(found)}, not ${String(wanted)}`);
  console.log(`${what}: ${String(found)}`);
}

/** From the file to the running run; ends in the middle of it as a power cut does. */
async function restoreHalf(app: RunningApp, file: string): Promise<void> {
  const { page } = app;
  await answerOpenDialog(app, file);
  await watched(page, 'read', COUNT, async () => {
    await page.getByRole('button', { name: 'Choose files…' }).click();
    await page.getByTestId('inspection').waitFor();
  });
  await chooseCalendar(app);
  await watched(page, 'plan', COUNT, async () => {
    await goToDecide(app);
    await page.getByTestId('mode-none').getByText(/\d/).first().waitFor();
    await modeCard(app, 'none').getByRole('radio').check();
    await page.getByRole('button', { name: /^Review [\d,]+ events?$/ }).click();
    await page.getByTestId('row-grid').getByRole('row').nth(5).waitFor();
  });
  const half = Math.floor(COUNT / 2);
  await watched(page, 'start', null, async () => {
    await startRun(app);
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  });
  await watched(page, 'first half', half, () => done(page, half));
  await app.kill();
}

async function resumeAndUndo(app: RunningApp, before: number): Promise<void> {
  const { page } = app;
  const half = await held(app);
  console.log(`held after the power cut: ${String(half - before)} of ${String(COUNT)}`);
  await openScreen(app, 'History');
  const entry = page.getByTestId('run-entry').first();
  await entry.getByText('Interrupted').waitFor();
  await watched(page, 'resume', COUNT - (half - before), async () => {
    await entry.getByRole('button', { name: 'Resume' }).click();
    await headline(page);
  });
  const all = COUNT.toLocaleString('en-US');
  demand('report', await headline(page), `${all} events restored`);
  demand('held after the resume', await held(app), before + COUNT);
  await openScreen(app, 'History');
  await watched(page, 'preview of the undo', COUNT, async () => {
    await page.getByTestId('run-entry').first().getByRole('button', { name: 'Undo…' }).click();
    await page
      .getByTestId('start-run')
      .getByText(/^Undo [\d,]+ changes/)
      .waitFor();
  });
  await watched(page, 'undo', COUNT, async () => {
    await startRun(app);
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await headline(page);
  });
  demand('report', await headline(page), `${all} events taken back`);
  demand('held after the undo', await held(app), before);
}

await mkdir(OUTPUT, { recursive: true });
await withCalendarFile(COUNT, REAL_SHAPE, async (file) => {
  const first = await open();
  try {
    const before = await held(first);
    await restoreHalf(first, file);
    const again = await open(first.userData);
    try {
      await resumeAndUndo(again, before);
      demand('errors in the console of the page', again.problems.join('\n'), '');
    } finally {
      await again.kill().catch(() => undefined);
    }
  } finally {
    await first.kill().catch(() => undefined);
    await rm(first.userData, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
  await writeFile(`${OUTPUT}/proof-frames.json`, JSON.stringify(parts, null, 1));
});
