import { expect } from '@playwright/test';
import { startPractice } from '../../electron/practice/server.ts';
import { test } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import {
  chooseCalendar,
  chooseSample,
  chooseServer,
  decide,
  goToDecide,
  openScreen,
  reportHeadline,
  startRun,
  tick,
} from '../harness/steps.ts';
import { watchPractice } from '../harness/watch.ts';

const PASSWORD = 'of the administrator';

test('an administrator restores into the calendar of somebody else', async ({ hushcal: app }) => {
  const server = await startPractice({ password: PASSWORD });
  const practice = watchPractice(server);
  try {
    await openScreen(app, 'Servers');
    await app.page.getByRole('button', { name: 'Add a server…' }).click();
    const dialog = app.page.getByRole('dialog', { name: 'Add a server' });
    await dialog.getByRole('textbox', { name: 'Address' }).fill(server.info.base_url);
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialog.getByText('Sign-in options').click();
    await tick(dialog.getByRole('radio', { name: /with Authorize-As/ }));
    await dialog.getByLabel('Administrator', { exact: true }).fill('admin');
    await dialog.getByRole('textbox', { name: 'Users' }).fill('bob, carol');
    await lookAt(app, 'server-ways');
    await dialog.getByRole('button', { name: 'Add the server' }).click();
    const card = app.page.getByTestId('server-card').filter({ hasText: 'for bob' });
    await expect(card).toContainText('bob@example.com');

    await openScreen(app, 'Restore');
    await chooseSample(app);
    await chooseServer(app, new URL(server.info.base_url).host);
    await chooseCalendar(app);
    await goToDecide(app);
    await decide(app, 'none');
    await startRun(app);
    await reportHeadline(app);
    expect(await practice.messages()).toEqual([]);
    expect(server.state().users.find(({ user }) => user === 'bob')?.calendars[0]?.objects).toBeGreaterThan(20);
  } finally {
    await server.close();
  }
});
