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
  numberToType,
  startRun,
  typeNumber,
  tick,
} from '../harness/steps.ts';

test('conflicts are settled by a person: one by one by keyboard, and all at once', async ({ hushcal: app }) => {
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  const grid = app.page.getByTestId('row-grid');
  const drawer = app.page.getByTestId('drawer');
  const actions = app.page.getByRole('group', { name: 'Actions' });
  await actions.getByRole('button', { name: /^Conflict 2/ }).click();
  await expect(grid.getByRole('row')).toHaveCount(3);
  await grid.focus();
  await app.page.keyboard.press('Enter');
  await expect(drawer).toContainText('It is kept as it is on the server unless you choose otherwise.');
  await lookAt(app, 'settle');
  await drawer.getByRole('button', { name: 'Use backup' }).focus();
  await app.page.keyboard.press('Enter');
  await expect(drawer).toContainText('You chose the backup');
  await expect(actions.getByRole('button', { name: /^Conflict 1/ })).toBeVisible();
  const all = app.page.getByRole('group', { name: 'All conflicts shown' });
  await all.getByRole('button', { name: 'Keep server' }).click();
  await expect(grid.getByRole('row')).toHaveCount(1);
  await actions.getByRole('button', { name: /^All/ }).click();
  await app.page.getByRole('combobox', { name: 'Show' }).selectOption('Settled by you');
  await expect(grid.getByRole('row')).toHaveCount(3);
  await expect(grid.getByText('Use backup')).toHaveCount(1);
  await expect(grid.getByText('Keep server')).toHaveCount(1);
  await lookAt(app, 'settled');
  await app.page.getByRole('button', { name: 'Leave all of these undecided again' }).click();
  await app.page.getByRole('combobox', { name: 'Show' }).selectOption('All events');
  await expect(actions.getByRole('button', { name: /^Conflict 2/ })).toBeVisible();
  await all.getByRole('button', { name: 'Add as a copy' }).click();
  // What runs is the plan that was shown: the settled one comes from another process.
  await expect(actions.getByRole('button', { name: /^Create 33/ })).toBeVisible();
  await startRun(app);
  await reportHeadline(app);
  expect(await bucket(app, 'Conflict')).toBe(0);
});

test('the undo of a run that told people asks who hears of it', async ({ hushcal: app }) => {
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'external-only');
  await startRun(app);
  await typeNumber(app, await numberToType(app));
  await reportHeadline(app);
  await openScreen(app, 'History');
  await app.ask('practice.clear_messages', {});
  await app.page.getByRole('button', { name: 'Undo…' }).first().click();
  const question = app.page.getByTestId('undo-question');
  await expect(question).toContainText(/This run notified \d+ (?:person|people), in \d+ message/);
  await expect(app.page.getByTestId('start-run')).toBeDisabled();
  const steps = app.page.getByRole('list', { name: 'Steps' });
  await expect(steps.locator('[aria-current="step"]'), 'one decides, and reviews nothing yet').toContainText('Decide');
  await expect(app.page.getByRole('complementary')).not.toContainText('backup');
  await expect(question.getByTestId('undo-external-only')).toContainText('as the run did');
  await expect(question.getByTestId('undo-none')).toContainText('0 messages');
  await tick(question.getByTestId('undo-none').getByRole('radio'));
  await question.getByRole('button', { name: 'Show what would be undone' }).click();
  await expect(app.page.getByTestId('row-grid').getByRole('row').nth(1)).toBeVisible();
  await expect(app.page.getByText('The undo notifies nobody.')).toBeVisible();
  await expect(steps.locator('[aria-current="step"]')).toContainText('Review');
  await expect(app.page.getByTestId('notified')).toContainText(/events? will be removed again/);
  await startRun(app);
  await reportHeadline(app);
  expect((await app.ask('practice.state', {})).messages).toHaveLength(0);
  await expect(steps.locator('[aria-current="step"]'), 'the run has its tick, too').toContainText('Run, done');
  expect(await bucket(app, 'Removed again')).toBeGreaterThan(0);
});

test('the undo of a silent run is silent, and asks nothing', async ({ hushcal: app }) => {
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  await startRun(app);
  await reportHeadline(app);
  await openScreen(app, 'History');
  await app.page.getByRole('button', { name: 'Undo…' }).first().click();
  await expect(app.page.getByTestId('start-run')).toContainText('notify nobody');
  await expect(app.page.getByTestId('undo-question')).toHaveCount(0);
});

test('a new calendar is made when the run starts, with the chosen name and colour', async ({ hushcal: app }) => {
  await chooseSample(app);
  const list = app.page.getByRole('group', { name: /^Calendar/ });
  await list.getByRole('button', { name: 'New calendar…' }).click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Alice, restored');
  await dialog.getByLabel('Colour').fill('#aa3366');
  await lookAt(app, 'new-calendar');
  await dialog.getByRole('button', { name: 'Use this calendar' }).click();
  await expect(list.getByRole('radio', { name: /Alice, restored/ })).toBeChecked();
  await lookAt(app, 'choose-new-calendar');
  await goToDecide(app);
  await expect(app.page.getByText('The calendar "Alice, restored" does not exist')).toBeVisible();
  await tick(app.page.getByRole('radio', { name: /Only what starts on or after/ }));
  await app.page.getByLabel('First day to restore').fill('2026-11-01');
  await expect(app.page.getByRole('button', { name: /^Review/ })).toBeEnabled();
  await lookAt(app, 'decide-since');
  await decide(app, 'none');
  await expect(app.page.getByRole('group', { name: 'Actions' }).getByRole('button', { name: /^Skip/ })).toBeVisible();
  const before = (await app.ask('practice.state', {})).users[0]?.calendars.length ?? 0;
  await startRun(app);
  await reportHeadline(app);
  const state = await app.ask('practice.state', {});
  expect(state.users[0]?.calendars).toHaveLength(before + 1);
  const made = state.users[0]?.calendars.find((calendar) => calendar.name === 'Alice, restored');
  expect(made).toMatchObject({ color: '#aa3366' });
  expect(state.messages).toHaveLength(0);
  await app.page.getByRole('button', { name: 'Restore another' }).click();
  await expect(list.getByRole('radio', { name: /^Alice, restored/ })).toBeVisible();
});
