import type { RouteInput } from '../../../shared/ipc/contract.ts';
import { offeredWay } from '../../../shared/model/login.ts';
import type { ServerInfo, ServerUser } from '../../../shared/model/server.ts';
import { userList } from '../../stores/batch/cleanup.ts';
import { draftOf, networkInput, type NetworkDraft } from './Connection.tsx';
import { isWhole, OWN_WAY, type WayDraft } from './LoginWays.tsx';

/** A server as typed. */
export interface ServerDraft {
  readonly name: string;
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly remember: boolean;
  readonly way: WayDraft;
  readonly network: NetworkDraft;
}

/** @param server the one that is edited or duplicated; null: a new one */
export function serverDraft(server: ServerInfo | null): ServerDraft {
  return {
    name: server?.name ?? '',
    url: server?.url ?? '',
    user: server?.user ?? '',
    password: '',
    remember: server?.password === 'keychain',
    way: server === null ? OWN_WAY : wayOf(server),
    network: draftOf(server?.network),
  };
}

function wayOf({ admin, users = [], credential }: ServerInfo): WayDraft {
  const way = admin === undefined || admin.way === 'grant' ? 'own' : offeredWay(admin.way);
  return {
    way,
    users: users.map(({ user }) => user).join('\n'),
    template: admin?.template ?? OWN_WAY.template,
    token: credential === 'token',
  };
}

/** What the main process is told of a server, all but its password. */
export function serverFields(
  draft: ServerDraft,
  known: readonly ServerUser[],
): Omit<RouteInput<'server.edit'>, 'id' | 'password'> {
  const { name, url, user, remember, way, network } = draft;
  const admin =
    way.way === 'own' ? null : { way: way.way, ...(way.way === 'template' ? { template: way.template } : {}) };
  // Where the calendars of a user lie was found by a search, and is not typed.
  const users = userList(way.users).map((one) => known.find((entry) => entry.user === one) ?? { user: one });
  return {
    name: name.trim(),
    url: url.trim(),
    user: user.trim(),
    remember,
    ...(admin === null ? {} : { admin, users }),
    ...(way.token ? { credential: 'token' as const } : {}),
    network: networkInput(network),
  };
}

/** Nothing is missing; a password only where none is kept. */
export function isComplete({ url, user, password, way }: ServerDraft, keptPassword: boolean): boolean {
  return url.trim() !== '' && user.trim() !== '' && (password !== '' || keptPassword) && isWhole(way);
}

export function isSameDraft(one: ServerDraft, other: ServerDraft): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
