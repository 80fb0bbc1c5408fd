import { expect } from '@playwright/test';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type RunningApp } from '../harness/app.ts';
import { calendarText, eventText, inDays } from '../harness/backups.ts';
import { lookAt } from '../harness/looks.ts';
import { expectPlainWords } from '../harness/sight.ts';
import {
  answerOpenDialog,
  bucket,
  chooseCalendar,
  decide,
  drop,
  goToDecide,
  reportHeadline,
} from '../harness/steps.ts';
import { startRun } from '../harness/steps.ts';
import { readCalendar, watchAppsPractice } from '../harness/watch.ts';
import { zipOf } from '../harness/zip.ts';

test.describe.configure({ timeout: 120_000 });

const GUESTS = ['bob@example.com', 'eve@partner.test'];
const LUNCH = eventText({ uid: 'lunch@tests', title: 'Lunch', start: inDays(5) });
const review = (title: string, room: string): readonly string[] =>
  eventText({ uid: 'review@tests', title, start: inDays(9), guests: GUESTS, more: [`LOCATION:${room}`] });

/** Fourteen nights: the review is renamed on the 15th, moved on the 18th and gone from the 21st on. */
async function nightly(app: RunningApp): Promise<string> {
  const folder = join(app.userData, 'nightly');
  await mkdir(folder);
  for (let day = 10; day <= 23; day += 1) {
    const event = review(day < 15 ? 'Budget' : 'Budget review', day < 18 ? 'Room 4' : 'Room 2');
    const text = calendarText([...LUNCH, ...(day < 21 ? event : [])]);
    const name = join(folder, `alice-2026-11-${String(day)}`);
    if (day % 2 === 0) await writeFile(`${name}.ics`, text);
    else await writeFile(`${name}.zip`, zipOf({ 'alice/calendar.ics': text }));
  }
  return folder;
}

const openFind = (app: RunningApp): Promise<void> =>
  app.page.getByRole('button', { name: 'Search several backups…' }).click();

async function lookFor(app: RunningApp, words: string): Promise<void> {
  const field = app.page.getByRole('textbox', { name: 'Words of the event' });
  await field.fill(words);
  await field.press('Enter');
  await expect(app.page.getByTestId('found')).toHaveAttribute('aria-busy', 'false');
}

test('an event is found in a folder of nightly backups, and one version of it is restored', async ({
  hushcal: app,
}) => {
  const practice = await watchAppsPractice(app);
  const folder = await nightly(app);
  await lookAt(app, 'find-entry');
  await openFind(app);
  await expect(app.page.getByText('Drop the backups of several days here')).toBeVisible();
  await lookAt(app, 'find-start');
  await drop(app, folder);
  await expect(app.page.getByTestId('drop-zone')).toContainText('14 backups, Nov 10, 2026 to Nov 23, 2026');
  await lookAt(app, 'find-ready');
  await lookFor(app, 'BUDGET alice');
  const found = app.page.getByTestId('found');
  await expect(found).toContainText('1 event: 1 deleted');
  const strip = found.getByRole('img', { name: /^From the oldest backup on: version 1 in 5 backups, version 2 in 3/ });
  await expect(strip).toHaveCount(1);
  const trail = app.page.getByTestId('trail');
  await expect(trail.getByRole('listitem')).toHaveCount(4);
  await expect(trail.getByRole('listitem').first()).toContainText('Deleted between Nov 20, 2026 and Nov 21, 2026');
  await expect(
    trail
      .getByRole('listitem')
      .nth(1)
      .getByRole('row', { name: /^Location/ }),
  ).toHaveText(/Room 4.*Room 2/);
  await expect(
    trail
      .getByRole('listitem')
      .nth(2)
      .getByRole('row', { name: /^Title/ }),
  ).toHaveText(/Budget.*Budget review/);
  await lookAt(app, 'find-lost');
  await expectPlainWords(app);

  // The one of Tuesday, the 17th: same in three backups.
  const tuesday = trail.getByRole('listitem').nth(2);
  await tuesday.getByRole('button', { name: 'Details' }).click();
  await expect(tuesday.getByLabel('Text of version 2')).toContainText('Room 4');
  await lookAt(app, 'find-read');
  await tuesday.getByRole('button', { name: 'Restore this version: As of Nov 17, 2026' }).click();
  await expect(app.page.getByTestId('pick')).toContainText('Only “Budget review”, as of Nov 17, 2026');
  await chooseCalendar(app);
  await lookAt(app, 'find-picked');
  // The panel is about this event alone, and about nothing while others are looked for.
  const notified = app.page.getByTestId('notified');
  await expect(notified).toContainText('1 event will be written.');
  await expect(notified).not.toContainText('skipped');
  await app.page.getByRole('button', { name: 'Other versions…' }).click();
  await expect(trail).toBeVisible();
  await expect(notified).toHaveCount(0);
  await app.page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(notified).toContainText('1 event will be written.');
  await goToDecide(app);
  await decide(app, 'none');
  await expect(app.page.getByTestId('start-run')).toContainText('Restore 1 event');
  await startRun(app);
  expect(await reportHeadline(app)).toBe('1 event restored');
  await expect(app.page.getByTestId('report-row').first(), 'before what was left out').toContainText('Created');
  const texts = [...(await readCalendar(practice, 'alice')).values()].map(String);
  const restored = texts.filter((text) => text.includes('UID:review@tests'));
  expect(restored).toHaveLength(1);
  expect(restored[0]).toContain('SUMMARY:Budget review');
  expect(restored[0]).toContain('LOCATION:Room 4');
  expect(texts.filter((text) => text.includes('UID:lunch@tests'))).toEqual([]);
  expect(await practice.messages()).toEqual([]);

  // An older version takes the place of the newer one that is there now, since that was asked for.
  await app.page.getByRole('button', { name: 'Restore another' }).click();
  await openFind(app);
  await trail.getByRole('button', { name: 'Restore this version: As of Nov 14, 2026' }).click();
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  await startRun(app);
  await reportHeadline(app);
  expect(await bucket(app, 'Updated')).toBe(1);
  const again = [...(await readCalendar(practice, 'alice')).values()].map(String);
  expect(again.filter((text) => text.includes('SUMMARY:Budget\r\n'))).toHaveLength(1);
  expect(await practice.messages()).toEqual([]);
});

test('by keyboard, over the sample backups; a whole backup is restored after all', async ({ hushcal: app }) => {
  await openFind(app);
  await app.page.getByRole('button', { name: 'Use a week of sample backups' }).click();
  await expect(app.page.getByTestId('drop-zone')).toContainText('7 backups');
  // The field has the focus.
  await app.page.keyboard.type('alice');
  await app.page.keyboard.press('Enter');
  const trail = app.page.getByTestId('trail');
  await expect(trail.getByRole('heading', { name: 'Project kick-off' })).toBeVisible();
  await lookAt(app, 'find-samples');
  await app.page.getByRole('button', { name: /^Project kick-off/ }).focus();
  await app.page.keyboard.press('ArrowDown');
  await expect(trail.getByRole('heading', { name: 'Contract talks' })).toBeVisible();
  await expect(trail).toContainText('Not in 2 backups');
  await lookAt(app, 'find-away');
  await trail
    .getByRole('button', { name: /^Restore this version/ })
    .first()
    .focus();
  await app.page.keyboard.press('Escape');
  await expect(trail).toHaveCount(0);
  await lookFor(app, 'no such words');
  await expect(app.page.getByText('Not in these backups')).toBeVisible();
  await lookAt(app, 'find-nothing');
  await lookFor(app, 'kick-off');
  await trail
    .getByRole('button', { name: /^Restore this version/ })
    .first()
    .press('Enter');
  await app.page.getByRole('button', { name: 'Restore the whole backup' }).press('Enter');
  await expect(app.page.getByTestId('inspection')).toBeVisible();
  await expect(app.page.getByTestId('pick')).toHaveCount(0);
});

test('a backup that cannot be read is named, and costs no other one; one is taken out', async ({ hushcal: app }) => {
  const put = async (name: string, text: string): Promise<string> => {
    await writeFile(join(app.userData, name), text);
    return join(app.userData, name);
  };
  const good = await put('a-2026-11-10.ics', calendarText([...LUNCH, ...review('Budget', 'Room 1')]));
  const cut = await put('a-2026-11-11.ics', calendarText([...LUNCH, ...review('Budget', 'Room 1').slice(0, -1)]));
  const bad = await put('a-2026-11-12.zip', 'This is no archive.');
  await openFind(app);
  await answerOpenDialog(app, good, cut, bad);
  await app.page.getByRole('button', { name: 'Choose files…' }).click();
  await lookFor(app, 'budget');
  await expect(app.page.getByText('2 backups could not be looked into as a whole')).toBeVisible();
  const trail = app.page.getByTestId('trail');
  await expect(trail.getByRole('listitem').first()).toContainText('It is in the backup, but cannot be read.');
  await expect(trail).not.toContainText('Deleted');
  await lookAt(app, 'find-unreadable');
  await app.page.getByRole('button', { name: 'Show them' }).click();
  await lookAt(app, 'find-list');
  const dialog = app.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Remove a-2026-11-12.zip' }).click();
  await expect(dialog.getByRole('row')).toHaveCount(3);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(app.page.getByTestId('drop-zone')).toContainText('2 backups');
  await expectPlainWords(app);
});
