import { expect, type Locator } from '@playwright/test';
import { test, type RunningApp } from '../harness/app.ts';
import { expectAccessible, lookAt } from '../harness/looks.ts';
import {
  chooseCalendar,
  chooseSample,
  decide,
  goToDecide,
  openScreen,
  reportHeadline,
  startRun,
} from '../harness/steps.ts';

test.describe.configure({ timeout: 180_000 });

test('the report is a list as any: order, search, ranges, menu; what it rejected is read after a restart', async ({
  hushcal: app,
  startAgain,
}) => {
  await restoreSample(app);
  await app.page.getByRole('tab', { name: /^All / }).click();
  const grid = app.page.getByTestId('report-grid');
  const rows = app.page.getByTestId('report-row');
  await expect(grid).toHaveAttribute('aria-rowcount', '40');
  await grid.getByRole('columnheader', { name: 'Title' }).getByRole('button').click();
  await expect(grid.getByRole('columnheader', { name: 'Title' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(rows.first()).toContainText('Audit');
  await grid.focus();
  await app.page.keyboard.press('Home');
  await app.page.keyboard.press('Shift+ArrowDown');
  await expect(grid.locator('[role="row"][aria-selected="true"]')).toHaveCount(2);
  await app.page.keyboard.press('Control+a');
  await app.page.keyboard.press('Shift+F10');
  await menuItem(app, 'Copy UIDs of all marked').click();
  await expect.poll(async () => (await clipboard(app)).split('\n').length).toBe(39);
  await grid.focus();
  await app.page.keyboard.press('Control+f');
  await app.page.keyboard.type('kick');
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
  await rows.first().click({ button: 'right' });
  await expectAccessible(app);
  await menuItem(app, 'Copy raw text').click();
  await expect.poll(() => clipboard(app)).toContain('UID:kickoff@samples.hushcal.example');
  await rows.first().click({ button: 'right' });
  await menuItem(app, 'Show only this organizer').click();
  await app.page.getByRole('searchbox').fill('');
  // Fewer than all: which of the two changes is answered first is not said.
  await expect(grid).toHaveAttribute('aria-rowcount', /^(?:[3-9]|[12]\d|3\d)$/);
  await app.page.getByRole('button', { name: /^Show events of all organizers/ }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '40');
  await rows.first().click();
  await expect(app.page.getByTestId('item-drawer')).toContainText('Audit');
  await lookAt(app, 'report-list');

  await app.close();
  const again = await startAgain();
  await openScreen(again, 'History');
  await again.page
    .getByRole('button', { name: /^Report of/ })
    .first()
    .click();
  await again.page.getByTestId('report-row').filter({ hasText: 'Rejected' }).click();
  const drawer = again.page.getByTestId('item-drawer');
  await expect(drawer.getByTestId('kept-raw')).toContainText('BEGIN:VEVENT');
  await lookAt(again, 'report-rejected');
});

test('calendars of a migration: order by each column, borders, ranges, menu', async ({ hushcal: app }) => {
  await openScreen(app, 'Migrate');
  await app.page.getByRole('button', { name: 'Try it with practice mailboxes' }).click();
  const mapping = app.page.getByTestId('mapping-row');
  await expect(mapping).toHaveCount(3);
  const user = app.page.getByTestId('mapping').getByRole('columnheader', { name: 'User' }).getByRole('button');
  await user.click();
  await user.click();
  await expect(mapping.first().getByLabel('User of row 3'), 'the last one is the first').toHaveValue('carol');
  await mapping.first().getByText('known').click({ button: 'right' });
  await menuItem(app, 'Copy user').click();
  expect(await clipboard(app)).toBe('carol');
  const list = app.page.getByTestId('mapping');
  const marked = list.locator('[role="row"][aria-selected="true"]');
  await list.focus();
  await app.page.keyboard.press('Home');
  await app.page.keyboard.press('Shift+ArrowDown');
  await expect(marked).toHaveCount(2);
  await mapping
    .nth(2)
    .getByText('known')
    .click({ modifiers: ['Control'] });
  await expect(marked).toHaveCount(3);
  await mapping.first().getByLabel('User of row 3').click();
  await expect(marked, 'a click into a field is for the field').toHaveCount(3);
  await list.focus();
  await app.page.keyboard.press('Shift+F10');
  await expectAccessible(app);
  await menuItem(app, 'Copy users of all marked').click();
  expect(await clipboard(app)).toBe('carol\nbob\nalice');
  await movesBorder(app, list.getByRole('columnheader', { name: 'User' }));
  await app.page.getByRole('button', { name: 'Check 3 rows' }).click();
  await expect(app.page.getByTestId('check-progress')).toHaveText('3 of 3 rows ready', { timeout: 30_000 });
  await isDesktopList(app, app.page.getByTestId('members'), 'Mailbox', ['alice', 'bob', 'carol']);
  await app.page.getByRole('button', { name: 'Review 3 rows' }).click();
  await expect(app.page.getByTestId('start-batch')).toBeEnabled({ timeout: 30_000 });
  await isDesktopList(app, app.page.getByTestId('members'), 'Mailbox', ['alice', 'bob', 'carol']);
  await app.page.getByTestId('member').first().click();
  const events = app.page.getByTestId('member-rows');
  await events.getByRole('columnheader', { name: 'Title' }).getByRole('button').click();
  await expect(events.getByRole('columnheader', { name: 'Title' })).toHaveAttribute('aria-sort', 'ascending');
  await events.focus();
  await app.page.keyboard.press('Home');
  await app.page.keyboard.press('Shift+ArrowDown');
  await expect(events.locator('[role="row"][aria-selected="true"]')).toHaveCount(2);
  await app.page.keyboard.press('Shift+F10');
  await expectAccessible(app);
  await menuItem(app, 'Copy titles of all marked').click();
  await expect.poll(async () => (await clipboard(app)).split('\n').length).toBe(2);
  await lookAt(app, 'batch-plan-events');
  await app.page.getByTestId('start-batch').click();
  await expect(app.page.getByTestId('headline')).toContainText('events copied', { timeout: 60_000 });
  await isDesktopList(app, app.page.getByTestId('members'), 'Mailbox', ['alice', 'bob', 'carol']);
  await app.page.getByTestId('member').first().click();
  const tabs = app.page.getByTestId('member-drawer').getByRole('tab');
  await expect(tabs).toHaveCount(5);
  await expect(tabs.filter({ hasText: 'Adjusted by the server' })).toBeInViewport({ ratio: 1 });
  await expect(tabs.filter({ hasText: 'Month' }), 'none is cut off').toBeInViewport({ ratio: 1 });
});

/** The border of a column follows the keyboard. */
async function movesBorder(app: RunningApp, head: Locator): Promise<void> {
  const width = async (): Promise<number> => Math.round((await head.boundingBox())?.width ?? 0);
  const before = await width();
  await head.getByRole('button').focus();
  await app.page.keyboard.press('Shift+ArrowLeft');
  expect(await width()).toBe(before + 16);
}

/** Three rows, by the column that names them. */
async function isDesktopList(app: RunningApp, grid: Locator, column: string, names: readonly string[]): Promise<void> {
  const rows = app.page.getByTestId('member');
  const head = grid.getByRole('columnheader', { name: column });
  await head.getByRole('button').click();
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await expect(rows.first()).toContainText(names[2] ?? '');
  await head.getByRole('button').click();
  await expect(head).not.toHaveAttribute('aria-sort', /./);
  await expect(rows.first()).toContainText(names[0] ?? '');
  await grid.focus();
  await app.page.keyboard.press('Control+a');
  await expect(grid.locator('[role="row"][aria-selected="true"]')).toHaveCount(3);
  await app.page.keyboard.press('Shift+F10');
  await expectAccessible(app);
  await menuItem(app, 'Copy names of all marked').click();
  expect(await clipboard(app)).toBe(names.join('\n'));
  await expect(grid).toBeFocused();
}

async function restoreSample(app: RunningApp): Promise<void> {
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  await startRun(app);
  await reportHeadline(app);
}

function menuItem(app: RunningApp, name: string): Locator {
  return app.page.getByTestId('row-menu').getByRole('menuitem', { name, exact: true });
}

function clipboard(app: RunningApp): Promise<string> {
  return app.electron.evaluate(({ clipboard: board }) => board.readText());
}
