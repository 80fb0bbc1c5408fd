import { expect, type Locator } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type RunningApp } from '../harness/app.ts';
import { manyEvents } from '../harness/backups.ts';
import { expectAccessible, lookAt } from '../harness/looks.ts';
import { chooseCalendar, chooseSample, decide, dropBackup, goToDecide, openScreen } from '../harness/steps.ts';

test('the list is put in order by each column, there and back, by mouse and by keyboard', async ({ hushcal: app }) => {
  await review(app);
  const grid = gridOf(app);
  const head = (name: string): Locator => grid.getByRole('columnheader', { name });
  const order = await titles(grid);
  await head('Title').getByRole('button').click();
  await expect(head('Title')).toHaveAttribute('aria-sort', 'ascending');
  // The rows come from another process: they follow the head.
  await expect.poll(async () => inOrder(await titles(grid))).toBe(true);
  const sorted = await titles(grid);
  expect(sorted).not.toEqual(order);
  await head('Title').getByRole('button').click();
  await expect(head('Title')).toHaveAttribute('aria-sort', 'descending');
  await head('Title').getByRole('button').click();
  await expect(head('Title')).not.toHaveAttribute('aria-sort', /./);
  await expect.poll(() => titles(grid)).toEqual(order);

  await head('Action').getByRole('button').focus();
  await app.page.keyboard.press('ArrowRight');
  await expect(head('When').getByRole('button')).toBeFocused();
  await app.page.keyboard.press('Enter');
  await expect(head('When')).toHaveAttribute('aria-sort', 'ascending');
  await lookAt(app, 'review-sorted');
});

test('borders of columns move by mouse and by keyboard, and stay where they were put', async ({ hushcal: app }) => {
  await review(app);
  const when = gridOf(app).getByRole('columnheader', { name: 'When' });
  const before = await widthOf(when);
  await when.getByRole('button').focus();
  for (let presses = 0; presses < 3; presses += 1) await app.page.keyboard.press('Shift+ArrowRight');
  expect(await widthOf(when)).toBe(before + 48);
  const box = await when.getByTestId('column-edge').boundingBox();
  if (box === null) throw new Error('The column has no border to drag.');
  await app.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await app.page.mouse.down();
  await app.page.mouse.move(box.x + box.width / 2 - 30, box.y + 20, { steps: 4 });
  await app.page.mouse.up();
  expect(await widthOf(when)).toBe(before + 18);
  await app.page.getByRole('button', { name: 'Back', exact: true }).click();
  await decide(app, 'none');
  expect(await widthOf(when)).toBe(before + 18);
  await when.getByTestId('column-edge').dblclick();
  expect(await widthOf(when)).toBe(before);
});

test('ranges are marked with Shift, single rows with Ctrl, all with Ctrl+A; Space includes or leaves out', async ({
  hushcal: app,
}) => {
  await review(app);
  const grid = gridOf(app);
  const marked = grid.locator('[role="row"][aria-selected="true"]');
  const foot = app.page.getByRole('group', { name: 'Marked events' });
  await grid.focus();
  await app.page.keyboard.press('Home');
  await expect(marked).toHaveCount(1);
  await app.page.keyboard.press('Shift+ArrowDown');
  await app.page.keyboard.press('Shift+ArrowDown');
  await expect(marked).toHaveCount(3);
  await app.page.keyboard.press('Shift+ArrowUp');
  await expect(marked).toHaveCount(2);
  await expect(foot).toContainText('2 events marked');
  await row(grid, 6).click({ modifiers: ['Shift'] });
  await expect(marked).toHaveCount(6);
  await row(grid, 3).click({ modifiers: ['Control'] });
  await expect(marked).toHaveCount(5);
  await expect(app.page.getByTestId('drawer'), 'marking opens nothing').toBeHidden();

  await grid.focus();
  await app.page.keyboard.press('Control+a');
  await expect(foot).toContainText('39 events marked');
  await app.page.keyboard.press('Space');
  await expect(app.page.getByTestId('start-run')).toBeDisabled();
  await foot.getByRole('button', { name: 'Include' }).click();
  await expect(app.page.getByTestId('start-run')).toHaveText(/31 events/);
  await row(grid, 1).click();
  await expect(foot).toHaveCount(0);
});

test('a row has a menu, by right click, by the Menu key and by Shift+F10', async ({ hushcal: app }) => {
  await review(app);
  const grid = gridOf(app);
  const menu = app.page.getByTestId('row-menu');
  await grid.getByText('Project kick-off').click({ button: 'right' });
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await expectAccessible(app);
  await app.page.screenshot({ path: 'e2e/output/row-menu-light.png' });
  await menu.getByRole('menuitem', { name: 'Copy UID' }).click();
  expect(await clipboard(app)).toBe('kickoff@samples.hushcal.example');
  await expect(grid).toBeFocused();

  await app.page.keyboard.press('Shift+F10');
  await expect(menu).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(grid).toBeFocused();
  await app.page.keyboard.press('ContextMenu');
  await menu.getByRole('menuitem', { name: 'Copy raw text' }).click();
  await expect.poll(() => clipboard(app)).toContain('UID:kickoff@samples.hushcal.example');
  await grid.getByText('Project kick-off').click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Copy address of the organizer' }).click();
  const address = await clipboard(app);
  expect(address).toMatch(/^\S+@\S+$/);
  await grid.getByText('Project kick-off').click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Show only this organizer' }).click();
  await expect.poll(async () => Number(await grid.getAttribute('aria-rowcount'))).toBeLessThan(40);
  const back = app.page.getByRole('button', { name: `not only of ${address}` });
  await back.click();
  await expect(grid).toHaveAttribute('aria-rowcount', '40');
});

test('a conflict is settled from its menu', async ({ hushcal: app }) => {
  await review(app);
  const grid = gridOf(app);
  const actions = app.page.getByRole('group', { name: 'Actions' });
  await actions.getByRole('button', { name: /^Conflict 2/ }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '3');
  await grid.focus();
  await app.page.keyboard.press('Control+a');
  await app.page.keyboard.press('Shift+F10');
  await app.page.getByTestId('row-menu').getByRole('menuitem', { name: 'Add as a copy' }).click();
  await expect(actions.getByRole('button', { name: /^Create 33/ })).toBeVisible();
});

test('5,000 events: order and range are those of the whole list, not of what is in sight', async ({ hushcal: app }) => {
  const path = join(app.userData, 'many.ics');
  await writeFile(path, manyEvents(5000));
  await dropBackup(app, path);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  const grid = gridOf(app);
  await expect(grid.getByRole('columnheader', { name: 'Organizer' }), 'alice organizes all of them').toHaveCount(0);
  await grid.getByRole('columnheader', { name: 'Title' }).getByRole('button').click();
  await expect(row(grid, 1)).toContainText('Budget round');
  await grid.focus();
  await app.page.keyboard.press('End');
  await expect(row(grid, 5000)).toContainText('Weekly planning');
  await app.page.keyboard.press('Shift+Home');
  await expect(app.page.getByRole('group', { name: 'Marked events' })).toContainText('5,000 events marked');
  await app.page.keyboard.press('Space');
  await expect(app.page.getByTestId('start-run')).toBeDisabled();
  expect(await grid.getByRole('row').count()).toBeLessThan(80);
});

test('Ctrl+F goes to the search of the screen, and cut text has a tooltip', async ({ hushcal: app }) => {
  await review(app);
  await gridOf(app).focus();
  await app.page.keyboard.press('Control+f');
  await expect(app.page.getByRole('searchbox')).toBeFocused();
  const title = gridOf(app).getByText('Project kick-off');
  await title.hover();
  await expect(title, 'it is not cut').not.toHaveAttribute('title', /./);
  await title.evaluate((element: { style: { maxWidth: string } }) => {
    element.style.maxWidth = '40px';
  });
  await app.page.getByRole('searchbox').hover();
  await title.hover();
  await expect(title).toHaveAttribute('title', 'Project kick-off');
});

test('a field has the menu of the platform: a password is pasted by right click', async ({ hushcal: app }) => {
  await app.electron.evaluate(({ Menu }) => {
    const seen = globalThis as unknown as { menus: string[][] };
    seen.menus = [];
    Menu.prototype.popup = function popup(this: Electron.Menu) {
      seen.menus.push(this.items.filter(({ enabled }) => enabled).map(({ role }) => role ?? ''));
    };
  });
  const menus = (): Promise<string[][]> =>
    app.electron.evaluate(() => (globalThis as unknown as { menus: string[][] }).menus);
  await app.electron.evaluate(async ({ clipboard: board }) => {
    await board.writeText('a long password');
  });
  await openScreen(app, 'Servers');
  await app.page.getByRole('button', { name: /^Add a server/ }).click();
  const field = app.page.getByRole('dialog').getByLabel('Password', { exact: true });
  await field.click({ button: 'right' });
  await expect.poll(menus).toHaveLength(1);
  const [offered = []] = await menus();
  expect(offered).toContain('paste');
  expect(offered, 'nobody copies a password out').not.toContain('copy');
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.paste();
  });
  await expect(field).toHaveValue('a long password');
});

async function review(app: RunningApp): Promise<void> {
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
}

function gridOf(app: RunningApp): Locator {
  return app.page.getByTestId('row-grid');
}

/** The n-th row of the list, 1-based. */
function row(grid: Locator, n: number): Locator {
  return grid.locator(`[role="row"][aria-rowindex="${String(n + 1)}"]`);
}

/** Titles in the order of the rows that are drawn, read once the list stands still. */
async function titles(grid: Locator): Promise<readonly string[]> {
  const read = (): Promise<readonly string[]> =>
    grid.evaluate((element: { querySelectorAll: (query: string) => Iterable<RowElement> }) =>
      [...element.querySelectorAll('[role="row"][data-index]')]
        .sort((a, b) => Number(a.dataset.index) - Number(b.dataset.index))
        .slice(0, 15)
        .map((one) => one.children[3]?.textContent?.trim() ?? ''),
    );
  let before = await read();
  await expect
    .poll(async () => {
      const now = await read();
      const same = JSON.stringify(now) === JSON.stringify(before);
      before = now;
      return same;
    })
    .toBe(true);
  return before;
}

interface RowElement {
  readonly dataset: { readonly index: string };
  readonly children: ArrayLike<{ readonly textContent: string | null } | undefined>;
}

async function widthOf(cell: Locator): Promise<number> {
  return Math.round((await cell.boundingBox())?.width ?? 0);
}

function clipboard(app: RunningApp): Promise<string> {
  return app.electron.evaluate(({ clipboard: board }) => board.readText());
}

function inOrder(names: readonly string[]): boolean {
  const sorted = [...names].sort((a, b) => a.localeCompare(b, undefined, { numeric: true, sensitivity: 'base' }));
  return names.every((name, at) => name === sorted[at]);
}
