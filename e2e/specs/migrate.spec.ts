import { expect } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchApp, test, type RunningApp } from '../harness/app.ts';
import { calendarText, eventText, inDays } from '../harness/backups.ts';
import { lookAt } from '../harness/looks.ts';
import { drop, openScreen } from '../harness/steps.ts';
import { expectPanel, expectPlainWords } from '../harness/sight.ts';
import { readCalendar, watchAppsPractice } from '../harness/watch.ts';

test.describe.configure({ timeout: 240_000 });

test('three mailboxes that meet each other: nobody is told; later the guests outside, once', async ({
  hushcal: app,
}) => {
  const practice = await watchAppsPractice(app);
  await openScreen(app, 'Migrate');
  await app.page.getByRole('button', { name: 'Try it with practice mailboxes' }).click();
  await expect(app.page.getByTestId('mapping-row')).toHaveCount(3);
  await check(app, 3);
  await app.page.getByRole('button', { name: 'Review 3 rows' }).click();
  const start = app.page.getByTestId('start-batch');
  await expect(start).toHaveText(/^Copy [\d,]+ events into 3 calendars, notify nobody$/);
  await expect(app.page.getByTestId('notified')).toContainText(/^0people will be notified/);
  await expect(app.page.getByRole('region', { name: 'Step 2' })).toContainText(
    /Step 2, when you choose: 2 external guests, once/,
  );

  await app.page.getByTestId('member').nth(1).click();
  await expect(app.page.getByTestId('member-plan')).toContainText('Weekly planning');
  await app.page.getByTestId('member-plan').getByRole('button', { name: 'Close' }).click();

  await start.click();
  await expect(app.page.getByTestId('headline')).toHaveText(/^[\d,]+ events copied in \d calendars$/, {
    timeout: 60_000,
  });
  await expect(app.page.getByTestId('report')).toContainText('Nobody was notified.');
  await expectPanel(app, 'What happened');
  expect(await practice.messages()).toEqual([]);
  await expectPlainWords(app);

  await app.page.getByRole('button', { name: 'Notify external guests…' }).click();
  await expect(start).toHaveText('Notify 2 external guests');
  await expectPanel(app, 'What will happen');
  const notified = (await app.page.getByRole('region', { name: 'Step 2' }).textContent()) ?? '';
  const announced = Number(/([\d,]+) messages? in all/.exec(notified)?.[1]?.replaceAll(',', ''));
  expect(announced).toBeGreaterThan(0);
  await start.click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByLabel(/^Type [\d,]+ to confirm$/).fill(String(announced));
  await dialog.getByRole('button', { name: /^Send / }).click();
  await expect(app.page.getByTestId('headline')).toHaveText(/^[\d,]+ events announced/, { timeout: 60_000 });
  const messages = await practice.messages();
  expect(messages).toHaveLength(announced);
  expect(new Set(messages.map(({ to }) => to)).size).toBe(2);
  expect(messages.every(({ kind }) => kind === 'imip')).toBe(true);

  await openScreen(app, 'History');
  const migration = app.page.getByTestId('batch-entry').filter({ hasText: 'Migration of' });
  await expect(migration).toBeVisible();
  await expect(migration.getByRole('button', { name: 'Notify external guests…' })).toHaveCount(0);
});

test('how each step looks', async ({ hushcal: app }) => {
  await openScreen(app, 'Migrate');
  await expect(app.page.getByText('Which mailboxes do you migrate?')).toBeVisible();
  await lookAt(app, 'migrate-empty');
  await app.page.getByRole('button', { name: 'Paste from a spreadsheet…' }).click();
  await lookAt(app, 'migrate-paste');
  await app.page.keyboard.press('Escape');
  await app.page.getByRole('button', { name: 'Limits…' }).click();
  await lookAt(app, 'migrate-limits');
  await app.page.keyboard.press('Escape');
  await app.page.getByRole('button', { name: 'Try it with practice mailboxes' }).click();
  await expect(app.page.getByTestId('mapping-row')).toHaveCount(3);
  await app.page.getByRole('button', { name: 'Add a row' }).click();
  await expect(app.page.getByTestId('mapping-row')).toHaveCount(4);
  await lookAt(app, 'migrate-mapping');
  await app.page.getByRole('button', { name: 'Remove this row' }).click();
  await check(app, 3);
  await lookAt(app, 'migrate-check');
  await app.page.getByRole('button', { name: 'Review 3 rows' }).click();
  await expect(app.page.getByTestId('start-batch')).toBeEnabled();
  await lookAt(app, 'migrate-review');
  await app.page.getByTestId('member').first().click();
  await expect(app.page.getByTestId('member-plan')).toContainText('Weekly planning');
  await lookAt(app, 'migrate-review-open');
  await app.page.getByTestId('member-plan').getByRole('button', { name: 'Close' }).click();
  await app.page.getByRole('button', { name: 'Back up first…' }).click();
  await lookAt(app, 'backup');
  await app.page.getByTestId('backup').getByRole('button', { name: 'Cancel' }).click();
  const practice = await watchAppsPractice(app);
  await practice.setDelay(250);
  await app.page.getByTestId('start-batch').click();
  await expect(app.page.getByTestId('progress')).toHaveText(/^[1-9]\d? of 117$/, { timeout: 60_000 });
  await app.page.getByRole('button', { name: 'Pause' }).click();
  await expect(app.page.getByText('Paused: nothing is written until you resume')).toBeVisible();
  await app.page.getByTestId('member').first().click();
  await lookAt(app, 'migrate-dashboard');
  await practice.setDelay(0);
  await app.page.getByRole('button', { name: 'Resume' }).click();
  await expect(app.page.getByTestId('headline')).toBeVisible({ timeout: 60_000 });
  await lookAt(app, 'migrate-report');
  await app.page.getByTestId('member').first().click();
  await expect(app.page.getByTestId('report-items')).toBeVisible();
  await lookAt(app, 'migrate-report-open');
  await app.page.getByRole('button', { name: 'Notify external guests…' }).click();
  await expect(app.page.getByTestId('start-batch')).toBeEnabled();
  await lookAt(app, 'migrate-announce');
  await app.page.getByTestId('start-batch').click();
  await expect(app.page.getByRole('dialog')).toBeVisible();
  await lookAt(app, 'migrate-announce-consent');
  await app.page.keyboard.press('Escape');
  await openScreen(app, 'History');
  await app.page.getByRole('button', { name: /^Its 3 calendars/ }).click();
  await lookAt(app, 'history-batches');
});

test('killed in the middle, resumed from History: no duplicate, nobody told', async ({ alone: app }) => {
  const practice = await watchAppsPractice(app);
  await mapBackups(app, 60);
  await check(app, 3);
  await app.page.getByRole('button', { name: 'Review 3 rows' }).click();
  const start = app.page.getByTestId('start-batch');
  await expect(start).toHaveText('Copy 180 events into 3 calendars, notify nobody');
  await practice.setDelay(150);
  await start.click();
  await expect(app.page.getByTestId('progress')).toHaveText(/^[2-9]\d of 180$/, { timeout: 60_000 });
  await app.kill();

  const again = await launchApp({ userData: app.userData });
  try {
    const after = await watchAppsPractice(again);
    await openScreen(again, 'History');
    const entry = again.page.getByTestId('batch-entry');
    await expect(entry).toContainText('Interrupted');
    await entry.getByRole('button', { name: 'Resume' }).click();
    await expect(again.page.getByTestId('headline')).toHaveText('180 events copied in 3 calendars', {
      timeout: 90_000,
    });
    for (const user of ['alice', 'bob', 'carol']) {
      const calendar = await readCalendar(after, user);
      const uids = [...calendar.values()].map((text) => /^UID:(.*)$/m.exec(text)?.[1] ?? '');
      expect(new Set(uids).size).toBe(uids.length);
      expect(uids.filter((uid) => uid.startsWith(`${user}-moved-`))).toHaveLength(60);
    }
    expect(await after.messages()).toEqual([]);
    expect(again.problems).toEqual([]);
    expect(again.stderr).toEqual([]);
  } finally {
    await again.kill();
  }
});

test('a mapping with problems says them in the row; what is good goes on', async ({ hushcal: app }) => {
  const list = join(app.userData, 'mapping.csv');
  await writeFile(join(app.userData, 'alice.ics'), backup('alice', 2));
  const lines = ['source,user,shoe size', 'alice.ics,alice,38', 'nobody.ics,bob,44', '=cmd|x,carol,40'];
  await writeFile(list, lines.join('\n'));
  await openScreen(app, 'Migrate');
  await drop(app, list);
  await expect(app.page.getByTestId('mapping-row')).toHaveCount(2);
  await expect(app.page.getByRole('region', { name: 'Mapping' })).toContainText('shoe size');
  await expect(app.page.getByRole('region', { name: 'Mapping' })).toContainText('Line 4');
  await app.page.getByLabel('On behalf of, for bob').fill('nobody at all');
  await app.page.getByLabel('On behalf of, for bob').press('Enter');
  await expect(app.page.getByTestId('mapping-row').nth(1)).toContainText(/Line 3: .*nobody at all/);
  await app.page.getByLabel('On behalf of, for bob').fill('');
  await app.page.getByLabel('On behalf of, for bob').press('Enter');
  await expect(app.page.getByTestId('mapping-row').nth(1)).not.toContainText('Line 3');
  await app.page.getByRole('button', { name: 'Check 2 rows' }).click();
  await expect(app.page.getByTestId('check-progress')).toHaveText('1 of 2 rows ready', { timeout: 30_000 });
  await expect(app.page.getByTestId('member').nth(1)).toContainText('There is no file or folder of this name.');
  await expectPlainWords(app);
});

test('a cell is taken over by the click that leaves it, and that click does what it is for', async ({
  hushcal: app,
}) => {
  await openScreen(app, 'Migrate');
  await app.page.getByRole('button', { name: 'Try it with practice mailboxes' }).click();
  await expect(app.page.getByTestId('mapping-row')).toHaveCount(3);
  await app.page.getByLabel('Calendar of bob').fill('Team');
  await app.page.getByRole('button', { name: 'Add a row' }).click();
  await expect(app.page.getByTestId('mapping-row')).toHaveCount(4);
  await expect(app.page.getByLabel('Calendar of bob')).toHaveValue('Team');
  // Nothing was typed into it yet, so nothing in it is wrong.
  await expect(app.page.getByTestId('mapping-row').last().locator('[aria-invalid="true"]')).toHaveCount(0);
  await app.page.getByLabel('Notify, for bob').selectOption('Notify everyone');
  await expect(app.page.getByLabel('Notify, for bob')).toHaveValue('all');
});

async function check(app: RunningApp, rows: number): Promise<void> {
  await app.page.getByRole('button', { name: `Check ${String(rows)} rows` }).click();
  await expect(app.page.getByTestId('check-progress')).toHaveText(`${String(rows)} of ${String(rows)} rows ready`, {
    timeout: 30_000,
  });
}

/** Backups of alice, bob and carol, dropped on the mapping. */
async function mapBackups(app: RunningApp, events: number): Promise<void> {
  const paths = ['alice', 'bob', 'carol'].map((user) => join(app.userData, `${user}.ics`));
  for (const [at, user] of ['alice', 'bob', 'carol'].entries()) await writeFile(paths[at] ?? '', backup(user, events));
  await openScreen(app, 'Migrate');
  await expect(app.page.getByText('Which mailboxes do you migrate?')).toBeVisible();
  await drop(app, ...paths);
  await expect(app.page.getByTestId('mapping-row')).toHaveCount(3);
}

function backup(user: string, events: number): string {
  return calendarText(
    Array.from({ length: events }, (_, at) =>
      eventText({ uid: `${user}-moved-${String(at)}@tests`, title: `Moved ${String(at)}`, start: inDays(at + 1) }),
    ).flat(),
  );
}
