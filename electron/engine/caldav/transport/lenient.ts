import { request as requestHttp, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BOUNDS } from './bounds.ts';
import { requestUrl } from './target.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/**
 * One request whose answer may have folded header lines. RFC 9112 §5.2 forbids them and undici refuses them, but the
 * draft's own example of OPTIONS has one, and a token on such a line counts. Only for OPTIONS: a lenient reader is not
 * wanted where bodies matter.
 */
export function exchangeLeniently(origin: string, wire: WireRequest): Promise<WireAnswer> {
  const { method, path, headers, headersTimeout, signal } = wire;
  const options: RequestOptions = {
    method,
    path,
    headers: { ...headers, connection: 'close' },
    insecureHTTPParser: true,
    timeout: headersTimeout,
    ...(signal === null ? {} : { signal }),
  };
  const url = requestUrl(origin, path);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, (response) => {
      const answer = { path, status: response.statusCode ?? 0, headers: response.headers, body: Buffer.alloc(0) };
      let octets = 0;
      response.on('data', (chunk: Buffer) => {
        octets += chunk.length;
        // The headers are all that counts.
        if (octets > BOUNDS.words) response.destroy();
      });
      response.on('error', reject);
      response.on('close', () => resolve(answer));
    });
    request.on('timeout', () => request.destroy(Object.assign(new Error('No answer in time.'), { code: 'ETIMEDOUT' })));
    request.on('error', reject);
    request.end();
  });
}
