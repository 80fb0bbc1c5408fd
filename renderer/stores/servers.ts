import { create } from 'zustand';
import { call } from '../bridge/client.ts';
import type { RouteInput } from '../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../shared/model/failure.ts';
import type { NetworkInput } from '../../shared/ipc/network-input.ts';
import type { AccountInfo, FoundServer, FoundUser, ServerInfo, ServerUser } from '../../shared/model/server.ts';
import { byName } from '../words/event/order.ts';

interface ServersState {
  /** Null until the list came. */
  readonly list: readonly ServerInfo[] | null;
  /** By `accountKey`, as are the next two. */
  readonly accounts: Readonly<Record<string, AccountInfo>>;
  readonly opening: Readonly<Record<string, boolean>>;
  readonly failures: Readonly<Record<string, Failure>>;
  readonly failure: Failure | null;
  readonly load: () => Promise<void>;
  /** @param forUser whose calendars, where an administrator logs in; else the first of its users */
  readonly open: (id: string, forUser?: string | null) => Promise<void>;
  /** Gives the failure when the server cannot be added, for the field it belongs to. */
  readonly add: (input: RouteInput<'server.add'>) => Promise<AccountInfo | Failure>;
  readonly edit: (input: RouteInput<'server.edit'>) => Promise<AccountInfo | Failure>;
  /** Users of a server whose name or address holds the text. */
  readonly findUsers: (id: string, text: string) => Promise<readonly FoundUser[] | Failure>;
  /** Lists a user under a server, once. */
  readonly addUser: (id: string, user: ServerUser) => Promise<void>;
  readonly removeUser: (id: string, user: string) => Promise<void>;
  readonly setPassword: (input: RouteInput<'server.set_password'>) => Promise<AccountInfo | Failure>;
  readonly forgetPassword: (id: string) => Promise<void>;
  readonly assumeNoMailHook: (id: string, noMailHook: boolean) => Promise<void>;
  /** The server of a mail address, or why there is none. */
  readonly find: (input: RouteInput<'server.find'>) => Promise<FoundServer | Failure>;
  /** Null when the person cancels. */
  readonly chooseFile: () => Promise<string | null>;
  /** Keeps how a server is reached, and looks at it anew. */
  readonly setNetwork: (id: string, network: NetworkInput) => Promise<void>;
  /** Ends the login or the search under way, or the look at one account. */
  readonly cancel: (opening?: { readonly id: string; readonly forUser: string | null }) => void;
  readonly remove: (id: string) => Promise<void>;
}

export const useServers = create<ServersState>()((set, get) => {
  /** The newest look at each account: what comes of an older one, which main ends, counts for nothing. */
  const looks = new Map<string, symbol>();

  const learn = (account: AccountInfo): void => {
    const { server } = account;
    const list = get().list ?? [];
    const known = list.some((entry) => entry.id === server.id);
    const key = accountKey(server.id, account.forUser);
    set({
      list: inOrder(known ? list.map((entry) => (entry.id === server.id ? server : entry)) : [...list, server]),
      accounts: { ...get().accounts, [key]: account },
      failures: without(without(get().failures, key), server.id),
    });
  };

  /** What was seen of a server as it was before counts for nothing. */
  const forget = (id: string): void => {
    const { accounts, failures, opening } = get();
    const isOfIt = (key: string): boolean => key === id || key.startsWith(`${id} `);
    const others = <T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
      Object.fromEntries(Object.entries(record).filter(([key]) => !isOfIt(key)));
    set({ accounts: others(accounts), failures: others(failures), opening: others(opening) });
    for (const key of looks.keys()) if (isOfIt(key)) looks.delete(key);
  };

  const setUsers = (id: string, users: readonly ServerUser[]): Promise<void> =>
    change(id, call('server.set_users', { id, users }));

  const account = async (work: Promise<AccountInfo>): Promise<AccountInfo | Failure> => {
    try {
      const found = await work;
      learn(found);
      return found;
    } catch (thrown) {
      return toFailure(thrown);
    }
  };

  const change = async (id: string, work: Promise<ServerInfo>): Promise<void> => {
    try {
      const server = await work;
      set({ list: (get().list ?? []).map((entry) => (entry.id === id ? server : entry)) });
    } catch (thrown) {
      set({ failures: { ...get().failures, [id]: toFailure(thrown) } });
    }
  };

  return {
    list: null,
    accounts: {},
    opening: {},
    failures: {},
    failure: null,
    async load() {
      try {
        const list = await call('server.list', {});
        set({ list: inOrder(list), failure: null });
      } catch (thrown) {
        set({ failure: toFailure(thrown) });
      }
    },
    async open(id, forUser) {
      const server = get().list?.find((entry) => entry.id === id);
      const user = forUser ?? firstUser(server);
      const key = accountKey(id, user);
      const look = Symbol(key);
      looks.set(key, look);
      set({ opening: { ...get().opening, [key]: true } });
      const answer = await call('server.open', { id, ...(user === null ? {} : { forUser: user }) }).catch(toFailure);
      if (looks.get(key) !== look) return;
      looks.delete(key);
      if (isFailure(answer)) set({ failures: { ...get().failures, [key]: answer } });
      else learn(answer);
      set({ opening: { ...get().opening, [key]: false } });
    },
    add(input) {
      return account(call('server.add', input));
    },
    async edit(input) {
      const done = await account(call('server.edit', input));
      if (isFailure(done)) return done;
      forget(input.id);
      learn(done);
      return done;
    },
    async findUsers(id, text) {
      try {
        return await call('server.find_users', { id, text });
      } catch (thrown) {
        return toFailure(thrown);
      }
    },
    async addUser(id, user) {
      const users = get().list?.find((entry) => entry.id === id)?.users ?? [];
      const known = users.find((entry) => entry.user === user.user);
      if (known !== undefined && (user.home === undefined || known.home === user.home)) return;
      await setUsers(id, [...users.filter((entry) => entry.user !== user.user), user]);
    },
    async removeUser(id, user) {
      const users = get().list?.find((entry) => entry.id === id)?.users ?? [];
      await setUsers(
        id,
        users.filter((entry) => entry.user !== user),
      );
    },
    setPassword(input) {
      return account(call('server.set_password', input));
    },
    forgetPassword: (id) => change(id, call('server.forget_password', { id })),
    assumeNoMailHook: (id, noMailHook) => change(id, call('server.set_assumption', { id, noMailHook })),
    async find(input) {
      try {
        return await call('server.find', input);
      } catch (thrown) {
        return toFailure(thrown);
      }
    },
    async chooseFile() {
      try {
        return (await call('server.choose_file', {}))?.path ?? null;
      } catch {
        return null;
      }
    },
    async setNetwork(id, network) {
      await change(id, call('server.set_network', { id, network }));
      await get().open(id);
    },
    cancel(opening) {
      const { id, forUser = null } = opening ?? {};
      const input = { ...(id === undefined ? {} : { id }), ...(forUser === null ? {} : { forUser }) };
      // Where it cannot be ended, it ends by itself.
      call('server.cancel', input).catch(() => undefined);
    },
    async remove(id) {
      try {
        await call('server.remove', { id });
        forget(id);
        set({ list: (get().list ?? []).filter((entry) => entry.id !== id) });
      } catch (thrown) {
        set({ failures: { ...get().failures, [id]: toFailure(thrown) } });
      }
    },
  };
});

/** Under which name the account of a user is kept; null: of the one who logs in. */
export function accountKey(id: string, forUser: string | null): string {
  return forUser === null ? id : `${id} ${forUser}`;
}

/** Whose calendars are shown where nobody is chosen; null: those of the one who logs in, or nobody's yet. */
export function firstUser(server: ServerInfo | undefined): string | null {
  return (server?.admin === undefined ? undefined : server.users?.[0]?.user) ?? null;
}

/** The practice server first, the others by name. */
function inOrder(list: readonly ServerInfo[]): readonly ServerInfo[] {
  return list.toSorted((a, b) => Number(b.practice) - Number(a.practice) || byName(a, b));
}

/** True for what `add` and its like give when they could not log in. */
export function isFailure(value: AccountInfo | FoundServer | readonly FoundUser[] | Failure): value is Failure {
  return 'reaction' in value;
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
