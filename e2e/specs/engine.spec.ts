import { expect } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchApp, test, type RunningApp } from '../harness/app.ts';
import { calendarText, eventText, inDays } from '../harness/backups.ts';
import { lookAt } from '../harness/looks.ts';
import {
  bucket,
  chooseCalendar,
  decide,
  dropBackup,
  goToDecide,
  openScreen,
  reportHeadline,
  startRun,
  tick,
} from '../harness/steps.ts';
import { isAlive, pidOf } from '../harness/processes.ts';
import { watchAppsPractice } from '../harness/watch.ts';
import { plainClient } from '../servers/plain-http.ts';

const COUNT = 40;

async function toReview(app: RunningApp): Promise<void> {
  const path = join(app.userData, 'meetings.ics');
  const events = Array.from({ length: COUNT }, (_, index) =>
    eventText({ uid: `event-${String(index)}@tests`, title: `Event ${String(index)}`, start: inDays(3 + index) }),
  );
  await writeFile(path, calendarText(events.flat()));
  await dropBackup(app, path);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
}

async function toMigrateReview(app: RunningApp): Promise<void> {
  await openScreen(app, 'Migrate');
  await app.page.getByRole('button', { name: 'Try it with practice mailboxes' }).click();
  await app.page.getByRole('button', { name: 'Check 3 rows' }).click();
  await app.page.getByRole('button', { name: 'Review 3 rows' }).click();
}

async function toCleanupReview(app: RunningApp): Promise<void> {
  const practice = await watchAppsPractice(app);
  const alice = practice.user('alice');
  const body = calendarText(eventText({ uid: 'event@tests', title: 'Prize', start: inDays(3) }));
  await plainClient(practice, alice).request('PUT', `${alice.calendar}event.ics`, { body });
  await openScreen(app, 'Clean up');
  await app.page.getByRole('button', { name: 'Add a rule' }).click();
  await app.page.getByLabel('Field').selectOption('title');
  await app.page.getByLabel('Value').fill('Prize');
  await app.page.getByRole('button', { name: 'Add', exact: true }).click();
  await app.page.getByLabel('Users').fill('alice');
  await app.page.getByRole('button', { name: 'Find calendars of 1' }).click();
  await app.page.getByRole('button', { name: /^Search \d+ calendars?$/ }).click();
  await tick(app.page.getByTestId('cluster').first().getByRole('checkbox'));
  await app.page.getByRole('button', { name: 'Review 1 event' }).click();
}

/** As many plans as the engine keeps, so that it lets go of the one on screen. */
async function prepareOthers(app: RunningApp): Promise<void> {
  const { sourceId } = await app.ask('source.sample', {});
  const [server] = await app.ask('server.list', {});
  const serverId = server?.id ?? '';
  const { calendars } = await app.ask('server.open', { id: serverId });
  for (let at = 0; at < 3; at += 1)
    await app.ask('restore.plan', {
      sourceId,
      serverId,
      calendarUrl: calendars[0]?.url ?? '',
      mode: 'none',
      identity: { kind: 'match' },
      onConflict: 'newer',
      only: [],
    });
}

/** Keeps what is said of an engine that has ended, and answers it: at once, or as soon as `answer` is called. */
async function answerDeath(app: RunningApp, when: 'at once' | 'later'): Promise<void> {
  await app.electron.evaluate(({ dialog }, answers) => {
    dialog.showMessageBox = (...given: unknown[]) =>
      new Promise((resolve) => {
        const answer = (): void => {
          resolve({ response: 0, checkboxChecked: false });
        };
        Object.assign(globalThis, { said: JSON.stringify(given.at(-1)), answer });
        if (answers === 'at once') answer();
      });
  }, when);
}

async function answer(app: RunningApp): Promise<void> {
  await app.electron.evaluate(() => {
    (Reflect.get(globalThis, 'answer') as () => void)();
    Reflect.deleteProperty(globalThis, 'said');
  });
}

/** Ends the engine's process; resolves when it is said. */
async function kill(app: RunningApp): Promise<void> {
  const pid = await pidOf(app, 'Hushcal engine');
  expect(pid).not.toBe(app.electron.process().pid);
  process.kill(pid, 'SIGKILL');
  await expect
    .poll(() => app.electron.evaluate(() => Reflect.get(globalThis, 'said') as unknown))
    .toContain('has ended unexpectedly');
}

test('an engine that dies in the middle of a run: the window stays, says so, and the run is resumed', async ({
  hushcal: app,
}) => {
  const practice = await watchAppsPractice(app);
  await answerDeath(app, 'at once');
  await toReview(app);
  await practice.setDelay(300);
  await startRun(app);
  const progress = app.page.getByTestId('progress');
  await expect.poll(async () => Number.parseInt((await progress.textContent()) ?? '', 10)).toBeGreaterThan(3);
  await kill(app);
  const banner = app.page.getByTestId('interrupted');
  await expect(banner).toContainText('was interrupted');
  await lookAt(app, 'engine-ended');
  await practice.setDelay(0);
  await banner.getByRole('button', { name: 'Resume' }).click();
  expect(await reportHeadline(app)).toBe(`${String(COUNT)} events restored`);
  expect(await bucket(app, 'Created')).toBe(COUNT);
});

test('an engine that dies while a plan waits: nothing of it is on screen when it is said why', async ({
  hushcal: app,
}) => {
  await answerDeath(app, 'later');
  await toReview(app);
  await kill(app);
  await expect(app.page.getByText('Drop a backup here')).toBeVisible();
  await expect(app.page.getByTestId('start-run')).toHaveCount(0);
  await answer(app);
});

/** A plan of each job that waits for its start. */
const PREPARED: readonly (readonly [string, 'start-run' | 'start-batch', (app: RunningApp) => Promise<void>])[] = [
  ['restore', 'start-run', toReview],
  ['migrate', 'start-batch', toMigrateReview],
  ['clean-up', 'start-batch', toCleanupReview],
];

for (const [job, button, prepare] of PREPARED) {
  test(`a plan whose engine is gone cannot be started, and it says so: ${job}`, async ({ hushcal: app }) => {
    await app.electron.evaluate(({ BrowserWindow }) => {
      // The page stays as it was: it finds out by itself.
      for (const window of BrowserWindow.getAllWindows()) window.reload = () => undefined;
    });
    await answerDeath(app, 'later');
    await prepare(app);
    const start = app.page.getByTestId(button);
    await expect(start).toBeEnabled();
    await kill(app);
    await start.click();
    const notice = app.page.getByRole('alert').filter({ hasText: 'This plan is not current any more' });
    await expect(notice).toHaveCount(1);
    await expect(start).toBeDisabled();
    await expect(start).toHaveText('Nothing will be written');
    await expect(notice.getByRole('button', { name: 'Make the plan again' })).toBeEnabled();
    await lookAt(app, `plan-gone-${job}`);
    await app.electron.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) Reflect.deleteProperty(window, 'reload');
    });
    await answer(app);
  });
}

test('a plan that was let go is made again, and runs', async ({ hushcal: app }) => {
  await toReview(app);
  const start = app.page.getByTestId('start-run');
  await expect(start).toBeEnabled();
  await prepareOthers(app);
  await start.click();
  await expect(start).toBeDisabled();
  await app.page.getByRole('button', { name: 'Make the plan again' }).click();
  await expect(start).toHaveText(`Restore ${String(COUNT)} events, notify nobody`);
  await startRun(app);
  expect(await reportHeadline(app)).toBe(`${String(COUNT)} events restored`);
});

test('engine and practice server end with the app, closed or killed as by a power cut', async ({ alone: app }) => {
  const killed = await apartOf(app);
  await app.kill();
  await expectEnded(killed);

  const again = await launchApp({ userData: app.userData });
  const closed = await apartOf(again);
  await again.close();
  await expectEnded(closed);
});

const APART = ['Hushcal engine', 'Hushcal practice server'] as const;

/** The numbers of the processes that the app started, which are there. */
async function apartOf(app: RunningApp): Promise<readonly number[]> {
  const pids = await Promise.all(APART.map((name) => pidOf(app, name)));
  expect(pids.map(isAlive)).toEqual(pids.map(() => true));
  return pids;
}

async function expectEnded(pids: readonly number[]): Promise<void> {
  await expect.poll(() => APART.filter((_name, at) => isAlive(pids[at] ?? 0)), 'still there').toEqual([]);
}
