import { create } from 'zustand';
import { call } from '../bridge/client.ts';
import type { RouteInput } from '../../shared/ipc/contract.ts';
import { toFailure, type Failure } from '../../shared/model/failure.ts';
import type { NetworkInput } from '../../shared/ipc/network-input.ts';
import type { AccountInfo, FoundServer, ServerInfo } from '../../shared/model/server.ts';

interface ServersState {
  /** Null until the list came. */
  readonly list: readonly ServerInfo[] | null;
  readonly accounts: Readonly<Record<string, AccountInfo>>;
  readonly opening: Readonly<Record<string, boolean>>;
  readonly failures: Readonly<Record<string, Failure>>;
  readonly failure: Failure | null;
  readonly load: () => Promise<void>;
  readonly open: (id: string) => Promise<void>;
  /** Gives the failure when the server cannot be added, for the field it belongs to. */
  readonly add: (input: RouteInput<'server.add'>) => Promise<AccountInfo | Failure>;
  readonly setPassword: (input: RouteInput<'server.set_password'>) => Promise<AccountInfo | Failure>;
  readonly forgetPassword: (id: string) => Promise<void>;
  readonly assumeNoMailHook: (id: string, noMailHook: boolean) => Promise<void>;
  /** The server of a mail address, or why there is none. */
  readonly find: (input: RouteInput<'server.find'>) => Promise<FoundServer | Failure>;
  /** Null when the person cancels. */
  readonly chooseFile: () => Promise<string | null>;
  /** Keeps how a server is reached, and looks at it anew. */
  readonly setNetwork: (id: string, network: NetworkInput) => Promise<void>;
  /** Ends the login under way. */
  readonly cancel: () => void;
  readonly remove: (id: string) => Promise<void>;
}

export const useServers = create<ServersState>()((set, get) => {
  const learn = (account: AccountInfo): void => {
    const { server } = account;
    const list = get().list ?? [];
    const known = list.some((entry) => entry.id === server.id);
    set({
      list: known ? list.map((entry) => (entry.id === server.id ? server : entry)) : [...list, server],
      accounts: { ...get().accounts, [server.id]: account },
      failures: without(get().failures, server.id),
    });
  };

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
        set({ list: [...list].sort((a, b) => Number(b.practice) - Number(a.practice)), failure: null });
      } catch (thrown) {
        set({ failure: toFailure(thrown) });
      }
    },
    async open(id) {
      set({ opening: { ...get().opening, [id]: true } });
      try {
        learn(await call('server.open', { id }));
      } catch (thrown) {
        set({ failures: { ...get().failures, [id]: toFailure(thrown) } });
      } finally {
        set({ opening: { ...get().opening, [id]: false } });
      }
    },
    add(input) {
      return account(call('server.add', input));
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
    cancel() {
      // Where it cannot be ended, it ends by itself.
      call('server.cancel', {}).catch(() => undefined);
    },
    async remove(id) {
      try {
        await call('server.remove', { id });
        set({
          list: (get().list ?? []).filter((entry) => entry.id !== id),
          accounts: without(get().accounts, id),
          failures: without(get().failures, id),
        });
      } catch (thrown) {
        set({ failures: { ...get().failures, [id]: toFailure(thrown) } });
      }
    },
  };
});

/** True for what `add` and `setPassword` give when they could not log in. */
export function isFailure(value: AccountInfo | FoundServer | Failure): value is Failure {
  return 'reaction' in value;
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
