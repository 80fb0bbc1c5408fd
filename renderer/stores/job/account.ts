import type { AccountInfo } from '../../../shared/model/server.ts';
import { accountKey, useServers } from '../servers.ts';
import { useDraft } from './draft.ts';

/** The account that is restored into, as far as it was looked at. */
export function useChosenAccount(): AccountInfo | undefined {
  const key = useChosenKey();
  return useServers((state) => state.accounts[key]);
}

/** Under which name it is kept; of no account while no server is chosen. */
export function useChosenKey(): string {
  return useDraft(({ serverId, forUser }) => accountKey(serverId ?? '', forUser));
}
