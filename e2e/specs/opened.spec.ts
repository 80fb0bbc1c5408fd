import { expect } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deleteProfile, launchApp, newProfile, openFromDesktop, test, type RunningApp } from '../harness/app.ts';
import { manyEvents } from '../harness/backups.ts';
import { expectAccessible, screenshots } from '../harness/looks.ts';
import { chooseCalendar, chooseSample, openScreen } from '../harness/steps.ts';
import { watchAppsPractice } from '../harness/watch.ts';

async function file(app: Pick<RunningApp, 'userData'>, name: string, text = manyEvents(3)): Promise<string> {
  const path = join(app.userData, name);
  await writeFile(path, text);
  return path;
}

const band = (app: RunningApp) => app.page.getByTestId('opened-files');
const chosen = (app: RunningApp, name: string) => app.page.getByRole('main').getByText(name).first();

test('a file opened from the desktop is chosen in Restore, and nothing else happens', async ({ hushcal: app }) => {
  await openScreen(app, 'Servers');
  expect(await openFromDesktop(app.userData, [await file(app, 'alice.ics')])).toBe(0);
  await expect(chosen(app, 'alice.ics')).toBeVisible();
  expect(await app.ask('history.list', {})).toEqual([]);
  await expect(band(app)).toHaveCount(0);
});

test('several files are one backup; what is no calendar is said so, and not taken', async ({ hushcal: app }) => {
  const two = [await file(app, 'alice.ics'), await file(app, 'bob.ics')];
  expect(await openFromDesktop(app.userData, two)).toBe(0);
  await expect(chosen(app, 'alice.ics')).toBeVisible();
  await expect(chosen(app, 'bob.ics')).toBeVisible();
  await openFromDesktop(app.userData, [await file(app, 'notes.txt', 'Milk, bread')]);
  await band(app).getByRole('button', { name: 'Discard and open' }).click();
  await expect(app.page.getByRole('alert')).toContainText('"notes.txt" is not a calendar file');
  await openFromDesktop(app.userData, [join(app.userData, 'gone.ics')]);
  await expect(app.page.getByRole('alert')).toContainText('gone.ics');
});

test('what was prepared is not thrown away unasked', async ({ hushcal: app }) => {
  await chooseSample(app);
  await chooseCalendar(app);
  await openScreen(app, 'History');
  await openFromDesktop(app.userData, [await file(app, 'alice.ics')]);
  await expect(band(app)).toContainText('alice.ics: what you prepared in Restore was not started');
  await expectAccessible(app);
  await screenshots(app, 'opened-files');
  await band(app).getByRole('button', { name: 'Do not open' }).click();
  await expect(band(app)).toHaveCount(0);
  await openScreen(app, 'Restore');
  await expect(chosen(app, 'alice.ics')).toHaveCount(0);
});

test('a run in progress stays on screen; the file can be opened when it has ended', async ({ hushcal: app }) => {
  const practice = await watchAppsPractice(app);
  const { sourceId } = await app.ask('source.sample', {});
  const calendarUrl = (await app.ask('server.open', { id: 'practice' })).calendars[0]?.url ?? '';
  const choices = { mode: 'none', identity: { kind: 'match' }, onConflict: 'skip', only: [] } as const;
  const { planId, summary } = await app.ask('restore.plan', {
    sourceId,
    serverId: 'practice',
    calendarUrl,
    ...choices,
  });
  await practice.setDelay(700);
  await app.ask('run.start', { planId, hash: summary.hash, typedMessages: null });
  // The page joins it, as after a reload.
  await app.page.reload();
  await expect(app.page.getByRole('button', { name: /^Stop/ })).toBeVisible();
  await openFromDesktop(app.userData, [await file(app, 'alice.ics')]);
  await expect(band(app)).toContainText('a restore is in progress');
  await expect(band(app).getByRole('button', { name: 'Discard and open' })).toBeDisabled();
  await practice.setDelay(0);
  await band(app).getByRole('button', { name: 'Discard and open' }).click();
  await expect(chosen(app, 'alice.ics')).toBeVisible();
});

test('the program starts with a file, the packed one, too', async () => {
  for (const packed of [false, true]) {
    const userData = await newProfile();
    const app = await launchApp({ packed, userData, files: [await file({ userData }, 'first.ics')] });
    try {
      await expect(chosen(app, 'first.ics')).toBeVisible();
      expect(await openFromDesktop(app.userData, [await file(app, 'second.ics')], packed)).toBe(0);
      await band(app).getByRole('button', { name: 'Discard and open' }).click();
      await expect(chosen(app, 'second.ics')).toBeVisible();
    } finally {
      await app.kill();
      await deleteProfile(app.userData);
    }
  }
});
