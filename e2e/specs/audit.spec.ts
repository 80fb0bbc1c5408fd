import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from '../harness/app.ts';
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

test('the audit says in History who did what, and whether it is as it was written', async ({ hushcal: app }) => {
  await openScreen(app, 'History');
  await app.page.getByRole('button', { name: 'Audit', exact: true }).click();
  const dialog = app.page.getByRole('dialog', { name: 'Audit: who did what' });
  await expect(dialog).toContainText('Nothing was done yet.');
  await app.page.keyboard.press('Escape');
  await openScreen(app, 'Restore');
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  await app.page.getByTestId('ticket').fill('INC-4711');
  await startRun(app);
  await reportHeadline(app);
  await openScreen(app, 'History');
  await app.page.getByRole('button', { name: 'Audit', exact: true }).click();
  await expect(dialog).toContainText('3 lines, each as it was written.');
  const rows = dialog.getByRole('row');
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText('Ended');
  await expect(rows.nth(3)).toContainText('Confirmed');
  await expect(rows.nth(3)).toContainText('INC-4711');
  await lookAt(app, 'audit');
  await dialog.getByLabel('Search in the audit').fill('inc-4711');
  await expect(rows).toHaveCount(2);
  await dialog.getByLabel('Search in the audit').fill('');
  await dialog.getByLabel('What was done').selectOption('Ended');
  await expect(rows).toHaveCount(2);
  await app.page.keyboard.press('Escape');
  // A crash while a line was written.
  await appendFile(join(app.userData, 'runs', 'audit.jsonl'), '{"v":1,"kind":"aud');
  await app.page.getByRole('button', { name: 'Audit', exact: true }).click();
  await expect(dialog.getByRole('status')).toContainText('3 lines, each as it was written. A crash tore line 4');
  await lookAt(app, 'audit-torn');
});
