import type { Ports } from '../ports.ts';
import type { ServerNetwork } from '../servers/server-network.ts';
import { refusePractice, type Servers } from '../servers/servers.ts';
import type { Handlers } from '../types.ts';

/** How servers are found and reached. */
export function serverNetworkHandlers(
  { book, secrets, engine, openNetwork }: Pick<Ports, 'book' | 'secrets' | 'engine' | 'openNetwork'>,
  servers: Servers,
  serverNetwork: ServerNetwork,
): Pick<Handlers, 'server.find' | 'server.cancel' | 'server.choose_file' | 'server.set_network'> {
  return {
    'server.find': async ({ address, network: { spec, proxyPassword, keyPassword } }) => {
      serverNetwork.checkPaths(spec);
      await serverNetwork.noteTrust(spec);
      const network = openNetwork(spec, {
        proxyPassword: () => Promise.resolve(proxyPassword),
        keyPassword: () => Promise.resolve(keyPassword),
      });
      return engine.findServer(address, { network, signal: serverNetwork.begin() });
    },
    'server.cancel': ({ id, forUser }) => {
      serverNetwork.cancel(id === undefined ? '' : accountName(id, forUser));
      return Promise.resolve({});
    },
    'server.choose_file': () => serverNetwork.chooseFile(),
    'server.set_network': async ({ id, network }) => {
      refusePractice(id);
      const server = servers.stored(id);
      serverNetwork.checkPaths(network.spec, server.network);
      await serverNetwork.noteTrust(network.spec, server.network);
      await serverNetwork.keepSecrets(
        id,
        network,
        secrets.where(id) === 'keychain',
        servers.isOtherProxy(id, network.spec),
      );
      await book.save({ ...server, network: network.spec });
      servers.forgetNetwork(id);
      return servers.info(id);
    },
  };
}

/** Under which name the look at an account goes on. */
export function accountName(id: string, forUser: string | undefined): string {
  return JSON.stringify([id, forUser ?? null]);
}
