import { randomUUID } from 'node:crypto';
import { originOf } from '../../../shared/text/address.ts';
import { HushError } from '../../../shared/model/failure.ts';
import type { Ports, StoredServer } from '../ports.ts';
import { PRACTICE_ID, type Servers } from '../servers.ts';
import type { HandlersOf } from '../types.ts';

export function serverHandlers(
  { book, secrets, engine }: Pick<Ports, 'book' | 'secrets' | 'engine'>,
  servers: Servers,
): HandlersOf<'server'> {
  /** A password is tried before it is kept, so that a wrong one replaces none. */
  async function login(server: StoredServer, password: string, remember: boolean) {
    const connection = servers.connectWith(server, () => Promise.resolve(password));
    const { calendarOrigins: _before, ...shown } = server;
    const account = await servers.open({ ...shown, practice: false, password: 'session' }, connection);
    const calendarOrigins = [...new Set(account.calendars.map((calendar) => originOf(calendar.url)))];
    await book.save({ ...server, calendarOrigins });
    await secrets.keep(server.id, password, remember);
    return { ...account, server: servers.info(server.id) };
  }

  return {
    'server.list': () => Promise.resolve(servers.list()),
    'server.add': ({ name, url, user, password, remember, behalf, credential }) => {
      const address = checkAddress(url);
      const known = book.list().find((entry) => isSame(entry, { url: address, user, behalf }));
      const id = known?.id ?? randomUUID();
      const assumeNoMailHook = known?.assumeNoMailHook ?? false;
      const server = {
        id,
        name: name.trim() || nameOf(address),
        url: address,
        user,
        assumeNoMailHook,
        calendarOrigins: [],
        behalf,
        credential,
      };
      return login(server, password, remember);
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
      return {};
    },
    'server.canary': ({ id, calendarUrl }) => engine.canary({ calendarUrl }, servers.connectTo(id, calendarUrl)),
    'server.open': ({ id }) => servers.open(servers.info(id)),
  };
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

function refusePractice(id: string): void {
  if (id !== PRACTICE_ID) return;
  throw new HushError({
    code: 'SERVER_PRACTICE_STAYS',
    message: 'The practice server belongs to Hushcal and stays in the list.',
    reaction: 'fix-input',
  });
}
