import { expect, type Locator } from '@playwright/test';
import { createServer } from 'node:http';
import { startPractice } from '../../electron/practice/server.ts';
import { test, type RunningApp } from '../harness/app.ts';
import { filesWith } from '../harness/files.ts';
import { expectPlainWords } from '../harness/sight.ts';
import {
  chooseCalendar,
  chooseSample,
  chooseServer,
  fillServer,
  goToDecide,
  decide,
  openScreen,
  reportHeadline,
  startRun,
} from '../harness/steps.ts';

const PASSWORD = 'of the office';
/** Of one test only: the page of another one would still have it in its memory. */
const CANARY = 'cAnArY-7f3e-PaSsWoRd';

test('each thing that can be wrong with an address or a password has its sentence', async ({ hushcal: app }) => {
  const good = await startPractice({ password: PASSWORD });
  const html = await startPractice({ personality: 'html' });
  const closed = await closedPort();
  const moved = createServer((_request, response) => {
    response.writeHead(301, { Location: 'https://elsewhere.example/dav/' }).end();
  });
  await new Promise<void>((listening) => moved.listen(0, '127.0.0.1', listening));
  const address = moved.address();
  const movedPort = typeof address === 'object' && address !== null ? address.port : 0;
  const port = new URL(good.info.base_url).port;
  try {
    await openDialog(app);
    const cases = [
      { url: good.info.base_url, password: 'not it', says: /password/i },
      { url: html.info.base_url, password: PASSWORD, says: /web page|not a CalDAV|does not speak CalDAV/i },
      { url: `http://127.0.0.1:${String(closed)}`, password: PASSWORD, says: /Nothing answers at .*127\.0\.0\.1/ },
      { url: `https://127.0.0.1:${port}`, password: PASSWORD, says: /does not speak TLS/ },
      {
        url: 'https://no-such-server.invalid',
        password: PASSWORD,
        says: /There is no server named no-such-server\.invalid/,
      },
      { url: 'http://calendar.example.org', password: PASSWORD, says: /unencrypted.*https:\/\// },
      { url: 'ftp://calendar.example.org', password: PASSWORD, says: /address of a server/ },
      { url: 'https://alice:secret@calendar.example.org', password: PASSWORD, says: /fields of their own/ },
      { url: `http://127.0.0.1:${String(movedPort)}`, password: PASSWORD, says: /elsewhere\.example/ },
    ];
    for (const { url, password, says } of cases) {
      await fillServer(app, { url, user: 'alice', password });
      const dialog = app.page.getByRole('dialog', { name: 'Add a server' });
      await expect(dialog.getByRole('button', { name: 'Add the server' })).toHaveAttribute('aria-busy', 'false');
      await expect(dialog, url).toContainText(says);
      await expectPlainWords(app);
    }
    expect(await app.ask('server.list', {}), 'none of them is kept').toHaveLength(1);
  } finally {
    await Promise.all([good.close(), html.close()]);
    moved.close();
  }
});

test('a password goes inward and nowhere else: not into the page, a file, a report or another start', async ({
  hushcal: app,
  startAgain,
}) => {
  const server = await startPractice({ password: CANARY });
  try {
    await openDialog(app);
    await fillServer(app, { url: server.info.base_url, user: 'alice', password: CANARY, name: 'Office' });
    await expect(app.page.getByRole('dialog')).toBeHidden();
    await expect(card(app)).toContainText('password for this session');
    await expect(card(app)).toContainText('alice.archer@example.com');

    await openScreen(app, 'Restore');
    await chooseSample(app);
    await chooseServer(app, 'Office');
    await chooseCalendar(app);
    await goToDecide(app);
    await decide(app, 'none');
    await startRun(app);
    await reportHeadline(app);
    expect(server.messages()).toEqual([]);

    const said = [await app.ask('server.list', {}), await app.ask('history.list', {}), await app.ask('app.info', {})];
    const page = await app.page.evaluate('document.documentElement.outerHTML + JSON.stringify(localStorage)');
    expect(JSON.stringify(said) + String(page)).not.toContain(CANARY);
    const memory = await memoryOfPage(app);
    expect(memory, 'the snapshot is one').toContain('alice.archer@example.com');
    expect(memory.includes(CANARY), 'the password is in the memory of the page').toBe(false);
    expect(await filesWith(app.userData, CANARY)).toEqual([]);
    expect(await filesWith(app.userData, Buffer.from(`alice:${CANARY}`).toString('base64'))).toEqual([]);

    await app.close();
    const again = await startAgain();
    await openScreen(again, 'Servers');
    await expect(card(again)).toContainText('password needed');
    await card(again).getByRole('button', { name: 'Enter password…' }).click();
    const dialog = again.page.getByRole('dialog', { name: 'Password for Office' });
    await dialog.getByLabel('Password', { exact: true }).fill(CANARY);
    await dialog.getByRole('button', { name: 'Log in' }).click();
    await expect(dialog).toBeHidden();
    await expect(card(again)).toContainText('password for this session');

    await card(again).getByRole('button', { name: 'Forget password' }).click();
    await expect(card(again)).toContainText('password needed');

    await card(again).getByRole('button', { name: 'Remove…' }).click();
    await again.page.getByRole('button', { name: 'Remove the server' }).click();
    await expect(card(again)).toBeHidden();
    expect(await again.ask('server.list', {})).toHaveLength(1);
    expect(again.problems).toEqual([]);
  } finally {
    await server.close();
  }
});

test('the practice server cannot be removed', async ({ hushcal: app }) => {
  await openScreen(app, 'Servers');
  const practice = app.page.getByTestId('server-card');
  await expect(practice).toContainText('Practice server');
  await expect(practice.getByRole('button', { name: 'Remove…' })).toHaveCount(0);
  const [server] = await app.ask('server.list', {});
  expect(await app.request('server.remove', { id: server?.id ?? '' })).toMatchObject({ ok: false });
});

function card(app: RunningApp): Locator {
  return app.page.getByTestId('server-card').filter({ hasText: 'Office' });
}

async function openDialog(app: RunningApp): Promise<void> {
  await openScreen(app, 'Servers');
  await app.page.getByRole('button', { name: 'Add a server…' }).click();
}

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Every string on the heap of the page, after what is no longer used has been thrown away. */
async function memoryOfPage(app: RunningApp): Promise<string> {
  const session = await app.page.context().newCDPSession(app.page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}
