import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { isLoopback } from '../../../../shared/text/address.ts';
import { HushError } from '../../../../shared/model/failure.ts';
import type { ProxyChoice } from '../types.ts';

type Env = Readonly<Record<string, string | undefined>>;

export const DIRECT: ProxyChoice = { kind: 'direct' };

/**
 * A proxy as a person or an environment writes it: `http://user@proxy.example.org:3128`, `proxy:3128`.
 *
 * @param password where it does not stand in the text
 * @throws HushError `PROXY_INVALID`, which does not repeat what may hold a password
 */
export function toProxy(text: string, password: (() => Promise<string | null>) | null = null): ProxyChoice {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text.trim()) ? text.trim() : `http://${text.trim()}`;
  const scheme = full.slice(0, full.indexOf(':')).toLowerCase();
  if (scheme.startsWith('socks')) return { kind: 'unsupported', what: `${scheme.toUpperCase()} proxy` };
  if ((scheme !== 'http' && scheme !== 'https') || !URL.canParse(full)) throw invalid();
  const { origin, username, password: written, pathname, search, hash } = new URL(full);
  if (pathname !== '/' || search !== '' || hash !== '') throw invalid();
  const user = username === '' ? null : decode(username);
  const secret = written === '' ? password : () => Promise.resolve(decode(written));
  return { kind: 'proxy', url: origin, user, password: secret };
}

function invalid(): HushError {
  return new HushError({
    code: 'PROXY_INVALID',
    message: 'A proxy is written as http://host:port, with user@ before the host where it wants a login.',
    reaction: 'fix-input',
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The proxy that the environment names for an https origin, as curl reads it: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`. */
export function proxyOfEnvironment(
  origin: string,
  env: Env,
  password: (() => Promise<string | null>) | null,
): ProxyChoice {
  const of = (name: string): string => env[name] ?? env[name.toUpperCase()] ?? '';
  const named = ['https_proxy', 'http_proxy', 'all_proxy'].map(of).find((text) => text.trim() !== '');
  return named === undefined || isExcepted(origin, of('no_proxy')) ? DIRECT : toProxy(named, password);
}

/** Whether `NO_PROXY` names an origin: `*`, a host, a domain with all below it, an address, a network (CIDR), with `:port` or without. */
export function isExcepted(origin: string, exceptions: string): boolean {
  const { hostname, port, protocol } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isLoopback(hostname)) return true;
  const at = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === '*') return true;
      const [name, wanted = at] = splitPort(entry);
      const bare = name.replace(/^\*?\./, '');
      return bare !== '' && wanted === at && (host === bare || host.endsWith(`.${bare}`) || isInNetwork(host, bare));
    });
}

function splitPort(entry: string): readonly [string, string?] {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(entry);
  const [, name = '', port] = bracketed ?? /^([^:]+):(\d+)$/.exec(entry) ?? ['', entry];
  return port === undefined ? [name] : [name, port];
}

function isInNetwork(host: string, network: string): boolean {
  const [address = '', bits = ''] = network.split('/');
  const family = isIPv4(host) ? 'ipv4' : 'ipv6';
  const fits = family === 'ipv4' ? isIPv4(address) : isIPv6(host) && isIPv6(address);
  const prefix = Number(bits);
  if (!fits || !/^\d+$/.test(bits) || prefix > (family === 'ipv4' ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(address, prefix, family);
  return list.check(host, family);
}

/** What a PAC file answers, or Electron for the system: `PROXY a:8080; HTTPS b:443; SOCKS5 c:1080; DIRECT`. */
export function parsePac(
  text: string,
  user: string | null,
  password: (() => Promise<string | null>) | null,
): readonly ProxyChoice[] {
  const choices = text.split(';').flatMap((part): ProxyChoice[] => {
    const [kind = '', address = ''] = part.trim().split(/\s+/);
    switch (kind.toUpperCase()) {
      case '':
        return [];
      case 'DIRECT':
        return [DIRECT];
      case 'PROXY':
      case 'HTTP':
      case 'HTTPS': {
        const url = `${kind.toUpperCase() === 'HTTPS' ? 'https' : 'http'}://${address}`;
        return [
          URL.canParse(url)
            ? { kind: 'proxy', url: new URL(url).origin, user, password }
            : { kind: 'unsupported', what: part.trim() },
        ];
      }
      default:
        return [{ kind: 'unsupported', what: part.trim() }];
    }
  });
  return choices.length === 0 ? [DIRECT] : choices;
}
