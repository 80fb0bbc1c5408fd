import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { hasCode } from '../../../../shared/model/failure.ts';
import { handshakeFailure } from './handshake.ts';
import type { Network, ProxyChoice } from '../types.ts';
import { proxyUnsupported } from './proxy-failures.ts';
import { checkCertificate } from './trust.ts';
import { openTunnel } from './tunnel.ts';

/** Opens connections to one origin: through its proxy, and to nobody whose certificate does not count. */
export class Connector {
  readonly #url: URL;
  readonly #network: Network;
  readonly #milliseconds: number;
  #proxy: string | null = null;

  /** @param milliseconds until there is a connection, for each proxy that is tried */
  constructor(origin: string, network: Network, milliseconds: number) {
    this.#url = new URL(origin);
    this.#network = network;
    this.#milliseconds = milliseconds;
  }

  /** The proxy of the last connection, without its login; null where there was none. */
  get proxy(): string | null {
    return this.#proxy;
  }

  /** For undici. */
  readonly connect: buildConnector.connector = (_options, callback) => {
    this.open().then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };

  /** Throws HushError `TLS_…` or `PROXY_…`, or what the system or undici says of the connection. */
  async open(): Promise<Socket> {
    const proxies = await this.#network.proxies(this.#url.origin);
    let first: unknown = null;
    for (const proxy of proxies) {
      try {
        const socket = await this.#through(proxy);
        this.#proxy = proxy.kind === 'proxy' ? proxy.url : null;
        return socket;
      } catch (error) {
        first ??= error;
        // The next one of a list is for a proxy that is down, not for one that says no.
        if (!isDown(error)) throw error;
      }
    }
    throw first;
  }

  async #through(proxy: ProxyChoice): Promise<Socket> {
    if (proxy.kind === 'unsupported') throw proxyUnsupported(proxy.what);
    const { host, protocol, port } = this.#url;
    const hostname = this.#url.hostname.replace(/^\[|\]$/g, '');
    const isTls = protocol === 'https:';
    if (!isTls && proxy.kind === 'direct') return connectTo({}, this.#milliseconds, { hostname, host, protocol, port });
    const context = await this.#network.tls();
    const tunnel =
      proxy.kind === 'direct'
        ? null
        : await openTunnel(
            proxy,
            `${this.#url.hostname}:${port === '' ? (isTls ? '443' : '80') : port}`,
            context,
            this.#milliseconds,
          );
    if (!isTls && tunnel !== null) return tunnel;
    const socket = await this.#secure({
      hostname,
      host,
      protocol,
      port,
      ...(tunnel === null ? {} : { httpSocket: tunnel }),
    });
    try {
      checkCertificate(socket, hostname, this.#network.trusted(hostname));
      return socket;
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  async #secure(options: buildConnector.Options): Promise<TLSSocket> {
    // Judged in checkCertificate, which knows the fingerprints and shows what came. No session is resumed: of one that is,
    // Node does not check the name again.
    const tls = { secureContext: await this.#network.tls(), rejectUnauthorized: false, maxCachedSessions: 0 };
    try {
      const socket = await connectTo(tls, this.#milliseconds, options);
      if (socket instanceof TLSSocket) return socket;
      throw new TypeError('A connection to https is no TLS.');
    } catch (error) {
      throw handshakeFailure(error, this.#url.origin) ?? error;
    }
  }
}

function connectTo(options: buildConnector.BuildOptions, timeout: number, to: buildConnector.Options): Promise<Socket> {
  return new Promise((resolve, reject) => {
    buildConnector({ ...options, timeout, allowH2: false })(to, (error, socket) => {
      // Where there is an error, undici leaves the socket out.
      if (error === null) resolve(socket);
      else reject(error);
    });
  });
}

function isDown(error: unknown): boolean {
  return hasCode(error, ['PROXY_UNREACHABLE', 'PROXY_UNSUPPORTED']);
}
