import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { createServer as createTcp, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import type { Connection } from '../types.ts';

export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Said {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

export interface FakeServer {
  readonly origin: string;
  /** Every request, in order of arrival. */
  readonly heard: readonly Heard[];
  close(): Promise<void>;
}

/**
 * A loopback server that answers as told; `cut` closes the connection without an answer. One that promises more octets
 * than there are ends with those that there are.
 */
export async function fakeServer(answer: (heard: Heard, nth: number) => Said | 'cut'): Promise<FakeServer> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Heard = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      heard.push(one);
      const said = answer(one, heard.length);
      if (said === 'cut') request.socket.destroy();
      else response.writeHead(said.status, said.headers).end(said.body, () => endShort(said, request.socket));
    });
  });
  return { origin: await listen(server), heard, close: () => shut(server) };
}

function endShort({ headers, body }: Said, socket: Socket): void {
  const promised = Number(headers?.['content-length'] ?? 0);
  if (promised > Buffer.byteLength(body ?? '')) socket.end();
}

/** A server that answers every connection with the same octets, for headers that Node would not write. */
export async function rawServer(octets: string): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = createTcp((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(octets));
  });
  return {
    origin: await listen(server),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function listen(server: TcpServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  // Listening on TCP: an object, not a pipe's name.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function shut(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Somebody who logs in, for tests. */
export function login(url: string, more: Partial<Connection> = {}): Connection {
  return { url, user: 'alice', password: () => Promise.resolve('secret'), concurrency: 4, ...more };
}

/** A multistatus of responses given as XML. */
export function multistatus(...responses: readonly string[]): Said {
  return {
    status: 207,
    headers: { 'content-type': 'application/xml; charset=utf-8' },
    body:
      '<?xml version="1.0" encoding="utf-8"?>' +
      '<D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/" xmlns:A="http://apple.com/ns/ical/">' +
      `${responses.join('')}</D:multistatus>`,
  };
}

/** One response with properties that were found. */
export function response(href: string, props: string): string {
  return `<D:response><D:href>${href}</D:href><D:propstat><D:prop>${props}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`;
}
