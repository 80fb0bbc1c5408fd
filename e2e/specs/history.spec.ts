import { expect } from '@playwright/test';
import { test, type RunningApp } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import {
  chooseCalendar,
  chooseSample,
  decide,
  goToDecide,
  openScreen,
  reportHeadline,
  startRun,
} from '../harness/steps.ts';

/** A silent restore of the sample, with a ticket. */
async function restoreFor(app: RunningApp, ticket: string, note = ''): Promise<void> {
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  await app.page.getByTestId('ticket').fill(ticket);
  await app.page.getByTestId('note').fill(note);
  await startRun(app);
  await reportHeadline(app);
}

test('ticket and note: typed before the run, in its report and in History, changed there later', async ({
  hushcal: app,
}) => {
  await restoreFor(app, 'INC-4711', 'Alice lost her week');
  await expect(app.page.getByTestId('report')).toContainText('Ticket INC-4711');
  await expect(app.page.getByTestId('report')).toContainText('Alice lost her week');
  await openScreen(app, 'History');
  const entry = app.page.getByTestId('run-entry');
  await expect(entry).toContainText('INC-4711');
  await entry.getByRole('button', { name: /^Edit ticket and note/ }).click();
  const dialog = app.page.getByRole('dialog', { name: 'Ticket and note' });
  await dialog.getByLabel('Ticket').fill('INC-4712');
  await dialog.getByLabel('Note').fill('');
  await lookAt(app, 'job-note');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(entry).toContainText('INC-4712');
  await expect(entry).not.toContainText('Alice lost her week');
  const [run] = await app.ask('history.list', {});
  expect(run).toMatchObject({ ticket: 'INC-4712' });
  // The next job begins without it.
  await openScreen(app, 'Restore');
  await app.page.getByRole('button', { name: 'Restore another' }).click();
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  await expect(app.page.getByTestId('ticket')).toHaveValue('');
});

test('a run that was undone says so and is not undone twice; search, filters, size and delete', async ({
  hushcal: app,
}) => {
  await restoreFor(app, 'INC-1');
  await openScreen(app, 'History');
  const entries = app.page.getByTestId('run-entry');
  await entries.getByRole('button', { name: 'Undo…' }).click();
  await app.page.getByTestId('ticket').fill('INC-2');
  await startRun(app);
  await reportHeadline(app);
  await openScreen(app, 'History');
  await expect(entries).toHaveCount(2);
  const restore = entries.filter({ hasText: 'INC-1' });
  await expect(restore.getByTestId('undone')).toContainText('Undone');
  await expect(restore.getByRole('button', { name: 'Undo…' })).toHaveCount(0);
  const [, run] = await app.ask('history.list', {});
  expect(await app.request('history.undo', { runId: run?.runId ?? '' })).toMatchObject({
    ok: false,
    failure: { code: 'ALREADY_UNDONE', message: 'Already undone: nothing left to do.' },
  });
  await lookAt(app, 'history-undone');

  await app.page.getByTestId('history-search').fill('inc-2');
  await expect(entries).toHaveCount(1);
  await expect(app.page.getByTestId('history-count')).toContainText('1 job of 2');
  await app.page.getByRole('button', { name: 'Show all' }).click();
  await app.page.getByLabel('State', { exact: true }).selectOption({ label: 'Undone' });
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText('INC-1');
  await app.page.getByLabel('State', { exact: true }).selectOption('');
  await app.page.getByLabel('Ticket', { exact: true }).selectOption('INC-2');
  await expect(entries).toContainText('INC-2');
  await app.page.getByRole('button', { name: 'Show all' }).click();

  await restore.getByRole('button', { name: /^Delete Restore into/ }).click();
  const question = app.page.getByRole('dialog', { name: 'Delete this job?' });
  await lookAt(app, 'history-delete');
  await question.getByRole('button', { name: 'Delete 1 job' }).click();
  await expect(app.page.getByText(/^1 job deleted, .* free again\.$/)).toBeVisible();
  await expect(entries).toHaveCount(1);
  expect(await app.ask('history.list', {})).toHaveLength(1);
});
