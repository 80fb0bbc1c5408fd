import { expect } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPractice } from '../../electron/practice/server.ts';
import { test, type RunningApp } from '../harness/app.ts';
import { calendarText, inDays } from '../harness/backups.ts';
import { lookAt } from '../harness/looks.ts';
import { MAILBOXES } from '../harness/mailboxes.ts';
import { answerOpenDialog, fillServer, openScreen, tick } from '../harness/steps.ts';
import { readCalendar, watchPractice, type WatchedPractice } from '../harness/watch.ts';

test.describe.configure({ timeout: 300_000 });

const WAVES = [
  { sender: 'win@prizes.test', title: 'You have won' },
  { sender: 'coins@moon.test', title: 'Double your coins' },
  { sender: 'hr@payro1l.test', title: 'Salary review' },
] as const;

test('three heaps over twenty calendars are cleaned, and one is put back', async ({ hushcal: app }) => {
  const server = await startPractice({ users: [...MAILBOXES] });
  const practice = watchPractice(server);
  const { password } = server.info.admin;
  try {
    await flood(practice, password);
    await mapEverybody(app, server.info.base_url, password);
    await openScreen(app, 'Clean up');
    await app.page.getByLabel('Saved rules').selectOption({ label: 'Same text from outside in more than 5 mailboxes' });
    await app.page.getByRole('button', { name: 'All 20 of the mapping' }).click();
    await app.page.getByRole('button', { name: 'Search 40 calendars' }).click();
    const clusters = app.page.getByTestId('cluster');
    await expect(clusters).toHaveCount(3, { timeout: 60_000 });
    await expect(clusters.first()).toContainText('in 20 calendars');
    await tick(app.page.getByLabel('All 3 groups'));
    await clusters.filter({ hasText: 'prizes.test' }).getByRole('button').click();
    await app.page.getByTestId('match').first().click();
    await expect(app.page.getByTestId('preview')).toContainText('https://prizes.test');
    await lookAt(app, 'cleanup-many-clusters');
    await app.page.getByRole('button', { name: 'Review 60 events' }).click();
    await consent(app, /^Remove 60 events from 20 calendars, notify nobody$/);
    await expect(app.page.getByTestId('headline')).toHaveText('60 events removed in 20 calendars', { timeout: 90_000 });
    expect(await spamLeft(practice)).toEqual([0, 0, 0]);
    expect(await practice.messages()).toEqual([]);
    await lookAt(app, 'cleanup-many-report');

    await app.page.getByRole('button', { name: 'Restore removed…' }).click();
    const dialog = app.page.getByRole('dialog');
    await tick(dialog.getByLabel('Only what hr@payro1l.test sent'));
    await lookAt(app, 'cleanup-many-put-back');
    await dialog.getByRole('button', { name: 'Show what would be restored' }).click();
    await consent(app, /^Restore 20 removed events in 20 calendars, notify nobody$/);
    await expect(app.page.getByTestId('headline')).toHaveText('20 events restored in 20 calendars', {
      timeout: 90_000,
    });
    expect(await spamLeft(practice)).toEqual([0, 0, 20]);
    expect(await practice.messages()).toEqual([]);
  } finally {
    await server.close();
  }
});

async function consent(app: RunningApp, words: RegExp): Promise<void> {
  const start = app.page.getByTestId('start-batch');
  await expect(start).toHaveText(words, { timeout: 60_000 });
  await start.click();
  const asked = app.page.getByRole('dialog').getByLabel("I've checked this");
  await expect(asked.or(app.page.getByTestId('headline')).or(app.page.getByTestId('progress')).first()).toBeVisible();
  if (!(await asked.isVisible())) return;
  await tick(asked);
  await app.page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
}

/** A mapping names the twenty users, and keeps their passwords for the search. */
async function mapEverybody(app: RunningApp, url: string, password: string): Promise<void> {
  await openScreen(app, 'Servers');
  await app.page.getByRole('button', { name: 'Add a server…' }).click();
  await fillServer(app, { url, user: 'admin', password, name: 'New mail' });
  await expect(app.page.getByRole('dialog', { name: 'Add a server' })).toBeHidden();
  const mapping = join(app.userData, 'mapping.csv');
  await writeFile(mapping, ['source,user', ...MAILBOXES.map((user) => `${user}.ics,${user}`)].join('\n'));
  const passwords = join(app.userData, 'passwords.csv');
  await writeFile(passwords, MAILBOXES.map((user) => `${user},"${password}"`).join('\n'));
  await openScreen(app, 'Migrate');
  await app.page.getByLabel('New server', { exact: true }).selectOption({ label: 'New mail, admin' });
  await answerOpenDialog(app, mapping);
  await app.page.getByRole('button', { name: 'Choose a CSV…' }).click();
  await answerOpenDialog(app, passwords);
  await app.page.getByRole('button', { name: 'Import passwords… (20 missing)' }).click();
  await expect(app.page.getByText('20 passwords were read.')).toBeVisible();
}

/** The same three invitations in every calendar, put there without telling anybody. */
async function flood(practice: WatchedPractice, password: string): Promise<void> {
  for (const user of MAILBOXES) {
    const { calendar } = practice.user(user);
    for (const [wave, { sender, title }] of WAVES.entries()) {
      const uid = `${user}-wave-${String(wave)}@tests`;
      const answer = await fetch(new URL(`${calendar}${encodeURIComponent(uid)}.ics`, practice.origin), {
        method: 'PUT',
        headers: {
          authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
          'content-type': 'text/calendar',
          scheduling: 'none',
        },
        body: invitation(uid, sender, title, user),
      });
      expect(answer.status).toBe(201);
    }
  }
}

function invitation(uid: string, sender: string, title: string, user: string): string {
  const host = sender.split('@')[1] ?? '';
  const day = inDays(4).toISOString().slice(0, 10).replaceAll('-', '');
  return calendarText([
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20261101T090000Z',
    `DTSTART:${day}T090000Z`,
    'DURATION:PT1H',
    `SUMMARY:${title}`,
    `DESCRIPTION:${title}: open https://${host}/claim today\\, before it is too late. This offer ends at midnight.`,
    `ORGANIZER:mailto:${sender}`,
    `ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${user}@example.com`,
    'END:VEVENT',
  ]);
}

/** How many copies of each wave are left. */
async function spamLeft(practice: WatchedPractice): Promise<readonly number[]> {
  const texts: string[] = [];
  for (const user of MAILBOXES) texts.push(...(await readCalendar(practice, user)).values());
  return WAVES.map((_, wave) => texts.filter((text) => text.includes(`-wave-${String(wave)}@tests`)).length);
}
