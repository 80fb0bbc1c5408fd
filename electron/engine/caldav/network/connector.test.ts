import { writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkSpec } from '../../../../shared/model/network.ts';
import { HushError, type Failure } from '../../../../shared/model/failure.ts';
import { fakeServer, login } from '../objects/server.fixture.ts';
import { Authority, type Issued } from '../testing/authority.ts';
import { proxyFront, tlsFront, type Front, type ProxyAnswer } from '../testing/fronts.ts';
import { createHttp, type Http } from '../transport/http.ts';
import { neverLeft } from '../transport/failures.ts';
import { openNetwork, type NetworkPorts } from './network.ts';

let authority: Authority;
let other: Authority;
beforeAll(async () => {
  [authority, other] = await Promise.all([Authority.make(), Authority.make('Somebody else')]);
});
afterAll(async () => {
  await Promise.all([authority.remove(), other.remove()]);
});

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const ROOT = { method: 'GET', path: '/' };

/** A server of plain HTTP with TLS before it. */
async function serve(
  one: Issued,
  more: Partial<Parameters<typeof tlsFront>[1]> = {},
): Promise<{ front: Front; heard: readonly unknown[] }> {
  const server = await fakeServer(() => ({ status: 200, body: 'here' }));
  const front = await tlsFront(server.origin, { cert: one.cert, key: one.key, ...more });
  open.push(server, front);
  return { front, heard: server.heard };
}

function client(origin: string, spec: NetworkSpec = {}, ports: NetworkPorts = {}): Http {
  const network = openNetwork(spec, ports);
  const http = createHttp(origin, login(origin, { network, concurrency: 2 }), { deadlines: { connect: 1000 } });
  open.push(http);
  return http;
}

async function failureOf(http: Http): Promise<Failure> {
  const error: unknown = await http.send(ROOT).catch((thrown: unknown) => thrown);
  if (!(error instanceof HushError)) throw new Error('It did not fail in words.');
  expect(neverLeft(error)).toBe(true);
  return error.failure;
}

const trusting = (): NetworkSpec => ({ authorities: [authority.root.certFile] });

describe('the certificate of a server', () => {
  it('counts where a given authority vouches for it, by name and by address', async () => {
    const { front } = await serve(await authority.issue());
    for (const host of ['localhost', '127.0.0.1']) {
      expect((await client(`https://${host}:${front.port}`, trusting()).read(ROOT)).status).toBe(200);
    }
  });

  it('counts where the system vouches for it, whichever file it keeps its authorities in', async () => {
    const { front } = await serve(await authority.issue());
    const origin = `https://localhost:${front.port}`;
    for (const env of [{ SSL_CERT_FILE: authority.root.certFile }, { NODE_EXTRA_CA_CERTS: authority.root.certFile }]) {
      expect((await client(origin, {}, { env }).read(ROOT)).status).toBe(200);
    }
  });

  it.each([
    [
      'an unknown issuer',
      'TLS_UNTRUSTED',
      () => other.issue(),
      'issuer that this computer does not know: CN=Somebody else',
    ],
    ['self-signed', 'TLS_SELF_SIGNED', () => authority.selfSigned(), 'self-signed certificate'],
    ['expired', 'TLS_EXPIRED', () => authority.issue({ days: -1 }), 'has expired'],
    [
      'another name',
      'TLS_WRONG_NAME',
      () => authority.issue({ names: ['mail.example.org'] }),
      'belongs to mail.example.org',
    ],
  ])('%s: a sentence of its own, what it shows, and nothing sent', async (_what, code, make, words) => {
    const one = await make();
    const { front, heard } = await serve(one);
    const failure = await failureOf(client(`https://localhost:${front.port}`, trusting()));
    expect(failure).toMatchObject({ code, reaction: 'fix-input', certificate: { sha256: one.sha256 } });
    expect(failure.message).toContain(words);
    expect(failure.message).not.toMatch(/NODE_|undefined|null/);
    expect(failure.certificate?.names.length).toBeGreaterThan(0);
    expect(heard).toEqual([]);
  });

  it('TLS older than 1.2', async () => {
    const { front } = await serve(await authority.issue(), {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'ALL:@SECLEVEL=0',
    });
    expect((await failureOf(client(`https://localhost:${front.port}`, trusting()))).code).toBe('TLS_TOO_OLD');
  });

  it('no TLS at all', async () => {
    const server = await fakeServer(() => ({ status: 200 }));
    open.push(server);
    expect((await failureOf(client(server.origin.replace('http:', 'https:')))).code).toBe('TLS_FAILED');
  });
});

describe('a certificate that is trusted by its fingerprint', () => {
  it.each([
    ['self-signed', () => authority.selfSigned()],
    ['for another name', () => other.issue({ names: ['mail.example.org'] })],
    ['expired', () => other.issue({ days: -1 })],
  ])('counts: %s', async (_what, make) => {
    const one = await make();
    const { front } = await serve(one);
    const spec = { fingerprints: [{ host: 'localhost', sha256: one.sha256 }] };
    expect((await client(`https://localhost:${front.port}`, spec).read(ROOT)).status).toBe(200);
  });

  it('counts for no other host', async () => {
    const one = await authority.selfSigned();
    const { front } = await serve(one);
    const spec = { fingerprints: [{ host: 'localhost', sha256: one.sha256 }] };
    expect((await failureOf(client(`https://127.0.0.1:${front.port}`, spec))).code).toBe('TLS_SELF_SIGNED');
  });

  it.each([
    ['by name', 'localhost', 'TLS_CHANGED'],
    ['for every server', null, 'TLS_WHOSE_CERTIFICATE'],
  ])(
    '%s stops with both fingerprints when it changes, also where an authority vouches for the new one',
    async (_for, host, code) => {
      const [one, two, valid] = await Promise.all([authority.selfSigned(), authority.selfSigned(), authority.issue()]);
      const { front, heard } = await serve(one);
      const origin = `https://localhost:${front.port}`;
      const spec = { ...trusting(), fingerprints: [{ host, sha256: one.sha256 }] };
      expect((await client(origin, spec).read(ROOT)).status).toBe(200);
      for (const changed of [two, valid]) {
        front.setCertificate(changed);
        const failure = await failureOf(client(origin, spec));
        expect(failure).toMatchObject({ code, certificate: { sha256: changed.sha256 } });
        expect(failure.message).toContain(one.sha256);
        expect(failure.message).toContain(changed.sha256);
      }
      expect(heard).toHaveLength(1);
    },
  );

  it('for every server counts nothing where one is trusted by name', async () => {
    const [mine, others] = await Promise.all([authority.selfSigned(), authority.selfSigned()]);
    const { front } = await serve(mine);
    const origin = `https://localhost:${front.port}`;
    const every = { host: null, sha256: mine.sha256 };
    expect((await client(origin, { fingerprints: [every] }).read(ROOT)).status).toBe(200);
    const named = { fingerprints: [every, { host: 'localhost', sha256: others.sha256 }] };
    expect((await failureOf(client(origin, named))).code).toBe('TLS_CHANGED');
  });
});

describe('a certificate of one’s own', () => {
  const asking = (): Parameters<typeof serve>[1] => ({
    requestCert: true,
    rejectUnauthorized: true,
    ca: authority.root.cert,
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('is shown to a server that asks for one, %s', async (maxVersion) => {
    const [server, mine] = await Promise.all([authority.issue(), authority.issue({ names: ['anna'] })]);
    const { front } = await serve(server, { ...asking(), maxVersion });
    const origin = `https://localhost:${front.port}`;
    const own = { ...trusting(), certificate: mine.certFile, key: mine.keyFile };
    expect((await client(origin, own).read(ROOT)).status).toBe(200);
    const p12 = await authority.toP12(mine, 'open sesame');
    const ports = { keyPassword: () => Promise.resolve('open sesame') };
    expect((await client(origin, { ...trusting(), certificate: p12 }, ports).read(ROOT)).status).toBe(200);
    if (maxVersion === 'TLSv1.3') return; // The handshake is over before the server looks.
    expect((await failureOf(client(origin, trusting()))).code).toBe('TLS_CLIENT_CERTIFICATE');
  });

  it('that cannot be used is said by what is wrong with it', async () => {
    const [mine, another] = await Promise.all([authority.issue(), authority.issue()]);
    const { front } = await serve(await authority.issue());
    const origin = `https://localhost:${front.port}`;
    const p12 = await authority.toP12(mine, 'right');
    const old = await authority.toP12(mine, 'right', ['-legacy']);
    const der = `${mine.certFile}.der`;
    await writeFile(der, Buffer.from(mine.cert.replace(/-----[^-]+-----|\s/g, ''), 'base64'));
    const said = async (spec: NetworkSpec, password: string | null = null): Promise<string> => {
      const failure = await failureOf(
        client(origin, { ...trusting(), ...spec }, { keyPassword: () => Promise.resolve(password) }),
      );
      expect(failure.code).toBe('CERTIFICATE_UNREADABLE');
      return failure.message;
    };
    expect(await said({ certificate: '/nowhere.pem' })).toContain('The file /nowhere.pem is not there');
    expect(await said({ certificate: mine.certFile })).toContain('has no private key');
    expect(await said({ certificate: mine.certFile, key: another.keyFile })).toContain(
      'does not belong to the certificate',
    );
    expect(await said({ certificate: p12 })).toContain('needs its password');
    expect(await said({ certificate: p12 }, 'wrong')).toContain('does not open with that password');
    expect(await said({ certificate: old }, 'right')).toContain('openssl pkcs12 -legacy');
    expect(await said({ authorities: [mine.keyFile] })).toContain('has no certificate in PEM');
    expect(await said({ authorities: [der] })).toContain('openssl x509 -inform der');
  });
});

describe('a proxy', () => {
  const HOST = 'https://dav.example.test';
  async function behind(answer?: (login: string | undefined) => ProxyAnswer) {
    const { front, heard } = await serve(await authority.issue({ names: ['dav.example.test'] }));
    const proxy = await proxyFront(front.port, answer);
    open.push(proxy);
    return { proxy, heard };
  }

  it('is used, keeps TLS to the server, and is named', async () => {
    const { proxy } = await behind();
    const http = client(HOST, { ...trusting(), proxy: proxy.url });
    expect((await http.read(ROOT)).status).toBe(200);
    expect(http.proxy).toBe(proxy.url);
    expect(proxy.heard).toEqual([{ target: 'dav.example.test:443', login: undefined }]);
    const stranger = client(HOST, { proxy: proxy.url });
    expect((await failureOf(stranger)).code).toBe('TLS_UNTRUSTED');
  });

  it('that is reached by https is believed by the same authorities, and its login goes by TLS', async () => {
    const { front } = await serve(await authority.issue({ names: ['dav.example.test'] }));
    const proxy = await proxyFront(front.port, undefined, await authority.issue());
    open.push(proxy);
    const url = proxy.url.replace('https://', 'https://anna@');
    const ports = { proxyPassword: () => Promise.resolve('s3cret') };
    const http = client(HOST, { ...trusting(), proxy: url }, ports);
    expect((await http.read(ROOT)).status).toBe(200);
    expect(http.proxy).toBe(proxy.url);
    const login = `Basic ${Buffer.from('anna:s3cret').toString('base64')}`;
    expect(proxy.heard).toEqual([{ target: 'dav.example.test:443', login }]);
    const pac = (): Promise<string> => Promise.resolve(`HTTPS 127.0.0.1:${new URL(proxy.url).port}`);
    expect((await client(HOST, trusting(), { systemProxy: pac }).read(ROOT)).status).toBe(200);
  });

  it.each([
    ['from an issuer that is not known', () => other.issue(), 'comes from an issuer that this computer does not know'],
    ['that signed itself', () => authority.selfSigned(), 'is self-signed'],
    ['for another name', () => authority.issue({ names: ['mail.example.org'] }), 'belongs to another name'],
    ['that has expired', () => authority.issue({ days: -1 }), 'has expired'],
  ])('with a certificate %s hears neither login nor server, and no other way is gone', async (_what, make, words) => {
    const { front, heard } = await serve(await authority.issue({ names: ['dav.example.test'] }));
    const proxy = await proxyFront(front.port, undefined, await make());
    open.push(proxy);
    const systemProxy = (): Promise<string> => Promise.resolve(`HTTPS ${new URL(proxy.url).host}; DIRECT`);
    const failure = await failureOf(client(HOST, trusting(), { systemProxy }));
    expect(failure).toMatchObject({ code: 'PROXY_UNTRUSTED' });
    expect(failure.message).toContain(`The proxy ${proxy.url} cannot be trusted`);
    expect(failure.message).toContain(words);
    expect([proxy.heard, heard]).toEqual([[], []]);
  });

  it('without TLS that is named with https says so', async () => {
    const { proxy } = await behind();
    const failure = await failureOf(client(HOST, { ...trusting(), proxy: proxy.url.replace('http:', 'https:') }));
    expect(failure).toMatchObject({ code: 'PROXY_UNTRUSTED' });
    expect(failure.message).toContain('write http:// before it');
  });

  it('of a list is passed by when it is down', async () => {
    const { proxy } = await behind();
    const systemProxy = (): Promise<string> =>
      Promise.resolve(`SOCKS5 x:1; PROXY 127.0.0.1:1; PROXY ${new URL(proxy.url).host}`);
    const http = client(HOST, trusting(), { systemProxy });
    expect((await http.read(ROOT)).status).toBe(200);
    expect(http.proxy).toBe(proxy.url);
  });

  it('gets its login, and the server’s password never', async () => {
    const login = `Basic ${Buffer.from('anna:s3cret').toString('base64')}`;
    const wants = { status: 407, headers: { 'Proxy-Authenticate': 'Basic realm="proxy"' } };
    const { proxy } = await behind((given) => (given === login ? 'tunnel' : wants));
    const url = proxy.url.replace('http://', 'http://anna@');
    const password = (text: string): NetworkPorts => ({ proxyPassword: () => Promise.resolve(text) });
    expect((await client(HOST, { ...trusting(), proxy: url }, password('s3cret')).read(ROOT)).status).toBe(200);
    const wrong = await failureOf(client(HOST, { ...trusting(), proxy: url }, password('wrong')));
    expect(wrong).toMatchObject({ code: 'PROXY_UNAUTHORIZED' });
    expect(wrong.message).toContain('does not accept the user name or the password');
    const tinyproxy = await behind(() => ({ status: 401 }));
    const refused = tinyproxy.proxy.url.replace('http://', 'http://anna@');
    expect((await failureOf(client(HOST, { ...trusting(), proxy: refused }, password('wrong')))).code).toBe(wrong.code);
    const none = await failureOf(client(HOST, { ...trusting(), proxy: proxy.url }));
    expect(none.message).toContain('wants a login');
    for (const failure of [wrong, none]) expect(failure.message).not.toContain('wrong.');
  });

  it.each([
    [
      'wants a Windows login',
      { status: 407, headers: { 'Proxy-Authenticate': 'Negotiate, NTLM' } },
      'PROXY_LOGIN_KIND',
      'Negotiate or NTLM',
    ],
    ['does not let through', { status: 403 }, 'PROXY_REFUSED', 'does not let through to dav.example.test (403)'],
    ['cannot reach the server', { status: 502 }, 'PROXY_FAILED', 'could not reach dav.example.test (502)'],
    ['does not respond', 'silence', 'PROXY_UNREACHABLE', 'did not respond in time'],
  ] as const)('that %s is no server that fails', async (_what, answer, code, words) => {
    const { proxy, heard } = await behind(() => answer);
    const failure = await failureOf(client(HOST, { ...trusting(), proxy: proxy.url }));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(`The proxy ${proxy.url}`);
    expect(failure.message).toContain(words);
    expect(heard).toEqual([]);
  });

  it.each([
    ['is not there', 'http://127.0.0.1:1', 'PROXY_UNREACHABLE'],
    ['has no name', 'http://proxy.invalid:3128', 'PROXY_UNREACHABLE'],
    ['speaks SOCKS', 'socks5://127.0.0.1:1080', 'PROXY_UNSUPPORTED'],
    ['is none', 'ftp://proxy', 'PROXY_INVALID'],
  ])('that %s', async (_what, proxy, code) => {
    const error: unknown = await client(HOST, { proxy })
      .send(ROOT)
      .catch((thrown: unknown) => thrown);
    expect(error instanceof HushError ? error.failure.code : error).toBe(code);
  });
});
