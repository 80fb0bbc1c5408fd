import { expect } from '@playwright/test';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPractice, type PracticeServer } from '../../electron/practice/server.ts';
import { test, type RunningApp } from '../harness/app.ts';
import { calendarText, eventText, inDays } from '../harness/backups.ts';
import { expectNoScrolling } from '../harness/looks.ts';
import { expectPlainWords, figure } from '../harness/sight.ts';
import {
  chooseCalendar,
  chooseSample,
  chooseServer,
  decide,
  drop,
  dropBackup,
  fillServer,
  goToDecide,
  modeCard,
  openScreen,
  reportHeadline,
  startRun,
  tick,
} from '../harness/steps.ts';
import { watchPractice } from '../harness/watch.ts';
import { plainClient } from '../servers/plain-http.ts';

const MEETING = eventText({
  uid: 'meeting@tests',
  title: 'Meeting',
  start: inDays(4),
  guests: ['bob@example.com', 'eve@partner.test'],
});

test('a server that is not known to stay silent: three answers are blocked, nothing is written', async ({
  hushcal: app,
}) => {
  const server = await startPractice({ personality: 'ignores-header' });
  try {
    const before = await contents(server);
    await addServer(app, server);
    await openScreen(app, 'Restore');
    await chooseSample(app);
    await chooseServer(app, 'Mail of the office');
    await chooseCalendar(app);
    await goToDecide(app);
    for (const mode of ['none', 'internal-only', 'external-only'] as const) {
      const card = modeCard(app, mode);
      await expect(card.getByRole('radio')).toBeDisabled();
      await expect(card).toContainText('not possible here');
    }
    // The reason and the ways around are said once, and the step fits its window.
    await expect(app.page.getByText('does not advertise scheduling-controls', { exact: false })).toHaveCount(2);
    await expect(app.page.getByTestId('blocked').getByRole('listitem').first()).toContainText(/[A-Z].{20,}/);
    await expectNoScrolling(app);
    await expect(modeCard(app, 'all').getByRole('radio')).toBeEnabled();
    await expect(app.page.getByRole('button', { name: /^Review/ })).toBeDisabled();
    await expect(app.page.getByText('Not available on this server: choose another')).toBeVisible();
    await expect(app.page.getByTestId('notified')).toContainText('nothing will be written');
    await expect(app.page.getByRole('complementary', { name: 'What will happen' })).toContainText('blocked');
    await expectPlainWords(app);

    // The main process refuses as well what the page does not offer.
    const { sourceId } = await app.ask('source.sample', {});
    const servers = await app.ask('server.list', {});
    const serverId = servers.find(({ practice }) => !practice)?.id ?? '';
    const { calendars } = await app.ask('server.open', { id: serverId });
    const { planId, summary } = await app.ask('restore.plan', {
      sourceId,
      serverId,
      calendarUrl: calendars[0]?.url ?? '',
      mode: 'none',
      identity: { kind: 'match' },
      onConflict: 'newer',
      only: [],
    });
    expect(await app.request('run.start', { planId, hash: summary.hash, typedMessages: null })).toMatchObject({
      ok: false,
      failure: { code: 'MODE_BLOCKED' },
    });
    expect(await contents(server)).toEqual(before);
    expect(server.messages()).toEqual([]);
    expect(await app.ask('history.list', {})).toEqual([]);
  } finally {
    await server.close();
  }
});

test('what the blocked cards advise works: events without guests go to such a server, and nobody hears', async ({
  hushcal: app,
}) => {
  const server = await startPractice({ personality: 'ignores-header' });
  try {
    await addServer(app, server);
    await openScreen(app, 'Restore');
    await chooseSample(app);
    await chooseServer(app, 'Mail of the office');
    await chooseCalendar(app);
    await goToDecide(app);
    await decide(app, 'all');
    await app.page.getByRole('combobox', { name: 'Show' }).selectOption('With guests');
    await app.page.getByRole('checkbox', { name: 'Select all that the filter shows' }).click();
    await expect(app.page.getByTestId('start-run')).toHaveText(/^Restore 1\d events, notify nobody$/);
    await startRun(app);
    expect(await reportHeadline(app)).toMatch(/^1\d events restored/);
    expect(server.messages()).toEqual([]);
  } finally {
    await server.close();
  }
});

test('a calendar that may only be read is named and cannot be chosen', async ({ hushcal: app }) => {
  const server = await startPractice({ personality: 'read-only' });
  try {
    await addServer(app, server);
    await openScreen(app, 'Restore');
    await chooseSample(app);
    await chooseServer(app, 'Mail of the office');
    const calendar = app.page.getByRole('group', { name: /^Calendar/ });
    await expect(calendar).toContainText('read-only');
    await expect(calendar.getByRole('radio')).toBeDisabled();
    await expect(app.page.getByRole('button', { name: 'Next: notifications' })).toBeDisabled();
    await expect(app.page.getByText('Choose the calendar to restore into')).toBeVisible();
  } finally {
    await server.close();
  }
});

test('a truncated file: what is whole can be restored, the rest is named', async ({ hushcal: app }) => {
  const whole = eventText({ uid: 'whole@tests', title: 'Whole', start: inDays(2) });
  const text = calendarText([...whole, ...MEETING]);
  const path = join(app.userData, 'truncated.ics');
  await writeFile(path, text.slice(0, text.indexOf('ATTENDEE') + 30));
  await dropBackup(app, path);
  expect(await figure(app, 'Events')).toBe('1');
  expect(await figure(app, 'Unreadable')).toBe('1');
  // Three lines of the calendar and those of the first event stand before it.
  const line = 4 + whole.length;
  const row = app.page.getByRole('region', { name: 'Unreadable items' }).getByRole('row').last();
  await expect(row).toContainText(`truncated.ics:${String(line)}`);
  await expect(row).toContainText('Meeting');
  await chooseCalendar(app);
  await expect(app.page.getByRole('button', { name: 'Next: notifications' })).toBeEnabled();
  await expectPlainWords(app);
});

const REFUSED = [
  { name: 'photo.ics', bytes: pngBytes(), says: /binary data/ },
  { name: 'login.ics', bytes: Buffer.from('<!DOCTYPE html><title>Login</title>'), says: /web page/ },
  { name: 'empty.ics', bytes: Buffer.alloc(0), says: /is empty/ },
  { name: 'export.zip', bytes: Buffer.from('PK\x03\x04 and no more'), says: /archive.*damaged/ },
];

test('no calendar, an empty file, a damaged archive, an empty folder: named in one sentence, and not restored', async ({
  hushcal: app,
}) => {
  await mkdir(join(app.userData, 'nothing'), { recursive: true });
  await drop(app, join(app.userData, 'nothing'));
  await expectOneSentence(app, /no calendar files/);
  for (const { name, bytes, says } of REFUSED) {
    await writeFile(join(app.userData, name), bytes);
    await drop(app, join(app.userData, name));
    await expectOneSentence(app, says);
  }
});

test('a file that became another one after it was read', async ({ hushcal: app }) => {
  const path = join(app.userData, 'here.ics');
  await writeFile(path, calendarText(MEETING));
  await dropBackup(app, path);
  await writeFile(path, 'something else');
  // The plan is made as soon as a backup and a calendar are chosen.
  await chooseCalendar(app);
  await goToDecide(app);
  // Another answer is another plan, for which the file is read again.
  await tick(app.page.getByRole('radio', { name: /^Add as a copy/ }));
  await expect(app.page.getByRole('alert')).toContainText('nothing in it could be read. Choose other files.');
  await expect(app.page.getByTestId('notified')).toContainText('0 events will be written');
  await expectPlainWords(app);
});

async function expectOneSentence(app: RunningApp, says: RegExp): Promise<void> {
  await expect(app.page.getByRole('main')).toContainText(says);
  await chooseCalendar(app);
  await expect(app.page.getByRole('button', { name: 'Next: notifications' })).toBeDisabled();
  await expectPlainWords(app);
}

async function addServer(app: RunningApp, { info }: PracticeServer): Promise<void> {
  await openScreen(app, 'Servers');
  await app.page.getByRole('button', { name: 'Add a server…' }).click();
  const { password } = info.admin;
  await fillServer(app, { url: `${info.base_url}/`, user: 'alice', password, name: 'Mail of the office' });
  await expect(app.page.getByRole('dialog')).toBeHidden();
  await expect(app.page.getByTestId('server-card').filter({ hasText: 'Mail of the office' })).toBeVisible();
}

/** Every object of every calendar, by path. */
async function contents(server: PracticeServer): Promise<Record<string, string>> {
  const watched = watchPractice(server);
  const all: Record<string, string> = {};
  for (const name of ['alice', 'bob', 'carol']) {
    const user = watched.user(name);
    const objects = await plainClient(watched, user).readAll(user.calendar);
    for (const [path, body] of objects) all[path] = body.toString();
  }
  return all;
}

function pngBytes(): Buffer {
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    Buffer.from(Array.from({ length: 400 }, (_, at) => (at * 37) % 256)),
  ]);
}
