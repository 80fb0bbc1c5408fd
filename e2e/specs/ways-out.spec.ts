import { expect } from '@playwright/test';
import { startPractice, type PracticeServer } from '../../electron/practice/server.ts';
import { test, type RunningApp } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import {
  chooseServer,
  decide,
  decideOnServer,
  modeCard,
  openScreen,
  reportHeadline,
  startRun,
} from '../harness/steps.ts';
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
    await expect(
      app.page.getByRole('button', { name: 'Show them' }),
      'nothing leads on while it is blocked',
    ).toHaveCount(0);
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
    await expect(app.page.getByText('tested', { exact: true })).toBeVisible();
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

test('a Radicale is silent once the admin says that it sends no mail', async ({ hushcal: app }) => {
  const server = await startPractice({ password: PASSWORD, personality: 'radicale-like' });
  const practice = watchPractice(server);
  try {
    await decideOn(app, server);
    const blocked = app.page.getByTestId('blocked');
    await expect(blocked).toContainText('mail hook');
    await expect(blocked, 'a window knows no options').not.toContainText('--');
    await lookAt(app, 'decide-radicale');
    await blocked.getByRole('button', { name: 'My Radicale sends no mail' }).click();
    await expect(modeCard(app, 'none')).toContainText('this server sends none');
    await expect(blocked.getByRole('button')).toHaveCount(0);
    await decide(app, 'none');
    await startRun(app);
    await reportHeadline(app);
    expect(await practice.messages()).toEqual([]);
    await openScreen(app, 'Servers');
    await expect(app.page.getByRole('switch', { name: 'My Radicale sends no mail' })).toBeChecked();
  } finally {
    await server.close();
  }
});

test('the band on top names the server of the job on screen, not of another screen', async ({ hushcal: app }) => {
  const server = await startPractice({ password: PASSWORD, personality: 'cyrus-like' });
  const host = new URL(server.info.base_url).host;
  const band = app.page.getByTestId('live-band');
  const badge = app.page.getByTestId('where');
  try {
    await expect(band, 'the practice server is chosen first').toBeHidden();
    await decideOn(app, server);
    await expect(band).toContainText(`LIVE${host}aliceCalendar`);
    await expect(badge).toContainText(`LIVE${host}`);
    await lookAt(app, 'live-band');
    await decide(app, 'none');
    await startRun(app);
    await reportHeadline(app);
    await expect(band).toContainText(host);
    await app.page.getByRole('button', { name: 'Restore another' }).click();
    await chooseServer(app, 'Practice server');
    await expect(band).toBeHidden();
    await expect(badge).toContainText('nothing leaves this computer');
    await openScreen(app, 'History');
    await expect(badge).not.toContainText('nothing leaves this computer');
    await app.page.getByRole('button', { name: 'Undo…' }).first().click();
    await expect(band, 'the undo goes to the real server').toContainText(`LIVE${host}aliceCalendar`);
    await expect(badge).toContainText(`LIVE${host}`);
    await lookAt(app, 'live-band-undo');
  } finally {
    await server.close();
  }
});
