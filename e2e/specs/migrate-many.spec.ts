import { expect } from '@playwright/test';
import { join } from 'node:path';
import { startPractice } from '../../electron/practice/server.ts';
import { test, type RunningApp } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import { MAILBOXES, writeMailboxes } from '../harness/mailboxes.ts';
import { expectPlainWords } from '../harness/sight.ts';
import { answerOpenDialog, fillServer, openScreen } from '../harness/steps.ts';
import { readCalendar, watchPractice } from '../harness/watch.ts';

test.describe.configure({ timeout: 300_000 });

const EACH = 12;
const EVENTS = EACH * 2 * MAILBOXES.length;

test('twenty mailboxes with meetings among them: killed in the middle, resumed, step 2 once', async ({
  hushcal: app,
  startAgain,
}) => {
  const server = await startPractice({ users: [...MAILBOXES] });
  const practice = watchPractice(server);
  const { password } = server.info.admin;
  const files = await writeMailboxes(join(app.userData, 'old'), EACH, password);
  try {
    await openScreen(app, 'Servers');
    await app.page.getByRole('button', { name: 'Add a server…' }).click();
    await fillServer(app, { url: server.info.base_url, user: 'admin', password, name: 'New mail' });
    await expect(app.page.getByRole('dialog', { name: 'Add a server' })).toBeHidden();
    await openScreen(app, 'Migrate');
    await app.page.getByLabel('New server', { exact: true }).selectOption({ label: 'New mail, admin' });
    await answerOpenDialog(app, files.mapping);
    await app.page.getByRole('button', { name: 'Choose a CSV…' }).click();
    await expect(app.page.getByTestId('mapping-row').first()).toContainText('needed');
    await lookAt(app, 'migrate-many-mapping');
    await answerOpenDialog(app, files.passwords);
    await app.page.getByRole('button', { name: 'Import passwords… (20 missing)' }).click();
    await expect(app.page.getByText('20 passwords were read.')).toBeVisible();
    expect(await app.page.locator('body').innerText()).not.toContain(password);
    await app.page.getByRole('button', { name: 'Check 20 rows' }).click();
    await expect(app.page.getByTestId('check-progress')).toHaveText('20 of 20 rows ready', { timeout: 60_000 });
    await app.page.getByRole('button', { name: 'Review 20 rows' }).click();
    const start = app.page.getByTestId('start-batch');
    await expect(start).toHaveText(`Copy ${String(EVENTS)} events into 20 calendars, notify nobody`, {
      timeout: 60_000,
    });
    await practice.setDelay(120);
    await start.click();
    await expect(app.page.getByTestId('progress')).toHaveText(new RegExp(`^1[5-9]\\d of ${String(EVENTS)}$`), {
      timeout: 90_000,
    });
    await app.page.getByRole('button', { name: 'Pause' }).click();
    await lookAt(app, 'migrate-many-dashboard');
    await app.kill();

    const again = await startAgain();
    await practice.setDelay(0);
    await resumeWith(again, files.passwords);
    await expect(again.page.getByTestId('headline')).toHaveText(`${String(EVENTS)} events copied in 20 calendars`, {
      timeout: 120_000,
    });
    expect(await practice.messages()).toEqual([]);
    await expectWhole(practice);
    await expectPlainWords(again);
    await tellOutside(again, files.outside);
    const notified = await practice.messages();
    expect(notified).toHaveLength(files.outside);
    expect(notified.every(({ to }) => to.includes('@elsewhere.test'))).toBe(true);
    expect(new Set(notified.map(({ to, uid }) => `${to} ${uid}`)).size).toBe(files.outside);
    await expectWhole(practice);
    expect(again.problems).toEqual([]);
  } finally {
    await server.close();
  }
});

/** A password that stayed in memory is asked for again, on the screen of the job: nobody goes through the mapping. */
async function resumeWith(app: RunningApp, passwords: string): Promise<void> {
  const banner = app.page.getByTestId('interrupted');
  await expect(banner).toContainText(/^Migration of \d+ calendars was interrupted at \d+ of \d+/);
  await lookAt(app, 'interrupted-batch');
  await banner.getByRole('button', { name: 'Resume' }).click();
  await expect(banner).toBeHidden();
  const missing = app.page.getByTestId('missing-secrets');
  await expect(missing).toContainText(/^\d+ passwords missing/);
  await lookAt(app, 'missing-passwords');
  await expect(app.page.getByTestId('report')).toBeVisible();
  await expect(app.page.getByText('Needs attention', { exact: true })).toHaveCount(0);
  await answerOpenDialog(app, passwords);
  await missing.getByRole('button', { name: 'Import passwords…' }).click();
  await expect(missing).toContainText('All passwords are here.');
  await missing.getByRole('button', { name: 'Resume' }).click();
}

async function tellOutside(app: RunningApp, messages: number): Promise<void> {
  await app.page.getByRole('button', { name: 'Notify external guests…' }).click();
  await expect(app.page.getByTestId('start-batch')).toBeEnabled({ timeout: 60_000 });
  await app.page.getByTestId('start-batch').click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByLabel(/^Type [\d,]+ to confirm$/).fill(String(messages));
  await dialog.getByRole('button', { name: `Send ${String(messages)} messages` }).click();
  await expect(app.page.getByTestId('headline')).toHaveText(/^[\d,]+ events announced/, { timeout: 120_000 });
}

/** Every mailbox has its own meetings and those it is invited to, each once, with the answers they came with. */
async function expectWhole(practice: ReturnType<typeof watchPractice>): Promise<void> {
  for (const user of MAILBOXES) {
    const texts = [...(await readCalendar(practice, user)).values()];
    const moved = texts.filter((text) => text.includes('@mailboxes'));
    const uids = moved.map((text) => /^UID:(.*)$/m.exec(text)?.[1]?.trim() ?? '');
    expect(uids, user).toHaveLength(EACH * 2);
    expect(new Set(uids).size, user).toBe(EACH * 2);
    expect(
      moved.filter((text) => text.includes('PARTSTAT=TENTATIVE')),
      user,
    ).toHaveLength(EACH);
  }
}
