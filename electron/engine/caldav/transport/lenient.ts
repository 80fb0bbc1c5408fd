import { request } from 'node:http';
import { errors } from 'undici';
import type { Connector } from '../network/connector.ts';
import { stopped } from './failures.ts';
import { requestUrl } from './target.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/**
 * One request whose answer may have folded header lines. RFC 9112 §5.2 forbids them and undici refuses them, but the
 * draft's own example of OPTIONS has one, and a token on such a line counts. Only for OPTIONS: a lenient reader is not
 * wanted where bodies matter. The headers are all that counts, so no body is waited for.
 */
export async function exchangeLeniently(
  connector: Pick<Connector, 'open'>,
  origin: string,
  { method, path, headers, headersTimeout, signal }: WireRequest,
): Promise<WireAnswer> {
  const { host } = requestUrl(origin, path);
  const socket = await connector.open();
  return new Promise((resolve, reject) => {
    const sent = request({
      method,
      path,
      headers: { host, ...headers, connection: 'close' },
      insecureHTTPParser: true,
      createConnection: () => socket,
    });
    const stop = (): void => void sent.destroy(stopped());
    // By the clock, since headers that drip are never idle.
    const timer = setTimeout(() => sent.destroy(new errors.HeadersTimeoutError()), headersTimeout);
    sent.on('response', (response) => {
      resolve({ path, status: response.statusCode ?? 0, headers: response.headers, body: Buffer.alloc(0) });
      response.on('error', () => undefined);
      sent.destroy();
    });
    sent.on('error', reject);
    sent.on('close', () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    });
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) stop();
    sent.end();
  });
}
