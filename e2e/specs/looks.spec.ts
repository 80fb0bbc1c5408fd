import { expect } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPractice } from '../../electron/practice/server.ts';
import { test, type RunningApp } from '../harness/app.ts';
import { calendarText, eventText, inDays, manyEvents } from '../harness/backups.ts';
import { shape } from '../harness/layout.ts';
import { expectNoScrolling, lookAt, screenshots } from '../harness/looks.ts';
import {
  chooseCalendar,
  chooseSample,
  chooseServer,
  decide,
  drop,
  dropBackup,
  fillServer,
  goToDecide,
  modeCard,
  numberToType,
  openScreen,
  reportHeadline,
  startRun,
  tick,
} from '../harness/steps.ts';
import { watchAppsPractice } from '../harness/watch.ts';

// Every screen and step: a screenshot in both themes, nothing sticks out at both sizes, and axe finds nothing serious.
test.describe.configure({ timeout: 180_000 });

test('the screens of a first start', async ({ hushcal: app }) => {
  await expect(app.page.getByRole('button', { name: 'Use the sample backup' })).toBeVisible();
  await expect(app.page.getByRole('radio', { name: /^Calendar/ })).toBeVisible();
  await lookAt(app, 'choose-empty');
  await openScreen(app, 'History');
  await expect(app.page.getByText('No run yet')).toBeVisible();
  await lookAt(app, 'history-empty');
  await openScreen(app, 'Practice');
  await expect(app.page.getByText('Quiet so far')).toBeVisible();
  await lookAt(app, 'practice-quiet');
  await openScreen(app, 'Servers');
  await expect(app.page.getByTestId('server-card')).toBeVisible();
  await lookAt(app, 'servers');
  await app.page.getByRole('button', { name: 'Add a server…' }).click();
  await expect(app.page.getByRole('dialog', { name: 'Add a server' })).toBeVisible();
  await lookAt(app, 'server-dialog');
  await app.page.keyboard.press('Escape');
  await app.page.getByRole('button', { name: 'Help and glossary' }).click();
  await expect(app.page.getByRole('dialog')).toBeVisible();
  await lookAt(app, 'help');
});

test('the panel grows with the window, within bounds', async ({ hushcal: app }) => {
  const panel = app.page.getByRole('complementary', { name: 'What will happen' });
  for (const [width, wide] of [
    [1280, 264],
    [1600, 288],
    [1920, 346],
  ] as const) {
    await shape(app, { width, height: 800, zoom: 1 });
    await expect.poll(async () => Math.round((await panel.boundingBox())?.width ?? 0)).toBe(wide);
  }
  await shape(app, { width: 1280, height: 800, zoom: 1 });
});

test('the steps of a restore, its report, and what it leaves behind', async ({ hushcal: app }) => {
  await chooseSample(app);
  await chooseCalendar(app);
  await lookAt(app, 'choose-sample');
  await goToDecide(app);
  await expect(modeCard(app, 'all')).toContainText(/\d messages/);
  await lookAt(app, 'decide');
  await expectNoScrolling(app);
  await tick(modeCard(app, 'all').getByRole('radio'));
  await expect(app.page.getByTestId('notified')).not.toContainText(/^0/);
  await lookAt(app, 'decide-all');
  await app.page.getByRole('tab', { name: 'By person' }).click();
  await lookAt(app, 'decide-people');
  await expectNoScrolling(app);
  await decide(app, 'all');
  await lookAt(app, 'review');
  await app.page.getByTestId('row-grid').getByText('Budget round').first().click();
  await expect(app.page.getByTestId('drawer').getByRole('tabpanel')).not.toBeEmpty();
  await lookAt(app, 'review-difference');
  const tabs = await app.page.getByTestId('drawer').getByRole('tab').all();
  const tops = await Promise.all(tabs.map(async (tab) => (await tab.boundingBox())?.y));
  expect(new Set(tops).size, 'its tabs are one row').toBe(1);
  await app.page
    .getByTestId('drawer')
    .getByRole('tab', { name: /^People/ })
    .click();
  await lookAt(app, 'review-people');
  await app.page.getByTestId('drawer').getByRole('tab', { name: 'Raw' }).click();
  await lookAt(app, 'review-raw');
  await app.page.keyboard.press('Escape');
  await app.page.getByTestId('start-run').click();
  const messages = await numberToType(app);
  await lookAt(app, 'consent');
  await app.page.keyboard.press('Escape');
  await startRun(app, messages);
  await reportHeadline(app);
  await lookAt(app, 'report-trouble');
  await openScreen(app, 'Practice');
  await expect(app.page.getByTestId('messages')).toBeVisible();
  await lookAt(app, 'practice');
  await restoreOne(app);
  await lookAt(app, 'report-good');
  await openScreen(app, 'History');
  await expect(app.page.getByTestId('run-entry')).toHaveCount(2);
  await lookAt(app, 'history');
  await app.page
    .getByRole('button', { name: /^Report of/ })
    .last()
    .click();
  await expect(app.page.getByTestId('report')).toBeVisible();
  await lookAt(app, 'history-report');
  await app.page.getByRole('button', { name: 'Undo…' }).click();
  await lookAt(app, 'undo-question');
  await tick(app.page.getByTestId('undo-none').getByRole('radio'));
  await app.page.getByRole('button', { name: 'Show what would be undone' }).click();
  await expect(app.page.getByTestId('start-run')).toBeEnabled();
  await lookAt(app, 'undo');
});

test('a long run, stopped on the way', async ({ hushcal: app }) => {
  const path = join(app.userData, 'alice-2026.ics');
  await writeFile(path, manyEvents(1500));
  await dropBackup(app, path);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  await app.page.getByTestId('row-grid').getByText('Release meeting').first().click();
  await app.page
    .getByTestId('drawer')
    .getByRole('tab', { name: /^People/ })
    .click();
  await expect(app.page.getByTestId('drawer')).toContainText('External');
  await lookAt(app, 'review-many');
  await app.page.keyboard.press('Escape');
  const practice = await watchAppsPractice(app);
  await practice.setDelay(70);
  await startRun(app);
  await expect(app.page.getByTestId('progress')).toHaveText(/^[3-9]\d\d of 1,500$/, { timeout: 60_000 });
  await screenshots(app, 'run');
  await app.page.getByRole('button', { name: 'Pause' }).click();
  await expect(app.page.getByText('Paused: nothing is written until you resume')).toBeVisible();
  await lookAt(app, 'run-paused');
  await app.page.getByRole('button', { name: 'Stop' }).click();
  await lookAt(app, 'stop-dialog');
  await app.page.getByRole('button', { name: 'Stop the run' }).click();
  expect(await reportHeadline(app)).toMatch(/^Stopped: /);
  await lookAt(app, 'report-stopped');
});

test('what is refused, and what goes wrong', async ({ hushcal: app }) => {
  const server = await startPractice({ personality: 'ignores-header' });
  try {
    await writeFile(join(app.userData, 'photo.ics'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]));
    await drop(app, join(app.userData, 'photo.ics'));
    await expect(app.page.getByTestId('inspection')).toContainText('1 unreadable');
    await lookAt(app, 'choose-refused');
    await openScreen(app, 'Servers');
    await app.page.getByRole('button', { name: 'Add a server…' }).click();
    const login = { url: server.info.base_url, user: 'alice', name: 'Mail of the office' };
    await fillServer(app, { ...login, password: 'wrong' });
    await expect(app.page.getByRole('dialog')).toContainText(/password/);
    await expect(app.page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await lookAt(app, 'server-dialog-refused');
    await fillServer(app, { ...login, password: server.info.admin.password });
    await expect(app.page.getByRole('dialog')).toBeHidden();
    await lookAt(app, 'servers-two');
    await openScreen(app, 'Restore');
    await chooseSample(app);
    await chooseServer(app, 'Mail of the office');
    await chooseCalendar(app);
    await lookAt(app, 'choose-two-servers');
    await goToDecide(app);
    await expect(modeCard(app, 'none')).toContainText('not possible here');
    await lookAt(app, 'decide-blocked');
  } finally {
    await server.close();
  }
});

async function restoreOne(app: RunningApp): Promise<void> {
  await openScreen(app, 'Restore');
  await app.page.getByRole('button', { name: 'Restore another' }).click();
  const path = join(app.userData, 'parties.ics');
  await writeFile(
    path,
    calendarText(
      [3, 9, 20].flatMap((days) =>
        eventText({
          uid: `party-${days}@tests`,
          title: `Garden party ${days}`,
          start: inDays(days),
          guests: ['bob@example.com'],
        }),
      ),
    ),
  );
  await dropBackup(app, path);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  await startRun(app);
  expect(await reportHeadline(app)).toBe('3 events restored');
}
