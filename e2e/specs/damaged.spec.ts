import { expect } from '@playwright/test';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import {
  answerOpenDialog,
  chooseCalendar,
  chooseSample,
  decide,
  goToDecide,
  openScreen,
  reportHeadline,
  startRun,
} from '../harness/steps.ts';

test('a run whose folder is damaged is listed, with the way out, and goes nowhere', async ({ hushcal: app }) => {
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  await decide(app, 'none');
  await startRun(app);
  await reportHeadline(app);
  // What an undo removed again is what was there before it.
  await app.page.getByRole('button', { name: 'Undo…' }).click();
  await startRun(app);
  await expect(app.page.getByTestId('headline')).toHaveText(/^\d+ events removed again/);
  const run = await damage(join(app.userData, 'runs'), 'run.json');
  await openScreen(app, 'History');
  const entry = app.page.getByTestId('damaged-run');
  await expect(entry).toHaveCount(1);
  await expect(entry.getByText('Damaged', { exact: true })).toBeVisible();
  await expect(entry).toContainText('The file run.json of this run is not as it was written');
  await expect(entry).not.toContainText(run);
  await answerOpenDialog(app, app.userData);
  await entry.getByRole('button', { name: 'Save the originals…' }).click();
  await expect(entry.getByRole('status')).toHaveText(/^\d\d originals saved in hushcal-originals-\d{4}-\d\d-\d\d-/);
  await lookAt(app, 'history-damaged');
  await expect(entry.getByRole('button')).toHaveCount(1);
  await expect(app.page.getByTestId('run-entry')).toHaveCount(1);
  for (const route of ['history.undo', 'history.retry'] as const) {
    expect(await app.request(route, { runId: run })).toMatchObject({ ok: false, failure: { reaction: 'fix-input' } });
  }
});

test('a job over many calendars whose folder is damaged is listed, and its runs one by one', async ({
  hushcal: app,
}) => {
  await openScreen(app, 'Migrate');
  await app.page.getByRole('button', { name: 'Try it with practice mailboxes' }).click();
  await app.page.getByRole('button', { name: 'Check 3 rows' }).click();
  await app.page.getByRole('button', { name: 'Review 3 rows' }).click({ timeout: 30_000 });
  await app.page.getByTestId('start-batch').click();
  await expect(app.page.getByTestId('headline')).toBeVisible({ timeout: 60_000 });
  const runs = (await app.ask('history.list', {})).length;
  expect(runs).toBeGreaterThan(1);
  await damage(join(app.userData, 'runs', 'batches'), 'batch.json');
  await openScreen(app, 'History');
  const entry = app.page.getByTestId('damaged-run');
  await expect(entry).toContainText('Its runs are listed one by one, and each can be undone by itself.');
  await expect(app.page.getByTestId('batch-entry')).toHaveCount(0);
  await expect(app.page.getByTestId('run-entry')).toHaveCount(runs);
  const alice = app.page.getByTestId('run-entry').filter({ hasText: 'as alice' }).first();
  await alice.getByRole('button', { name: 'Undo…' }).click();
  await expect(app.page.getByTestId('start-run')).toHaveText(/^Undo \d+ changes?, notify nobody$/);
});

const QUIET = /"asked": ?"(?:none|internal-only)"/;

/** Makes what was asked silently loud, in the newest folder; gives its name. */
async function damage(folder: string, file: string): Promise<string> {
  const name =
    (await readdir(folder))
      .filter((one) => /^\d{8}T/.test(one))
      .sort()
      .at(-1) ?? '';
  const path = join(folder, name, file);
  const text = await readFile(path, 'utf8');
  expect(text).toMatch(QUIET);
  await writeFile(path, text.replace(QUIET, '"asked":"all"'));
  return name;
}
