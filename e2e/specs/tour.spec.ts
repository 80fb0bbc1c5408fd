import { expect } from '@playwright/test';
import { rm } from 'node:fs/promises';
import { launchApp, test } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import { reportHeadline } from '../harness/steps.ts';

test('three pictures at the first start, once, and again from Help; a first silent restore is six actions', async () => {
  const first = await launchApp({ first: true });
  try {
    const tour = first.page.getByTestId('tour');
    await expect(tour.getByRole('listitem')).toHaveCount(3);
    await lookAt(first, 'tour');
    await first.page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(tour).toHaveCount(0);
    // Five clicks more, and a first restore is done without notifying anybody: nothing else is to be chosen.
    await first.page.getByRole('button', { name: 'Use the sample backup' }).click();
    await first.page.getByRole('radio', { name: /^Calendar/ }).click();
    await first.page.getByRole('button', { name: 'Next: notifications' }).click();
    await first.page.getByRole('button', { name: /^Review \d+ events$/ }).click();
    await first.page.getByRole('button', { name: /^Restore \d+ events, notify nobody$/ }).click();
    expect(await reportHeadline(first)).toMatch(/^\d+ events restored/);
    await expect(first.page.getByTestId('notified')).toContainText(/^0 ?people were notified/);
    expect(first.problems).toEqual([]);
    await first.close();

    const second = await launchApp({ userData: first.userData });
    await expect(second.page.getByRole('button', { name: 'Help and glossary' })).toBeVisible();
    await expect(second.page.getByTestId('tour')).toHaveCount(0);
    await second.page.getByRole('button', { name: 'Help and glossary' }).click();
    await second.page.getByRole('button', { name: 'Show the pictures of the first start again' }).click();
    await expect(second.page.getByTestId('tour')).toBeVisible();
    await second.page.keyboard.press('Escape');
    await expect(second.page.getByTestId('tour')).toHaveCount(0);
    await second.close();
  } finally {
    await first.kill().catch(() => undefined);
    await rm(first.userData, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
});
