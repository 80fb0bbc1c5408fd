import type { Ports } from '../ports.ts';
import type { ServerNetwork } from '../server-network.ts';
import { refusePractice, type Servers } from '../servers.ts';
import type { Handlers } from '../types.ts';

/** How servers are found and reached. */
export function serverNetworkHandlers(
  { book, secrets, engine, openNetwork }: Pick<Ports, 'book' | 'secrets' | 'engine' | 'openNetwork'>,
  servers: Servers,
  ways: ServerNetwork,
): Pick<Handlers, 'server.find' | 'server.cancel' | 'server.choose_file' | 'server.set_network'> {
  return {
    'server.find': ({ address, network: { spec, proxyPassword, keyPassword } }) => {
      ways.checkPaths(spec);
      const network = openNetwork(spec, {
        proxyPassword: () => Promise.resolve(proxyPassword),
        keyPassword: () => Promise.resolve(keyPassword),
      });
      return engine.findServer(address, { network, signal: ways.begin() });
    },
    'server.cancel': () => {
      ways.cancel();
      return Promise.resolve({});
    },
    'server.choose_file': () => ways.chooseFile(),
    'server.set_network': async ({ id, network }) => {
      refusePractice(id);
      const server = servers.stored(id);
      ways.checkPaths(network.spec, server.network);
      await book.save({ ...server, network: network.spec });
      await ways.keepSecrets(id, network, secrets.where(id) === 'keychain');
      servers.forgetNetwork(id);
      return servers.info(id);
    },
  };
}
