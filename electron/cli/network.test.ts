import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Authority, type Issued } from '../engine/caldav/testing/authority.ts';
import { proxyFront, tlsFront, type Front, type ProxyFront } from '../engine/caldav/testing/fronts.ts';
import { calendar, GUESTS, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { sayIn, type Said } from './testing/said.ts';

let world: World;
let authority: Authority;
let server: Issued;
let front: Front;
let proxy: ProxyFront;
let source: string;

beforeAll(async () => {
  [world, authority] = await Promise.all([openWorld(), Authority.make()]);
  server = await authority.issue({ names: ['localhost', 'dav.example.test'] });
  front = await tlsFront(world.calendarUrl, { cert: server.cert, key: server.key });
  proxy = await proxyFront(front.port, (login) =>
    login === undefined ? { status: 407, headers: { 'Proxy-Authenticate': 'Basic realm="p"' } } : 'tunnel',
  );
  source = await world.source('two.ics', calendar([['UID:a', ...GUESTS], ['UID:b']]));
});
afterAll(async () => {
  await Promise.all([front.close(), proxy.close(), world.close(), authority.remove()]);
});

function dryRun(origin: string, more: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> {
  const at = origin + new URL(world.calendarUrl).pathname;
  const to = ['--calendar', at, '--user', 'alice', '--password-env', 'PASSWORD', '--runs', world.runsDir];
  return sayIn(world, ['restore', source, ...to, '--scheduling', 'none', '--dry-run', ...more], { env });
}
const direct = (): string => `https://localhost:${front.port}`;
const FAR = 'https://dav.example.test';

describe('a certificate that this computer does not know', () => {
  it('is shown, with the words that trust it', async () => {
    const said = await dryRun(direct(), []);
    expect(said.code).toBe(2);
    expect(said.err).toContain('comes from an issuer that this computer does not know: CN=Test authority');
    expect(said.err).toContain('Names     localhost, dav.example.test');
    expect(said.err).toContain(`--trust-fingerprint localhost=${server.sha256}`);
    const json = await dryRun(direct(), ['--json']);
    expect(json.lines[0]).toMatchObject({
      kind: 'problem',
      failure: { code: 'TLS_UNTRUSTED', certificate: { sha256: server.sha256 } },
    });
  });

  it('counts by its authority, and by its fingerprint in any spelling', async () => {
    expect((await dryRun(direct(), ['--ca', authority.root.certFile])).code).toBe(0);
    const plain = server.sha256.replaceAll(':', '').toLowerCase();
    for (const text of [
      server.sha256,
      plain,
      `localhost=${plain}`,
      `LOCALHOST:8443=${plain}`,
      `https://localhost:${front.port}/=${server.sha256}`,
      `sha256:${plain}`,
      `sha256 Fingerprint=${server.sha256}`,
    ]) {
      expect((await dryRun(direct(), ['--trust-fingerprint', text])).code).toBe(0);
    }
    expect((await dryRun(direct(), ['--trust-fingerprint', `other.test=${plain}`])).code).toBe(2);
  });

  it('of another server than the fingerprint is meant for, which names none, says so', async () => {
    const theirs = await authority.selfSigned();
    const said = await dryRun(direct(), ['--ca', authority.root.certFile, '--trust-fingerprint', theirs.sha256]);
    expect([said.code, said.out]).toEqual([2, '']);
    expect(said.err).toContain('Say which server the trusted one belongs to.');
    expect(said.err).toContain('--trust-fingerprint HOST=SHA256');
    const named = ['--trust-fingerprint', `dav.example.test=${theirs.sha256}`];
    expect((await dryRun(direct(), ['--ca', authority.root.certFile, ...named])).code).toBe(0);
  });

  it.each([
    [['--trust-fingerprint', 'AB:CD'], 'takes the SHA-256 of a certificate'],
    [['--trust-fingerprint', `no server/path=${'AB'.repeat(32)}`], 'takes the name of a server before the ='],
    [['--ca', 'no-such.pem'], 'no-such.pem is not there'],
    [['--key', 'k.pem'], '--key goes with --cert'],
    [['--proxy', 'http://anna:pw@proxy:1'], 'Leave the password out of --proxy'],
    [['--proxy', 'anna:pw@proxy:1'], 'Leave the password out of --proxy'],
    [['--proxy-password-env', 'NOT_THERE'], 'NOT_THERE of --proxy-password-env is not set'],
  ])('%j is refused', async (more, words) => {
    const said = await dryRun(direct(), more);
    expect([said.code, said.out]).toEqual([2, '']);
    expect(said.err).toContain(words);
  });

  it('is checked whatever the environment says, and who switched that off is told', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    try {
      const said = await dryRun(direct(), ['--ca', authority.root.certFile]);
      expect(said.code).toBe(2);
      expect(said.err).toContain('NODE_TLS_REJECT_UNAUTHORIZED=0');
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe('a proxy', () => {
  const login = { PROXY_PASSWORD: 's3cret' };
  const ca = (): readonly string[] => ['--ca', authority.root.certFile];
  const named = (): string => proxy.url.replace('http://', 'http://anna@');

  it('of the command or of the environment is used, and the plan names it', async () => {
    const given = [...ca(), '--proxy', named(), '--proxy-password-env', 'PROXY_PASSWORD'];
    const ways = [
      await dryRun(FAR, given, login),
      await dryRun(FAR, ca(), { HTTPS_PROXY: named().replace('@', ':s3cret@') }),
    ];
    for (const said of ways) {
      expect(said.code).toBe(0);
      expect(said.out + said.err).toContain(`Reached through the proxy ${proxy.url}.`);
      expect(said.out + said.err).not.toContain('s3cret');
    }
  });

  it('that wants a login says so; none is asked where none is wanted', async () => {
    const refused = await dryRun(FAR, [...ca(), '--proxy', proxy.url]);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('wants a login')]);
    const out = await dryRun(direct(), ca(), { HTTPS_PROXY: 'http://127.0.0.1:1' });
    expect(out.code).toBe(0);
    const socks = await dryRun(FAR, ca(), { ALL_PROXY: 'socks5://127.0.0.1:1' });
    expect([socks.code, socks.err]).toEqual([2, expect.stringContaining('SOCKS5 proxy')]);
  });
});
