import { expect, type Locator } from '@playwright/test';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type RunningApp } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import { openScreen } from '../harness/steps.ts';

test.describe.configure({ timeout: 180_000 });

test('a migration in the making is kept under a name, and opens after a restart with its last result', async ({
  hushcal: app,
  startAgain,
}) => {
  await openScreen(app, 'Migrate');
  await app.page.getByRole('button', { name: 'Try it with practice mailboxes' }).click();
  await expect(app.page.getByTestId('mapping-row')).toHaveCount(3);
  await saveAs(app, 'Spring move');
  await app.page.getByRole('button', { name: 'Add a row' }).click();
  await expect(app.page.getByTestId('mapping-row')).toHaveCount(4);
  await type(app.page.getByLabel('User of row 4'), 'dora');
  await type(app.page.getByLabel('Source of dora'), 'https://old.example.org/dav/dora/');
  await app.page.locator('#setup-inside').fill('example.org');
  await app.page.locator('#setup-inside').blur();
  await expect(app.page.getByText('saved, without passwords')).toBeVisible();
  await lookAt(app, 'project-mapping');
  await copyAll(app);

  await app.close();
  const again = await startAgain();
  await openScreen(again, 'Migrate');
  const project = again.page.getByTestId('project');
  await expect(project).toContainText('Spring move');
  await expect(project.getByTestId('last-result')).toContainText(/events copied/);
  await lookAt(again, 'projects');
  await project.getByRole('button', { name: 'Open Spring move' }).click();
  await expect(again.page.getByTestId('mapping-row')).toHaveCount(4);
  await expect(again.page.getByLabel('User of row 4')).toHaveValue('dora');
  await expect(again.page.locator('#setup-inside')).toHaveValue('example.org');
  await again.page.getByTestId('last-result').getByRole('button', { name: 'Report' }).click();
  await expect(again.page.getByTestId('headline')).toContainText('events copied');
});

test('projects are renamed, duplicated, and deleted with consent; a torn file costs the others nothing', async ({
  hushcal: app,
}) => {
  await openScreen(app, 'Migrate');
  await app.page.getByRole('button', { name: 'Add a row' }).click();
  await type(app.page.getByLabel('User of row 1'), 'anna');
  await saveAs(app, 'Spring move');
  await app.page.getByRole('button', { name: 'Close the project' }).click();
  const projects = app.page.getByTestId('project');
  await projects.getByRole('button', { name: 'Duplicate Spring move' }).click();
  await expect(projects).toHaveCount(2);
  await projects.getByRole('button', { name: 'Rename Spring move (copy)', exact: true }).click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByLabel('Name of the project').fill('Spring move');
  await dialog.getByRole('button', { name: 'Rename', exact: true }).click();
  await expect(dialog).toContainText('There is a project called "Spring move".');
  await dialog.getByLabel('Name of the project').fill('Autumn move');
  await dialog.getByRole('button', { name: 'Rename', exact: true }).click();
  await expect(projects.filter({ hasText: 'Autumn move' })).toBeVisible();

  await app.page.getByRole('button', { name: 'Delete Spring move' }).click();
  await app.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(projects).toHaveCount(2);
  await app.page.getByRole('button', { name: 'Delete Spring move' }).click();
  await app.page.getByRole('dialog').getByRole('button', { name: 'Delete the project' }).click();
  await expect(projects).toHaveCount(1);

  const folder = join(app.userData, 'runs', 'projects');
  await writeFile(join(folder, 'project-0123456789ab.json'), '{ "format": 1, "id": "project-0123');
  await openScreen(app, 'History');
  await openScreen(app, 'Migrate');
  await expect(app.page.getByTestId('projects')).toContainText('project-0123456789ab.json is damaged');
  await expect(projects).toHaveCount(1);
  expect(await readdir(folder)).toHaveLength(2);
});

async function saveAs(app: RunningApp, name: string): Promise<void> {
  await app.page.getByRole('button', { name: 'Save as a project…' }).click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByLabel('Name of the project').fill(name);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(app.page.getByTestId('project-name')).toHaveText(name);
}

async function type(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.press('Enter');
}

/** Copies what can be copied of the mapping on screen. */
async function copyAll(app: RunningApp): Promise<void> {
  await app.page.getByRole('button', { name: /^Check \d rows?$/ }).click();
  await app.page.getByRole('button', { name: 'Review 3 rows' }).click({ timeout: 30_000 });
  await app.page.getByTestId('start-batch').click();
  await expect(app.page.getByTestId('headline')).toContainText('events copied', { timeout: 60_000 });
}
