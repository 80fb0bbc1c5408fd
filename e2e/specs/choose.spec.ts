import { expect } from '@playwright/test';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type RunningApp } from '../harness/app.ts';
import { calendarText, eventText, inDays } from '../harness/backups.ts';
import { expectPlainWords, figure } from '../harness/sight.ts';
import { answerOpenDialog, drop, dropBackup, tick } from '../harness/steps.ts';
import { zipOf } from '../harness/zip.ts';

const LUNCH = eventText({ uid: 'lunch@tests', title: 'Lunch', start: inDays(5) });
const PLANNING = eventText({
  uid: 'planning@tests',
  title: 'Planning',
  start: inDays(-40),
  guests: ['bob@example.com'],
  more: ['RRULE:FREQ=WEEKLY;COUNT=3'],
});
/** Its END is missing: the file goes on with the next event. */
const CUT_OFF = eventText({ uid: 'cut@tests', title: 'Cut off', start: inDays(6) }).slice(0, -1);

test('files by the dialog: what stands in them is shown, cancelling changes nothing', async ({ hushcal: app }) => {
  const good = await put(app, 'good.ics', calendarText([...LUNCH, ...PLANNING]));
  const bad = await put(
    app,
    'bad.ics',
    calendarText([...CUT_OFF, ...eventText({ uid: 'walk@tests', title: 'Walk', start: inDays(7) })]),
  );
  await answerOpenDialog(app, good, bad);
  await app.page.getByRole('button', { name: 'Choose files…' }).click();
  await expect(app.page.getByTestId('drop-zone')).toContainText('good.ics, bad.ics');
  expect(await figures(app)).toEqual({ Events: '3', Recurring: '1', 'With guests': '1', Past: '1', Unreadable: '1' });
  await expect(app.page.getByTestId('inspection')).toContainText('4 items read: 3 events, 1 unreadable');

  const rejected = app.page.getByRole('region', { name: 'Unreadable items' }).getByRole('row').last();
  // BEGIN:VCALENDAR, VERSION and PRODID stand before it.
  await expect(rejected).toContainText('bad.ics:4');
  await expect(rejected).toContainText('Cut off');
  await expect(rejected.getByRole('cell').last()).toHaveText(/^[A-Z].{20,}\.$/);

  await answerOpenDialog(app);
  await app.page.getByRole('button', { name: 'Choose files…' }).click();
  await expect(app.page.getByTestId('drop-zone')).toHaveAttribute('aria-busy', 'false');
  await expect(app.page.getByTestId('drop-zone')).toContainText('good.ics, bad.ics');
  await expectPlainWords(app);
});

test('one calendar that can be restored into is chosen, and another one may be', async ({ hushcal: app }) => {
  const only = app.page.getByRole('group', { name: /^Calendar/ }).getByRole('radio', { name: /^Calendar/ });
  await expect(only).toBeChecked();
  await expect(app.page.getByText('Choose a backup to continue')).toBeVisible();
  await dropBackup(app, await put(app, 'lunch.ics', calendarText(LUNCH)));
  await expect(app.page.getByTestId('notified')).toContainText('1 event will be written');
  await app.page.getByRole('button', { name: 'New calendar…' }).click();
  await app.page.getByRole('dialog').getByRole('textbox').first().fill('Recovered');
  await app.page.getByRole('dialog').getByRole('button', { name: 'Use this calendar' }).click();
  await expect(only).not.toBeChecked();
});

test('a folder by the dialog: every calendar file in it, at any depth', async ({ hushcal: app }) => {
  await mkdir(join(app.userData, 'backups/2025'), { recursive: true });
  await put(app, 'backups/lunch.ics', calendarText(LUNCH));
  await put(app, 'backups/2025/planning.ics', calendarText(PLANNING));
  await put(app, 'backups/notes.txt', 'Not a calendar.');
  await answerOpenDialog(app, join(app.userData, 'backups'));
  await app.page.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(app.page.getByTestId('inspection')).toContainText('2 files');
  expect(await figures(app)).toMatchObject({ Events: '2', Unreadable: '0' });
});

test('drag and drop of a file, of a folder and of an archive', async ({ hushcal: app }) => {
  const file = await put(app, 'lunch.ics', calendarText(LUNCH));
  await dropBackup(app, file);
  await expect(app.page.getByTestId('drop-zone')).toContainText('lunch.ics');
  expect(await figure(app, 'Events')).toBe('1');

  await mkdir(join(app.userData, 'folder'), { recursive: true });
  await put(app, 'folder/a.ics', calendarText(LUNCH));
  await put(app, 'folder/b.ics', calendarText(PLANNING));
  await drop(app, join(app.userData, 'folder'));
  await expect(app.page.getByTestId('inspection')).toContainText('2 files');
  expect(await figure(app, 'Events')).toBe('2');

  const archive = join(app.userData, 'export.zip');
  const third = eventText({ uid: 'third@tests', title: 'Third', start: inDays(9) });
  await writeFile(
    archive,
    zipOf({
      'a.ics': calendarText(LUNCH),
      'deep/b.ics': calendarText(PLANNING),
      'c.ics': calendarText([...CUT_OFF, ...third]),
    }),
  );
  await drop(app, archive);
  await expect(app.page.getByTestId('drop-zone')).toContainText('export.zip');
  await expect(app.page.getByTestId('inspection')).toContainText('1 unreadable');
  expect(await figures(app)).toMatchObject({ Events: '3', Unreadable: '1' });
  await expect(app.page.getByRole('region', { name: 'Unreadable items' })).toContainText(/export\.zip.*c\.ics:4/);
  await expectPlainWords(app);
});

async function put(app: RunningApp, name: string, text: string): Promise<string> {
  const path = join(app.userData, name);
  await writeFile(path, text);
  return path;
}

async function figures(app: RunningApp): Promise<Record<string, string | null>> {
  const found: Record<string, string | null> = {};
  for (const name of ['Events', 'Recurring', 'With guests', 'Past', 'Unreadable'])
    found[name] = await figure(app, name);
  return found;
}

test('while another backup is read, nothing goes on with the one before', async ({ hushcal: app }) => {
  const { page, electron } = app;
  await page.getByRole('button', { name: 'Use the sample backup' }).click();
  await tick(page.getByRole('radio', { name: /^Calendar/ }));
  const next = page.getByRole('button', { name: 'Next: notifications' });
  await expect(next).toBeEnabled();
  await electron.evaluate(({ dialog }) => {
    dialog.showOpenDialog = () =>
      new Promise((answer) =>
        Object.assign(globalThis, {
          giveUp: () => {
            answer({ canceled: true, filePaths: [] });
          },
        }),
      );
  });
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await expect(page.getByTestId('drop-zone')).toContainText('Reading the backup…');
  await expect(page.getByTestId('inspection')).toHaveCount(0);
  await expect(next).toBeDisabled();
  // The question comes by way of another process: the window waits for it before it is asked.
  await expect.poll(() => electron.evaluate(() => 'giveUp' in globalThis)).toBe(true);
  await electron.evaluate(() => {
    (globalThis as unknown as { giveUp: () => void }).giveUp();
  });
  await expect(page.getByTestId('inspection')).toBeVisible();
  await expect(next).toBeEnabled();
});
