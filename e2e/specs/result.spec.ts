import { expect } from '@playwright/test';
import { test } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import {
  bucket,
  chooseCalendar,
  chooseSample,
  decide,
  goToDecide,
  openScreen,
  reportHeadline,
  startRun,
} from '../harness/steps.ts';
import { watchAppsPractice } from '../harness/watch.ts';
import { plainClient } from '../servers/plain-http.ts';

test('the result is a workplace: conflicts are opened, settled and retried where they are listed', async ({
  hushcal: app,
}) => {
  const practice = await watchAppsPractice(app);
  const alice = practice.user('alice');
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  await startRun(app);
  expect(await reportHeadline(app)).toMatch(/^31 events restored, 3 need attention/);
  const before = await plainClient(practice, alice).list(alice.calendar);
  const list = app.page.getByTestId('report-items');
  const groups = app.page.getByTestId('report-group');
  await expect(groups, 'a row that is alone says itself why').toHaveCount(1);
  await expect(groups.filter({ hasText: 'Conflict' }).getByRole('button')).toHaveText(/2$/);
  await groups.filter({ hasText: 'Conflict' }).getByRole('button').click();
  await expect(list.getByTestId('report-row').filter({ hasText: 'Budget round' })).toHaveCount(0);
  await groups.filter({ hasText: 'Conflict' }).getByRole('button').click();
  await expect(app.page.getByTestId('retry-here'), 'nothing is settled').toHaveCount(0);

  const conflict = list.getByTestId('report-row').filter({ hasText: 'Budget round' });
  await conflict.click({ button: 'right' });
  await app.page.getByTestId('row-menu').getByRole('menuitem', { name: 'Use backup' }).click();
  await expect(list.getByText('Use backup'), 'settled by its menu').toBeVisible();
  await expect(app.page.getByTestId('retry-here')).toHaveText('Retry 1…');
  await conflict.click();
  const drawer = app.page.getByTestId('drawer');
  await drawer.getByRole('button', { name: 'Add as a copy' }).click();
  await expect(list.getByText('Add copy')).toBeVisible();
  await lookAt(app, 'result-settled');
  await app.page.getByTestId('retry-here').click();
  await app.page
    .getByRole('dialog')
    .getByRole('button', { name: /1 event.*notify nobody/ })
    .click();
  await expect(app.page.getByTestId('headline')).toHaveText(/^1 event restored/);
  expect(await bucket(app, 'Created')).toBe(1);
  const after = await plainClient(practice, alice).list(alice.calendar);
  expect(after.length).toBe(before.length + 1);
});

test('a rejected row is opened, too, and the report in History is the same workplace', async ({ hushcal: app }) => {
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  await startRun(app);
  await reportHeadline(app);
  await openScreen(app, 'History');
  await app.page
    .getByRole('button', { name: /^Report of/ })
    .first()
    .click();
  const groups = app.page.getByTestId('report-group');
  const list = app.page.getByTestId('report-items');
  await expect(groups).toHaveCount(1);
  await list.getByTestId('report-row').filter({ hasText: 'Rejected' }).click();
  const facts = app.page.getByTestId('item-drawer');
  await expect(facts).toContainText('It cannot be stored as it is');
  await app.page.keyboard.press('Escape');
  await list.getByTestId('report-row').filter({ hasText: 'Budget round' }).click();
  await app.page.getByTestId('drawer').getByRole('button', { name: 'Use backup' }).click();
  await app.page.getByTestId('retry-here').click();
  await app.page
    .getByRole('dialog')
    .getByRole('button', { name: /notify nobody/ })
    .click();
  await expect(app.page.getByTestId('headline')).toHaveText(/^1 event restored/);
  expect(await bucket(app, 'Updated')).toBe(1);
});
