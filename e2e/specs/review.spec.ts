import { expect, type Locator } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type RunningApp } from '../harness/app.ts';
import { manyEvents, uidOf } from '../harness/backups.ts';
import {
  bucket,
  chooseCalendar,
  chooseSample,
  decide,
  dropBackup,
  goToDecide,
  goToReview,
  reportHeadline,
  startRun,
  tick,
} from '../harness/steps.ts';
import { watchAppsPractice, type WatchedPractice } from '../harness/watch.ts';
import { plainClient } from '../servers/plain-http.ts';

test('search, filter, and tick one event: only that one is restored', async ({ hushcal: app }) => {
  const practice = await watchAppsPractice(app);
  const before = await hrefs(practice);
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  const grid = app.page.getByTestId('row-grid');
  const actions = app.page.getByRole('group', { name: 'Actions' });

  await actions.getByRole('button', { name: /^Conflict/ }).click();
  await expect(grid.getByRole('row')).toHaveCount(3);
  await expect(app.page.getByText('Showing 2, 0 selected')).toBeVisible();
  await actions.getByRole('button', { name: /^All/ }).click();
  await app.page.getByRole('combobox', { name: 'Show' }).selectOption('With guests');
  await expect(grid.getByRole('row', { name: /Haircut/ })).toHaveCount(0);
  await expect(grid.getByRole('row', { name: /Project kick-off/ })).toHaveCount(1);
  await app.page.getByRole('combobox', { name: 'Show' }).selectOption('All events');

  await app.page.getByRole('checkbox', { name: 'Select all that the filter shows' }).click();
  await expect(app.page.getByText('Showing 39, 0 selected, 31 left out')).toBeVisible();
  await expect(app.page.getByTestId('start-run')).toBeDisabled();
  await app.page.getByRole('searchbox').fill('kick-off');
  await expect(grid.getByRole('row')).toHaveCount(2);
  await tick(grid.getByRole('checkbox', { name: 'Write Project kick-off' }));
  await expect(app.page.getByTestId('notified')).toContainText('1 event will be written');
  await app.page.getByRole('searchbox').fill('nothing has this title');
  await expect(app.page.getByText('No event matches')).toBeVisible();
  await app.page.getByRole('searchbox').fill('');
  await expect(app.page.getByTestId('start-run')).toHaveText('Restore 1 event, notify nobody');

  await startRun(app);
  await reportHeadline(app);
  expect(await bucket(app, 'Created')).toBe(1);
  expect(await bucket(app, 'Skipped')).toBe(30);
  const after = await hrefs(practice);
  expect(after.filter((href) => !before.includes(href))).toHaveLength(1);
  expect(after).toHaveLength(before.length + 1);
});

test('the drawer: the event, the difference, the text that is sent, people, findings', async ({ hushcal: app }) => {
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'all');
  const grid = app.page.getByTestId('row-grid');
  const drawer = app.page.getByTestId('drawer');
  const tab = (name: string | RegExp): Promise<void> => drawer.getByRole('tab', { name }).click();

  await app.page.getByRole('searchbox').fill('first date');
  await grid.getByText('Budget round (first date)').click();
  await expect(drawer.getByRole('heading', { name: 'Budget round (first date)' })).toBeVisible();
  await expect(drawer.getByTestId('event-card')).toContainText('Budget round (first date)');
  await tab(/^Difference/);
  await expect(drawer.getByRole('tabpanel')).toContainText('Room Birch');
  await expect(drawer.getByRole('tabpanel')).toContainText('Room Aspen');

  await app.page.getByRole('searchbox').fill('kick-off');
  await grid.getByText('Project kick-off').click();
  await tab('Raw');
  const raw = (await drawer.locator('pre').textContent()) ?? '';
  expect(raw).toContain('UID:kickoff@samples.hushcal.example');
  expect(raw).toContain('SUMMARY:Project kick-off');
  expect(raw, 'one object of a collection has no METHOD').not.toContain('METHOD');
  expect(raw.match(/BEGIN:VEVENT/g), 'and only its own event').toHaveLength(1);
  await tab(/^People/);
  const people = drawer.getByRole('tabpanel');
  for (const address of ['bob@example.com', 'carol@example.com', 'eve@elsewhere.test', 'pat@partner.test'])
    await expect(people).toContainText(address);
  await tab(/^Notes/);
  await expect(drawer.getByRole('tabpanel')).toContainText('METHOD');
  await drawer.getByRole('button', { name: 'Close the event' }).click();
  await expect(drawer).toBeHidden();
});

test('5,000 events: the grid draws only what is in sight and reaches every one', async ({ hushcal: app }) => {
  const path = join(app.userData, 'many.ics');
  await writeFile(path, manyEvents(5000));
  await dropBackup(app, path);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  const grid = app.page.getByTestId('row-grid');
  await expect(grid).toHaveAttribute('aria-rowcount', '5001');
  expect(await grid.getByRole('row').count()).toBeLessThan(80);

  await grid.focus();
  await grid.press('End');
  await expect(rowAt(grid, 5001)).toContainText(/\d:00/);
  await expect(rowAt(grid, 5001)).toBeInViewport();
  expect(await grid.getByRole('row').count()).toBeLessThan(80);
  await grid.locator('[data-list]').evaluate((element: { scrollTop: number }) => {
    element.scrollTop = 90_000;
  });
  await expect(rowAt(grid, 2650)).toContainText(/\d:00/);
  expect(await grid.getByRole('row').count()).toBeLessThan(80);

  await app.page.getByRole('searchbox').fill(uidOf(4321));
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
  await grid.getByRole('row').nth(1).getByRole('gridcell').nth(2).click();
  await app.page.getByTestId('drawer').getByRole('tab', { name: 'Raw' }).click();
  await expect(app.page.getByTestId('drawer').locator('pre')).toContainText(`UID:${uidOf(4321)}`);
  await app.page.getByRole('searchbox').fill('');
  await expect(grid).toHaveAttribute('aria-rowcount', '5001');
  await app.page.getByRole('toolbar', { name: 'Months' }).getByRole('button').nth(4).click();
  await expect(app.page.getByRole('button', { name: /show all months/ })).toBeVisible();
  await expect.poll(async () => Number(await grid.getAttribute('aria-rowcount'))).toBeLessThan(600);
});

test('from the first screen to the report by keyboard alone', async ({ hushcal: app }) => {
  const { page } = app;
  await tabTo(app, page.getByRole('button', { name: 'Use the sample backup' }));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('inspection')).toBeVisible();
  await tabTo(app, page.getByRole('group', { name: /^Calendar/ }).getByRole('radio'));
  await page.keyboard.press('Space');
  await tabTo(app, page.getByRole('button', { name: 'Next: notifications' }));
  await page.keyboard.press('Enter');
  await tabTo(app, page.getByRole('radio', { name: /^Notify nobody/ }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^Update colleagues/ })).toBeChecked();
  await tabTo(app, page.getByRole('button', { name: /^Review \d+ events$/ }));
  await expect(page.getByRole('button', { name: /^Review \d+ events$/ })).toBeEnabled();
  await page.keyboard.press('Enter');

  const grid = page.getByTestId('row-grid');
  await expect(grid.getByRole('row').nth(1)).toBeVisible();
  await tabTo(app, grid);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByText('Showing 39, 30 selected, 1 left out')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('drawer').getByRole('heading', { name: 'Partner review' })).toBeVisible();
  await tabTo(app, page.getByRole('tab', { name: 'Event', exact: true }));
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: /^Difference/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('drawer')).toBeHidden();
  await tabTo(app, page.getByTestId('start-run'));
  await page.keyboard.press('Enter');
  expect(await reportHeadline(app)).toMatch(/^30 events restored/);
  await tabTo(app, page.getByRole('button', { name: 'Restore another' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Drop a backup here')).toBeVisible();
});

test('going back and deciding otherwise makes another plan', async ({ hushcal: app }) => {
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  await expect(app.page.getByTestId('start-run')).toHaveText('Restore 31 events, notify nobody');
  await app.page.getByRole('button', { name: 'Back', exact: true }).click();
  await tick(app.page.getByRole('radio', { name: /^Use the backup's version/ }));
  await expect(app.page.getByTestId('notified')).toContainText('33 events will be written');
  await goToReview(app);
  await expect(app.page.getByTestId('start-run')).toHaveText('Restore 33 events, notify nobody');
  await app.page
    .getByRole('group', { name: 'Actions' })
    .getByRole('button', { name: /^Update 2/ })
    .click();
  await expect(app.page.getByTestId('row-grid').getByRole('row')).toHaveCount(3);
});

function rowAt(grid: Locator, ariaRow: number): Locator {
  return grid.locator(`[role="row"][aria-rowindex="${String(ariaRow)}"]`);
}

/** Presses Tab until the element has the focus, which must come within one round. */
async function tabTo(app: RunningApp, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await app.page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${String(target)}`);
}

async function hrefs(practice: WatchedPractice): Promise<readonly string[]> {
  const alice = practice.user('alice');
  return plainClient(practice, alice).list(alice.calendar);
}
