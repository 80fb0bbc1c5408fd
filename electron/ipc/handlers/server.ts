import { randomUUID } from 'node:crypto';
import { originOf } from '../../../shared/text/address.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { NetworkInput } from '../../../shared/ipc/network-input.ts';
import type { NetworkSpec } from '../../../shared/model/network.ts';
import type { Ports, StoredServer } from '../ports.ts';
import { ServerNetwork } from '../servers/server-network.ts';
import { PRACTICE_ID, refusePractice, type Servers } from '../servers/servers.ts';
import { checkHomes, checkKept, describedServer, isSameLogin } from '../servers/described-server.ts';
import { accountName, serverNetworkHandlers } from './server-network.ts';
import type { HandlersOf } from '../types.ts';

/** Whose calendars one login opens. */
function userHandlers(
  { book, engine }: Pick<Ports, 'book' | 'engine'>,
  servers: Servers,
  serverNetwork: ServerNetwork,
): Pick<HandlersOf<'server'>, 'server.find_users' | 'server.set_users'> {
  return {
    'server.find_users': async ({ id, text }) => {
      const connection = id === PRACTICE_ID ? servers.connect(id) : servers.connectAsItself(servers.stored(id));
      const signal = serverNetwork.begin();
      return [...(await orCancelled(signal, engine.findUsers(connection, text, signal)))];
    },
    'server.set_users': async ({ id, users }) => {
      refusePractice(id);
      const server = { ...servers.stored(id), users };
      checkHomes(server);
      await book.save(server);
      return servers.info(id);
    },
  };
}

export function serverHandlers(
  ports: Pick<Ports, 'book' | 'secrets' | 'engine' | 'desktop' | 'openNetwork'> & Partial<Pick<Ports, 'recents'>>,
  servers: Servers,
): HandlersOf<'server'> {
  const { book, secrets, engine, desktop } = ports;
  const serverNetwork = new ServerNetwork({ secrets, desktop, engine });

  /** A password is tried before it is kept, so that a wrong one replaces none. Null: the kept one, which stays as it is. */
  async function login(
    server: StoredServer,
    password: string | null,
    remember: boolean,
    given: Partial<NetworkInput> = {},
    kept: NetworkSpec = {},
  ) {
    await serverNetwork.noteTrust(given.spec ?? {}, kept);
    const signal = serverNetwork.begin();
    const isOther = servers.isOtherProxy(server.id, server.network ?? {});
    const network = servers.renewNetwork(server.id, server.network ?? {}, given);
    const read = () => (password === null ? servers.password(server.id) : Promise.resolve(password));
    const connection = servers.connectWith(server, read, network);
    const { calendarOrigins: before, product: _product, probes: _probes, ...shown } = server;
    const account = await servers
      .open({ ...shown, practice: false, password: 'session' }, undefined, connection, signal)
      .finally(() => servers.forgetNetwork(server.id));
    if (signal.aborted) throw cancelled();
    await serverNetwork.keepSecrets(server.id, given, remember, isOther);
    const origins = account.calendars.map((calendar) => originOf(calendar.url));
    const calendarOrigins = [...new Set([...before, ...origins])];
    const product = account.product ?? undefined;
    await book.save({ ...server, product, calendarOrigins, probes: servers.keptProbes(server.id) });
    if (password !== null) await secrets.keep(server.id, password, remember);
    return { ...account, server: servers.info(server.id) };
  }

  return {
    ...serverNetworkHandlers(ports, servers, serverNetwork),
    ...userHandlers(ports, servers, serverNetwork),
    'server.list': () => Promise.resolve(servers.list()),
    'server.add': ({ password, remember, like, ...fields }) => {
      const known = book.list().find((entry) => isSameLogin(entry, { ...fields, url: fields.url.trim() }));
      const model = book.list().find(({ id }) => id === like);
      serverNetwork.checkPaths(fields.network?.spec ?? {}, (model ?? known)?.network);
      const server = describedServer(known?.id ?? randomUUID(), fields, known);
      return login(server, password, remember, fields.network, known?.network);
    },
    'server.edit': ({ id, password, remember, ...fields }) => {
      refusePractice(id);
      const before = servers.stored(id);
      serverNetwork.checkPaths(fields.network?.spec ?? {}, before.network);
      const after = describedServer(id, fields, before);
      if (password === null) checkKept(before, after);
      return login(after, password, remember, fields.network, before.network);
    },
    'server.set_password': ({ id, password, remember }) => login(servers.stored(id), password, remember),
    'server.forget_password': async ({ id }) => {
      refusePractice(id);
      await secrets.forget(id);
      await serverNetwork.forgetSecrets(id);
      return servers.info(id);
    },
    'server.set_assumption': async ({ id, noMailHook }) => {
      await book.save({ ...servers.stored(id), assumeNoMailHook: noMailHook });
      return servers.info(id);
    },
    'server.remove': async ({ id }) => {
      refusePractice(id);
      await book.remove(id);
      await ports.recents?.forgetServer(id);
      await secrets.forget(id);
      await serverNetwork.forgetSecrets(id);
      servers.forgetNetwork(id);
      return {};
    },
    'server.canary': ({ id, forUser, calendarUrl }) =>
      engine.canary({ calendarUrl }, servers.connectTo(id, calendarUrl, forUser)),
    'server.open': ({ id, forUser }) => {
      // A file that was put right counts at once.
      servers.forgetNetwork(id);
      const signal = serverNetwork.begin(accountName(id, forUser));
      return orCancelled(signal, servers.open(servers.info(id), forUser, undefined, signal));
    },
  };
}

function cancelled(): HushError {
  return new HushError({ code: 'STOPPED', message: 'Cancelled.', reaction: 'stop-job' });
}

/** Whatever comes of work that was cancelled, it was cancelled. */
async function orCancelled<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw signal.aborted ? cancelled() : error;
  }
}
