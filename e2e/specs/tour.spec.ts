import { expect } from '@playwright/test';
import { rm } from 'node:fs/promises';
import { launchApp, test } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';

test('three pictures at the first start, once, and again from Help', async () => {
  const first = await launchApp({ first: true });
  try {
    const tour = first.page.getByTestId('tour');
    await expect(tour.getByRole('listitem')).toHaveCount(3);
    await lookAt(first, 'tour');
    await first.page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(tour).toHaveCount(0);
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
