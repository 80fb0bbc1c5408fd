import { expect } from '@playwright/test';
import { test, type RunningApp } from '../harness/app.ts';
import { calendarText, inDays } from '../harness/backups.ts';
import { expectPlainWords } from '../harness/sight.ts';
import { lookAt } from '../harness/looks.ts';
import { openScreen, tick } from '../harness/steps.ts';
import { readCalendar, watchAppsPractice, type WatchedPractice } from '../harness/watch.ts';

test.describe.configure({ timeout: 240_000 });

const USERS = ['alice', 'bob', 'carol'] as const;
const SENDERS = ['win@prizes.test', 'coins@moon.test', 'news@shop.test'] as const;
const EACH = 4;

test('a wave of unwanted invitations is cleaned, and one heap put back; nobody hears of it', async ({
  hushcal: app,
}) => {
  const practice = await watchAppsPractice(app);
  await flood(app, practice);
  const before = await uidsOf(practice);
  await openScreen(app, 'Clean up');
  await app.page.getByRole('button', { name: 'Add a rule' }).click();
  await app.page.getByLabel('Field').selectOption('answered');
  await app.page.getByRole('button', { name: 'Add', exact: true }).click();
  await app.page.getByRole('button', { name: 'Add a rule' }).click();
  await app.page.getByLabel('Field').selectOption('link');
  await app.page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(app.page.getByTestId('rules')).toContainText('Invitation not answered');
  await app.page.getByLabel('Users').fill(USERS.join(', '));
  await app.page.getByRole('button', { name: 'Find calendars of 3' }).click();
  await app.page.getByRole('button', { name: /^Search \d+ calendars$/ }).click();

  const clusters = app.page.getByTestId('cluster');
  await expect(clusters.filter({ hasText: 'prizes.test' })).toBeVisible({ timeout: 30_000 });
  for (const sender of SENDERS) await expect(clusters.filter({ hasText: sender })).toContainText(String(EACH * 3));
  await clusters.filter({ hasText: SENDERS[0] }).getByRole('button').click();
  await app.page.getByTestId('match').first().click();
  await expect(app.page.getByTestId('preview')).toContainText('https://prizes.test/claim');
  await marksMatches(app);
  await expect(app.page.getByTestId('preview').getByRole('link')).toHaveCount(0);
  for (const sender of SENDERS) await tick(clusters.filter({ hasText: sender }).getByRole('checkbox'));
  await app.page.getByRole('button', { name: `Review ${String(EACH * 9)} events` }).click();

  const start = app.page.getByTestId('start-batch');
  await expect(start).toHaveText(/^Remove 36 events from \d calendars, notify nobody$/, { timeout: 30_000 });
  await run(app);
  await expect(app.page.getByTestId('headline')).toHaveText(/^36 events removed in \d calendars$/, { timeout: 60_000 });
  expect(await practice.messages()).toEqual([]);
  const cleaned = await uidsOf(practice);
  expect(cleaned.filter((uid) => uid.includes('-spam-'))).toEqual([]);
  expect(cleaned).toEqual(before.filter((uid) => !uid.includes('-spam-')));
  await expectPlainWords(app);

  await app.page.getByRole('button', { name: 'Restore removed…' }).click();
  const dialog = app.page.getByRole('dialog');
  await tick(dialog.getByLabel(`Only what ${SENDERS[2]} sent`));
  await dialog.getByRole('button', { name: 'Show what would be restored' }).click();
  await expect(start).toHaveText(/^Restore 12 removed events in \d calendars, notify nobody$/, { timeout: 30_000 });
  await run(app);
  await expect(app.page.getByTestId('headline')).toHaveText(/^12 events restored in \d calendars$/, {
    timeout: 60_000,
  });
  expect((await uidsOf(practice)).filter((uid) => uid.includes('-spam-'))).toEqual(
    before.filter((uid) => uid.includes('-spam-2-')),
  );
  expect(await practice.messages()).toEqual([]);
});

test('how each step looks', async ({ hushcal: app }) => {
  const practice = await watchAppsPractice(app);
  await flood(app, practice);
  await openScreen(app, 'Clean up');
  await expect(app.page.getByText('What is unwanted?')).toBeVisible();
  await lookAt(app, 'cleanup-empty');
  await app.page.getByRole('button', { name: 'Add a rule' }).click();
  await app.page.getByLabel('Value').fill('prizes.test');
  await lookAt(app, 'cleanup-rule');
  await app.page.getByRole('button', { name: 'Cancel' }).click();
  await app.page.getByLabel('Saved rules').selectOption({ label: 'Unanswered invitations from outside with a link' });
  await app.page.getByLabel('Users').fill(USERS.join(', '));
  await app.page.getByRole('button', { name: 'Find calendars of 3' }).click();
  await expect(app.page.getByRole('region', { name: 'Calendars' })).toBeVisible();
  await lookAt(app, 'cleanup-where');
  await app.page.getByRole('button', { name: /^Search \d+ calendars$/ }).click();
  const clusters = app.page.getByTestId('cluster');
  await expect(clusters.first()).toBeVisible({ timeout: 30_000 });
  for (const sender of SENDERS.slice(0, 2)) await tick(clusters.filter({ hasText: sender }).getByRole('checkbox'));
  await lookAt(app, 'cleanup-clusters');
  await clusters.filter({ hasText: SENDERS[0] }).getByRole('button').click();
  await app.page.getByTestId('match').first().click();
  await expect(app.page.getByTestId('preview')).toContainText('https://prizes.test/claim');
  await lookAt(app, 'cleanup-cluster-open');
  await app.page.getByRole('button', { name: /^Review \d+ events$/ }).click();
  await expect(app.page.getByTestId('start-batch')).toBeEnabled({ timeout: 30_000 });
  await lookAt(app, 'cleanup-review');
  await run(app);
  await expect(app.page.getByTestId('headline')).toBeVisible({ timeout: 60_000 });
  await lookAt(app, 'cleanup-report');
  await app.page.getByRole('button', { name: 'Restore removed…' }).click();
  await expect(app.page.getByRole('dialog')).toBeVisible();
  await lookAt(app, 'cleanup-put-back');
  await app.page.getByRole('button', { name: 'Show what would be restored' }).click();
  await expect(app.page.getByTestId('start-batch')).toBeEnabled({ timeout: 30_000 });
  await lookAt(app, 'cleanup-put-back-review');
});

test('rules are kept under a name, and a wrong one says what is wrong', async ({ hushcal: app }) => {
  await openScreen(app, 'Clean up');
  await app.page.getByRole('button', { name: 'Add a rule' }).click();
  await app.page.getByLabel('Comparison').selectOption('contains');
  await app.page.getByLabel('Value').fill('prizes');
  await app.page.getByRole('button', { name: 'Add', exact: true }).click();
  await app.page.getByRole('button', { name: 'Save rules…' }).click();
  await app.page.getByRole('dialog').getByLabel('Name').fill('Prizes');
  await app.page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await app.page.getByRole('button', { name: 'Remove the rule Organizer contains prizes' }).click();
  await expect(app.page.getByTestId('rules')).not.toContainText('Organizer contains prizes');
  await app.page.getByLabel('Saved rules').selectOption({ label: 'Prizes' });
  await expect(app.page.getByTestId('rules')).toContainText('Organizer contains prizes');
  await app.page.getByRole('button', { name: 'Add a rule' }).click();
  await app.page.getByLabel('Field').selectOption('title');
  await app.page.getByLabel('Comparison').selectOption('matches');
  await app.page.getByLabel('Value').fill('(');
  await app.page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(app.page.getByRole('alert')).toContainText('not a valid regular expression');
  await expect(app.page.getByRole('button', { name: /^Search/ })).toBeDisabled();
});

test('rules that were typed are not thrown away by loading others, nor saved ones by a click', async ({
  hushcal: app,
}) => {
  await openScreen(app, 'Clean up');
  const rules = app.page.getByTestId('rules');
  const kept = app.page.getByLabel('Saved rules');
  await kept.selectOption({ label: 'Unanswered invitations from outside with a link' });
  await expect(rules.getByTestId('rule'), 'nothing was typed: nothing is asked').toHaveCount(3);
  await kept.selectOption({ label: 'Same organizer from outside in more than 5 calendars' });
  await expect(rules.getByTestId('rule'), 'what was loaded can be loaded again').toHaveCount(2);
  await addRule(app, 'prizes');
  await kept.selectOption({ label: 'Unanswered invitations from outside with a link' });
  const dialog = app.page.getByRole('dialog');
  await expect(dialog).toContainText('Organizer contains prizes');
  await lookAt(app, 'cleanup-load-rules');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(rules.getByTestId('rule')).toHaveCount(3);
  await kept.selectOption({ label: 'Unanswered invitations from outside with a link' });
  await dialog.getByRole('button', { name: 'Add to them' }).click();
  await expect(rules.getByTestId('rule'), 'one of them was there already').toHaveCount(5);
  await expect(rules).toContainText('Organizer contains prizes');
  await kept.selectOption({ label: 'Unanswered invitations from outside with a link' });
  await dialog.getByRole('button', { name: 'Replace them' }).click();
  await expect(rules.getByTestId('rule')).toHaveCount(3);
});

/** The events of a group are a list as any: all are marked, and kept or removed by the keyboard or the menu. */
async function marksMatches(app: RunningApp): Promise<void> {
  const grid = app.page.getByTestId('match-grid');
  const matches = app.page.getByTestId('match');
  const all = EACH * 3;
  await grid.getByRole('columnheader', { name: 'Title' }).getByRole('button').click();
  await expect(grid.getByRole('columnheader', { name: 'Title' })).toHaveAttribute('aria-sort', 'ascending');
  await grid.focus();
  await app.page.keyboard.press('Control+a');
  await expect(app.page.getByTestId('matches').getByText(`${String(all)} events marked`)).toBeVisible();
  await app.page.keyboard.press('Space');
  await expect(app.page.getByRole('button', { name: `Review ${String(all)} events` })).toBeVisible();
  await matches.first().click({ button: 'right' });
  await app.page.getByTestId('row-menu').getByRole('menuitem', { name: 'Keep all marked events' }).click();
  await expect(app.page.getByRole('button', { name: 'Review', exact: true })).toBeDisabled();
}

async function addRule(app: RunningApp, organizer: string): Promise<void> {
  await app.page.getByRole('button', { name: 'Add a rule' }).click();
  await app.page.getByLabel('Comparison').selectOption('contains');
  await app.page.getByLabel('Value').fill(organizer);
  await app.page.getByRole('button', { name: 'Add', exact: true }).click();
}

async function run(app: RunningApp): Promise<void> {
  await app.page.getByTestId('start-batch').click();
  const dialog = app.page.getByRole('dialog');
  // Small calendars: a safety stop may ask whether so large a share is meant.
  const asked = dialog.getByLabel("I've checked this");
  await expect(asked.or(app.page.getByTestId('headline')).or(app.page.getByTestId('progress')).first()).toBeVisible();
  if (!(await asked.isVisible())) return;
  await tick(asked);
  await dialog.getByRole('button', { name: 'Continue' }).click();
}

/** Every mailbox gets the same unwanted invitations, put there without telling anybody. */
async function flood(app: RunningApp, practice: WatchedPractice): Promise<void> {
  for (const user of USERS) {
    const { calendar } = practice.user(user);
    for (const [wave, sender] of SENDERS.entries()) {
      for (let at = 0; at < EACH; at += 1) {
        const uid = `${user}-spam-${String(wave)}-${String(at)}@tests`;
        const answer = await fetch(new URL(`${calendar}${encodeURIComponent(uid)}.ics`, practice.origin), {
          method: 'PUT',
          headers: {
            authorization: `Basic ${Buffer.from(`${user}:${app.practicePassword}`).toString('base64')}`,
            'content-type': 'text/calendar',
            scheduling: 'none',
          },
          body: spam(uid, sender, user, at),
        });
        expect(answer.status).toBe(201);
      }
    }
  }
}

function spam(uid: string, sender: string, user: string, at: number): string {
  const host = sender.split('@')[1] ?? '';
  const day = inDays(3 + at)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');
  return calendarText([
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20261101T090000Z',
    `DTSTART:${day}T090000Z`,
    'DURATION:PT1H',
    `SUMMARY:Claim number ${String(1000 + at)} from ${host}`,
    `DESCRIPTION:Dear friend\\, open https://${host}/claim?id=${String(at)} now`,
    `ORGANIZER:mailto:${sender}`,
    `ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${user}@example.com`,
    'END:VEVENT',
  ]);
}

/** UIDs of all calendars, sorted. */
async function uidsOf(practice: WatchedPractice): Promise<readonly string[]> {
  const found: string[] = [];
  for (const user of USERS) {
    for (const text of (await readCalendar(practice, user)).values())
      found.push(/^UID:(.*)$/m.exec(text)?.[1]?.trim() ?? '');
  }
  return found.sort();
}
