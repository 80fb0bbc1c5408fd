import { expect } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchApp, test, type RunningApp } from '../harness/app.ts';
import { calendarText, eventText, inDays } from '../harness/backups.ts';
import { lookAt } from '../harness/looks.ts';
import { bucket, chooseCalendar, decide, dropBackup, goToDecide, reportHeadline, startRun } from '../harness/steps.ts';
import { isAlive, pidOf } from '../harness/processes.ts';
import { watchAppsPractice } from '../harness/watch.ts';

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

test('an engine that dies in the middle of a run: the window stays, says so, and the run is resumed', async ({
  hushcal: app,
}) => {
  const practice = await watchAppsPractice(app);
  await app.electron.evaluate(({ dialog }) => {
    dialog.showMessageBox = (...given: unknown[]) => {
      Object.assign(globalThis, { said: JSON.stringify(given.at(-1)) });
      return Promise.resolve({ response: 0, checkboxChecked: false });
    };
  });
  await toReview(app);
  await practice.setDelay(300);
  await startRun(app);
  const progress = app.page.getByTestId('progress');
  await expect.poll(async () => Number.parseInt((await progress.textContent()) ?? '', 10)).toBeGreaterThan(3);
  const pid = await pidOf(app, 'Hushcal engine');
  expect(pid).not.toBe(app.electron.process().pid);
  process.kill(pid, 'SIGKILL');

  await expect
    .poll(() => app.electron.evaluate(() => Reflect.get(globalThis, 'said') as unknown))
    .toContain('has ended unexpectedly');
  const banner = app.page.getByTestId('interrupted');
  await expect(banner).toContainText('was interrupted');
  await lookAt(app, 'engine-ended');
  await practice.setDelay(0);
  await banner.getByRole('button', { name: 'Resume' }).click();
  expect(await reportHeadline(app)).toBe(`${String(COUNT)} events restored`);
  expect(await bucket(app, 'Created')).toBe(COUNT);
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
