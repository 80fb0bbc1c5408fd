import { lookup } from 'node:dns/promises';
import { HushError } from '../../../../shared/model/failure.ts';
import { isLoopback } from '../../../../shared/text/address.ts';

/** All addresses of a name. Rejects with the error of the system. */
export type Resolve = (name: string) => Promise<readonly string[]>;

const resolveAll: Resolve = async (name) => (await lookup(name, { all: true })).map(({ address }) => address);

/**
 * A password goes unencrypted to this computer only. What is called `localhost`, or ends so, is this computer where it
 * leads there: RFC 6761 §6.3 asks that of resolvers, and some ask the network all the same.
 *
 * @throws HushError `SERVER_INSECURE`, or the error of the system where the name leads nowhere
 */
export async function requireLoopback(origin: string, resolve: Resolve = resolveAll): Promise<void> {
  const { protocol, hostname } = new URL(origin);
  if (protocol !== 'http:' || isAddress(hostname)) return;
  const addresses = await resolve(hostname);
  const elsewhere = addresses.find((address) => !isAddress(address) || !isLoopback(address));
  if (elsewhere === undefined && addresses.length > 0) return;
  throw new HushError({
    code: 'SERVER_INSECURE',
    message: `${hostname} is not this computer here: it leads to ${elsewhere ?? 'nothing'}, which would get the password unencrypted. Use http://127.0.0.1, or https://.`,
    reaction: 'fix-input',
  });
}

/** Whether it is a number, not a name. */
function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':');
}
