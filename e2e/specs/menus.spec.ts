import { expect } from '@playwright/test';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MENU_KEYS, type Command } from '../../shared/model/shortcuts.ts';
import { launchApp, test, type RunningApp } from '../harness/app.ts';
import { calendarText, eventText, inDays } from '../harness/backups.ts';
import { expectAccessible, lookAt } from '../harness/looks.ts';
import {
  answerOpenDialog,
  answerSaveDialog,
  chooseCalendar,
  chooseSample,
  decide,
  dropBackup,
  goToDecide,
  openScreen,
  reportHeadline,
  startRun,
} from '../harness/steps.ts';

/** Presses an item of the application menu, as a person does with the mouse. */
async function choose(app: RunningApp, id: Command): Promise<void> {
  await app.electron.evaluate(({ Menu }, item) => {
    const found = Menu.getApplicationMenu()?.getMenuItemById(item);
    if (found === null || found === undefined) throw new Error(`No item ${item}`);
    // Electron types it with the event that nobody here looks at.
    (found.click as () => void)();
  }, id);
}

async function recentLabels(app: RunningApp): Promise<readonly string[]> {
  return app.electron.evaluate(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items[0];
    const recent = file?.submenu?.items.find(({ label }) => label === 'Open re&cent');
    return (recent?.submenu?.items ?? []).flatMap(({ type, label }) => (type === 'separator' ? [] : [label]));
  });
}

async function chooseRecent(app: RunningApp, at: number): Promise<void> {
  await app.electron.evaluate(({ Menu }, index) => {
    const file = Menu.getApplicationMenu()?.items[0];
    const recent = file?.submenu?.items.find(({ label }) => label === 'Open re&cent');
    const items = (recent?.submenu?.items ?? []).filter(({ type }) => type !== 'separator');
    (items[index] as unknown as { click(): void }).click();
  }, at);
}

/** What the item of the menu shows, for each that shows a dialog or a screen. */
const SHOWS: Readonly<Partial<Record<Command, { readonly dialog: string } | { readonly screen: string }>>> = {
  'new-restore': { screen: 'Restore' },
  migrate: { screen: 'Migrate' },
  cleanup: { screen: 'Clean up' },
  'go-restore': { screen: 'Restore' },
  'go-migrate': { screen: 'Migrate' },
  'go-cleanup': { screen: 'Clean up' },
  'go-history': { screen: 'History' },
  'go-servers': { screen: 'Servers' },
  'go-practice': { screen: 'Practice' },
  settings: { dialog: 'Settings' },
  help: { dialog: 'Help and glossary' },
  shortcuts: { dialog: 'Keyboard shortcuts' },
  diagnostics: { dialog: 'Save diagnostics' },
  about: { dialog: 'About Hushcal' },
};

test('each item of the menu shows what it names', async ({ hushcal: app }) => {
  await openScreen(app, 'Practice');
  for (const [id, shown] of Object.entries(SHOWS)) {
    await choose(app, id as Command);
    if ('dialog' in shown) {
      await expect(app.page.getByRole('dialog', { name: shown.dialog })).toBeVisible();
      await app.page.keyboard.press('Escape');
      await expect(app.page.getByRole('dialog')).toHaveCount(0);
    } else {
      await expect(app.page.getByRole('navigation').getByRole('button', { name: shown.screen })).toHaveAttribute(
        'aria-current',
        'page',
      );
    }
  }
});

test('the menu has its letters and keys in the real Electron', async ({ hushcal: app }) => {
  const bar = await app.electron.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).map(({ label, submenu }) => ({
      label,
      keys: (submenu?.items ?? []).flatMap(({ accelerator }) => accelerator ?? []),
    })),
  );
  expect(bar.map(({ label }) => label)).toEqual(['&File', '&Edit', '&View', '&Window', '&Help']);
  const listed = Object.values(MENU_KEYS).map(({ keys }) => keys[0]);
  expect(bar.flatMap(({ keys }) => keys).sort()).toEqual(listed.sort());
});

test('"?" shows every key, and is typed where text is typed; Ctrl+F goes to the search field', async ({
  hushcal: app,
}) => {
  const { page } = app;
  await expect(page.getByRole('radio', { name: /^Calendar/ })).toBeVisible();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText('Ctrl+Shift+M');
  await lookAt(app, 'shortcuts');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('Control+f');
  await expect(page.getByText('Drop the backups of several days here')).toBeVisible();
  await choose(app, 'new-restore');
  await expect(page.getByTestId('drop-zone')).toContainText('Drop a backup here');
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  const search = page.getByRole('searchbox').first();
  for (const go of [() => page.keyboard.press('Control+f'), () => choose(app, 'find')]) {
    await page.getByTestId('row-grid').focus();
    await go();
    await expect(search).toBeFocused();
  }
  await page.keyboard.type('wh?');
  await expect(search).toHaveValue('wh?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a new restore begins at its start, and asks before decisions are put aside', async ({ hushcal: app }) => {
  const { page } = app;
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await choose(app, 'new-restore');
  const dialog = page.getByRole('dialog', { name: 'Begin a new restore?' });
  await dialog.getByRole('button', { name: 'Keep this one' }).click();
  await expect(page.getByTestId('mode-none')).toBeVisible();
  await choose(app, 'new-restore');
  await dialog.getByRole('button', { name: 'Begin anew' }).click();
  await expect(page.getByTestId('drop-zone')).toContainText('Drop a backup here');
  const path = join(app.userData, 'opened.ics');
  await writeFile(path, calendarText(eventText({ uid: 'a@tests', title: 'Lunch', start: inDays(2) })));
  await answerOpenDialog(app, path);
  await openScreen(app, 'History');
  await choose(app, 'open-backup');
  await expect(page.getByTestId('inspection')).toBeVisible();
  await expect(page.getByTestId('drop-zone')).toContainText('opened.ics');
});

test('what was opened last is in the menu and on the first step, after a restart too, until it is cleared', async ({
  hushcal: app,
  startAgain,
}) => {
  const path = join(app.userData, 'anna & bob.ics');
  await writeFile(path, calendarText(eventText({ uid: 'a@tests', title: 'Lunch', start: inDays(2) })));
  expect(await recentLabels(app)).toEqual(['&Nothing yet']);
  await dropBackup(app, path);
  expect(await recentLabels(app)).toEqual([`&1 anna && bob.ics (${app.userData})`, '&Clear this list']);
  await app.close();
  const again = await startAgain();
  await expect(again.page.getByRole('group', { name: 'Opened last' })).toBeVisible();
  await lookAt(again, 'choose-recent');
  await openScreen(again, 'Servers');
  await chooseRecent(again, 0);
  await expect(again.page.getByTestId('inspection')).toBeVisible();
  await choose(again, 'new-restore');
  await again.page.getByRole('group', { name: 'Opened last' }).getByRole('button', { name: 'anna & bob.ics' }).click();
  await expect(again.page.getByTestId('inspection')).toBeVisible();
  await rm(path);
  await choose(again, 'new-restore');
  await chooseRecent(again, 0);
  await expect(again.page.getByRole('alert')).toContainText('This backup is not where it was');
  expect(await recentLabels(again)).toEqual(['&Nothing yet']);
  await chooseSample(again);
  expect(await recentLabels(again)).toEqual(['&Nothing yet']);
});

test('settings hold at once and after a restart', async ({ hushcal: app, startAgain }) => {
  const { page } = app;
  await choose(app, 'settings');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('radio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await dialog.getByRole('radio', { name: 'System' }).click();
  await lookAt(app, 'settings');
  await dialog.getByRole('radio', { name: 'Dark' }).click();
  const connections = dialog.getByLabel('Requests to one server at the same time');
  await connections.fill('99');
  await connections.press('Tab');
  await expect(connections).toHaveValue('32');
  await connections.fill('3');
  await connections.press('Tab');
  await dialog.getByRole('switch', { name: 'Say on the desktop when a job has ended' }).click();
  await expect.poll(async () => (await app.ask('settings.get', {})).notifications).toBe(false);
  await app.close();
  const again = await startAgain();
  expect(await again.ask('settings.get', {})).toMatchObject({ connections: 3, notifications: false });
  expect(await again.ask('app.info', {})).toMatchObject({ theme: 'dark' });
  // The new number is the one that a plan is made with.
  const { sourceId } = await again.ask('source.sample', {});
  const [calendar] = (await again.ask('server.open', { id: 'practice' })).calendars;
  const plan = await again.ask('restore.plan', {
    sourceId,
    serverId: 'practice',
    calendarUrl: calendar?.url ?? '',
    mode: 'none',
    identity: { kind: 'match' },
    onConflict: 'newer',
    only: [],
  });
  const { runId } = await again.ask('run.start', {
    planId: plan.planId,
    hash: plan.summary.hash,
    typedMessages: null,
  });
  await expect.poll(async () => (await again.ask('run.snapshot', { runId })).snapshot.status).not.toBeNull();
  const head = await readFile(join(again.userData, 'runs', runId, 'run.json'), 'utf8');
  expect(head).toMatch(/"concurrency": ?3\b/);
});

test('another folder of runs: it is tried, what stays behind is said, and a folder that is gone stops everything', async () => {
  const place = await realpath(await mkdtemp(join(tmpdir(), 'hushcal-e2e-place-')));
  await mkdir(join(place, 'runs'));
  // Tests lie in the folder for temporary files, where no runs may be.
  const app = await launchApp({ env: { TMPDIR: join(place, 'temp') } });
  try {
    const { page } = app;
    await chooseSample(app);
    await chooseCalendar(app);
    await goToDecide(app);
    await decide(app, 'none');
    await startRun(app);
    await reportHeadline(app);
    await choose(app, 'settings');
    const dialog = page.getByRole('dialog', { name: 'Settings' });
    await answerOpenDialog(app, '/usr');
    await dialog.getByRole('button', { name: 'Choose another folder…' }).click();
    await expect(dialog.getByRole('alert')).toContainText('it belongs to the system');
    await answerOpenDialog(app, join(place, 'runs'));
    await dialog.getByRole('button', { name: 'Choose another folder…' }).click();
    await expect(dialog.getByTestId('runs-folder')).toHaveText(join(place, 'runs'));
    await expect(dialog.getByRole('status')).toContainText('1 run stays in the folder before');
    await expectAccessible(app);
    await page.keyboard.press('Escape');
    await openScreen(app, 'History');
    await expect(page.getByText('No run yet')).toBeVisible();
    await rm(join(place, 'runs'), { recursive: true });
    await openScreen(app, 'Practice');
    await choose(app, 'settings');
    await expect(dialog.getByRole('alert')).toContainText('This folder is not there');
    expect(await app.request('history.list', {})).toMatchObject({ ok: false, failure: { code: 'RUNS_FOLDER_GONE' } });
    await dialog.getByRole('button', { name: 'Use the usual folder' }).click();
    await page.keyboard.press('Escape');
    await openScreen(app, 'History');
    await expect(page.getByTestId('run-entry')).toHaveCount(1);
  } finally {
    await app.kill();
    await rm(place, { recursive: true, force: true });
    await rm(app.userData, { recursive: true, force: true });
  }
});

test('diagnostics are shown before they are saved', async ({ hushcal: app }) => {
  const { page } = app;
  await choose(app, 'diagnostics');
  const dialog = page.getByRole('dialog', { name: 'Save diagnostics' });
  await dialog.locator('summary', { hasText: 'versions.json' }).click();
  await expect(dialog.getByRole('region', { name: 'versions.json' })).toContainText('"from": "window"');
  await lookAt(app, 'diagnostics');
  const path = join(app.userData, 'diagnostics.zip');
  await answerSaveDialog(app, path);
  await dialog.getByRole('button', { name: 'Save…' }).click();
  await expect(dialog.getByRole('status')).toContainText(path);
  expect((await readFile(path)).subarray(0, 2).toString()).toBe('PK');
});

test('About names version, Electron, licence and notices, and says that a test build is one', async ({
  hushcal: app,
}) => {
  await choose(app, 'about');
  const dialog = app.page.getByRole('dialog', { name: 'About Hushcal' });
  const { version, electron, testBuild } = await app.ask('app.info', {});
  await expect(dialog).toContainText(`Hushcal ${version}`);
  await expect(dialog).toContainText(electron);
  await expect(dialog).toContainText('MIT');
  await expect(dialog.getByText('This is a test build')).toHaveCount(testBuild ? 1 : 0);
  await lookAt(app, 'about');
  await dialog.getByText('Third-party notices').click();
  await expect(dialog.getByRole('region', { name: 'Third-party notices' })).not.toBeEmpty();
});

test('Appearance is one stop for Tab, and arrow keys choose', async ({ hushcal: app }) => {
  const group = app.page.getByRole('navigation').getByRole('radiogroup', { name: 'Appearance' });
  await group.getByRole('radio', { name: 'System' }).focus();
  await app.page.keyboard.press('ArrowRight');
  await expect(group.getByRole('radio', { name: 'Light' })).toBeFocused();
  await expect(group.getByRole('radio', { name: 'Light' })).toBeChecked();
  expect(await group.locator('[tabindex="0"]').count()).toBe(1);
});
