import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSecrets } from '../../app/secrets.ts';
import { openServerBook } from './server-book.ts';
import { createEngine, openNetwork } from '../../engine/engine.ts';
import { startPractice, type PracticeServer } from '../../practice/server.ts';
import { serverHandlers } from '../handlers/server.ts';
import type { Desktop, NetworkSecrets, Practice } from '../ports.ts';
import { Servers } from './servers.ts';

const NO_KEYRING = {
  isEncryptionAvailable: () => false,
  encryptString: () => Buffer.alloc(0),
  decryptString: () => '',
};
const NO_NETWORK = { spec: {}, proxyPassword: null, keyPassword: null };

let folder: string;
let server: PracticeServer;
let chosen: readonly string[] | null;
/** The passwords that the last network was given. */
let given: NetworkSecrets;

async function open() {
  const desktop: Desktop = {
    info: () => Promise.reject(new Error('not asked here')),
    noteIntroduced: () => Promise.resolve(),
    setTheme: () => Promise.resolve(),
    choosePaths: () => Promise.resolve(chosen),
    chooseTarget: () => Promise.resolve(null),
    printPdf: () => Promise.reject(new Error('nothing is printed here')),
    showInFolder: () => undefined,
    mayWrite: () => Promise.resolve(true),
  };
  const ports = {
    desktop,
    engine: createEngine({ runsDir: join(folder, 'runs'), tempDir: join(folder, 'temp'), now: () => new Date() }),
    secrets: await openSecrets(folder, NO_KEYRING),
    book: await openServerBook(folder),
    practice: { connection: () => ({ url: server.info.base_url, user: 'x', password: 'x' }) } as Practice,
    openNetwork: (spec: Parameters<typeof openNetwork>[0], secrets: NetworkSecrets) => {
      given = secrets;
      return openNetwork(spec, secrets);
    },
  };
  const servers = new Servers(ports);
  return { ports, servers, routes: serverHandlers(ports, servers) };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hushcal-ways.'));
  server = await startPractice({ password: 'pw', samples: false });
  chosen = null;
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const login = () => ({ name: '', url: server.info.base_url, user: 'alice', password: 'pw', remember: false });

describe('how a server is reached, in the window', () => {
  it('opens no file that the dialog did not give', async () => {
    const { routes } = await open();
    const network = { ...NO_NETWORK, spec: { authorities: ['/etc/passwd'] } };
    const refused = { failure: { code: 'SOURCE_NO_PATH' } };
    await expect((async () => routes['server.add']({ ...login(), network }))()).rejects.toMatchObject(refused);
    await expect((async () => routes['server.find']({ address: 'a@b.test', network }))()).rejects.toMatchObject(
      refused,
    );
    chosen = ['/etc/passwd'];
    expect(await routes['server.choose_file']({})).toEqual({ path: '/etc/passwd' });
    expect((await routes['server.add']({ ...login(), network })).server.network).toEqual(network.spec);
  });

  it('is kept with the server, its passwords apart, and forgotten with it', async () => {
    const { ports, routes, servers } = await open();
    const spec = { proxy: 'http://anna@proxy.test:3128', fingerprints: [] };
    const network = { spec, proxyPassword: 's3cret', keyPassword: null };
    const { id } = (await routes['server.add']({ ...login(), network })).server;
    expect(JSON.stringify(ports.book.list())).not.toContain('s3cret');
    servers.networkOf(id);
    expect([await given.proxyPassword?.(), await given.keyPassword?.()]).toEqual(['s3cret', null]);
    const without = { proxy: spec.proxy };
    const changed = await routes['server.set_network']({ id, network: { ...NO_NETWORK, spec: without } });
    expect(changed.network).toEqual(without);
    expect(await ports.secrets.read(`proxy:${id}`)).toBe('s3cret');
    await routes['server.remove']({ id });
    expect(await ports.secrets.read(`proxy:${id}`)).toBeNull();
  });

  it.each(['server.edit', 'server.set_network'] as const)(
    '%s gives the password of one proxy to no other',
    async (route) => {
      const { ports, routes, servers } = await open();
      const proxy = (url: string, proxyPassword: string | null) => ({
        ...NO_NETWORK,
        spec: { proxy: url },
        proxyPassword,
      });
      const first = proxy('http://anna@proxy.test:3128', 's3cret');
      const { server: added } = await routes['server.add']({ ...login(), network: first });
      const change = async (network: typeof first) =>
        route === 'server.edit'
          ? (await routes[route]({ id: added.id, ...login(), password: null, network })).server
          : routes[route]({ id: added.id, network });
      const sent = async () => {
        servers.networkOf(added.id);
        return given.proxyPassword?.();
      };
      expect(added.proxyPassword).toBe('session');
      expect((await change(proxy('http://anna@proxy.test:3128', null))).proxyPassword).toBe('session');
      expect(await sent()).toBe('s3cret');
      for (const other of ['http://anna@evil.test:3128', 'http://bob@proxy.test:3128', 'http://anna@proxy.test:81']) {
        await change(first);
        expect((await change(proxy(other, null))).proxyPassword).toBe('missing');
        expect(await sent()).toBeNull();
        expect(await ports.secrets.read(`proxy:${added.id}`)).toBeNull();
      }
      expect((await change(proxy('http://anna@new.test', 'n3w'))).proxyPassword).toBe('session');
      expect(await sent()).toBe('n3w');
    },
  );

  it('forgets with the password those of the proxy and of the key', async () => {
    const { ports, routes } = await open();
    const spec = { proxy: 'http://anna@proxy.test:3128' };
    const network = { spec, proxyPassword: 's3cret', keyPassword: 'k3y' };
    const { id } = (await routes['server.add']({ ...login(), network })).server;
    expect(await routes['server.forget_password']({ id })).toMatchObject({
      password: 'missing',
      proxyPassword: 'missing',
    });
    for (const name of [id, `proxy:${id}`, `key:${id}`]) expect(await ports.secrets.read(name)).toBeNull();
  });

  it('keeps nothing of a login that was cancelled', async () => {
    const { ports, routes } = await open();
    server.setFaults([{ silent: true, count: 0 }]);
    const adding = routes['server.add'](login());
    await expect.poll(() => server.faults()[0]?.seen).toBe(1);
    await routes['server.cancel']({});
    await expect(adding).rejects.toMatchObject({ failure: { code: 'STOPPED' } });
    expect(ports.book.list()).toEqual([]);
  });
});
