import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { lookup } from 'node:dns/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { hostname } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Authority, type Issued } from '../../electron/engine/caldav/testing/authority.ts';
import { hushcal, type CommandResult } from './command-line.ts';
import { startFronts, stopFronts, type Door } from './fronts.ts';
import { traversableTemp, useServer } from './harness.ts';

/*
 * What stands before a server in an office: nginx with TLS of all kinds, its body limit and its patience, and proxies (tinyproxy,
 * squid) with and without a login. Behind it are Radicale and Cyrus, which nginx does not name.
 */

const radicale = useServer('radicale');
const cyrus = useServer('cyrus');
/** A name of this computer that is not `localhost`, which goes past every proxy. */
const HOST = hostname();
const DOORS = ['known', 'cyrus', 'self-signed', 'expired', 'wrong-name', 'asking', 'silent'] as const;

const folder = mkdtempSync(path.join(traversableTemp(), 'hushcal-fronts.'));
const runs = path.join(folder, 'runs');
let authority: Authority;
let mine: Issued;
let ownName: Issued;
let port = 0;
let silent: Server;

beforeAll(async () => {
  const { address } = await lookup(HOST, 4);
  authority = await Authority.make('Office authority');
  const names = { names: [HOST] };
  const [good, own, old, wrong] = await Promise.all([
    authority.issue(names),
    authority.selfSigned(names),
    authority.issue({ ...names, days: -1 }),
    authority.issue({ names: ['mail.example.org'] }),
  ]);
  [mine, ownName] = [await authority.issue({ names: ['anna'] }), own];
  silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  // Listening on TCP: an object, not a pipe's name.
  const nobody = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const behind = radicale().description.base_url;
  const door = (name: string, certificate: Issued, upstream = behind): Door => ({ name, certificate, upstream });
  const doors = [
    door('known', good),
    door('cyrus', good, cyrus().description.base_url),
    door('self-signed', own),
    door('expired', old),
    door('wrong-name', wrong),
    { ...door('asking', good), asks: authority.root.certFile },
    door('silent', good, nobody),
  ];
  // On this computer, as people name a proxy that is reached by https.
  const proxy = await authority.issue({ names: ['localhost'] });
  port = await startFronts(folder, doors, proxy, { FRONTS_LISTEN: address });
  mkdirSync(runs);
}, 60_000);

afterAll(async () => {
  silent.close();
  await stopFronts(folder);
  await authority.remove();
  rmSync(folder, { recursive: true, force: true });
});

function event(uid: string, more = ''): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
  ];
  return [
    ...lines,
    'DTSTART:20370105T090000Z',
    'DTEND:20370105T100000Z',
    `SUMMARY:Lunch${more}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

let next = 0;
/** Restores events of alice through a door: one, or one for each text of `more`. */
function restore(
  door: (typeof DOORS)[number],
  flags: readonly string[],
  more: readonly string[] = [''],
  env = {},
): Promise<CommandResult> {
  const file = path.join(folder, `front-${(next += 1)}`);
  mkdirSync(file);
  for (const [nth, text] of more.entries()) {
    const uid = `front-${next}-${nth}`;
    writeFileSync(path.join(file, `${uid}.ics`), event(uid, text));
  }
  const server = door === 'cyrus' ? cyrus() : radicale();
  const { user, password, calendar } = server.user('alice');
  const url = `https://${HOST}:${port + DOORS.indexOf(door)}${calendar}`;
  const to = ['--calendar', url, '--user', user, '--scheduling', 'none', '--runs', runs];
  const assume = door === 'cyrus' ? [] : ['--assume', 'no-mail-hook'];
  return hushcal(['restore', file, ...to, ...assume, ...flags], password ?? '', env);
}
const ca = (): readonly string[] => ['--ca', authority.root.certFile];

describe('nginx with TLS', () => {
  it('is restored through, with the authority of the office', async () => {
    const said = await restore('known', [...ca(), '--yes']);
    expect([said.code, said.settled?.totals.created]).toEqual([0, 1]);
  });

  it.each([
    ['known', 'TLS_UNTRUSTED', 'comes from an issuer that this computer does not know: CN=Office authority'],
    ['self-signed', 'TLS_SELF_SIGNED', 'self-signed certificate'],
    ['expired', 'TLS_EXPIRED', 'has expired'],
    ['wrong-name', 'TLS_WRONG_NAME', 'belongs to mail.example.org'],
  ] as const)('%s: %s', async (door, code, words) => {
    const said = await restore(door, [...(door === 'known' ? [] : ca()), '--dry-run']);
    expect(said.code).toBe(2);
    expect(said.events[0]).toMatchObject({ kind: 'problem', failure: { code } });
    expect(said.stderr).toContain(words);
  });

  it('is trusted by its fingerprint', async () => {
    const said = await restore('self-signed', ['--trust-fingerprint', ownName.sha256, '--yes']);
    expect([said.code, said.settled?.totals.created]).toEqual([0, 1]);
  });

  it('that asks for a certificate gets it, or says that it wants one', async () => {
    const with_ = await restore('asking', [...ca(), '--cert', mine.certFile, '--key', mine.keyFile, '--yes']);
    expect([with_.code, with_.settled?.totals.created]).toEqual([0, 1]);
    const without = await restore('asking', [...ca(), '--dry-run']);
    expect(without.code).toBe(2);
    expect(without.events[0]).toMatchObject({ failure: { code: 'SERVER_WANTS_CERTIFICATE' } });
  });

  it('takes no event over its limit, and that is said', async () => {
    const said = await restore('known', [...ca(), '--yes'], ['', 'x'.repeat(1_100_000), 'x'.repeat(20_000_000), '']);
    expect([said.code, said.settled?.totals]).toMatchObject([1, { created: 2, failed: 2 }]);
    const reasons = said.items.filter(({ outcome }) => outcome === 'failed').map(({ reason }) => reason);
    expect(reasons.map((reason) => /\((.* MB)\)/.exec(reason)?.[1]).sort()).toEqual(['1.1 MB', '20.0 MB']);
    for (const reason of reasons) {
      expect(reason).toContain('is larger than nginx, which stands before this server, lets through (413).');
      expect(reason).toContain('Have its limit raised there (client_max_body_size), then try again.');
    }
  });

  it('gives up a server that says nothing, and that is said', async () => {
    const said = await restore('silent', [...ca(), '--dry-run']);
    expect(said.code).toBe(2);
    expect(said.stderr).toContain('504');
  });

  it('hides the name of Cyrus, which is known by what only Cyrus answers', async () => {
    const said = await restore('cyrus', [...ca(), '--yes']);
    expect(said.settled).toMatchObject({ status: 'complete', mode: { asked: 'none', effective: 'none' } });
    expect(said.code).toBe(0);
  });
});

describe('tinyproxy', () => {
  it('is gone through, and named in the plan', async () => {
    const proxy = `http://127.0.0.1:${port + 10}`;
    const said = await restore('known', [...ca(), '--proxy', proxy, '--dry-run']);
    expect(said.code).toBe(0);
    expect(JSON.stringify(said.events)).toContain(`Reached through the proxy ${proxy}.`);
  });

  it('with a login takes that one, and another none', async () => {
    const flags = [
      ...ca(),
      '--proxy',
      `http://anna@127.0.0.1:${port + 11}`,
      '--proxy-password-env',
      'PROXY_SECRET',
      '--dry-run',
    ];
    expect((await restore('known', flags, [''], { PROXY_SECRET: 'proxy-secret' })).code).toBe(0);
    const wrong = await restore('known', flags, [''], { PROXY_SECRET: 'wrong' });
    expect([wrong.code, wrong.events[0]]).toMatchObject([2, { failure: { code: 'PROXY_UNAUTHORIZED' } }]);
    const none = await restore('known', [...ca(), '--dry-run'], [''], { HTTPS_PROXY: `http://127.0.0.1:${port + 11}` });
    expect([none.code, none.events[0]]).toMatchObject([2, { failure: { code: 'PROXY_UNAUTHORIZED' } }]);
  });
});

describe('squid', () => {
  const at = (nth: number): string => `127.0.0.1:${port + 12 + nth}`;
  const through = (proxy: string, more: readonly string[] = ['--dry-run'], env = {}): Promise<CommandResult> =>
    restore('cyrus', [...ca(), '--proxy', proxy, ...more], [''], env);
  const SECRET = ['--proxy-password-env', 'PROXY_SECRET'];

  it('is gone through, restored through, and named in the plan', async () => {
    const said = await through(`http://${at(0)}`, ['--yes']);
    expect([said.code, said.settled?.totals.created]).toEqual([0, 1]);
    expect(JSON.stringify(said.events)).toContain(`Reached through the proxy http://${at(0)}.`);
  });

  it('with a login takes that one, and another none', async () => {
    const flags = [...SECRET, '--yes'];
    const said = await through(`http://anna@${at(1)}`, flags, { PROXY_SECRET: 'proxy-secret' });
    expect([said.code, said.settled?.totals.created]).toEqual([0, 1]);
    expect(JSON.stringify(said)).not.toContain('proxy-secret');
    const wrong = await through(`http://anna@${at(1)}`, flags, { PROXY_SECRET: 'wrong' });
    expect([wrong.code, wrong.events[0]]).toMatchObject([2, { failure: { code: 'PROXY_UNAUTHORIZED' } }]);
    expect(wrong.stderr).toContain('does not accept the user name or the password');
    const none = await through(`http://${at(1)}`);
    expect([none.code, none.events[0]]).toMatchObject([2, { failure: { code: 'PROXY_UNAUTHORIZED' } }]);
    expect(none.stderr).toContain('wants a login');
  });

  it('that is reached by https is gone through with its login, where its certificate counts', async () => {
    const secure = `https://anna@localhost:${port + 16}`;
    const said = await through(secure, [...SECRET, '--yes'], { PROXY_SECRET: 'proxy-secret' });
    expect([said.code, said.settled?.totals.created]).toEqual([0, 1]);
    expect(JSON.stringify(said.events)).toContain(`Reached through the proxy https://localhost:${port + 16}.`);
    const stranger = await restore('cyrus', ['--proxy', secure, ...SECRET, '--dry-run'], [''], { PROXY_SECRET: 'x' });
    expect([stranger.code, stranger.events[0]]).toMatchObject([2, { failure: { code: 'PROXY_UNTRUSTED' } }]);
    expect(stranger.stderr).toContain('--ca FILE');
  });

  it('that wants a Windows login is named, with what to do', async () => {
    const said = await through(`http://anna@${at(3)}`, [...SECRET, '--dry-run'], { PROXY_SECRET: 'proxy-secret' });
    expect([said.code, said.events[0]]).toMatchObject([2, { failure: { code: 'PROXY_LOGIN_KIND' } }]);
    expect(said.stderr).toContain(
      `The proxy http://${at(3)} wants a login by Negotiate or NTLM, which Hushcal cannot do`,
    );
    expect(said.stderr).toMatch(/such as Px or Cntlm/);
  });

  it('that lets nobody through, or reaches nothing, is no server that fails', async () => {
    const closed = await through(`http://${at(2)}`);
    expect([closed.code, closed.events[0]]).toMatchObject([2, { failure: { code: 'PROXY_REFUSED' } }]);
    const to = ['--calendar', 'https://no-such-server.invalid/cal/', '--user', 'alice', '--runs', runs];
    const file = path.join(folder, 'front-1');
    const flags = ['--scheduling', 'none', '--proxy', `http://${at(0)}`, '--dry-run'];
    const nowhere = await hushcal(['restore', file, ...to, ...flags], 'x');
    expect([nowhere.code, nowhere.events[0]]).toMatchObject([2, { failure: { code: 'PROXY_FAILED' } }]);
    expect(closed.stderr).toContain(`The proxy http://${at(2)}`);
    expect(nowhere.stderr).toContain(`The proxy http://${at(0)}`);
  });
});
