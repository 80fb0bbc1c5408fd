import { expect } from '@playwright/test';
import { join } from 'node:path';
import { startPractice, type PracticeServer } from '../../electron/practice/server.ts';
import { test, type RunningApp } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import { MAILBOXES, writeMailboxes } from '../harness/mailboxes.ts';
import { expectPlainWords } from '../harness/sight.ts';
import { answerOpenDialog, fillServer, openScreen } from '../harness/steps.ts';
import { watchPractice } from '../harness/watch.ts';

test.describe.configure({ timeout: 240_000 });

/** Each is looked at, checked and tested by itself. */
const PEOPLE = MAILBOXES.slice(0, 5);

/** Five mailboxes for a server of that kind, mapped and checked. */
async function checkFor(app: RunningApp, server: PracticeServer): Promise<void> {
  const { password } = server.info.admin;
  const files = await writeMailboxes(join(app.userData, 'old'), 1, password, PEOPLE);
  await openScreen(app, 'Servers');
  await app.page.getByRole('button', { name: 'Add a server…' }).click();
  await fillServer(app, { url: server.info.base_url, user: 'admin', password, name: 'New mail' });
  await expect(app.page.getByRole('dialog', { name: 'Add a server' })).toBeHidden();
  await openScreen(app, 'Migrate');
  await app.page.getByLabel('New server', { exact: true }).selectOption({ label: 'New mail, admin' });
  await answerOpenDialog(app, files.mapping);
  await app.page.getByRole('button', { name: 'Choose a CSV…' }).click();
  await answerOpenDialog(app, files.passwords);
  await app.page.getByRole('button', { name: 'Import passwords… (5 missing)' }).click();
  await app.page.getByRole('button', { name: 'Check 5 rows' }).click();
  await expect(app.page.getByTestId('check-progress')).toHaveText('0 of 5 rows ready', { timeout: 60_000 });
}

test('rows that are blocked until a test event shows something: one is tested, then all', async ({ hushcal: app }) => {
  const server = await startPractice({ users: [...PEOPLE], personality: 'nextcloud-29-like', samples: false });
  const practice = watchPractice(server);
  try {
    await checkFor(app, server);
    const first = app.page.getByTestId('member').first();
    await expect(first).toContainText('A test event may settle it.');
    await lookAt(app, 'migrate-check-blocked');
    await first.getByRole('button', { name: /^Test .* with a test event…$/ }).click();
    const dialog = app.page.getByRole('dialog', { name: 'Test with a test event' });
    await lookAt(app, 'migrate-test-before');
    expect(await practice.messages(), 'nothing flies before the consent').toEqual([]);
    await dialog.getByRole('button', { name: 'Write test events for 1 user' }).click();
    await expect(dialog).toContainText('1 row can be copied without notifying anybody.');
    await dialog.getByRole('button', { name: 'Back to the check' }).click();
    await expect(app.page.getByTestId('check-progress')).toHaveText('1 of 5 rows ready', { timeout: 60_000 });
    await expect(first).toContainText('Ready');
    await expect(first).toContainText(/kept quiet about a test event on/);

    await app.page.getByRole('button', { name: 'Test all 4 rows with a test event…' }).click();
    await dialog.getByRole('button', { name: 'Write test events for 4 users' }).click();
    await expect(dialog).toContainText('4 rows can be copied without notifying anybody.', { timeout: 60_000 });
    await lookAt(app, 'migrate-test-proved');
    await expectPlainWords(app);
    await dialog.getByRole('button', { name: 'Back to the check' }).click();
    await expect(app.page.getByTestId('check-progress')).toHaveText('5 of 5 rows ready', { timeout: 60_000 });
    await expect(app.page.getByRole('button', { name: /with a test event…$/ })).toHaveCount(0);
    await lookAt(app, 'migrate-check-opened');
    const sent = await practice.messages();
    expect(sent.every(({ to }) => to.endsWith('.invalid'))).toBe(true);

    await app.page.getByRole('button', { name: 'Review 5 rows' }).click();
    const start = app.page.getByTestId('start-batch');
    await expect(start).toHaveText(/notify nobody$/, { timeout: 60_000 });
    await start.click();
    await expect(app.page.getByTestId('headline')).toHaveText(/copied in 5 calendars$/, { timeout: 90_000 });
    expect(await practice.messages()).toEqual(sent);
  } finally {
    await server.close();
  }
});

test('one that opens nothing spares the others theirs', async ({ hushcal: app }) => {
  const server = await startPractice({ users: [...PEOPLE], personality: 'ignores-header', samples: false });
  const practice = watchPractice(server);
  try {
    await checkFor(app, server);
    await app.page.getByRole('button', { name: 'Test all 5 rows with a test event…' }).click();
    const dialog = app.page.getByRole('dialog', { name: 'Test with a test event' });
    await dialog.getByRole('button', { name: 'Write test events for 5 users' }).click();
    await expect(dialog).toContainText('5 rows stay blocked.');
    await expect(dialog).toContainText('Nothing is unlocked by it.');
    await lookAt(app, 'migrate-test-refuted');
    const sent = await practice.messages();
    // Of one user: the event that was sent openly, and the other one.
    expect(new Set(sent.map(({ uid }) => uid)).size).toBe(2);
    await dialog.getByRole('button', { name: 'Back to the check' }).click();
    await expect(app.page.getByTestId('check-progress')).toHaveText('0 of 5 rows ready', { timeout: 60_000 });
    await expect(app.page.getByRole('button', { name: 'Review', exact: true })).toBeDisabled();
  } finally {
    await server.close();
  }
});
