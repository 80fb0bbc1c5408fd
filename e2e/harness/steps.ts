import { expect, type Locator } from '@playwright/test';
import type { DraftMode } from '../servers/draft-table.ts';
import type { RunningApp } from './app.ts';

/* What a person does in the window, by the names that a person (or a screen reader) finds there. */

/** Drops files and folders on the drop zone, as the desktop does. Paths are absolute. */
export async function drop(app: RunningApp, ...paths: readonly string[]): Promise<void> {
  const zone = app.page.getByTestId('drop-zone');
  const box = await zone.boundingBox();
  if (box === null) throw new Error('There is no drop zone on this screen.');
  await dropAt(app, box.x + box.width / 2, box.y + box.height / 2, paths);
  await expect(zone).toHaveAttribute('aria-busy', 'false');
}

/** Files come in at the corner of the window, and are let go as soon as they are over this point: nothing there was asked before. */
export async function dropAt(app: RunningApp, x: number, y: number, files: readonly string[]): Promise<void> {
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  const session = await app.page.context().newCDPSession(app.page);
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', x: 2, y: 2, data });
  await session.send('Input.dispatchDragEvent', { type: 'drop', x, y, data });
  await session.detach();
}

/** What the next open dialog answers; without paths the person cancels. */
export async function answerOpenDialog(app: RunningApp, ...paths: readonly string[]): Promise<void> {
  await app.electron.evaluate(
    ({ dialog }, filePaths) => {
      const kept = globalThis as unknown as { openAnswers?: { filePaths: string[]; used: boolean }[] };
      const answers = (kept.openAnswers ??= []);
      answers.push({ filePaths, used: false });
      // The window asks by way of another process: the next answer may be there before the question for this one.
      dialog.showOpenDialog = () => {
        const answer = answers.find(({ used }) => !used) ?? answers.at(-1);
        if (answer === undefined) throw new Error('No answer is left.');
        answer.used = true;
        return Promise.resolve({ canceled: answer.filePaths.length === 0, filePaths: answer.filePaths });
      };
    },
    [...paths],
  );
}

/** Where the next save dialog saves. */
export async function answerSaveDialog(app: RunningApp, filePath: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, filePath);
}

export async function chooseSample(app: RunningApp): Promise<void> {
  await app.page.getByRole('button', { name: 'Use the sample backup' }).click();
  await expect(app.page.getByTestId('inspection')).toBeVisible();
}

/** Drops a backup and waits until it is read. */
export async function dropBackup(app: RunningApp, ...paths: readonly string[]): Promise<void> {
  await drop(app, ...paths);
  await expect(app.page.getByTestId('inspection')).toBeVisible();
}

export async function chooseCalendar(app: RunningApp, name: string | RegExp = /^Calendar/): Promise<void> {
  await tick(app.page.getByRole('group', { name: /^Calendar/ }).getByRole('radio', { name }));
}

export async function chooseServer(app: RunningApp, name: string): Promise<void> {
  await tick(app.page.getByRole('group', { name: 'Server' }).getByRole('radio', { name }));
}

export async function goToDecide(app: RunningApp): Promise<void> {
  await app.page.getByRole('button', { name: 'Next: notifications' }).click();
}

/** Adds a server that is named "Office server", and goes to Decide with the sample backup and the calendar of the user. */
export async function decideOnServer(
  app: RunningApp,
  login: { readonly url: string; readonly user: string; readonly password: string },
): Promise<void> {
  await openScreen(app, 'Servers');
  await app.page.getByRole('button', { name: 'Add a server…' }).click();
  await fillServer(app, { ...login, name: 'Office server' });
  const card = app.page.getByTestId('server-card').filter({ hasText: 'Office server' });
  await expect(card).toContainText(`${login.user}@example.com`);
  await openScreen(app, 'Restore');
  await chooseSample(app);
  await chooseServer(app, 'Office server');
  await chooseCalendar(app);
  await goToDecide(app);
}

export function modeCard(app: RunningApp, mode: DraftMode): Locator {
  return app.page.getByTestId(`mode-${mode}`);
}

/** Chooses a mode in Decide and goes on to Review; the plan of that mode is there then. */
export async function decide(app: RunningApp, mode: DraftMode): Promise<void> {
  const radio = modeCard(app, mode).getByRole('radio');
  await tick(radio);
  await goToReview(app);
}

export async function goToReview(app: RunningApp): Promise<void> {
  await app.page.getByRole('button', { name: /^Review [\d,]+ events?$/ }).click();
  await expect(app.page.getByTestId('row-grid')).toBeVisible();
  await expect(app.page.getByTestId('row-grid').getByRole('row').nth(1)).toBeVisible();
}

/** Starts what Review shows; the number of messages is typed where there are any. */
export async function startRun(app: RunningApp, messages = 0): Promise<void> {
  await app.page.getByTestId('start-run').click();
  if (messages > 0) await typeNumber(app, messages);
}

/** The number of messages that the open dialog asks for. */
export async function numberToType(app: RunningApp): Promise<number> {
  const label = await app.page
    .getByRole('dialog')
    .getByText(/^Type [\d,]+ to confirm$/)
    .innerText();
  return Number(label.replaceAll(/\D/g, ''));
}

/** Types a number into the open dialog and sends. */
export async function typeNumber(app: RunningApp, messages: number): Promise<void> {
  await numberField(app).fill(String(messages));
  await app.page
    .getByRole('dialog')
    .getByRole('button', { name: /^Send / })
    .click();
}

function numberField(app: RunningApp): Locator {
  return app.page.getByRole('dialog').getByLabel(/^Type [\d,]+ to confirm$/);
}

/** Waits for the report and gives its headline. */
export async function reportHeadline(app: RunningApp): Promise<string> {
  const headline = app.page.getByTestId('headline');
  await expect(headline).toBeVisible({ timeout: 30_000 });
  return (await headline.textContent()) ?? '';
}

/** The number under a name in the report's table of totals; 0 where the bucket is not listed. */
export async function bucket(app: RunningApp, label: string): Promise<number> {
  const row = app.page.getByTestId('totals').getByRole('row', { name: new RegExp(`^${label} `) });
  if ((await row.count()) === 0) return 0;
  return Number(((await row.getByRole('cell').nth(1).textContent()) ?? '').replaceAll(',', ''));
}

export async function openScreen(
  app: RunningApp,
  name: 'Restore' | 'Migrate' | 'Clean up' | 'History' | 'Servers' | 'Practice',
): Promise<void> {
  await app.page.getByRole('navigation').getByRole('button', { name }).click();
}

/** Adds a server in the Servers screen. Waits for nothing: the answer may be a refusal. */
export async function fillServer(
  app: RunningApp,
  server: { readonly url: string; readonly user: string; readonly password: string; readonly name?: string },
): Promise<void> {
  const dialog = app.page.getByRole('dialog', { name: 'Add a server' });
  await dialog.getByRole('textbox', { name: 'Address' }).fill(server.url);
  await dialog.getByRole('textbox', { name: 'User', exact: true }).fill(server.user);
  await dialog.getByLabel('Password', { exact: true }).fill(server.password);
  if (server.name !== undefined) await dialog.getByLabel('Display name (optional)').fill(server.name);
  await dialog.getByRole('button', { name: 'Add the server' }).click();
}

/** Ticks a box or chooses a radio, or takes a tick away. What is ticked is often known to another process: the box follows when that has answered. */
export async function tick(box: Locator, on = true): Promise<void> {
  if (on && (await box.isChecked())) return;
  await expect(box).toBeChecked({ checked: !on });
  await box.click();
  await expect(box).toBeChecked({ checked: on });
}
