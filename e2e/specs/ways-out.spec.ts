import { expect } from '@playwright/test';
import { startPractice, type PracticeServer } from '../../electron/practice/server.ts';
import { test, type RunningApp } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import { decide, decideOnServer, modeCard, reportHeadline, startRun } from '../harness/steps.ts';
import { watchPractice } from '../harness/watch.ts';

const PASSWORD = 'of everybody';

/** Adds a server of a personality and goes to Decide with the sample backup for alice. */
const decideOn = (app: RunningApp, server: PracticeServer): Promise<void> =>
  decideOnServer(app, { url: server.info.base_url, user: 'alice', password: PASSWORD });

test('a blocked answer is tried with a test event, and given then', async ({ hushcal: app }) => {
  const server = await startPractice({ password: PASSWORD, personality: 'nextcloud-29-like' });
  const practice = watchPractice(server);
  try {
    await decideOn(app, server);
    await expect(modeCard(app, 'none')).toContainText('not possible here');
    await lookAt(app, 'decide-blocked');
    await app.page.getByRole('button', { name: 'Try it with a test event…' }).click();
    const dialog = app.page.getByRole('dialog', { name: 'Try it with a test event' });
    await lookAt(app, 'canary-before');
    expect(await practice.messages(), 'nothing flies before the consent').toEqual([]);
    await dialog.getByRole('button', { name: 'Write the test events' }).click();
    await expect(dialog).toContainText('The server keeps quiet when asked to: for new events and for changes.');
    await lookAt(app, 'canary-proved');
    const control = await practice.messages();
    expect(control.every(({ to }) => to.endsWith('.invalid'))).toBe(true);
    await dialog.getByRole('button', { name: 'Back to the decision' }).click();
    await expect(modeCard(app, 'none')).toContainText('0 messages');
    await expect(app.page.getByText('proven', { exact: true })).toBeVisible();
    await decide(app, 'none');
    await startRun(app);
    await reportHeadline(app);
    expect(await practice.messages()).toEqual(control);
  } finally {
    await server.close();
  }
});

test('a server that ignores the request is found out by the test event', async ({ hushcal: app }) => {
  const server = await startPractice({ password: PASSWORD, personality: 'ignores-header' });
  try {
    await decideOn(app, server);
    await app.page.getByRole('button', { name: 'Try it with a test event…' }).click();
    const dialog = app.page.getByRole('dialog', { name: 'Try it with a test event' });
    await dialog.getByRole('button', { name: 'Write the test events' }).click();
    await expect(dialog).toContainText('The server does not keep quiet when asked to.');
    await lookAt(app, 'canary-refuted');
    await dialog.getByRole('button', { name: 'Back to the decision' }).click();
    await expect(modeCard(app, 'none')).toContainText('not possible here');
  } finally {
    await server.close();
  }
});
