import { expect, type Locator, type Page } from '@playwright/test';
import { test, type RunningApp } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import { pidOf } from '../harness/processes.ts';
import { chooseCalendar, chooseSample, decide, goToDecide, reportHeadline, startRun, tick } from '../harness/steps.ts';

async function toReview(app: RunningApp): Promise<void> {
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  await expect(app.page.getByTestId('row-grid')).toBeVisible();
}

function event(page: Page, name: RegExp): Locator {
  return page.getByTestId('calendar').getByRole('button', { name });
}

/** The kick-off is on Tuesday of next week: at the end of a month, that is in the next one. */
async function turnToKickOff(page: Page): Promise<void> {
  const today = new Date();
  const tuesday = new Date(today);
  tuesday.setDate(today.getDate() - ((today.getDay() + 6) % 7) + 8);
  if (tuesday.getMonth() !== today.getMonth()) await page.getByRole('button', { name: 'Next month' }).click();
}

/** The day that the keyboard is on. */
function here(page: Page): Locator {
  return page.locator('[role=gridcell][aria-selected=true]');
}

/** As a number that grows from day to day. */
async function dayOf(cell: Locator): Promise<number> {
  return Number((await cell.getAttribute('id'))?.replace(/\D/g, ''));
}

test('a month: ticks, the filter and the drawer are those of the list', async ({ hushcal: app }) => {
  const { page } = app;
  await toReview(app);
  await page.getByRole('tab', { name: 'Month' }).click();
  const grid = page.getByRole('grid', { name: 'Events of the plan' });
  await expect(grid.getByRole('gridcell', { name: /\d+ events?, .*new/ }).first()).toBeVisible();
  await lookAt(app, 'review-month');

  // From months without it the calendar turns to what is found.
  for (let turns = 0; turns < 6; turns += 1) await page.getByRole('button', { name: 'Next month' }).click();
  await page.getByRole('searchbox').fill('kick-off');
  const kickOff = event(page, /Project kick-off New/);
  await expect(kickOff).toHaveCount(1);
  await expect(event(page, / New$/)).toHaveCount(1);
  await tick(page.getByTestId('calendar').getByRole('checkbox', { name: 'Write Project kick-off' }), false);
  await expect(event(page, /Project kick-off Left out/)).toBeVisible();
  await event(page, /Project kick-off/).click();
  await expect(page.getByTestId('drawer')).toContainText('Project kick-off');
  await page.getByRole('tab', { name: 'List' }).click();
  await expect(page.getByRole('checkbox', { name: 'Write Project kick-off' })).not.toBeChecked();
});

test('by keyboard: days, months, the list of a day, open and tick', async ({ hushcal: app }) => {
  const { page } = app;
  await toReview(app);
  await page.getByRole('tab', { name: 'Month' }).click();
  await turnToKickOff(page);
  await page.getByRole('searchbox').fill('kick-off');
  const day = page.getByRole('gridcell', { name: /: 1 event, 1 new/ });
  await expect(day).toHaveCount(1);
  const id = (await day.getAttribute('id')) ?? '';
  await here(page).focus();
  const key = (await dayOf(here(page))) > (await dayOf(day)) ? 'ArrowLeft' : 'ArrowRight';
  for (let step = 0; step < 40 && (await here(page).getAttribute('id')) !== id; step += 1) {
    await page.keyboard.press(key);
  }
  await expect(here(page)).toHaveAttribute('id', id);
  await expect(here(page)).toBeFocused();
  const title = await page.getByTestId('calendar-title').textContent();
  await page.keyboard.press('PageDown');
  await expect(page.getByTestId('calendar-title')).not.toHaveText(title ?? '');
  await page.keyboard.press('PageUp');
  await expect(page.getByTestId('calendar-title')).toHaveText(title ?? '');

  await expect(here(page)).toHaveAccessibleName(/1 new/);
  await page.keyboard.press('Space');
  await expect(here(page)).toHaveAccessibleName(/1 left out/);
  await page.keyboard.press('Enter');
  const list = page.getByTestId('day-list');
  await expect(list.getByRole('listbox')).toBeFocused();
  await expect(list.getByRole('option', { selected: false })).toHaveCount(1);
  await page.keyboard.press('Space');
  await expect(list.getByRole('option', { selected: true })).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('drawer')).toContainText('Project kick-off');
  await list.getByRole('listbox').focus();
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(here(page)).toBeFocused();
});

for (const scale of ['Month', 'Week']) {
  test(`what is not read yet is not called empty: ${scale}`, async ({ hushcal: app }) => {
    const { page } = app;
    await toReview(app);
    await page.getByRole('tab', { name: scale }).click();
    const legend = page.getByTestId('calendar').getByRole('status');
    await expect(legend).toHaveText(/\d|Nothing/);
    await here(page).focus();
    const engine = await pidOf(app, 'Hushcal engine');
    process.kill(engine, 'SIGSTOP');
    try {
      for (let months = 0; months < 3; months += 1) await page.keyboard.press('PageDown');
      await expect(here(page)).toHaveAccessibleName(/: not read yet/);
      await expect(legend).toHaveText('Reading …');
      await page.keyboard.press('Enter');
      await expect(page.getByTestId('day-list')).toContainText('not read yet');
    } finally {
      process.kill(engine, 'SIGCONT');
    }
    await expect(page.getByTestId('day-list')).toContainText(/\d events?/);
    await expect(legend).toHaveText(/\d unchanged|Nothing in these weeks/);
    await expect(here(page)).toHaveAccessibleName(/: (?:no events|\d+ events?)/);
  });
}

test('a week: hours, and the calendar as it was before', async ({ hushcal: app }) => {
  const { page } = app;
  await toReview(app);
  await page.getByRole('tab', { name: 'Month' }).click();
  await page
    .getByRole('gridcell', { name: /new/ })
    .first()
    .click({ position: { x: 60, y: 100 } });
  await page.getByRole('tab', { name: 'Week' }).click();
  await expect(event(page, / New$/).first()).toBeVisible();
  await lookAt(app, 'review-week');
  await page.getByRole('group', { name: 'Which calendar' }).getByRole('button', { name: 'Before' }).click();
  await expect(event(page, / New$/)).toHaveCount(0);
});

test('what was found, on its days', async ({ hushcal: app }) => {
  const { page } = app;
  await page.getByRole('button', { name: 'Search several backups…' }).click();
  await page.getByRole('button', { name: /sample/ }).click();
  const field = page.getByRole('textbox', { name: 'Words of the event' });
  await field.fill('kick-off');
  await field.press('Enter');
  await page.getByTestId('found').getByRole('tab', { name: 'Month' }).click();
  const kickOff = event(page, /kick-off/i).first();
  await expect(kickOff).toBeVisible();
  await kickOff.click();
  await expect(page.getByTestId('trail')).toBeVisible();
  await lookAt(app, 'found-month');
});

test('what a run did, on its days; an event leads to its line of the report', async ({ hushcal: app }) => {
  const { page } = app;
  await toReview(app);
  await startRun(app);
  await reportHeadline(app);
  await page.getByRole('tab', { name: 'Month' }).click();
  await expect(event(page, / Created$/).first()).toBeVisible();
  await page.getByRole('group', { name: 'Which calendar' }).getByRole('button', { name: 'Before the run' }).click();
  await expect(event(page, / Created$/)).toHaveCount(0);
  await page.getByRole('group', { name: 'Which calendar' }).getByRole('button', { name: 'After the run' }).click();
  await lookAt(app, 'report-month');
  await event(page, / Created$/)
    .first()
    .click();
  await expect(page.getByRole('tab', { name: /^All/ })).toHaveAttribute('aria-selected', 'true');
});
