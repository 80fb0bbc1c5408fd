import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { launchApp, type RunningApp } from '../../e2e/harness/app.ts';
import { answerOpenDialog, chooseCalendar, goToDecide, modeCard, startRun } from '../../e2e/harness/steps.ts';
import { PUSH_CHANNEL } from '../../shared/ipc/channels.ts';
import { REAL_SHAPE } from './lib/generate.ts';
import { withCalendarFile } from './lib/contest.ts';
import { framesDuring, type Frames } from './lib/frames.ts';
import { ROUNDS, scaled } from './lib/options.ts';
import { median } from './lib/rounds.ts';
import { scrolling } from './lib/scroll.ts';
import { keep } from './lib/table.ts';

const COUNT = scaled(100_000);
const PER_SECOND = 5000;
const FLUSH_MS = 50;
const SCROLL_MS = 3000;
/** How much of the real run is watched. */
const RUN_MS = 15_000;

/** Months that are turned over, one each frame or as fast as they come. */
const MONTHS = 24;
/** Events of the fullest month that somebody should have to look at. */
const FULL_MONTH = scaled(10_000);

interface Round {
  readonly months: Frames;
  /** From the press of the tab until the month stands there, in milliseconds. */
  readonly opensMs: number;
  readonly scrolling: Frames;
  readonly running: Frames;
  readonly pushed: Frames;
}

/** A person's way through the window with a backup of 100,000 events, until the run has been paused. */
async function oneRound(file: string, last: boolean): Promise<Round> {
  const app = await launchApp();
  try {
    const { page } = app;
    page.setDefaultTimeout(180_000);
    await toReview(app, file);
    const scrolled = await framesDuring(page, scrolling('[data-list]', SCROLL_MS));
    const { opensMs, months } = await lookAtMonths(app);
    await startRun(app);
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    const running = await framesDuring(page, `new Promise((done) => setTimeout(done, ${String(scaled(RUN_MS))}))`);
    if (last) await page.screenshot({ path: 'e2e/output/window-running.png' });
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const pushed = await framesDuring(page, () => push(app));
    if (last) await page.screenshot({ path: 'e2e/output/window-pushed.png' });
    return { scrolling: scrolled, months, opensMs, running, pushed };
  } finally {
    await app.kill().catch(() => undefined);
    // Its processes may still be writing.
    await rm(app.userData, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
}

/** From the start of the app to the list of the events. */
async function toReview(app: RunningApp, file: string): Promise<void> {
  const { page } = app;
  await answerOpenDialog(app, file);
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await page.getByTestId('inspection').waitFor();
  await chooseCalendar(app);
  await goToDecide(app);
  await page.getByTestId('mode-none').getByText(/\d/).first().waitFor();
  await modeCard(app, 'none').getByRole('radio').check();
  await page.getByRole('button', { name: /^Review [\d,]+ events?$/ }).click();
  await page.getByTestId('row-grid').getByRole('row').nth(5).waitFor();
}

/** Opens the month, and turns over two years of it, each month as soon as the one before is there. */
async function lookAtMonths({ page }: RunningApp): Promise<Pick<Round, 'months' | 'opensMs'>> {
  const opensMs = await opensIn(page);
  const months = await framesDuring(
    page,
    `(async () => {
      const next = document.querySelector('[aria-label="Next month"]');
      const calendar = document.querySelector('[data-testid=calendar]');
      for (let month = 0; month < ${String(MONTHS)}; month += 1) {
        next.click();
        await new Promise(requestAnimationFrame);
        while (calendar.getAttribute('aria-busy') === 'true') await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
      }
    })()`,
  );
  await page.getByRole('tab', { name: 'List' }).click();
  return { opensMs, months };
}

/** Milliseconds from the press of *Month* to the first frame after its events are there. */
async function opensIn(page: Page): Promise<number> {
  const ms: unknown = await page.evaluate(`(async () => {
    const tab = [...document.querySelectorAll('[role=tab]')].find((one) => one.textContent === 'Month');
    const began = performance.now();
    tab.click();
    while (document.querySelector('[data-testid="cal-event"]') === null) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - began;
  })()`);
  return Number(ms);
}

/** How long it takes until a month of so many events stands there. */
async function fullMonth(file: string): Promise<number> {
  const app = await launchApp();
  try {
    const { page } = app;
    page.setDefaultTimeout(180_000);
    await toReview(app, file);
    const ms = await opensIn(page);
    await page.screenshot({ path: 'e2e/output/window-month.png' });
    return ms;
  } finally {
    await app.kill().catch(() => undefined);
    await rm(app.userData, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
}

/** Sends item events from the main process, in batches as its stream makes them, while the real run is paused. */
async function push(app: RunningApp): Promise<void> {
  const [runId = ''] = await app.ask('run.active', {});
  const { seq } = await app.ask('run.snapshot', { runId });
  const settings = { channel: PUSH_CHANNEL, runId, seq, count: COUNT, perSecond: PER_SECOND, flushMs: FLUSH_MS };
  await app.electron.evaluate(({ BrowserWindow }, { channel, runId: id, seq: from, count, perSecond, flushMs }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const item = (row: number): object => ({
      kind: 'item',
      row,
      uid: `bench-${String(row)}@example.com`,
      href: `/calendars/alice/calendar/${String(row)}.ics`,
      action: 'create',
      outcome: row % 50 === 49 ? 'conflict' : 'created',
      reason: row % 50 === 49 ? 'It was changed on the server after the plan was made, so it was left alone.' : '',
      file: '/home/alice/backup/large.ics',
      line: row * 20 + 17,
      title: `Weekly planning ${String(row)}`,
      status: 201,
      ms: row % 30,
    });
    return new Promise<void>((resolve) => {
      const began = Date.now();
      let sent = 0;
      const timer = setInterval(() => {
        const due = Math.min(count, Math.floor(((Date.now() - began) / 1000) * perSecond));
        while (sent < due) {
          const size = Math.min(500, due - sent);
          const events = Array.from({ length: size }, (_, index) => item(sent + index));
          sent += size;
          contents?.send(channel, 'run.events', { runId: id, seq: from + sent, events });
        }
        if (sent < count) return;
        clearInterval(timer);
        resolve();
      }, flushMs);
    });
  }, settings);
}

type Watched = 'scrolling' | 'months' | 'running' | 'pushed';

await withCalendarFile(COUNT, REAL_SHAPE, async (file) => {
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await oneRound(file, round === ROUNDS - 1));
  await mkdir('e2e/output', { recursive: true });
  await writeFile('e2e/output/window-frames.json', JSON.stringify(rounds, null, 1));
  const of = (which: Watched, what: 'longestMs' | 'perSecond'): number =>
    median(rounds.map((round) => round[which][what]));
  const numbers = (which: Watched): string =>
    `${of(which, 'perSecond').toFixed(1)} frames/s, longest gap ${of(which, 'longestMs').toFixed(0)} ms`;
  const full: number[] = [];
  await withCalendarFile(FULL_MONTH, { ...REAL_SHAPE, days: 31 }, async (month) => {
    for (let round = 0; round < ROUNDS; round += 1) full.push(await fullMonth(month));
  });
  const opens = median(rounds.map(({ opensMs }) => opensMs));
  keep('window', 'The window under load', [
    {
      work: `${String(COUNT)} item events to the window at ${String(PER_SECOND)}/s`,
      against: 'frames of the page',
      figure: `longest gap ${of('pushed', 'longestMs').toFixed(0)} ms`,
      mustBe: '≤ 50 ms',
      met: of('pushed', 'longestMs') <= 50,
      numbers: numbers('pushed'),
    },
    {
      work: `scrolling the review grid of ${String(COUNT)} rows`,
      against: 'frames of the page',
      figure: `${of('scrolling', 'perSecond').toFixed(1)} frames/s`,
      mustBe: '≥ 50 frames/s',
      met: of('scrolling', 'perSecond') >= 50,
      numbers: numbers('scrolling'),
    },
    {
      work: `opening a month of ${String(FULL_MONTH)} events`,
      against: 'from the press until it stands there',
      figure: `${median(full).toFixed(0)} ms`,
      mustBe: '≤ 200 ms',
      met: median(full) <= 200,
      numbers: full.map((ms) => ms.toFixed(0)).join(', '),
    },
    {
      work: `turning over ${String(MONTHS)} months of ${String(COUNT)} events`,
      against: 'frames of the page',
      figure: `${of('months', 'perSecond').toFixed(1)} frames/s`,
      mustBe: '–',
      met: null,
      numbers: `${numbers('months')}, opens in ${opens.toFixed(0)} ms`,
    },
    {
      work: `a real run of ${String(COUNT)} events into the app's own practice server, watched for ${String(RUN_MS / 1000)} s`,
      against: 'frames of the page',
      figure: `longest gap ${of('running', 'longestMs').toFixed(0)} ms`,
      mustBe: '–',
      met: null,
      numbers: numbers('running'),
    },
  ]);
});
