import { expect } from '@playwright/test';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningApp } from './app.ts';
import { calendarText, eventText, inDays } from './backups.ts';
import {
  chooseCalendar,
  chooseSample,
  decide,
  drop,
  goToDecide,
  modeCard,
  openScreen,
  reportHeadline,
  tick,
} from './steps.ts';
import { watchAppsPractice } from './watch.ts';

/** Called at each state of the window, with a name that is a file name. */
type Visit = (name: string) => Promise<void>;

/** Each walks a part of the window in a fresh app, and stops at every screen and dialog on its way. */
export const WALKS: Readonly<Record<string, (app: RunningApp, visit: Visit) => Promise<void>>> = {
  'a restore from the first screen to its undo': walkRestore,
  'migrate, and clean up': walkBatches,
  'what is found in several backups': walkSeveral,
};

async function walkRestore(app: RunningApp, visit: Visit): Promise<void> {
  const { page } = app;
  await expect(page.getByRole('radio', { name: /^Calendar/ })).toBeVisible();
  await visit('choose-empty');
  await dialogs(app, visit);
  await openScreen(app, 'Restore');
  await chooseSample(app);
  await chooseCalendar(app);
  await expect(page.getByRole('button', { name: 'Next: notifications' })).toBeEnabled();
  await visit('choose');
  await goToDecide(app);
  await expect(modeCard(app, 'all')).toContainText(/\d messages/);
  await visit('decide');
  await tick(modeCard(app, 'all').getByRole('radio'));
  await expect(page.getByTestId('notified')).not.toContainText(/^0/);
  await visit('decide-loud');
  await decide(app, 'none');
  await visit('review');
  await page.getByTestId('row-grid').getByText('Budget round').first().click();
  await expect(page.getByTestId('drawer').getByRole('tabpanel')).not.toBeEmpty();
  await visit('review-event');
  await page.keyboard.press('Escape');
  await runSlowly(app, visit);
  await visit('result');
  await openScreen(app, 'Practice');
  await expect(page.getByText('Quiet so far')).toBeVisible();
  await visit('practice');
  await openScreen(app, 'History');
  await expect(page.getByTestId('run-entry')).toHaveCount(1);
  await visit('history');
  await page
    .getByRole('button', { name: /^Report of/ })
    .first()
    .click();
  await expect(page.getByTestId('report')).toBeVisible();
  await visit('history-report');
  await page.getByRole('button', { name: 'Undo…' }).click();
  await expect(page.getByTestId('start-run')).toBeEnabled();
  await visit('undo-review');
}

async function dialogs(app: RunningApp, visit: Visit): Promise<void> {
  const { page } = app;
  await openScreen(app, 'Servers');
  await expect(page.getByTestId('server-card')).toBeVisible();
  await visit('servers');
  await page.getByRole('button', { name: 'Add a server…' }).click();
  await expect(page.getByRole('dialog', { name: 'Add a server' })).toBeVisible();
  await visit('server-dialog');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: 'Help and glossary' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await visit('help');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Paused on the way: a picture of a run is the same each time only where nothing moves. */
async function runSlowly(app: RunningApp, visit: Visit): Promise<void> {
  const practice = await watchAppsPractice(app);
  await practice.setDelay(150);
  await app.page.getByTestId('start-run').click();
  await app.page.getByRole('button', { name: 'Pause' }).click();
  await expect(app.page.getByText('Paused: nothing is written until you resume')).toBeVisible();
  await visit('run-paused');
  await app.page.getByRole('button', { name: 'Stop' }).click();
  await expect(app.page.getByRole('dialog')).toBeVisible();
  await visit('run-stop');
  await app.page.keyboard.press('Escape');
  await practice.setDelay(0);
  await app.page.getByRole('button', { name: 'Resume' }).click();
  await reportHeadline(app);
}

async function walkBatches(app: RunningApp, visit: Visit): Promise<void> {
  const { page } = app;
  await openScreen(app, 'Migrate');
  await expect(page.getByText('Which mailboxes do you migrate?')).toBeVisible();
  await visit('migrate-empty');
  await page.getByRole('button', { name: 'Try it with practice mailboxes' }).click();
  await expect(page.getByTestId('mapping-row')).toHaveCount(3);
  await visit('migrate-mapping');
  await page.getByRole('button', { name: 'Check 3 rows' }).click();
  await expect(page.getByTestId('check-progress')).toHaveText('3 of 3 rows ready', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Review 3 rows' }).click();
  await expect(page.getByTestId('start-batch')).toBeEnabled();
  await visit('migrate-review');
  await page.getByTestId('member').first().click();
  await expect(page.getByTestId('member-plan')).toContainText('Weekly planning');
  await visit('migrate-review-open');
  await page.getByTestId('member-plan').getByRole('button', { name: 'Close' }).click();
  await page.getByTestId('start-batch').click();
  await expect(page.getByTestId('headline')).toBeVisible({ timeout: 60_000 });
  await visit('migrate-result');
  await openScreen(app, 'Clean up');
  await expect(page.getByText('What is unwanted?')).toBeVisible();
  await visit('cleanup-empty');
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByLabel('Field').selectOption('title');
  await page.getByLabel('Comparison').selectOption('contains');
  await page.getByLabel('Value').fill('e');
  await visit('cleanup-rule');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByLabel('Users').fill('alice, bob, carol');
  await page.getByRole('button', { name: 'Find calendars of 3' }).click();
  await expect(page.getByRole('region', { name: 'Calendars' })).toBeVisible();
  await visit('cleanup-where');
  await page.getByRole('button', { name: /^Search \d+ calendars$/ }).click();
  const cluster = page.getByTestId('cluster').first();
  await expect(cluster).toBeVisible({ timeout: 30_000 });
  await tick(cluster.getByRole('checkbox'));
  await visit('cleanup-clusters');
  await page.getByRole('button', { name: /^Review \d+ events?$/ }).click();
  await expect(page.getByTestId('start-batch')).toBeEnabled({ timeout: 30_000 });
  await visit('cleanup-review');
}

/** Three nights: the review is renamed on the second, and gone on the third. */
async function walkSeveral(app: RunningApp, visit: Visit): Promise<void> {
  const { page } = app;
  const folder = join(app.userData, 'nightly');
  await mkdir(folder);
  const lunch = eventText({ uid: 'lunch@tests', title: 'Lunch', start: inDays(5) });
  for (const [day, titles] of Object.entries({ 21: ['Budget'], 22: ['Budget review'], 23: [] })) {
    const reviews = titles.flatMap((title) => eventText({ uid: 'review@tests', title, start: inDays(9) }));
    await writeFile(join(folder, `alice-2026-11-${day}.ics`), calendarText([...lunch, ...reviews]));
  }
  await page.getByRole('button', { name: 'Search several backups…' }).click();
  await expect(page.getByText('Drop the backups of several days here')).toBeVisible();
  await visit('find-empty');
  await drop(app, folder);
  const field = page.getByRole('textbox', { name: 'Words of the event' });
  await field.fill('budget');
  await field.press('Enter');
  await expect(page.getByTestId('found')).toHaveAttribute('aria-busy', 'false');
  await expect(page.getByTestId('trail')).toBeVisible();
  await visit('find-found');
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await page.getByRole('button', { name: 'Compare backups…' }).click();
  // The backups that were searched are still the chosen ones.
  await chooseCalendar(app);
  await visit('missing-ready');
  await page.getByRole('button', { name: 'Compare with the calendar' }).click();
  await expect(page.getByTestId('missing')).toContainText('gone');
  await visit('missing-found');
}
