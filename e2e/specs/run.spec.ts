import { expect } from '@playwright/test';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPractice } from '../../electron/practice/server.ts';
import { CONNECTIONS } from '../../shared/model/defaults.ts';
import { test, type RunningApp } from '../harness/app.ts';
import { calendarText, eventText, inDays } from '../harness/backups.ts';
import { lookAt } from '../harness/looks.ts';
import { expectPanel, expectPlainWords } from '../harness/sight.ts';
import {
  answerSaveDialog,
  bucket,
  chooseCalendar,
  decide,
  decideOnServer,
  dropBackup,
  goToDecide,
  modeCard,
  openScreen,
  reportHeadline,
  numberToType,
  startRun,
  typeNumber,
  tick,
} from '../harness/steps.ts';
import { watchAppsPractice, type WatchedPractice } from '../harness/watch.ts';
import type { DraftMode } from '../servers/draft-table.ts';
import { plainClient } from '../servers/plain-http.ts';

const COUNT = 60;

test('pause, go on, stop; History shows it stopped; resume completes it', async ({ hushcal: app }) => {
  const practice = await watchAppsPractice(app);
  const before = await countOf(practice);
  await toReview(app, 'none');
  await practice.setDelay(1000);
  await startRun(app);
  await expectProgress(app, 6);
  await expectPanel(app, 'What will happen');
  await app.page.getByRole('button', { name: 'Pause' }).click();
  await expect(app.page.getByText('Paused: nothing is written until you resume')).toBeVisible();
  const paused = await settledCount(practice);
  expect(paused).toBeLessThan(before + COUNT);

  // Slow enough to be asked twice before the last event is there.
  await practice.setDelay(2000);
  await app.page.getByRole('button', { name: 'Resume' }).click();
  await expectProgress(app, paused - before + 4);
  await app.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await app.page.getByRole('button', { name: 'Keep going' }).click();
  await app.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await app.page.getByRole('button', { name: 'Stop the run' }).click();
  await practice.setDelay(0);
  expect(await reportHeadline(app)).toMatch(/^Stopped: \d+ events restored so far$/);
  await expectPanel(app, 'What happened');
  const written = await bucket(app, 'Created');
  expect(await bucket(app, 'Not reached')).toBe(COUNT - written);
  expect(await countOf(practice)).toBe(before + written);

  await openScreen(app, 'History');
  const entry = app.page.getByTestId('run-entry');
  await expect(entry).toContainText('Stopped');
  await entry.getByRole('button', { name: /^Report of/ }).click();
  await expectPanel(app, 'What happened');
  await app.page.getByRole('button', { name: 'Back to History' }).click();
  await entry.getByRole('button', { name: 'Resume' }).click();
  expect(await reportHeadline(app)).toBe(`${String(COUNT)} events restored`);
  expect(await bucket(app, 'Created')).toBe(COUNT);
  expect(await countOf(practice)).toBe(before + COUNT);
  expect(await practice.messages()).toEqual([]);
});

test('killed in the middle: shown as interrupted, resumed without a duplicate or a second message', async ({
  hushcal: app,
  startAgain,
}) => {
  const practice = await watchAppsPractice(app);
  const before = await calendarOf(practice, 'alice');
  await toReview(app, 'all');
  await practice.setDelay(150);
  await startRun(app, COUNT * 2);
  await expectProgress(app, 12);
  await app.kill();

  const again = await startAgain();
  const after = await watchAppsPractice(again);
  const banner = again.page.getByTestId('interrupted');
  await expect(banner).toContainText(/^Restore into alice’s Calendar on Practice server was interrupted at \d+ of 60/);
  await lookAt(again, 'interrupted');
  await openScreen(again, 'History');
  const entry = again.page.getByTestId('run-entry');
  await expect(entry).toContainText('Interrupted');
  const half = await calendarOf(after, 'alice');
  expect(half.size).toBeGreaterThan(before.size);
  expect(half.size).toBeLessThan(before.size + COUNT);

  await banner.getByRole('button', { name: 'Resume' }).click();
  const left = await numberToType(again);
  expect(left).toBeLessThan(COUNT * 2);
  await typeNumber(again, left);
  expect(await reportHeadline(again)).toBe(`${String(COUNT)} events restored`);
  expect(await bucket(again, 'Created')).toBe(COUNT);
  const calendar = await calendarOf(after, 'alice');
  expect(calendar.size).toBe(before.size + COUNT);
  const uids = [...calendar.values()].map((text) => /^UID:(.*)$/m.exec(text)?.[1] ?? '');
  expect(new Set(uids).size).toBe(uids.length);
  // Everybody heard of each meeting once: bob inside and eve outside. The practice server died with the app: of what it
  // had stored and not answered it may have sent nothing, and nobody sends that again.
  const messages = (await after.messages()).map(({ to, uid, method }) => `${method} ${uid} ${to}`);
  expect(new Set(messages).size).toBe(messages.length);
  const heard = new Set((await after.messages()).map(({ uid }) => uid));
  const silent = [...half.values()]
    .map((text) => /^UID:(.*)$/m.exec(text)?.[1] ?? '')
    .filter((uid) => !heard.has(uid) && uid.startsWith('meeting-'));
  expect(silent.length).toBeLessThanOrEqual(CONNECTIONS);
  expect(messages).toHaveLength((COUNT - silent.length) * 2);
  expect(again.problems).toEqual([]);
  expect(again.stderr).toEqual([]);
});

test('resumed after a restart, the password is asked for on the spot', async ({ hushcal: app, startAgain }) => {
  const server = await startPractice({ password: 'of the office' });
  try {
    await decideOnServer(app, { url: server.info.base_url, user: 'alice', password: 'of the office' });
    await decide(app, 'none');
    server.setDelay(60_000);
    await startRun(app);
    await expect(app.page.getByTestId('progress')).toBeVisible();
    await app.kill();
    server.setDelay(0);
    const again = await startAgain();
    const banner = again.page.getByTestId('interrupted');
    await expect(banner).toContainText(/^Restore into alice’s Calendar on Office server was interrupted/);
    await banner.getByRole('button', { name: 'Resume' }).click();
    const missing = again.page.getByRole('alert').filter({ hasText: 'The password of Office server is not known' });
    const section = again.page.getByRole('navigation').getByRole('button', { name: 'Restore' });
    await expect(section, 'nothing runs').not.toContainText('running');
    await missing.getByRole('button', { name: 'Enter password…' }).click();
    const dialog = again.page.getByRole('dialog', { name: 'Password for Office server' });
    await dialog.getByLabel('Password', { exact: true }).fill('of the office');
    await dialog.getByRole('button', { name: 'Log in' }).click();
    await expect(again.page.getByTestId('headline')).toHaveText('31 events restored, 3 need attention');
    await expect(missing).toHaveCount(0);
    expect(server.messages()).toEqual([]);
  } finally {
    await server.close();
  }
});

test('one event fails: the others arrive, the report names it; retry puts it right', async ({ hushcal: app }) => {
  const practice = await watchAppsPractice(app);
  const path = await toReview(app, 'none');
  const words = 'This event displeases the administrator.';
  await practice.setFaults([{ method: 'PUT', after: 7, count: 1, status: 415, body: words }]);
  await startRun(app);
  const headline = await reportHeadline(app);
  expect(headline).toBe(`${String(COUNT - 1)} events restored, 1 needs attention`);
  await expect(app.page.getByTestId('report')).not.toContainText(/Complete|success/i);
  await expect(app.page.getByTestId('report')).toContainText('Needs attention');
  expect(await bucket(app, 'Failed')).toBe(1);
  const item = app.page.getByTestId('report-row');
  await expect(item).toHaveCount(1);
  await expect(item).toContainText(words);
  const number = Number(/Meeting (\d+) of/.exec((await item.textContent()) ?? '')?.[1]);
  const line = String(await lineOf(path, `SUMMARY:Meeting ${String(number)} of ${String(COUNT)}`));
  await expect(item).toContainText(`line ${line}`);
  await expect(item.getByTitle(new RegExp(`meetings\\.ics:${line}$`))).toBeVisible();
  await expectPlainWords(app);

  const report = await exports(app);
  expect(JSON.parse(report.json)).toMatchObject({ run: { totals: { created: COUNT - 1, failed: 1 } } });
  for (const text of Object.values(report)) {
    expect(text).toContain(words);
    expect(text).toContain('meetings.ics');
    expect(text).not.toContain(app.practicePassword);
  }
  expect(report.csv.trim().split('\n').length).toBeGreaterThanOrEqual(COUNT + 1);
  expect(report.html).toMatch(/^<!doctype html>/i);
  expect(report.html).toContain(`<b>${String(COUNT - 1)}</b> created`);
  expect(report.html).toContain('Finished, but some events need attention.');
  expect(report.html).toContain('Practice server (127.0.0.1:');
  expect(report.html).not.toContain(app.userData);

  await expect(app.page.getByTestId('retry-here')).toHaveText('Retry 1…');
  await app.page.getByTestId('retry-here').click();
  await app.page.getByRole('dialog').getByRole('button', { name: 'Try 1 event again, notify nobody' }).click();
  await expect(app.page.getByTestId('headline')).toHaveText('1 event restored');
});

test('undo from History: a preview first, then the calendar is as it was, and nobody hears', async ({
  hushcal: app,
}) => {
  const practice = await watchAppsPractice(app);
  const before = await calendarOf(practice, 'alice');
  await toReview(app, 'none');
  await startRun(app);
  await reportHeadline(app);
  expect(await countOf(practice)).toBe(before.size + COUNT);
  await openScreen(app, 'History');
  await app.page.getByTestId('run-entry').getByRole('button', { name: 'Undo…' }).click();
  await expect(app.page.getByRole('heading', { name: 'Undo a run' })).toBeVisible();
  await expect(app.page.getByTestId('start-run')).toHaveText(`Undo ${String(COUNT)} changes, notify nobody`);
  expect(await countOf(practice), 'the preview changes nothing').toBe(before.size + COUNT);
  await startRun(app);
  expect(await reportHeadline(app)).toBe(`${String(COUNT)} events removed again`);
  expect(await calendarOf(practice, 'alice')).toEqual(before);
  expect(await practice.messages()).toEqual([]);
  await openScreen(app, 'History');
  await expect(app.page.getByTestId('run-entry')).toHaveCount(2);
  await expect(app.page.getByTestId('run-entry').first()).toContainText('Undo in Calendar');
});

test('undo of a run that told people says so and asks; taken back silently, nobody hears again', async ({
  hushcal: app,
}) => {
  const practice = await watchAppsPractice(app);
  const before = await calendarOf(practice, 'alice');
  await toReview(app, 'all');
  await startRun(app, COUNT * 2);
  await reportHeadline(app);
  const notified = await practice.messages();
  expect(notified).toHaveLength(COUNT * 2);
  await app.page.getByRole('button', { name: 'Undo…' }).click();
  const question = app.page.getByTestId('undo-question');
  await expect(question).toContainText(`This run notified 2 people, in ${String(COUNT * 2)} messages.`);
  await expect(question.getByRole('button', { name: 'Show what would be undone' })).toBeDisabled();
  await tick(question.getByRole('radio', { name: /^Notify nobody/ }));
  await question.getByRole('button', { name: 'Show what would be undone' }).click();
  await expect(app.page.getByTestId('start-run')).toHaveText(`Undo ${String(COUNT)} changes, notify nobody`);
  await startRun(app);
  expect(await reportHeadline(app)).toBe(`${String(COUNT)} events removed again`);
  expect(await calendarOf(practice, 'alice')).toEqual(before);
  expect(await practice.messages()).toEqual(notified);
});

test('closing the window during a run asks; what is kept running goes on', async ({ hushcal: app }) => {
  const practice = await watchAppsPractice(app);
  await toReview(app, 'none');
  await practice.setDelay(400);
  await startRun(app);
  await expectProgress(app, 4);
  const asked = await app.electron.evaluate(async ({ BrowserWindow, dialog }) => {
    const question = new Promise<string>((resolve) => {
      dialog.showMessageBox = (...args: unknown[]) => {
        resolve(JSON.stringify(args.at(-1)));
        return Promise.resolve({ response: 0, checkboxChecked: false });
      };
    });
    BrowserWindow.getAllWindows()[0]?.close();
    return question;
  });
  expect(asked).toContain('A job is still running');
  await practice.setDelay(0);
  expect(await reportHeadline(app)).toBe(`${String(COUNT)} events restored`);
});

/** Drops a backup of meetings with bob inside and eve outside, and goes to Review. Gives the path of the backup. */
async function toReview(app: RunningApp, mode: DraftMode): Promise<string> {
  const path = join(app.userData, 'meetings.ics');
  const meetings = Array.from({ length: COUNT }, (_, index) =>
    eventText({
      uid: `meeting-${String(index)}@tests`,
      title: `Meeting ${String(index)} of ${String(COUNT)}`,
      start: inDays(3 + index),
      guests: ['bob@example.com', 'eve@partner.test'],
    }),
  );
  await writeFile(path, calendarText(meetings.flat()));
  await dropBackup(app, path);
  await chooseCalendar(app);
  await goToDecide(app);
  await expect(modeCard(app, 'all')).toContainText(`${String(COUNT * 2)} messages`);
  await decide(app, mode);
  return path;
}

/** The run has done at least so many. */
async function expectProgress(app: RunningApp, done: number): Promise<void> {
  const progress = app.page.getByTestId('progress');
  await expect.poll(async () => Number.parseInt((await progress.textContent()) ?? '', 10)).toBeGreaterThanOrEqual(done);
}

/** Objects in alice's calendar, once requests under way have arrived and nothing is added any more. */
async function settledCount(practice: WatchedPractice): Promise<number> {
  let last = -1;
  await expect
    .poll(
      async () => {
        const now = await countOf(practice);
        const same = now === last;
        last = now;
        return same;
      },
      { intervals: [1000] },
    )
    .toBe(true);
  return last;
}

/** Objects in alice's calendar, by one request. */
async function countOf(practice: WatchedPractice): Promise<number> {
  const alice = practice.user('alice');
  return (await plainClient(practice, alice).list(alice.calendar)).length;
}

async function calendarOf(practice: WatchedPractice, name: string): Promise<ReadonlyMap<string, string>> {
  const user = practice.user(name);
  const objects = await plainClient(practice, user).readAll(user.calendar);
  return new Map([...objects].map(([path, body]) => [path, body.toString()]));
}

/** The 1-based line of the BEGIN:VEVENT above a line of the file. */
async function lineOf(path: string, text: string): Promise<number> {
  const lines = (await readFile(path, 'utf8')).split('\r\n');
  return lines.lastIndexOf('BEGIN:VEVENT', lines.indexOf(text)) + 1;
}

async function exports(app: RunningApp): Promise<Record<'html' | 'csv' | 'json', string>> {
  const save = async (format: 'html' | 'csv' | 'json'): Promise<string> => {
    const path = join(app.userData, `report.${format}`);
    await answerSaveDialog(app, path);
    await app.page.getByRole('button', { name: `Export ${format.toUpperCase()}` }).click();
    await expect.poll(() => readFile(path, 'utf8').catch(() => '')).not.toBe('');
    return readFile(path, 'utf8');
  };
  return { html: await save('html'), csv: await save('csv'), json: await save('json') };
}
