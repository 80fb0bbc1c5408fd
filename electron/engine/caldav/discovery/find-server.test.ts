import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork } from '../network/network.ts';
import { fakeServer, multistatus, type FakeServer, type Heard, type Said } from '../objects/server.fixture.ts';
import { Authority } from '../testing/authority.ts';
import { proxyFront, tlsFront } from '../testing/fronts.ts';
import { findServer, type FindOptions, type ServiceResolver } from './find-server.ts';

const NAMES = ['example.test', 'dav.example.test', 'hoster.test'];
let authority: Authority;
let certificate: Awaited<ReturnType<Authority['issue']>>;
beforeAll(async () => {
  authority = await Authority.make();
  certificate = await authority.issue({ names: NAMES });
});
afterAll(() => authority.remove());

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** Every name is this one server, which sees by the header which of them was meant. */
async function world(
  answer: (place: string, heard: Heard) => Said,
  resolver: Partial<ServiceResolver> = {},
): Promise<{ server: FakeServer; options: FindOptions }> {
  const server = await fakeServer((heard) => answer(`${heard.headers.host ?? ''}${heard.path}`, heard));
  const front = await tlsFront(server.origin, { cert: certificate.cert, key: certificate.key });
  const proxy = await proxyFront(front.port);
  open.push(server, front, proxy);
  const network = openNetwork({ proxy: proxy.url, authorities: [authority.root.certFile] });
  const none = (): Promise<never> => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
  return { server, options: { network, resolver: { resolveSrv: none, resolveTxt: none, ...resolver } } };
}

const srv = (name: string, port = 443, priority = 0, weight = 0) => ({ name, port, priority, weight });
const ASKS: Said = { status: 401, headers: { 'www-authenticate': 'Basic realm="dav"' } };
const NOTHING: Said = { status: 404 };

describe('the server of a mail address', () => {
  it('is the one of SRV, with the path of TXT, before all others', async () => {
    const { server, options } = await world((place) => (place === 'dav.example.test:8443/caldav/' ? ASKS : NOTHING), {
      resolveSrv: (name) => {
        expect(name).toBe('_caldavs._tcp.example.test');
        return Promise.resolve([srv('other.example.test', 443, 20), srv('dav.example.test', 8443, 10)]);
      },
      resolveTxt: () => Promise.resolve([['v=1'], ['path=', '/caldav/']]),
    });
    expect(await findServer('Anna@Example.TEST', options)).toMatchObject({
      url: 'https://dav.example.test:8443/caldav/',
      outside: false,
    });
    expect(server.heard).toHaveLength(1);
  });

  it('without SRV is where the well-known address leads', async () => {
    const { options } = await world((place) => {
      if (place === 'example.test/.well-known/caldav')
        return { status: 301, headers: { location: '/cloud/remote.php/dav/' } };
      return place === 'example.test/cloud/remote.php/dav/' ? ASKS : NOTHING;
    });
    expect((await findServer('anna@example.test', options)).url).toBe('https://example.test/cloud/remote.php/dav/');
  });

  it('is the host itself, where nothing else answers', async () => {
    const { options } = await world((place) => (place === 'example.test/' ? multistatus() : NOTHING), {
      resolveSrv: () => Promise.resolve([srv('.')]),
    });
    expect((await findServer('anna@example.test', options)).url).toBe('https://example.test/');
  });

  it.each([
    [
      'SRV',
      (place: string): Said => (place === 'hoster.test/.well-known/caldav' ? ASKS : NOTHING),
      [srv('hoster.test')],
    ],
    [
      'a redirect',
      (place: string): Said =>
        place === 'example.test/.well-known/caldav'
          ? { status: 302, headers: { location: 'https://hoster.test/.well-known/caldav' } }
          : place === 'hoster.test/.well-known/caldav'
            ? ASKS
            : NOTHING,
      [],
    ],
  ])('outside its domain is said to be so, and no login went there: %s', async (_what, answer, records) => {
    const { server, options } = await world(answer, { resolveSrv: () => Promise.resolve(records) });
    expect(await findServer('anna@example.test', options)).toMatchObject({ host: 'hoster.test', outside: true });
    expect(server.heard.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
  });

  it('that is not found is said with all that was tried', async () => {
    const { options } = await world((place) =>
      place.endsWith('caldav')
        ? { status: 301, headers: { location: 'http://example.test/dav/' } }
        : { status: 200, body: '<html>' },
    );
    const failed = findServer('anna@example.test', options);
    await expect(failed).rejects.toMatchObject({ failure: { code: 'SERVER_NOT_FOUND', reaction: 'fix-input' } });
    for (const words of [
      'SRV _caldavs._tcp.example.test: names no server',
      'without encryption',
      'https://example.test/: answers 200',
    ]) {
      await expect(failed).rejects.toThrow(words);
    }
  });

  it.each(['example.test', 'https://anna@example.test', 'anna@localhost', '@example.test'])(
    'is asked for mail addresses only: %s',
    async (text) => {
      await expect(findServer(text)).rejects.toMatchObject({ failure: { code: 'URL_INVALID' } });
    },
  );
});
