import { expect } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type RunningApp } from '../harness/app.ts';
import { watchAppsPractice, type WatchedPractice } from '../harness/watch.ts';
import {
  bucket,
  chooseCalendar,
  chooseSample,
  decide,
  dropBackup,
  goToDecide,
  modeCard,
  reportHeadline,
  startRun,
} from '../harness/steps.ts';
import { draftRow, meetingText, type DraftMode, type Effects } from '../servers/draft-table.ts';
import { objectsOf, observe } from '../servers/observe.ts';
import { valueOf } from '../servers/line-reader.ts';
import { plainClient } from '../servers/plain-http.ts';
import type { RouteOutput } from '../../shared/ipc/contract.ts';

const MODES: readonly DraftMode[] = ['none', 'internal-only', 'external-only', 'all'];
const PEOPLE = { alice: 'mailto:alice@example.com', bob: 'mailto:bob@example.com', carol: 'mailto:carol@example.com' };
const UID = 'budget-round@tests.hushcal.example';
/** In the sample backup and in no calendar: alice organizes, bob and carol are inside, eve and pat outside. */
const KICK_OFF = 'kickoff@samples.hushcal.example';

for (const mode of MODES) {
  test(`first start, sample backup, a meeting, its later version, ${mode}: the others see what the draft says`, async ({
    hushcal: app,
  }) => {
    const practice = await watchAppsPractice(app);
    await chooseSample(app);
    await chooseCalendar(app);
    await goToDecide(app);
    const announced = await numberOnCard(app, mode);
    await decide(app, mode);
    await expect(app.page.getByTestId('notified')).toContainText(notifiedWords(mode));
    expect(await practice.messages(), 'nothing is written before Run').toEqual([]);

    await startRun(app, announced);

    // One component of the sample is cut off and two events are in conflict: the headline does not say that all is well.
    expect(await reportHeadline(app)).toMatch(/^\d+ events restored, 3 need attention$/);
    await expect(app.page.getByTestId('report-items')).toContainText(/alice-[\d-]+\.ics:\d+/);
    expect(await bucket(app, 'Rejected')).toBe(1);
    expect(await bucket(app, 'Conflict')).toBe(2);
    expect(await bucket(app, 'Failed')).toBe(0);
    expect(await bucket(app, 'Created')).toBeGreaterThan(20);
    const row = draftRow(mode, 'create', 'nothing');
    expect(await kickOff(practice)).toEqual({
      bob: row.bobCalendar === 'first',
      carol: row.carolCalendar === 'first',
      bobInbox: row.bobInbox === 'none' ? [] : [row.bobInbox],
      mail: row.mailToDan === 'none' ? [] : ['eve REQUEST', 'pat REQUEST'],
    });
    expect(await practice.messages(), 'as many messages as were announced').toHaveLength(announced);

    await app.page.getByRole('button', { name: 'Restore another' }).click();
    await restoreVersion(app, 'first', mode);
    expect(await bucket(app, 'Created')).toBe(1);
    expect(await observe(practice, UID)).toEqual(effects(draftRow(mode, 'create', 'nothing')));
    await practice.clearMessages();
    await emptyInbox(practice, 'bob');

    await app.page.getByRole('button', { name: 'Restore another' }).click();
    await restoreVersion(app, 'second', mode);
    expect(await bucket(app, 'Updated')).toBe(1);
    expect(await observe(practice, UID)).toEqual(effects(draftRow(mode, 'update', 'same-mode')));
  });
}

test('mode "all" does not run until the exact number of messages is typed', async ({ hushcal: app }) => {
  const practice = await watchAppsPractice(app);
  await chooseSample(app);
  await chooseCalendar(app);
  await goToDecide(app);
  const announced = await numberOnCard(app, 'all');
  await decide(app, 'all');
  await app.page.getByTestId('start-run').click();
  const dialog = app.page.getByRole('dialog', { name: 'Notify everyone' });
  const send = dialog.getByRole('button', { name: `Send ${String(announced)} messages` });
  await expect(send).toBeDisabled();
  await dialog.getByRole('textbox').fill(String(announced + 1));
  await expect(send).toBeDisabled();
  await expect(dialog).toContainText("That doesn't match");
  await dialog.getByRole('textbox').press('Enter');
  await expect(dialog).toBeVisible();
  expect(await practice.messages()).toEqual([]);
  expect(await app.ask('history.list', {})).toEqual([]);
  await dialog.getByRole('textbox').fill(String(announced));
  await expect(send).toBeEnabled();

  // The gate is in the main process too, not only in the page.
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  const { planId, summary } = await planForAll(app);
  for (const typedMessages of [null, announced + 1]) {
    const answer = await app.request('run.start', { planId, hash: summary.hash, typedMessages });
    expect(answer).toMatchObject({ ok: false });
  }
  expect(await app.ask('history.list', {})).toEqual([]);
});

async function restoreVersion(app: RunningApp, version: 'first' | 'second', mode: DraftMode): Promise<void> {
  const path = join(app.userData, `${version}.ics`);
  await writeFile(path, meetingText(UID, version, PEOPLE));
  await dropBackup(app, path);
  await chooseCalendar(app);
  await goToDecide(app);
  const announced = await numberOnCard(app, mode);
  await decide(app, mode);
  await startRun(app, announced);
  expect(await reportHeadline(app)).toBe('1 event restored');
}

async function planForAll(app: RunningApp): Promise<RouteOutput<'restore.plan'>> {
  const [server] = await app.ask('server.list', {});
  const { calendars } = await app.ask('server.open', { id: server?.id ?? '' });
  return app.ask('restore.plan', {
    sourceId: (await app.ask('source.sample', {})).sourceId,
    serverId: server?.id ?? '',
    calendarUrl: calendars[0]?.url ?? '',
    mode: 'all',
    identity: { kind: 'match' },
    onConflict: 'newer',
    only: [],
  });
}

async function emptyInbox(practice: WatchedPractice, name: string): Promise<void> {
  const user = practice.user(name);
  const client = plainClient(practice, user);
  for (const path of await client.list(user.inbox ?? '')) await client.request('DELETE', path);
}

/** Messages that the card of a mode announces. */
async function numberOnCard(app: RunningApp, mode: DraftMode): Promise<number> {
  const card = modeCard(app, mode);
  await expect(card).toContainText(/\d messages?/);
  return Number(/([\d,]+) messages?/.exec((await card.textContent()) ?? '')?.[1]?.replaceAll(',', ''));
}

function notifiedWords(mode: DraftMode): RegExp {
  return mode === 'none' || mode === 'internal-only'
    ? /^0people will be notified/
    : /^[1-9]\d*(people|person) will be notified/;
}

function effects({ bobCalendar, carolCalendar, bobInbox, mailToDan, mailToErin }: Effects): Effects {
  return { bobCalendar, carolCalendar, bobInbox, mailToDan, mailToErin };
}

async function kickOff(practice: WatchedPractice): Promise<unknown> {
  const methods = (await objectsOf(practice, 'bob', 'inbox', KICK_OFF)).map((item) => valueOf(item, 'METHOD'));
  return {
    bob: (await objectsOf(practice, 'bob', 'calendar', KICK_OFF)).length === 1,
    carol: (await objectsOf(practice, 'carol', 'calendar', KICK_OFF)).length === 1,
    bobInbox: methods,
    mail: (await practice.mail())
      .filter(({ uid }) => uid === KICK_OFF)
      .map(({ to, method }) => `${(to[0] ?? '').replace(/@.*/, '')} ${method}`)
      .sort(),
  };
}
