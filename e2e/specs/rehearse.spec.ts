import { expect } from '@playwright/test';
import { test } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import {
  bucket,
  chooseCalendar,
  chooseSample,
  decide,
  goToDecide,
  reportHeadline,
  startRun,
} from '../harness/steps.ts';
import { watchAppsPractice } from '../harness/watch.ts';

test('a rehearsal shows every message that would go out, and sends none', async ({ hushcal: app }) => {
  const practice = await watchAppsPractice(app);
  const before = await practice.messages();
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'all');
  const predicted = Number(/(\d+) messages?/.exec((await app.page.getByTestId('notified').textContent()) ?? '')?.[1]);
  await app.page.getByTestId('rehearse').click();
  const dialog = app.page.getByRole('dialog', { name: 'Dry run on a copy' });
  await expect(dialog.getByTestId('messages')).toBeVisible({ timeout: 30_000 });
  await expect(dialog.getByTestId('messages').getByRole('row')).toHaveCount(predicted + 1);
  await lookAt(app, 'rehearsal');
  await dialog.getByRole('button', { name: 'Back to the plan' }).click();
  await expect(dialog).toBeHidden();
  expect(await practice.messages()).toEqual(before);

  // The plan still waits: it can be run, silently this time.
  await app.page.getByRole('button', { name: 'Back', exact: true }).click();
  await decide(app, 'none');
  await app.page.getByTestId('rehearse').click();
  await expect(dialog.getByText('Not a single message')).toBeVisible({ timeout: 30_000 });
  await lookAt(app, 'rehearsal-silent');
  await dialog.getByRole('button', { name: 'Back to the plan' }).click();
  await startRun(app);
  await reportHeadline(app);
  expect(await bucket(app, 'Created')).toBeGreaterThan(0);
});
