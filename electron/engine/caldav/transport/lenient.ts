import { request } from 'node:http';
import { errors } from 'undici';
import type { Connector } from '../network/connector.ts';
import { stopped } from './failures.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/**
 * One request whose answer may have folded header lines. RFC 9112 §5.2 forbids them and undici refuses them, but the
 * draft's own example of OPTIONS has one, and a token on such a line counts. Only for OPTIONS: a lenient reader is not
 * wanted where bodies matter.
 *
 * @param host as it goes into the header, with its port
 */
export async function exchangeLeniently(
  connector: Pick<Connector, 'open'>,
  host: string,
  { method, path, headers, headersTimeout, signal }: WireRequest,
): Promise<WireAnswer> {
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
    // By the clock, since what drips is never idle: the answer is headers only.
    const timer = setTimeout(() => sent.destroy(new errors.HeadersTimeoutError()), headersTimeout);
    const over = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    };
    const fail = (error: Error): void => {
      over();
      socket.destroy();
      reject(error);
    };
    sent.on('error', fail);
    sent.on('response', (response) => {
      response.resume();
      response.on('error', fail);
      response.on('end', () => {
        over();
        resolve({ path, status: response.statusCode ?? 0, headers: response.headers, body: Buffer.alloc(0) });
      });
    });
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) stop();
    sent.end();
  });
}
