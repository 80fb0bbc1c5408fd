import { request as requestHttp, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { errors } from 'undici';
import type { ProxyChoice } from '../types.ts';
import { proxyRefused, proxyUnreachable, proxyUntrusted } from './proxy-failures.ts';

type Proxy = Extract<ProxyChoice, { kind: 'proxy' }>;

/**
 * A tunnel through a proxy (RFC 9110 §9.3.6). undici's own agent forgets what the proxy answers, by which a person knows
 * what to do.
 *
 * @param target host and port
 * @throws HushError `PROXY_…`
 */
export async function openTunnel(
  proxy: Proxy,
  target: string,
  secureContext: SecureContext,
  milliseconds: number,
): Promise<Socket> {
  const login = await loginOf(proxy);
  const url = new URL(proxy.url);
  const options: RequestOptions & { secureContext: SecureContext; servername: string; rejectUnauthorized: true } = {
    method: 'CONNECT',
    path: target,
    agent: false,
    headers: { host: target, 'user-agent': 'Hushcal', ...login },
    secureContext,
    // Whatever the environment says.
    rejectUnauthorized: true,
    // Else Node takes the name of the server out of the Host header, and asks the proxy for that one's certificate.
    servername: isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0 ? url.hostname : '',
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options);
    const timer = setTimeout(() => {
      request.destroy(new errors.ConnectTimeoutError(`No answer of ${proxy.url}.`));
    }, milliseconds);
    const settle = (): void => clearTimeout(timer);
    const refuse = (status: number, headers: Parameters<typeof proxyRefused>[2]['headers']): void => {
      reject(proxyRefused(proxy.url, target.replace(/:443$/, ''), { status, headers, hadLogin: login !== null }));
    };
    request.on('connect', ({ statusCode = 0, headers }, socket: Socket) => {
      settle();
      if (statusCode >= 200 && statusCode < 300) {
        resolve(socket);
        return;
      }
      socket.destroy();
      refuse(statusCode, headers);
    });
    // A proxy that takes CONNECT for any other request.
    request.on('response', (response) => {
      settle();
      response.destroy();
      refuse(response.statusCode ?? 0, response.headers);
    });
    request.on('error', (error) => {
      settle();
      reject(
        (url.protocol === 'https:' ? proxyUntrusted(proxy.url, error) : null) ?? proxyUnreachable(proxy.url, error),
      );
    });
    request.end();
  });
}

async function loginOf({ user, password }: Proxy): Promise<{ readonly 'proxy-authorization': string } | null> {
  if (user === null) return null;
  const secret = (await password?.()) ?? null;
  if (secret === null) return null;
  return { 'proxy-authorization': `Basic ${Buffer.from(`${user}:${secret}`, 'utf8').toString('base64')}` };
}
