import { isIPv6 } from 'node:net';
import { isAbsolute, resolve } from 'node:path';
import { openNetwork, type Network } from '../../engine/engine.ts';
import { toFingerprint, type NetworkSpec } from '../../../shared/model/network.ts';
import { UsageError, type OptionKinds, type ParsedArgs } from './args.ts';
import type { CliIo } from '../io.ts';

/** How servers are reached: options of every command that logs in. */
export const NETWORK_OPTIONS = {
  ca: 'list',
  'trust-fingerprint': 'list',
  proxy: 'text',
  'proxy-password-env': 'text',
  cert: 'text',
  key: 'text',
  'key-password-env': 'text',
} as const satisfies OptionKinds;
export const NETWORK_USAGE =
  '[--ca FILE…] [--trust-fingerprint [HOST=]SHA256…] [--proxy URL|none [--proxy-password-env VAR]]' +
  ' [--cert FILE [--key FILE] [--key-password-env VAR]]';

/** The network as the arguments describe it, with the proxies of the environment. Throws UsageError. */
export function readNetwork(args: ParsedArgs, io: CliIo): Network {
  const file = (path: string): string => (isAbsolute(path) ? path : resolve(io.cwd, path));
  const [certificate, key, proxy] = [args.text('cert'), args.text('key'), args.text('proxy')];
  if (certificate === undefined && key !== undefined) throw new UsageError('--key goes with --cert.');
  const spec: NetworkSpec = {
    authorities: args.list('ca').map(file),
    fingerprints: trustedBy(args),
    ...(proxy === undefined ? {} : { proxy: withoutPassword(proxy) }),
    ...(certificate === undefined ? {} : { certificate: file(certificate) }),
    ...(key === undefined ? {} : { key: file(key) }),
  };
  return openNetwork(spec, {
    env: io.env,
    proxyPassword: secretOf(args, io, 'proxy-password-env'),
    keyPassword: secretOf(args, io, 'key-password-env'),
  });
}

/** The certificates that the person at this command trusts by their fingerprints. Throws UsageError. */
export function trustedBy(args: ParsedArgs): readonly { readonly host: string | null; readonly sha256: string }[] {
  return args.list('trust-fingerprint').map(trusted);
}

/** `HOST=` before a fingerprint, where a command has to do with several servers. */
function trusted(text: string): { readonly host: string | null; readonly sha256: string } {
  const [, host = null, digits = ''] = /^(?:([^=]+)=)?([^=]*)$/.exec(text) ?? [];
  const sha256 = toFingerprint(digits);
  if (sha256 !== null)
    return { host: host === null || /^sha-?256(?: fingerprint)?$/i.test(host) ? null : hostOf(host), sha256 };
  throw new UsageError(
    `--trust-fingerprint takes the SHA-256 of a certificate, 64 hexadecimal digits with or without colons, not "${text}".`,
  );
}

/** A server as a person names it, with scheme, port or brackets or without, in the spelling of a connection. */
function hostOf(text: string): string {
  const bare = text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/$/, '');
  const url = `https://${isIPv6(bare) ? `[${bare}]` : bare}`;
  if (URL.canParse(url) && new URL(url).pathname === '/' && new URL(url).username === '')
    return new URL(url).hostname.replace(/^\[|\]$/g, '');
  throw new UsageError(`--trust-fingerprint takes the name of a server before the =, not "${text}".`);
}

function withoutPassword(proxy: string): string {
  const full = proxy.includes('://') ? proxy : `http://${proxy}`;
  if (!URL.canParse(full) || new URL(full).password === '') return proxy;
  throw new UsageError(
    'Leave the password out of --proxy, where every process can read it: name a variable with --proxy-password-env.',
  );
}

function secretOf(
  args: ParsedArgs,
  { env }: CliIo,
  option: 'proxy-password-env' | 'key-password-env',
): () => Promise<string | null> {
  const name = args.text(option);
  if (name === undefined) return () => Promise.resolve(null);
  const value = env[name];
  if (value === undefined) throw new UsageError(`The environment variable ${name} of --${option} is not set.`);
  return () => Promise.resolve(value);
}
