import { describe, expect, it } from 'vitest';
import { openNetwork } from './network.ts';
import { isExcepted, parsePac, proxyOfEnvironment, toProxy } from './proxies.ts';

const HTTPS = 'https://dav.example.org';

describe('NO_PROXY', () => {
  it.each([
    ['*', true],
    ['dav.example.org', true],
    ['DAV.EXAMPLE.ORG', true],
    ['example.org', true],
    ['.example.org', true],
    ['*.example.org', true],
    ['other.org, dav.example.org', true],
    ['other.org dav.example.org:443', true],
    ['dav.example.org:8443', false],
    ['ample.org', false],
    ['', false],
    [',', false],
    ['.', false],
  ])('%j', (text, expected) => {
    expect(isExcepted(HTTPS, text)).toBe(expected);
  });

  it.each([
    ['https://10.1.2.3', '10.0.0.0/8', true],
    ['https://11.1.2.3', '10.0.0.0/8', false],
    ['https://10.1.2.3', '10.0.0.0/99', false],
    ['https://[fd00::1]', 'fd00::/8', true],
    ['https://[fd00::1]:8443', '[fd00::1]:8443', true],
    ['https://[fd00::1]', '10.0.0.0/8', false],
    ['http://127.0.0.1:8080', '', true],
    ['https://localhost', '', true],
  ])('%s is in %j: %s', (origin, text, expected) => {
    expect(isExcepted(origin, text)).toBe(expected);
  });
});

describe('the proxy of the environment', () => {
  it.each([
    [{ HTTPS_PROXY: 'http://a:1', HTTP_PROXY: 'http://b:2' }, 'http://a:1'],
    [{ https_proxy: 'http://low:1', HTTPS_PROXY: 'http://high:1' }, 'http://low:1'],
    [{ HTTPS_PROXY: '', HTTP_PROXY: 'http://b:2' }, 'http://b:2'],
    [{ ALL_PROXY: 'c:3' }, 'http://c:3'],
    [{ HTTPS_PROXY: 'https://tls:443' }, 'https://tls'],
    [{ HTTPS_PROXY: 'http://a:1', NO_PROXY: 'example.org' }, null],
    [{}, null],
  ])('%j', (env, expected) => {
    const proxy = proxyOfEnvironment(HTTPS, env, null);
    expect(proxy.kind === 'proxy' ? proxy.url : null).toBe(expected);
  });

  it('names SOCKS, which is not spoken', () => {
    expect(proxyOfEnvironment(HTTPS, { ALL_PROXY: 'socks5://a:1080' }, null)).toEqual({
      kind: 'unsupported',
      what: 'SOCKS5 proxy',
    });
  });

  it('takes the login out of the address', async () => {
    const proxy = toProxy('http://dom%5Canna:p%40ss@proxy:3128');
    expect(proxy).toMatchObject({ kind: 'proxy', url: 'http://proxy:3128', user: 'dom\\anna' });
    expect(await (proxy.kind === 'proxy' ? proxy.password?.() : null)).toBe('p@ss');
  });

  it.each(['ftp://a:1', 'http://secret-word:x@', 'http://a:1/path', 'http://a:99999'])(
    'refuses %j without repeating it',
    (text) => {
      expect(() => toProxy(text)).toThrow('A proxy is written as http://host:port');
      expect(() => toProxy(text)).not.toThrow('secret-word');
    },
  );
});

describe('a PAC list', () => {
  it('is read in its order', () => {
    expect(parsePac('PROXY a:8080; HTTPS b:443;SOCKS5 c:1080; DIRECT', null, null)).toEqual([
      { kind: 'proxy', url: 'http://a:8080', user: null, password: null },
      { kind: 'proxy', url: 'https://b', user: null, password: null },
      { kind: 'unsupported', what: 'SOCKS5 c:1080' },
      { kind: 'direct' },
    ]);
    expect(parsePac('', null, null)).toEqual([{ kind: 'direct' }]);
  });
});

describe('which proxy counts', () => {
  const env = { HTTPS_PROXY: 'http://environment:1' };
  const systemProxy = (): Promise<string> => Promise.resolve('PROXY system:2');
  it.each([
    ['the one that was given', { proxy: 'http://given:3' }, { env, systemProxy }, HTTPS, 'http://given:3'],
    ['none, where that was said', { proxy: 'none' }, { env, systemProxy }, HTTPS, null],
    ["the system's", {}, { env, systemProxy }, HTTPS, 'http://system:2'],
    ["the environment's", {}, { env }, HTTPS, 'http://environment:1'],
    ['none for this computer', { proxy: 'http://given:3' }, { env, systemProxy }, 'http://127.0.0.1:1', null],
  ])('%s', async (_what, spec, ports, origin, expected) => {
    const [proxy] = await openNetwork(spec, ports).proxies(origin);
    expect(proxy?.kind === 'proxy' ? proxy.url : null).toBe(expected);
  });
});
