import { expect, type Locator } from '@playwright/test';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Authority } from '../../electron/engine/caldav/testing/authority.ts';
import { proxyFront, tlsFront } from '../../electron/engine/caldav/testing/fronts.ts';
import { startPractice, type PracticeServer } from '../../electron/practice/server.ts';
import { deleteProfile, launchApp, test, type LaunchOptions, type RunningApp } from '../harness/app.ts';
import { filesWith } from '../harness/files.ts';
import { newKeyringFolder, startKeyring } from '../harness/keyring.ts';
import { lookAt } from '../harness/looks.ts';
import { answerOpenDialog, fillServer, openScreen, tick } from '../harness/steps.ts';

const CANARY = 'cAnArY-93d1-PaSsWoRd';
const PROXY_CANARY = 'pRoXy-cAnArY-5b27';
const KEY_CANARY = 'kEy-cAnArY-0c44';

test.skip(process.platform !== 'linux', 'Other systems have one keychain, and it is the person’s own.');

test('in a real keyring a password outlives the app and the login, and is nowhere in clear', async () => {
  const server = await startPractice({ password: CANARY });
  const keyrings = await newKeyringFolder();
  let userData: string | undefined;
  try {
    const first = await startKeyring(keyrings);
    const app = await launchApp(first);
    userData = app.userData;
    await whileOpen(app, async () => {
      expect(await app.ask('app.info', {})).toMatchObject({ secretStore: 'keychain', secretStoreReason: '' });
      expect(await backend(app)).toBe('gnome_libsecret');
      await addServer(app, server, true);
      await expect(card(app)).toContainText('password in the keychain');
    });
    await first.stop();

    // Another login of the same person: bus and keyring are new processes, the keyring's file is the same.
    const second = await startKeyring(keyrings);
    const again = await launchApp({ ...second, userData });
    await whileOpen(again, async () => {
      await openScreen(again, 'Servers');
      await expect(card(again)).toContainText('password in the keychain');
      const [, office] = await again.ask('server.list', {});
      const account = await again.ask('server.open', { id: office?.id ?? '' });
      expect(account.calendars.length).toBeGreaterThan(0);
      await expectNoSecret(again, keyrings);

      const blobs = Object.values(await storedBlobs(again.userData));
      expect(blobs).toHaveLength(1);
      // Chromium's mark of a key that lies in the keyring; `v10` would be the key that everybody knows.
      expect(
        Buffer.from(blobs[0] ?? '', 'base64')
          .subarray(0, 3)
          .toString(),
      ).toBe('v11');

      await card(again).getByRole('button', { name: 'Forget password' }).click();
      await expect(card(again)).toContainText('password needed');
      expect(await storedBlobs(again.userData)).toEqual({});
    });
    await second.stop();
  } finally {
    await server.close();
    await rm(keyrings, { recursive: true, force: true });
    if (userData !== undefined) await deleteProfile(userData);
  }
});

test('the passwords of the proxy and of one’s own key outlive the app too; without a keyring the screen asks for them', async () => {
  const [server, authority] = await Promise.all([startPractice({ password: CANARY }), Authority.make()]);
  const [theirs, mine] = await Promise.all([
    authority.issue({ names: ['dav.example.test'] }),
    authority.issue({ names: ['alice'] }),
  ]);
  const p12 = await authority.toP12(mine, KEY_CANARY);
  const asking = { requestCert: true, rejectUnauthorized: true, ca: authority.root.cert };
  const front = await tlsFront(server.info.base_url, { cert: theirs.cert, key: theirs.key, ...asking });
  const login = `Basic ${Buffer.from(`alice:${PROXY_CANARY}`).toString('base64')}`;
  const wants = { status: 407, headers: { 'Proxy-Authenticate': 'Basic realm="office"' } } as const;
  const proxy = await proxyFront(front.port, (given) => (given === login ? 'tunnel' : wants));
  const keyrings = await newKeyringFolder();
  const env = { SSL_CERT_FILE: authority.root.certFile };
  let userData: string | undefined;
  try {
    const first = await startKeyring(keyrings);
    const app = await launchApp({ ...first, env: { ...first.env, ...env } });
    userData = app.userData;
    await whileOpen(app, async () => {
      await openScreen(app, 'Servers');
      await app.page.getByRole('button', { name: 'Add a server…' }).click();
      const dialog = app.page.getByRole('dialog', { name: 'Add a server' });
      await tick(dialog.getByRole('checkbox'));
      await dialog.getByRole('button', { name: 'Connection' }).click();
      await dialog.getByLabel('Proxy').fill(proxy.url.replace('http://', 'http://alice@'));
      await dialog.getByLabel('Password of the proxy').fill(PROXY_CANARY);
      await answerOpenDialog(app, p12);
      await dialog
        .getByRole('group', { name: 'Certificate of yours' })
        .getByRole('button', { name: 'Choose…' })
        .click();
      await dialog.getByLabel('Password of the key').fill(KEY_CANARY);
      await fillServer(app, { url: 'https://dav.example.test', user: 'alice', password: CANARY, name: 'Office' });
      await expect(dialog).toBeHidden();
      await expect(card(app)).toContainText('alice.archer@example.com');
      expect(Object.keys(await storedBlobs(app.userData))).toHaveLength(3);
    });
    await first.stop();

    const second = await startKeyring(keyrings);
    const again = await launchApp({ ...second, env: { ...second.env, ...env }, userData });
    await whileOpen(again, async () => {
      await openScreen(again, 'Servers');
      const [, office] = await again.ask('server.list', {});
      expect(office).toMatchObject({ password: 'keychain', proxyPassword: 'keychain' });
      const heard = proxy.heard.length;
      const account = await again.ask('server.open', { id: office?.id ?? '' });
      expect(account.calendars.length).toBeGreaterThan(0);
      expect(proxy.heard.length).toBeGreaterThan(heard);
      await expectNoSecret(again, keyrings);
    });
    await second.stop();

    const without = await launchApp({ userData, env, args: ['--password-store=basic'] });
    await whileOpen(without, async () => {
      await openScreen(without, 'Servers');
      await expect(card(without)).toContainText('password needed');
      await expect(card(without)).toContainText('password of the proxy needed');
      await expect(card(without)).toContainText('through the proxy');
      await expect(card(without)).toContainText('with a certificate of yours');
      await lookAt(without, 'server-passwords-needed');
    });
  } finally {
    await Promise.all([proxy.close(), front.close(), server.close()]);
    await authority.remove();
    await rm(keyrings, { recursive: true, force: true });
    if (userData !== undefined) await deleteProfile(userData);
  }
});

test('a password that another keyring encrypted, or that no keyring is there for, must be typed again, and nothing breaks', async () => {
  const server = await startPractice({ password: CANARY });
  const [mine, other] = [await newKeyringFolder(), await newKeyringFolder()];
  let userData: string | undefined;
  try {
    const profile = await rememberIn(mine, server);
    userData = profile;
    const passwords = await readFile(join(profile, 'passwords.json'));
    await test.step('with another keyring', async () => {
      const keyring = await startKeyring(other);
      const app = await launchApp({ ...keyring, userData: profile });
      await whileOpen(app, () => expectTypedAgain(app, server));
      await keyring.stop();
    });
    // As if a keyring had been there once: what it encrypted is of no use without it.
    await writeFile(join(profile, 'passwords.json'), passwords);
    const without: LaunchOptions = { userData: profile, args: ['--password-store=basic'] };
    await test.step('without a keyring it stays in memory, and the screen says so', () =>
      expectMemoryOnly(without, server));
    await test.step('the next start without a keyring asks for it', () => expectAskedFor(without));
  } finally {
    await server.close();
    for (const folder of [mine, other]) await rm(folder, { recursive: true, force: true });
    if (userData !== undefined) await deleteProfile(userData);
  }
});

async function expectMemoryOnly(without: LaunchOptions, server: PracticeServer): Promise<void> {
  const app = await launchApp(without);
  await whileOpen(app, async () => {
    expect(await app.ask('app.info', {})).toMatchObject({ secretStore: 'session' });
    await expectTypedAgain(app, server);
    await expect(app.page.getByRole('main')).toContainText(
      /No keychain available: passwords, also those of proxies and keys, are kept in memory until you quit\. Addresses, users and certificates are kept/i,
    );
  });
}

async function expectAskedFor(without: LaunchOptions): Promise<void> {
  const app = await launchApp(without);
  await whileOpen(app, async () => {
    await openScreen(app, 'Servers');
    await expect(card(app)).toContainText('password needed');
    const [, office] = await app.ask('server.list', {});
    expect(await app.request('server.open', { id: office?.id ?? '' })).toMatchObject({
      ok: false,
      failure: { code: 'SERVER_PASSWORD_MISSING' },
    });
  });
}

/** One start with a keyring in which the server's password is remembered. Gives the profile. */
async function rememberIn(folder: string, server: PracticeServer): Promise<string> {
  const keyring = await startKeyring(folder);
  const app = await launchApp(keyring);
  await whileOpen(app, async () => {
    await addServer(app, server, true);
    await expect(card(app)).toContainText('password in the keychain');
  });
  await keyring.stop();
  return app.userData;
}

/** The card asks for the password; typed without the tick it is known until the end. */
async function expectTypedAgain(app: RunningApp, server: PracticeServer): Promise<void> {
  await openScreen(app, 'Servers');
  await expect(card(app)).toContainText('password needed');
  await card(app).getByRole('button', { name: 'Enter password…' }).click();
  const dialog = app.page.getByRole('dialog', { name: 'Password for Office' });
  await dialog.getByLabel('Password', { exact: true }).fill(server.info.users[0]?.password ?? '');
  await dialog.getByRole('button', { name: 'Log in' }).click();
  await expect(dialog).toBeHidden();
  await expect(card(app)).toContainText('password for this session');
  expect(await storedBlobs(app.userData), 'the useless one is gone').toEqual({});
}

async function addServer(app: RunningApp, server: PracticeServer, remember: boolean): Promise<void> {
  await openScreen(app, 'Servers');
  await app.page.getByRole('button', { name: 'Add a server…' }).click();
  const dialog = app.page.getByRole('dialog', { name: 'Add a server' });
  if (remember) await tick(dialog.getByRole('checkbox'));
  await fillServer(app, { url: server.info.base_url, user: 'alice', password: CANARY, name: 'Office' });
  await expect(dialog).toBeHidden();
}

async function expectNoSecret(app: RunningApp, keyrings: string): Promise<void> {
  const basic = [CANARY, PROXY_CANARY].map((secret) => Buffer.from(`alice:${secret}`).toString('base64'));
  const all = [CANARY, PROXY_CANARY, KEY_CANARY];
  for (const secret of [...all, ...basic, ...all.map((one) => Buffer.from(one).toString('base64'))]) {
    for (const folder of [app.userData, keyrings]) expect(await filesWith(folder, secret)).toEqual([]);
  }
  const page = await app.page.evaluate('document.documentElement.outerHTML + JSON.stringify(localStorage)');
  for (const secret of [CANARY, PROXY_CANARY, KEY_CANARY]) expect(String(page)).not.toContain(secret);
}

/** The app ends as a person ends it, also when the test fails; its console must have been quiet. */
async function whileOpen(app: RunningApp, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    expect(app.problems).toEqual([]);
    await app.close();
    expect(app.stderr).toEqual([]);
  } catch (error) {
    await app.kill().catch(() => undefined);
    throw error;
  }
}

async function storedBlobs(userData: string): Promise<Record<string, string>> {
  return JSON.parse(await readFile(join(userData, 'passwords.json'), 'utf8')) as Record<string, string>;
}

function backend(app: RunningApp): Promise<string> {
  return app.electron.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend());
}

function card(app: RunningApp): Locator {
  return app.page.getByTestId('server-card').filter({ hasText: 'Office' });
}
