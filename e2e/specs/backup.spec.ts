import { expect } from '@playwright/test';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from '../harness/app.ts';
import { expectPlainWords } from '../harness/sight.ts';
import {
  answerSaveDialog,
  bucket,
  chooseCalendar,
  decide,
  drop,
  goToDecide,
  openScreen,
  tick,
} from '../harness/steps.ts';
import { reportHeadline, startRun } from '../harness/steps.ts';
import { readCalendar, watchAppsPractice } from '../harness/watch.ts';
import { plainClient } from '../servers/plain-http.ts';

test('calendars of a user into one file, which puts back what is lost', async ({ hushcal: app }) => {
  const practice = await watchAppsPractice(app);
  const out = join(app.userData, 'alice.zip');
  await answerSaveDialog(app, out);
  await openScreen(app, 'Servers');
  await app.page.getByRole('button', { name: 'Back up…' }).click();
  const dialog = app.page.getByTestId('backup');
  await expect(dialog).toContainText('byte for byte');
  const first = dialog.getByRole('group', { name: 'Calendars' }).getByRole('checkbox').last();
  await expect(first).toBeChecked();
  await tick(first, false);
  await expect(dialog.getByRole('button', { name: 'Choose where to save…' })).toBeDisabled();
  await tick(first);
  await dialog.getByRole('button', { name: 'Choose where to save…' }).click();
  await expect(dialog).toContainText(/\d+ events of \d calendars?/, { timeout: 30_000 });
  await expect(dialog).toContainText('read again and verified');
  await expect(dialog).toContainText(out);
  await app.electron.evaluate(({ shell }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    shell.showItemInFolder = (path) => void shown.push(path);
  });
  await dialog.getByRole('button', { name: 'Show in folder' }).click();
  await expect.poll(() => app.electron.evaluate(() => Reflect.get(globalThis, 'shown') as unknown)).toEqual([out]);
  expect((await stat(out)).size).toBeGreaterThan(1000);
  expect(await practice.messages()).toEqual([]);
  await expectPlainWords(app);
  await dialog.getByRole('button', { name: 'Close' }).click();

  // One event is lost and comes back out of the backup as it was.
  const before = await readCalendar(practice, 'alice');
  const [path = ''] = [...before.keys()];
  const answer = await fetch(new URL(path, practice.origin), {
    method: 'DELETE',
    headers: {
      authorization: `Basic ${Buffer.from(`alice:${app.practicePassword}`).toString('base64')}`,
      scheduling: 'none',
    },
  });
  expect(answer.ok).toBe(true);
  await openScreen(app, 'Restore');
  await drop(app, out);
  await expect(app.page.getByTestId('inspection')).toBeVisible();
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  await startRun(app);
  expect(await reportHeadline(app)).toBe('1 event restored');
  expect(await bucket(app, 'Created')).toBe(1);
  const alice = practice.user('alice');
  expect(await plainClient(practice, alice).list(alice.calendar)).toHaveLength(before.size);
});

test('nothing happens when the person cancels where to save', async ({ hushcal: app }) => {
  await app.electron.evaluate(({ dialog }) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' });
  });
  await openScreen(app, 'Servers');
  await app.page.getByRole('button', { name: 'Back up…' }).click();
  const dialog = app.page.getByTestId('backup');
  await dialog.getByRole('button', { name: 'Choose where to save…' }).click();
  await expect(dialog.getByRole('button', { name: 'Choose where to save…' })).toBeEnabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
});
