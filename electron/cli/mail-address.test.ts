import dns from 'node:dns';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Authority, type Issued } from '../engine/caldav/testing/authority.ts';
import { proxyFront, tlsFront, type Front, type ProxyFront } from '../engine/caldav/testing/fronts.ts';
import { nameServer, type NameServer } from '../engine/caldav/testing/names.ts';
import { calendar, openWorld, type World } from '../engine/jobs/testing/world.ts';
import { sayIn, type Said } from './testing/said.ts';

let world: World;
let authority: Authority;
let server: Issued;
let front: Front;
let proxy: ProxyFront;
let names: NameServer;
const before = dns.getServers();

beforeAll(async () => {
  [world, authority] = await Promise.all([openWorld(), Authority.make()]);
  server = await authority.issue({ names: ['dav.example.test', 'dav.hoster.test'] });
  front = await tlsFront(world.calendarUrl, { cert: server.cert, key: server.key });
  proxy = await proxyFront(front.port);
  const txt = 'path=/dav/';
  names = await nameServer({
    '_caldavs._tcp.example.test': { srv: [{ target: 'dav.example.test', port: 443 }], txt },
    '_caldavs._tcp.hosted.test': { srv: [{ target: 'dav.hoster.test', port: 443 }], txt },
  });
  dns.setServers([names.address]);
});
afterAll(async () => {
  dns.setServers(before);
  await Promise.all([names.close(), front.close(), proxy.close(), world.close(), authority.remove()]);
});

const network = (): readonly string[] => ['--proxy', proxy.url, '--ca', authority.root.certFile];

async function migrate(mail: string): Promise<Said> {
  const mapping = join(world.dir, 'map.csv');
  await world.source('a.ics', calendar([['UID:a']]));
  await writeFile(mapping, 'source,user,secret\na.ics,alice,HUSHCAL_ALICE\n');
  return sayIn(
    world,
    ['migrate', mapping, '--server', mail, '--scheduling', 'none', '--runs', world.runsDir, '--dry-run', ...network()],
    { env: { HUSHCAL_ALICE: 'secret' } },
  );
}

describe('a mail address in the place of a server', () => {
  it('is enough for migrate: SRV names the host, TXT the path', async () => {
    const said = await migrate('alice@example.test');
    expect(said.err).toContain('The calendar server of alice@example.test is https://dav.example.test/dav/.');
    expect(names.asked).toContain('_caldavs._tcp.example.test');
    expect(proxy.heard.map(({ target }) => target)).toContain('dav.example.test:443');
  });

  it('sends no password to a host outside the mail domain: it ends with the address to give', async () => {
    const said = await migrate('alice@hosted.test');
    expect(said.code).toBe(2);
    expect(said.err).toContain('are on dav.hoster.test, which does not belong to that domain');
    expect(said.err).toContain('https://dav.hoster.test/dav/');
  });
});
