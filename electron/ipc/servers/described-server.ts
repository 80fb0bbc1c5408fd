import type { RouteInput } from '../../../shared/ipc/contract.ts';
import { HushError } from '../../../shared/model/failure.ts';
import { originOf } from '../../../shared/text/address.ts';
import type { StoredServer } from '../ports.ts';

/** What a person says of a server. */
type ServerFields = Omit<RouteInput<'server.edit'>, 'id' | 'password' | 'remember'>;

/**
 * A server as a person describes it. What was confirmed or found of one at another address counts for nothing.
 *
 * @param kept the same server as it is stored
 * @throws HushError `SERVER_BAD_ADDRESS`
 */
export function describedServer(id: string, fields: ServerFields, kept: StoredServer | undefined): StoredServer {
  const { name, user, admin, users, credential, network } = fields;
  const url = checkAddress(fields.url);
  const same = kept !== undefined && originOf(kept.url) === originOf(url);
  // What a search found on another host says nothing of this one.
  const placed = users?.map(({ user: one, home }) =>
    home !== undefined && originOf(home) === originOf(url) ? { user: one, home } : { user: one },
  );
  return {
    id,
    name: name.trim() || nameOf(url),
    url,
    user,
    assumeNoMailHook: same && kept.assumeNoMailHook,
    calendarOrigins: same ? kept.calendarOrigins : [],
    admin,
    users: admin === undefined ? undefined : placed,
    credential,
    network: network?.spec ?? kept?.network,
  };
}

/** A kept password goes to the server, and for the login, that it was given for. Throws HushError. */
export function checkKept(before: StoredServer, after: StoredServer): void {
  if (originOf(before.url) === originOf(after.url) && before.user === after.user) return;
  throw new HushError({
    code: 'SERVER_PASSWORD_AGAIN',
    message: 'This is another server or another login, so the password is needed again.',
    reaction: 'fix-input',
  });
}

/** The homes of users come from the page: each lies on the server itself, since its password goes there. Throws HushError. */
export function checkHomes({ url, users = [] }: StoredServer): void {
  const origin = originOf(url);
  if (users.every(({ home }) => home === undefined || originOf(home) === origin)) return;
  throw badAddress('The calendars of a user lie on another server than this one, so no password is sent there.');
}

type Login = Pick<StoredServer, 'url' | 'user' | 'admin'>;

/** The same login at the same server, by the same way. */
export function isSameLogin(one: Login, other: Login): boolean {
  return one.url === other.url && one.user === other.user && one.admin?.way === other.admin?.way;
}

/** A password in the address would be stored and shown with it; a user's name has no place in that of a host. */
function checkAddress(url: string): string {
  const address = url.trim();
  const full = withHttps(address);
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
  return new URL(withHttps(address)).host;
}

function withHttps(address: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
}
