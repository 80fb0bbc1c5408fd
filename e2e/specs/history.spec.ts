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
