import { randomUUID } from 'node:crypto';
import { originOf } from '../../../shared/text/address.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { RouteInput } from '../../../shared/ipc/contract.ts';
import type { NetworkInput } from '../../../shared/ipc/network-input.ts';
import type { Ports, StoredServer } from '../ports.ts';
import { ServerNetwork } from '../server-network.ts';
import { PRACTICE_ID, refusePractice, type Servers } from '../servers.ts';
import { accountName, serverNetworkHandlers } from './server-network.ts';
import type { HandlersOf } from '../types.ts';

export function serverHandlers(
  ports: Pick<Ports, 'book' | 'secrets' | 'engine' | 'desktop' | 'openNetwork'>,
  servers: Servers,
): HandlersOf<'server'> {
  const { book, secrets, engine, desktop } = ports;
  const serverNetwork = new ServerNetwork({ secrets, desktop });

  /** A password is tried before it is kept, so that a wrong one replaces none. Null: the kept one, which stays as it is. */
  async function login(server: StoredServer, password: string | null, remember: boolean, given: Partial<NetworkInput> = {}) {
    const signal = serverNetwork.begin();
    const network = servers.renewNetwork(server.id, server.network ?? {}, given);
    const read = () => (password === null ? servers.password(server.id) : Promise.resolve(password));
    const connection = servers.connectWith(server, read, network);
    const { calendarOrigins: before, ...shown } = server;
    const account = await servers
      .open({ ...shown, practice: false, password: 'session' }, undefined, connection, signal)
      .finally(() => servers.forgetNetwork(server.id));
    if (signal.aborted) throw cancelled();
    await serverNetwork.keepSecrets(server.id, given, remember);
    const origins = account.calendars.map((calendar) => originOf(calendar.url));
    await book.save({ ...server, calendarOrigins: [...new Set([...before, ...origins])] });
    if (password !== null) await secrets.keep(server.id, password, remember);
    return { ...account, server: servers.info(server.id) };
  }

  /** The server that the person describes. Throws HushError for an address that is none, and for files that nobody chose. */
  function described(id: string, fields: Fields, kept: StoredServer | undefined, like = kept): StoredServer {
    const { name, url, user, admin, users, credential, network } = fields;
    const address = checkAddress(url);
    if (network !== undefined) serverNetwork.checkPaths(network.spec, like?.network);
    const same = kept !== undefined && originOf(kept.url) === originOf(address);
    const server: StoredServer = {
      id,
      name: name.trim() || nameOf(address),
      url: address,
      user,
      assumeNoMailHook: same && kept.assumeNoMailHook,
      calendarOrigins: same ? kept.calendarOrigins : [],
      admin,
      users: admin === undefined ? undefined : users,
      credential,
      network: network?.spec ?? kept?.network,
    };
    checkHomes(server);
    return server;
  }

  /** A kept password goes to the server, and for the login, that it was given for. Throws HushError. */
  function checkKept(before: StoredServer, after: StoredServer): void {
    if (originOf(before.url) === originOf(after.url) && before.user === after.user) return;
    throw new HushError({
      code: 'SERVER_PASSWORD_AGAIN',
      message: 'This is another server or another login, so the password is needed again.',
      reaction: 'fix-input',
    });
  }

  return {
    ...serverNetworkHandlers(ports, servers, serverNetwork),
    'server.list': () => Promise.resolve(servers.list()),
    'server.add': ({ password, remember, like, ...fields }) => {
      const known = book.list().find((entry) => isSame(entry, { ...fields, url: checkAddress(fields.url) }));
      const model = book.list().find(({ id }) => id === like);
      const server = described(known?.id ?? randomUUID(), fields, known, model ?? known);
      return login(server, password, remember, fields.network);
    },
    'server.edit': ({ id, password, remember, ...fields }) => {
      refusePractice(id);
      const before = servers.stored(id);
      const after = described(id, fields, before);
      if (password === null) checkKept(before, after);
      return login(after, password, remember, fields.network);
    },
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

/** What a person says of a server. */
type Fields = Omit<RouteInput<'server.edit'>, 'id' | 'password' | 'remember'>;

/** The same login at the same server, by the same way. */
function isSame(one: Account, other: Account): boolean {
  return one.url === other.url && one.user === other.user && one.admin?.way === other.admin?.way;
}

type Account = Pick<StoredServer, 'url' | 'user' | 'admin'>;

/** The homes of users come from the page: each lies on the server itself, since its password goes there. Throws HushError. */
function checkHomes({ url, users = [] }: StoredServer): void {
  const origin = originOf(url);
  if (users.every(({ home }) => home === undefined || originOf(home) === origin)) return;
  throw badAddress('The calendars of a user lie on another server than this one, so no password is sent there.');
}

/** A password in the address would be stored and shown with it. */
function checkAddress(url: string): string {
  const address = url.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  const parsed = URL.canParse(full) && !/^[a-z]+:\/\/[^/]*[{}]/i.test(full) ? new URL(full) : null;
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
