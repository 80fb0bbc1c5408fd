import { createHash } from 'node:crypto';
import type { SecureContext } from 'node:tls';
import type { NetworkSpec } from '../../../../shared/model/network.ts';
import { isLoopback } from '../../../../shared/text/address.ts';
import { systemAuthorities } from './authorities.ts';
import { readAuthorities, secureContext } from './identity.ts';
import { DIRECT, parsePac, proxyOfEnvironment, toProxy } from './proxies.ts';
import type { Network } from '../types.ts';

export interface NetworkPorts {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What the system says of an origin, as a PAC file answers; the environment when left out. */
  readonly systemProxy?: ((origin: string) => Promise<string>) | undefined;
  readonly proxyPassword?: (() => Promise<string | null>) | undefined;
  readonly keyPassword?: (() => Promise<string | null>) | undefined;
}

const known = new Map<string, Promise<SecureContext>>();

/** Without an own certificate, by what is believed: to make one takes a tenth of a second, and most servers need the same. */
function plainContext(authorities: readonly string[]): Promise<SecureContext> {
  const key = createHash('sha256').update(authorities.join('\n')).digest('hex');
  const context = known.get(key) ?? secureContext(authorities, {}, () => Promise.resolve(null));
  if (known.size > 20) known.clear();
  known.set(key, context);
  return context;
}

/** Opens nothing and reads no file before the first connection. */
export function openNetwork(spec: NetworkSpec = {}, ports: NetworkPorts = {}): Network {
  const { env = {}, systemProxy, proxyPassword = null, keyPassword = () => Promise.resolve(null) } = ports;
  let context: Promise<SecureContext> | null = null;

  async function makeContext(): Promise<SecureContext> {
    const system = systemAuthorities(env);
    const given = await Promise.all((spec.authorities ?? []).map(readAuthorities));
    const authorities = [...system, ...given.flat()];
    return spec.certificate === undefined ? plainContext(authorities) : secureContext(authorities, spec, keyPassword);
  }

  return {
    tls() {
      context ??= makeContext();
      const opened = context;
      // A file that was put right is read anew.
      opened.catch(() => {
        if (context === opened) context = null;
      });
      return opened;
    },
    trusted(host) {
      const of = (name: string | null): readonly string[] =>
        (spec.fingerprints ?? []).filter((one) => one.host === name).map(({ sha256 }) => sha256);
      const own = of(host);
      return own.length > 0 ? { fingerprints: own, byName: true } : { fingerprints: of(null), byName: false };
    },
    async proxies(origin) {
      if (isLoopback(new URL(origin).hostname)) return [DIRECT];
      if (spec.proxy === 'none') return [DIRECT];
      if (spec.proxy !== undefined) return [toProxy(spec.proxy, proxyPassword)];
      if (systemProxy === undefined) return [proxyOfEnvironment(origin, env, proxyPassword)];
      return parsePac(await systemProxy(origin), null, null);
    },
  };
}

/** Directly, with the authorities of this computer. */
export const PLAIN_NETWORK = openNetwork();
