import { expect } from '@playwright/test';
import { join } from 'node:path';
import { test, type RunningApp } from '../harness/app.ts';
import { calendarText, inDays } from '../harness/backups.ts';
import { lookAt } from '../harness/looks.ts';
import { expectPlainWords } from '../harness/sight.ts';
import { answerSaveDialog, drop, openScreen, reportHeadline, tick } from '../harness/steps.ts';
import { watchAppsPractice, type WatchedPractice } from '../harness/watch.ts';
import { plainClient } from '../servers/plain-http.ts';

// A backup is made, three calendars lose their events, all come back, and it is undone: many steps of real work.
test.describe.configure({ timeout: 240_000 });

const MADE = ['choir', 'club'] as const;

test('all calendars of one backup go back where they came from, and nobody is notified', async ({ hushcal: app }) => {
  const practice = await watchAppsPractice(app);
  for (const slug of MADE) await fill(app, practice, slug);
  await backUpAll(app);
  const before = await everything(practice);
  for (const slug of MADE) await empty(app, practice, slug);
  expect(await everything(practice)).toBeLessThan(before);

  await openScreen(app, 'Restore');
  await drop(app, join(app.userData, 'all.zip'));
  const card = app.page.getByTestId('several');
  await expect(card).toContainText(/This backup holds [3-9] calendars/);
  await expect(card.getByRole('radio', { name: /^One calendar/ })).toBeChecked();
  await tick(card.getByRole('radio', { name: /^All, each where it came from/ }));
  const table = app.page.getByTestId('several-table');
  for (const slug of MADE) await expect(table.getByRole('row', { name: slug })).toContainText('where it came from');
  const way = table.getByLabel('Where club goes');
  const club = await way.inputValue();
  // The window last looked at the server before there was such a calendar.
  await expect(way.locator('option:checked')).toHaveText('club');
  await way.selectOption({ label: 'Leave out' });
  await expect(table.getByRole('row', { name: 'club' })).toContainText('stays in the backup');
  await lookAt(app, 'several-choose');
  await table.focus();
  await app.page.keyboard.press('Control+a');
  await app.page.keyboard.press('Shift+F10');
  const menu = app.page.getByTestId('row-menu');
  await menu.getByRole('menuitem', { name: 'Leave all marked out' }).click();
  await expect(app.page.getByRole('button', { name: /^Review \d calendars?$/ }), 'none is left').toHaveCount(0);
  await table.focus();
  await app.page.keyboard.press('Shift+F10');
  await menu.getByRole('menuitem', { name: 'Put all marked back where each came from' }).click();
  await expect(way).toHaveValue(club);
  await app.page.getByRole('button', { name: /^Review \d calendars$/ }).click();

  const start = app.page.getByTestId('start-batch');
  await expect(start).toHaveText('Restore 4 events into 2 calendars, notify nobody', { timeout: 60_000 });
  // In its place and size, as in the job of one calendar.
  await expect(app.page.getByTestId('notified')).toHaveClass(/notified/);
  await lookAt(app, 'several-review');
  await start.click();
  expect(await reportHeadline(app)).toMatch(/^4 events restored in \d calendars$/);
  await lookAt(app, 'several-report');
  await expectPlainWords(app);
  expect(await everything(practice)).toBe(before);
  expect(await practice.messages()).toEqual([]);

  await app.page.getByRole('button', { name: 'Undo…' }).click();
  await expect(start).toBeEnabled({ timeout: 60_000 });
  await start.click();
  await expect(app.page.getByTestId('headline')).toHaveText(/^4 events removed again/, { timeout: 60_000 });
  expect(await everything(practice)).toBe(before - 4);
  expect(await practice.messages()).toEqual([]);
});

const urlOf = (practice: WatchedPractice, slug: string): string => {
  const { calendar } = practice.user('alice');
  return new URL(`../${slug}/`, new URL(calendar, practice.origin)).pathname;
};

async function send(app: RunningApp, practice: WatchedPractice, method: string, path: string, body?: string) {
  const authorization = `Basic ${Buffer.from(`alice:${app.practicePassword}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'text/calendar', scheduling: 'none' };
  const answer = await fetch(new URL(path, practice.origin), {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  expect(answer.ok, `${method} ${path}`).toBe(true);
}

async function fill(app: RunningApp, practice: WatchedPractice, slug: string): Promise<void> {
  const home = urlOf(practice, slug);
  await send(app, practice, 'MKCALENDAR', home);
  for (const uid of [`${slug}-1`, `${slug}-2`]) {
    const lines = [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      'DTSTAMP:20260101T000000Z',
      `DTSTART:${inDays(3).toISOString().slice(0, 10).replaceAll('-', '')}T090000Z`,
      `SUMMARY:${uid}`,
      'END:VEVENT',
    ];
    await send(app, practice, 'PUT', `${home}${uid}.ics`, calendarText(lines));
  }
}

async function empty(app: RunningApp, practice: WatchedPractice, slug: string): Promise<void> {
  for (const uid of [`${slug}-1`, `${slug}-2`]) {
    await send(app, practice, 'DELETE', `${urlOf(practice, slug)}${uid}.ics`);
  }
}

/** Objects in the calendars of the user. */
async function everything(practice: WatchedPractice): Promise<number> {
  const alice = practice.user('alice');
  const client = plainClient(practice, alice);
  const lists = await Promise.all(
    [alice.calendar, ...MADE.map((slug) => urlOf(practice, slug))].map((url) => client.list(url)),
  );
  return lists.reduce((sum, list) => sum + list.length, 0);
}

async function backUpAll(app: RunningApp): Promise<void> {
  await answerSaveDialog(app, join(app.userData, 'all.zip'));
  await openScreen(app, 'Servers');
  await app.page.getByRole('button', { name: 'Back up…' }).click();
  const dialog = app.page.getByTestId('backup');
  await dialog.getByRole('button', { name: 'Choose where to save…' }).click();
  await expect(dialog).toContainText('read again and verified', { timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Close' }).click();
}
