import { expect, type Locator } from '@playwright/test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Authority } from '../../electron/engine/caldav/testing/authority.ts';
import { proxyFront, tlsFront } from '../../electron/engine/caldav/testing/fronts.ts';
import { startPractice } from '../../electron/practice/server.ts';
import { launchApp, test, type RunningApp } from '../harness/app.ts';
import { lookAt } from '../harness/looks.ts';
import { fillServer, openScreen } from '../harness/steps.ts';

const PASSWORD = 'sesame';

async function openDialog(app: RunningApp): Promise<Locator> {
  await openScreen(app, 'Servers');
  await app.page.getByRole('button', { name: 'Add a server…' }).click();
  return app.page.getByRole('dialog', { name: 'Add a server' });
}

test('a certificate that is not known is shown, trusted by its fingerprint, and stops when it changes', async ({
  hushcal: app,
}) => {
  const [server, authority] = await Promise.all([startPractice({ password: PASSWORD }), Authority.make()]);
  const [one, two] = await Promise.all([authority.selfSigned(), authority.selfSigned()]);
  const front = await tlsFront(server.info.base_url, { cert: one.cert, key: one.key });
  try {
    const dialog = await openDialog(app);
    await fillServer(app, {
      url: `https://localhost:${String(front.port)}`,
      user: 'alice',
      password: PASSWORD,
      name: 'Office',
    });
    await expect(dialog).toContainText('self-signed certificate');
    await expect(dialog.getByTestId('shown-certificate')).toContainText(one.sha256);
    await lookAt(app, 'server-certificate');
    await dialog.getByRole('button', { name: 'Trust this certificate' }).click();
    await expect(dialog).toBeHidden();
    const card = app.page.getByTestId('server-card').filter({ hasText: 'Office' });
    await expect(card).toContainText('its certificate is trusted by fingerprint');
    await expect(card).toContainText('alice.archer@example.com');

    front.setCertificate(two);
    await card.getByRole('button', { name: 'Refresh' }).click();
    await expect(card).toContainText('another certificate than the one that was trusted');
    for (const { sha256 } of [one, two]) await expect(card).toContainText(sha256);
    await card.getByRole('button', { name: 'Trust the new certificate' }).click();
    await expect(card.getByTestId('shown-certificate')).toBeHidden();

    await card.getByRole('button', { name: 'Edit…' }).click();
    const edit = app.page.getByRole('dialog', { name: 'Edit Office' });
    await edit.getByRole('button', { name: 'Stop trusting' }).click();
    await lookAt(app, 'server-connection');
    await edit.getByRole('button', { name: 'Save' }).click();
    await expect(edit).toContainText('self-signed certificate');
    await expect(edit.getByTestId('shown-certificate')).toContainText(two.sha256);
    expect(app.problems).toEqual([]);
  } finally {
    await Promise.all([front.close(), server.close()]);
    await authority.remove();
  }
});

test('a server that says nothing can be left at once, and is not kept', async ({ hushcal: app }) => {
  const server = await startPractice({ password: PASSWORD, faults: [{ silent: true, count: 0 }] });
  try {
    const dialog = await openDialog(app);
    await fillServer(app, { url: server.info.base_url, user: 'alice', password: PASSWORD });
    await expect.poll(() => server.faults()[0]?.seen).toBe(1);
    await expect(dialog).toContainText(/Connecting to 127\.0\.0\.1:\d+…/);
    await expect(dialog).toContainText(/[1-9] s/);
    await lookAt(app, 'server-connecting');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog.getByRole('button', { name: 'Add the server' }), 'what was typed stays').toBeEnabled();
    await expect(dialog.getByLabel('Address')).toHaveValue(server.info.base_url);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
    server.setFaults([]);
    expect(await app.ask('server.list', {})).toHaveLength(1);
  } finally {
    await server.close();
  }
});

test('the proxies that a PAC file of this computer lists are tried in their order', async () => {
  const [server, authority] = await Promise.all([startPractice({ password: PASSWORD }), Authority.make()]);
  const { cert, key } = await authority.issue({ names: ['dav.example.test'] });
  const front = await tlsFront(server.info.base_url, { cert, key });
  const proxy = await proxyFront(front.port);
  const dead = await proxyFront(front.port);
  await dead.close();
  const host = (url: string): string => new URL(url).host;
  const pac = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ns-proxy-autoconfig' });
    response.end(`function FindProxyForURL(url, host) {
      if (host === 'dav.example.test') return 'PROXY ${host(dead.url)}; PROXY ${host(proxy.url)}; DIRECT';
      if (host === 'socks.example.test') return 'SOCKS5 ${host(proxy.url)}';
      return 'PROXY ${host(dead.url)}';
    }`);
  });
  await new Promise<void>((resolve) => pac.listen(0, '127.0.0.1', resolve));
  // Listening on TCP: an object, not a pipe's name.
  const at = `http://127.0.0.1:${String((pac.address() as AddressInfo).port)}/proxy.pac`;
  const app = await launchApp({ env: { SSL_CERT_FILE: authority.root.certFile }, args: [`--proxy-pac-url=${at}`] });
  try {
    const dialog = await openDialog(app);
    const login = { user: 'alice', password: PASSWORD, name: 'Office' };
    await fillServer(app, { ...login, url: 'https://dead.example.test' });
    await expect(dialog).toContainText(`The proxy ${dead.url} cannot be used: nothing answers there`);
    await fillServer(app, { ...login, url: 'https://socks.example.test' });
    await expect(dialog).toContainText('SOCKS5');
    await expect(dialog).toContainText('which Hushcal cannot use');
    await fillServer(app, { ...login, url: 'https://dav.example.test' });
    const card = app.page.getByTestId('server-card').filter({ hasText: 'Office' });
    await expect(card).toContainText('alice.archer@example.com');
    expect(new Set(proxy.heard.map(({ target }) => target))).toEqual(new Set(['dav.example.test:443']));
    expect(app.problems).toEqual([]);
  } finally {
    await app.kill();
    await Promise.all([proxy.close(), front.close(), server.close()]);
    pac.closeAllConnections();
    await new Promise((resolve) => pac.close(resolve));
    await authority.remove();
  }
});

test('the proxy and the authorities of this computer count', async () => {
  const [server, authority] = await Promise.all([startPractice({ password: PASSWORD }), Authority.make()]);
  const { cert, key } = await authority.issue({ names: ['dav.example.test'] });
  const front = await tlsFront(server.info.base_url, { cert, key });
  const proxy = await proxyFront(front.port);
  // As Chromium takes the setting of a Linux system without a desktop, and a system its bundle.
  const env = { HTTPS_PROXY: proxy.url, SSL_CERT_FILE: authority.root.certFile };
  const app = await launchApp({ env });
  try {
    await openDialog(app);
    await fillServer(app, { url: 'https://dav.example.test', user: 'alice', password: PASSWORD, name: 'Office' });
    const card = app.page.getByTestId('server-card').filter({ hasText: 'Office' });
    await expect(card).toContainText('alice.archer@example.com');
    expect(proxy.heard.map(({ target }) => target)).toContain('dav.example.test:443');
    expect(app.problems).toEqual([]);
  } finally {
    await app.kill();
    await Promise.all([proxy.close(), front.close(), server.close()]);
    await authority.remove();
  }
});
