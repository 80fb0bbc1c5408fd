import { execFile } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { lookup } from 'node:dns/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { hostname } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Authority, type Issued } from '../../electron/engine/caldav/testing/authority.ts';
import { hushcal, type CommandResult } from './command-line.ts';
import { freePorts, traversableTemp, useServer } from './harness.ts';

/*
 * What stands before a server in an office: nginx with TLS of all kinds, its body limit and its patience, and a proxy with and
 * without a login. Behind it are Radicale and Cyrus, which nginx does not name.
 */

const run = promisify(execFile);
const SCRIPT = path.join(import.meta.dirname, 'fronts.sh');
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
  const door = (name: string, one: Issued, upstream = behind, more = ''): string =>
    `${name} ${one.certFile} ${one.keyFile} ${upstream} ${more}\n`;
  const doors =
    door('known', good) +
    door('cyrus', good, cyrus().description.base_url) +
    door('self-signed', own) +
    door('expired', old) +
    door('wrong-name', wrong) +
    door('asking', good, behind, authority.root.certFile) +
    door('silent', good, nobody);
  writeFileSync(path.join(folder, 'doors'), doors);
  const ledger = process.env['HUSHCAL_SERVERS_LEDGER'];
  if (ledger !== undefined) appendFileSync(ledger, `fronts\t${folder}\n`);
  port = await freePorts(10);
  await run(SCRIPT, ['start', String(port), folder], { env: { ...process.env, FRONTS_LISTEN: address } });
  mkdirSync(runs);
}, 60_000);

afterAll(async () => {
  silent.close();
  await run(SCRIPT, ['stop', folder]);
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
/** Restores one event of alice through a door. */
function restore(door: (typeof DOORS)[number], flags: readonly string[], more = '', env = {}): Promise<CommandResult> {
  const uid = `front-${(next += 1)}`;
  const file = path.join(folder, `${uid}.ics`);
  writeFileSync(file, event(uid, more));
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
    const said = await restore('known', [...ca(), '--yes'], 'x'.repeat(1_100_000));
    expect(said.code).toBe(1);
    expect(said.items).toMatchObject([{ outcome: 'failed' }]);
    expect(said.items[0]?.reason).toMatch(/larger than the server takes.*413/);
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
    const proxy = `http://127.0.0.1:${port + 8}`;
    const said = await restore('known', [...ca(), '--proxy', proxy, '--dry-run']);
    expect(said.code).toBe(0);
    expect(JSON.stringify(said.events)).toContain(`Reached through the proxy ${proxy}.`);
  });

  it('with a login takes that one, and another none', async () => {
    const flags = [
      ...ca(),
      '--proxy',
      `http://anna@127.0.0.1:${port + 9}`,
      '--proxy-password-env',
      'PROXY_SECRET',
      '--dry-run',
    ];
    expect((await restore('known', flags, '', { PROXY_SECRET: 'proxy-secret' })).code).toBe(0);
    const wrong = await restore('known', flags, '', { PROXY_SECRET: 'wrong' });
    expect([wrong.code, wrong.events[0]]).toMatchObject([2, { failure: { code: 'PROXY_UNAUTHORIZED' } }]);
    const none = await restore('known', [...ca(), '--dry-run'], '', { HTTPS_PROXY: `http://127.0.0.1:${port + 9}` });
    expect([none.code, none.events[0]]).toMatchObject([2, { failure: { code: 'PROXY_UNAUTHORIZED' } }]);
  });
});
