import { expect } from '@playwright/test';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type RunningApp } from '../harness/app.ts';
import { calendarText, eventText, inDays } from '../harness/backups.ts';
import { lookAt } from '../harness/looks.ts';
import { expectPlainWords } from '../harness/sight.ts';
import {
  answerOpenDialog,
  chooseCalendar,
  drop,
  goToReview,
  reportHeadline,
  startRun,
  tick,
} from '../harness/steps.ts';
import { readCalendar, watchAppsPractice, type WatchedPractice } from '../harness/watch.ts';

test.describe.configure({ timeout: 120_000 });

const TITLES = [
  'Budget round',
  'Interview',
  'Visit at the customer',
  'First aid',
  'Release meeting',
  'Supplier call',
  'Quarterly figures',
  'Planning',
  'Review',
  'Help desk',
  'Contract talk',
  'Kick-off',
  'Choir',
  'Dentist',
  'Lunch',
  'Summer party',
];
const GUESTS = ['bob@example.com', 'eve@partner.test'];

/** Twelve of sixteen events go: three on the 21st, four on the 22nd, five on the 23rd of November. */
const LEFT: Readonly<Record<number, number>> = { 18: 16, 19: 16, 20: 16, 21: 13, 22: 9, 23: 4, 24: 4 };

const events = (count: number): readonly string[] =>
  TITLES.slice(TITLES.length - count).flatMap((title, at) => {
    const number = TITLES.length - count + at;
    const guests = number % 2 === 0 ? GUESTS : [];
    return eventText({ uid: `missing-${String(number)}@tests`, title, start: inDays(3 + number), guests });
  });

/** Seven nightly backups, and the calendar as the last deletion left it. */
async function nightly(app: RunningApp, practice: WatchedPractice): Promise<string> {
  const folder = join(app.userData, 'nightly');
  await mkdir(folder);
  for (const [day, count] of Object.entries(LEFT))
    await writeFile(join(folder, `alice-2026-11-${day}.ics`), calendarText(events(count)));
  const { user, password, calendar } = practice.user('alice');
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  for (let number = 12; number < 16; number += 1) {
    const guests = number % 2 === 0 ? GUESTS : [];
    const title = TITLES[number] ?? '';
    const body = calendarText(
      eventText({ uid: `missing-${String(number)}@tests`, title, start: inDays(3 + number), guests }),
    );
    const headers = { authorization, scheduling: 'none', 'content-type': 'text/calendar' };
    const url = new URL(`${calendar}left-${String(number)}.ics`, practice.origin);
    expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(201);
  }
  return folder;
}

test('twelve events that were deleted over three days are found and restored, without a word typed', async ({
  hushcal: app,
}) => {
  const practice = await watchAppsPractice(app);
  const folder = await nightly(app, practice);
  const { page } = app;
  await expect(page.getByRole('region', { name: 'What went missing?' })).toBeVisible();
  await lookAt(app, 'missing-entry');
  await page.getByRole('button', { name: 'Compare backups…' }).click();
  await answerOpenDialog(app, folder);
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(page.getByTestId('drop-zone')).toContainText('7 backups, Nov 18, 2026 to Nov 24, 2026');
  await chooseCalendar(app);
  await lookAt(app, 'missing-ready');
  await page.getByRole('button', { name: 'Compare with the calendar' }).click();
  const card = page.getByTestId('missing');
  await expect(card).toContainText('12 events are gone');
  for (const [day, count] of [
    ['Saturday, Nov 21, 2026', 3],
    ['Sunday, Nov 22, 2026', 4],
    ['Monday, Nov 23, 2026', 5],
  ] as const) {
    const group = card.getByRole('checkbox', { name: day });
    await expect(group).toBeChecked();
    await expect(card.getByTestId('missing-day').filter({ hasText: day })).toContainText(`${String(count)} events`);
  }
  const first = card.getByTestId('missing-entry').filter({ hasText: 'Help desk' });
  await expect(first).toContainText('There on Sunday, Nov 22, 2026, gone on Monday, Nov 23, 2026');
  await lookAt(app, 'missing-found');
  await expectPlainWords(app);

  // On its days, with the same ticks; an event leads to its line of the list.
  await page.getByRole('tab', { name: 'Month' }).click();
  const budget = page.getByTestId('calendar').getByRole('button', { name: /Budget round Missing$/ });
  await expect(budget).toHaveCount(1);
  await lookAt(app, 'missing-month');
  await tick(page.getByRole('checkbox', { name: 'Restore Budget round' }), false);
  await expect(page.getByRole('button', { name: 'Restore 11 events…' })).toBeVisible();
  await page.getByRole('group', { name: 'Which calendar' }).getByRole('button', { name: 'In the backups' }).click();
  await expect(page.getByRole('checkbox', { name: 'Restore Budget round' })).not.toBeChecked();
  await budget.click();
  const line = card.getByTestId('missing-entry').filter({ hasText: 'Budget round' });
  await expect(line.getByRole('checkbox')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Restore 12 events…' })).toBeVisible();
  await page.getByRole('tab', { name: 'Week' }).click();
  await expect(page.getByRole('checkbox', { name: 'Restore Budget round' })).toBeChecked();
  await page.getByRole('tab', { name: 'List' }).click();

  // By keyboard: one is left out, and taken in again with its day.
  await first.getByRole('checkbox').focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Restore 11 events…' })).toBeVisible();
  await tick(card.getByRole('checkbox', { name: 'Monday, Nov 23, 2026' }));
  await page.getByRole('button', { name: 'Restore 12 events…' }).click();

  await goToReview(app);
  await expect(page.getByTestId('start-run')).toContainText('Restore 12 events');
  await startRun(app);
  expect(await reportHeadline(app)).toBe('12 events restored');
  const texts = [...(await readCalendar(practice, 'alice')).values()];
  expect(texts.filter((text) => text.includes('@tests'))).toHaveLength(16);
  expect(await practice.messages()).toEqual([]);

  // Nothing is missing any more, and what was edited since is no loss.
  await page.getByRole('button', { name: 'Restore another' }).click();
  await page.getByRole('button', { name: 'Compare backups…' }).click();
  await page.getByRole('button', { name: 'Compare with the calendar' }).click();
  await expect(card).toContainText('Nothing is missing');
  await lookAt(app, 'missing-nothing');
});

test('a backup that cannot be read is named, and nothing is called sure', async ({ hushcal: app }) => {
  const practice = await watchAppsPractice(app);
  const folder = await nightly(app, practice);
  await writeFile(join(folder, 'alice-2026-11-25.ics'), 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:torn\r\n');
  await app.page.getByRole('button', { name: 'Compare backups…' }).click();
  await drop(app, folder);
  await chooseCalendar(app);
  await practice.setFaults([{ request: 'home', status: 500, after: 0, count: 0 }]);
  await app.page.getByRole('button', { name: 'Compare with the calendar' }).click();
  await expect(app.page.getByTestId('missing')).toContainText('12 events are gone');
  await expect(app.page.getByText('1 backup could not be looked into as a whole')).toBeVisible();
  await expect(app.page.getByText('Not everything could be seen on the server.')).toBeVisible();
  await lookAt(app, 'missing-not-all-seen');
  await practice.setFaults([]);
});
