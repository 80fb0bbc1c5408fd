import type { ServerInfo } from '../../shared/model/server.ts';
import { useServers } from './servers.ts';

/** A run knows its server by host; here it is called as the person called it, when it is still in the list. */
export function useServerName(host: string): string {
  return useServers((state) => nameOf(state.list ?? [], host));
}

export function nameOf(servers: readonly ServerInfo[], host: string): string {
  const known = servers.find(({ url }) => url === host || (URL.canParse(url) && new URL(url).host === host));
  return known?.name ?? host;
}
