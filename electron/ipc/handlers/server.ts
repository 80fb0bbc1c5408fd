import { randomUUID } from 'node:crypto';
import { originOf } from '../../../shared/text/address.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { NetworkInput } from '../../../shared/ipc/network-input.ts';
import type { Ports, StoredServer } from '../ports.ts';
import { ServerNetwork } from '../server-network.ts';
import { refusePractice, type Servers } from '../servers.ts';
import { serverNetworkHandlers } from './server-network.ts';
import type { HandlersOf } from '../types.ts';

export function serverHandlers(
  ports: Pick<Ports, 'book' | 'secrets' | 'engine' | 'desktop' | 'openNetwork'>,
  servers: Servers,
): HandlersOf<'server'> {
  const { book, secrets, engine, desktop } = ports;
  const serverNetwork = new ServerNetwork({ secrets, desktop });

  /** A password is tried before it is kept, so that a wrong one replaces none. */
  async function login(server: StoredServer, password: string, remember: boolean, given: Partial<NetworkInput> = {}) {
    const signal = serverNetwork.begin();
    const network = servers.renewNetwork(server.id, server.network ?? {}, given);
    const connection = servers.connectWith(server, () => Promise.resolve(password), network);
    const { calendarOrigins: _before, ...shown } = server;
    const account = await servers
      .open({ ...shown, practice: false, password: 'session' }, connection, signal)
      .finally(() => servers.forgetNetwork(server.id));
    if (signal.aborted) throw cancelled();
    await serverNetwork.keepSecrets(server.id, given, remember);
    const calendarOrigins = [...new Set(account.calendars.map((calendar) => originOf(calendar.url)))];
    await book.save({ ...server, calendarOrigins });
    await secrets.keep(server.id, password, remember);
    return { ...account, server: servers.info(server.id) };
  }

  return {
    ...serverNetworkHandlers(ports, servers, serverNetwork),
    'server.list': () => Promise.resolve(servers.list()),
    'server.add': ({ name, url, user, password, remember, behalf, credential, network }) => {
      const address = checkAddress(url);
      const known = book.list().find((entry) => isSame(entry, { url: address, user, behalf }));
      const id = known?.id ?? randomUUID();
      const assumeNoMailHook = known?.assumeNoMailHook ?? false;
      if (network !== undefined) serverNetwork.checkPaths(network.spec, known?.network);
      const server = {
        id,
        name: name.trim() || nameOf(address),
        url: address,
        user,
        assumeNoMailHook,
        calendarOrigins: [],
        behalf,
        credential,
        network: network?.spec ?? known?.network,
      };
      return login(server, password, remember, network);
    },
    'server.set_password': ({ id, password, remember }) => login(servers.stored(id), password, remember),
    'server.forget_password': async ({ id }) => {
      refusePractice(id);
      await secrets.forget(id);
      return servers.info(id);
    },
    'server.set_assumption': async ({ id, noMailHook }) => {
      await book.save({ ...servers.stored(id), assumeNoMailHook: noMailHook });
      return servers.info(id);
    },
    'server.remove': async ({ id }) => {
      refusePractice(id);
      await book.remove(id);
      await secrets.forget(id);
      await serverNetwork.forgetSecrets(id);
      servers.forgetNetwork(id);
      return {};
    },
    'server.canary': ({ id, calendarUrl }) => engine.canary({ calendarUrl }, servers.connectTo(id, calendarUrl)),
    'server.open': ({ id }) => {
      // A file that was put right counts at once.
      servers.forgetNetwork(id);
      return servers.open(servers.info(id));
    },
  };
}

function cancelled(): HushError {
  return new HushError({ code: 'STOPPED', message: 'Cancelled: nothing was kept.', reaction: 'stop-job' });
}

/** The same user of the same server, on behalf of the same other. */
function isSame(one: Account, other: Account): boolean {
  return one.url === other.url && one.user === other.user && one.behalf?.user === other.behalf?.user;
}

type Account = Pick<StoredServer, 'url' | 'user' | 'behalf'>;

/** A password in the address would be stored and shown with it. */
function checkAddress(url: string): string {
  const address = url.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  const parsed = URL.canParse(full) ? new URL(full) : null;
  if (parsed === null || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) {
    throw badAddress('This is not the address of a server. It looks like calendar.example.org or https://….');
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw badAddress('Leave user and password out of the address: they have fields of their own.');
  }
  return address;
}

function badAddress(message: string): HushError {
  return new HushError({ code: 'SERVER_BAD_ADDRESS', message, reaction: 'fix-input' });
}

function nameOf(address: string): string {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  return new URL(full).host;
}
