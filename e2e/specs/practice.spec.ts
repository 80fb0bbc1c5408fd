import { expect } from '@playwright/test';
import { test } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import { pidOf } from '../harness/processes.ts';
import { openScreen } from '../harness/steps.ts';

const NAME = 'Hushcal practice server';

test('a practice server that dies costs the window nothing: it says so, and comes back as it was', async ({
  hushcal: app,
}) => {
  const before = await app.ask('practice.state', {});
  const pid = await pidOf(app, NAME);
  expect(pid).not.toBe(app.electron.process().pid);
  await openScreen(app, 'Practice');
  await expect(app.page.getByText(before.url)).toBeVisible();
  process.kill(pid, 'SIGKILL');
  const notice = app.page.getByRole('alert');
  await expect(notice).toContainText('The practice server has ended unexpectedly.');
  await lookAt(app, 'practice-ended');
  expect(await app.request('server.open', { id: 'practice' })).toMatchObject({
    ok: false,
    failure: { code: 'PRACTICE_NOT_RUNNING' },
  });

  await notice.getByRole('button', { name: 'Start again' }).click();
  await expect(app.page.getByText(before.url)).toBeVisible();
  await expect(notice).toBeHidden();
  expect(await app.ask('practice.state', {})).toEqual(before);
  expect((await app.ask('server.open', { id: 'practice' })).calendars.length).toBeGreaterThan(0);
});
